"""Guizhou as it is loaded, and as it was."""

import datetime as dt

import pytest

from xinhuo.core.errors import NotNowError
from xinhuo.demo.population import load_schools
from xinhuo.demo.schools import generate
from xinhuo.demo.units import ZONE, installer, load_guizhou
from xinhuo.journal.models import Entry
from xinhuo.orgs import queries
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org, OrgLine, Tenure
from xinhuo.orgs.selections import matching

PLAN_DAY = dt.date(2020, 5, 14)
Guizhou = dict[str, Org]


@pytest.fixture
def guizhou(db: None) -> Guizhou:
    return load_guizhou(by=installer())


def test_one_province_nine_prefectures_eighty_eight_counties_eighty_three_colleges(guizhou: Guizhou) -> None:
    counts = queries.counts_by_kind("")
    assert counts[Kind.PROVINCE] == 1
    assert counts[Kind.PREFECTURE] == 9
    assert counts[Kind.COUNTY] == 88
    assert [counts[kind] for kind in map(Kind, Kind.COLLEGES)] == [32, 48, 3]
    assert counts[Kind.ZONE] == 1
    assert counts[Kind.SUBCOLLEGE] == Org.objects.filter(is_synthetic=True).count() == 20
    assert sum(counts.values()) == len(guizhou) == Org.objects.count()


def test_names_are_those_in_daily_use(guizhou: Guizhou) -> None:
    names = {code: (guizhou[code].name, guizhou[code].short_name) for code in ("520000", "522300", "520281")}
    assert names == {
        "520000": ("贵州省教育厅", "省教育厅"),
        "522300": ("黔西南州教育局", "黔西南州"),
        "520281": ("盘州市教育局", "盘州市"),
    }
    assert guizhou["520526"].name == "威宁县教育局"
    assert guizhou["520526"].tenures.get().formal_name == "威宁彝族回族苗族自治县教育局"
    assert guizhou["520100"].tenures.get().formal_name == ""
    assert guizhou["520526"] in Org.objects.searched("回族")


def test_every_county_stands_under_its_prefecture_and_colleges_under_the_province(guizhou: Guizhou) -> None:
    assert queries.ancestors(guizhou["520281"]) == [guizhou["520000"], guizhou["520200"]]
    colleges = Org.objects.filter(kind__in=Kind.COLLEGES)
    assert {org.parent_id for org in colleges} == {guizhou["520000"].pk}
    assert guizhou[ZONE].parent == guizhou["520000"]
    assert (guizhou[ZONE].kind, guizhou[ZONE].code) == (Kind.ZONE, "")


def test_the_tree_of_2020_knows_the_names_of_2020(guizhou: Guizhou) -> None:
    then = {row.name: row.code for row in queries.tree_on(PLAN_DAY)}
    assert then["水城县教育局"] == "520221"
    assert then["黔西县教育局"] == "520522"
    assert then["盘州市教育局"] == "520281"
    assert {"贵州大学明德学院", "贵阳护理职业学院", "铜仁职业技术学院"} <= then.keys()
    assert {"水城区教育局", "黔西市教育局", "贵阳信息科技学院"}.isdisjoint(then)
    assert len(then) == Org.objects.count()


def test_the_tree_of_2015_knows_five_older_names_and_todays_none(guizhou: Guizhou) -> None:
    old = {"遵义县教育局", "盘县教育局", "兴仁县教育局", "水城县教育局", "黔西县教育局"}
    assert old <= set(queries.tree_on(dt.date(2015, 1, 1)).values_list("name", flat=True))
    assert old.isdisjoint(Org.objects.values_list("name", flat=True))
    assert Org.objects.searched("水城县").get() == guizhou["520204"]


def test_a_college_that_rose_was_of_another_kind(guizhou: Guizhou) -> None:
    college = guizhou["4152016206"]
    assert [row.kind for row in college.tenures.all()] == [Kind.VOCATIONAL_COLLEGE, Kind.UNIVERSITY]
    assert college.kind == Kind.UNIVERSITY
    first, last = college.tenures.all()
    assert first.valid_to == last.valid_from
    assert last.basis.endswith("（日期为约数）")


def test_some_colleges_answer_to_a_prefecture_too(guizhou: Guizhou) -> None:
    assert OrgLine.objects.count() == 2
    assert set(OrgLine.objects.values_list("basis", flat=True)) == {"演示"}
    found = matching({"children_of": guizhou["520500"].pk}, within=guizhou["520500"])
    assert "毕节职业技术学院" in found.values_list("name", flat=True)


def test_guizhou_is_loaded_once_and_told_in_the_journal(guizhou: Guizhou) -> None:
    with pytest.raises(NotNowError):
        load_guizhou(by=installer())
    assert Entry.objects.filter(verb="orgs.loaded").count() == 1


def test_schools_are_added_marked_and_told(guizhou: Guizhou) -> None:
    seen: list[tuple[int, int]] = []
    assert load_schools(1200, by=installer(), progress=lambda done, total: seen.append((done, total))) == 1200
    schools = Org.objects.filter(kind__in=Kind.SCHOOLS)
    assert schools.count() == schools.filter(is_synthetic=True).count() == 1200
    assert seen[-1] == (1200, 1200)
    assert len(seen) > 2
    assert Tenure.objects.filter(valid_to__isnull=True).count() == Org.objects.count()
    points = schools.filter(kind=Kind.TEACHING_POINT).select_related("parent")
    assert {point.parent.kind for point in points if point.parent} == {Kind.PRIMARY}
    assert all(
        org.parent and org.path.startswith(org.parent.path) for org in schools.select_related("parent")
    )


def test_more_schools_can_be_added_later_under_other_names(guizhou: Guizhou) -> None:
    assert generate(300) == 300
    assert generate(300) == 300
    schools = Org.objects.filter(kind__in=Kind.SCHOOLS)
    names = [(org.path[:9], org.name) for org in schools]
    assert len(names) == len(set(names)) == 600


def test_schools_need_their_bureaus(db: None) -> None:
    with pytest.raises(NotNowError, match="没有地方放"):
        load_schools(3, by=installer())
