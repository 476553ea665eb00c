"""The units' screens: who gets in, what they show, how many queries they take."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.models import Org, Tenure

from .conftest import ClientOf, text_of

SINCE = dt.date(2019, 1, 1)


def add_schools(cast: Cast, number: int) -> None:
    specs = [
        UnitSpec(
            str(n),
            cast.orgs["anlong"].pk,
            UnitFacts(f"安龙县第{n}小学", f"安龙{n}小", "primary", "public", "town"),
            SINCE,
            is_synthetic=True,
        )
        for n in range(number)
    ]
    bulk_create_units(specs, by=cast.province_admin, sentence="载入")


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("xingyi_officer", "xingyi", 200),
        ("xingyi_officer", "school", 200),
        ("xingyi_officer", "qianxinan", 404),
        ("xingyi_officer", "anlong", 404),
        ("xingyi_officer", "huaxi", 404),
        ("province_observer", "school", 200),
        ("university_officer", "polytechnic", 404),
        ("qianxinan_officer", "polytechnic", 404),
        ("polytechnic_officer", "qianxinan", 404),
    ],
)
def test_a_unit_is_seen_by_itself_and_from_above(
    cast: Cast, client_of: ClientOf, who: str, unit: str, status: int
) -> None:
    client = client_of(who)
    pk = cast.orgs[unit].pk
    for name in ("orgs:org_detail", "orgs:org_branch"):
        assert client.get(reverse(name, args=[pk])).status_code == status
    for name in ("orgs:org_create", "orgs:org_change", "orgs:org_contact", "orgs:org_second_line"):
        found = client.get(reverse(name, args=[pk])).status_code
        assert found == 404 if status == 404 else found in {200, 403, 409}


def test_nobody_comes_in_without_signing_in(cast: Cast) -> None:
    for name, args in (("org_list", []), ("org_tree", []), ("org_detail", [cast.orgs["xingyi"].pk])):
        answer = Client().get(reverse(f"orgs:{name}", args=args))
        assert answer.status_code == 302
        assert reverse("people:login") in answer["Location"]


@pytest.mark.parametrize(
    ("who", "name", "unit", "status"),
    [
        ("xingyi_officer", "org_create", "xingyi", 200),
        ("xingyi_admin", "org_create", "xingyi", 200),
        ("xingyi_admin", "org_change", "xingyi", 403),
        ("xingyi_admin", "org_change", "school", 200),
        ("xingyi_officer", "org_contact", "xingyi", 200),
        ("province_observer", "org_create", "province", 403),
        ("province_leader", "org_contact", "province", 403),
        ("province_admin", "org_change", "province", 200),
        ("province_officer", "org_second_line", "polytechnic", 200),
        ("province_officer", "org_create", "school", 200),
        ("subcollege_officer", "org_create", "subcollege", 409),
    ],
)
def test_who_may_open_which_form(
    cast: Cast, client_of: ClientOf, who: str, name: str, unit: str, status: int
) -> None:
    assert client_of(who).get(reverse(f"orgs:{name}", args=[cast.orgs[unit].pk])).status_code == status


def test_the_list_holds_the_actors_subtree_and_finds_two_characters(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("qianxinan_officer")
    everything = client.get(reverse("orgs:org_list")).content.decode()
    assert "安龙县教育局" in everything
    assert "花溪区教育局" not in everything
    found = client.get(reverse("orgs:org_list"), {"q": "安龙"}).content.decode()
    assert "安龙县教育局" in found
    assert "兴义市第一小学" not in found


def test_filters_narrow_and_survive_paging(cast: Cast, client_of: ClientOf) -> None:
    add_schools(cast, 60)
    client = client_of("province_officer")
    url = reverse("orgs:org_list")
    chosen = {"under": str(cast.orgs["anlong"].pk), "kind": "primary"}
    first = client.get(url, chosen).content.decode()
    assert "共 60 条" in text_of(first)
    assert f"under={cast.orgs['anlong'].pk}&amp;kind=primary&amp;page=2" in first
    second = text_of(client.get(url, {**chosen, "page": "2"}).content.decode())
    assert "第 2 页" in second
    groups = text_of(client.get(url, {"kind": "bureaus"}).content.decode())
    assert "黔西南州教育局" in groups
    assert "共 5 条" in groups


def test_a_unit_out_of_sight_is_no_filter(cast: Cast, client_of: ClientOf) -> None:
    page = client_of("xingyi_officer").get(reverse("orgs:org_list"), {"under": str(cast.orgs["guiyang"].pk)})
    assert "花溪区" not in page.content.decode()
    assert "没有您要的这一项" in page.content.decode()


def test_odd_values_in_the_address_do_no_harm(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("province_officer")
    for data in ({"under": "x' or 1"}, {"kind": "\0"}, {"q": "%_'\""}, {"page": "-1"}, {"sort": "path;"}):
        assert client.get(reverse("orgs:org_list"), data).status_code == 200
    for on in ("2020-13-45", "明天", "0001-01-01", "9999-01-01", ""):
        assert client.get(reverse("orgs:org_tree"), {"on": on}).status_code == 200


def test_figures_equal_the_tree(cast: Cast, client_of: ClientOf) -> None:
    text = text_of(client_of("province_officer").get(reverse("orgs:org_list")).content.decode())
    assert f"下面共有 {Org.objects.count() - 1} 个单位" in text
    assert "教育部门 5 个" in text
    assert "高校 2 所" in text


def test_the_whole_list_leaves_as_a_workbook(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of("qianxinan_officer").get(reverse("orgs:org_list"), {"export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["单位", "类别", "上级"]
    assert [row[0] for row in rows[1:]] == [
        "黔西南州教育局",
        "兴义市教育局",
        "兴义市第一小学",
        "安龙县教育局",
    ]


@pytest.mark.parametrize("schools", [1, 60])
def test_screens_take_few_queries_whatever_the_rows(
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    schools: int,
) -> None:
    add_schools(cast, schools)
    client = client_of("province_officer")
    anlong = cast.orgs["anlong"].pk
    for url in (
        reverse("orgs:org_list") + "?q=安龙",
        reverse("orgs:org_tree"),
        reverse("orgs:org_branch", args=[anlong]) + "?on=2020-05-14",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200


def test_the_unit_page_takes_the_same_queries_for_one_and_for_sixty(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("province_officer")
    url = reverse("orgs:org_detail", args=[cast.orgs["anlong"].pk])
    add_schools(cast, 1)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    add_schools(cast, 60)
    with django_assert_max_num_queries(len(few)):
        text = text_of(client.get(url).content.decode())
    assert "共 61 个" in text
    assert "还有 41 个，看全部" in text
    assert "演示" in text


def test_the_unit_page_names_its_superiors_without_opening_them(cast: Cast, client_of: ClientOf) -> None:
    html = client_of("xingyi_officer").get(reverse("orgs:org_detail", args=[cast.orgs["school"].pk]))
    text = html.content.decode()
    assert "贵州省教育厅" in text
    assert cast.orgs["qianxinan"].url not in text
    assert cast.orgs["xingyi"].url in text


def test_a_branch_opens_in_place_and_closes_again(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("province_officer")
    pk = cast.orgs["qianxinan"].pk
    headers = {"HX-Request": "true", "HX-Target": f"unit-{pk}"}
    opened = client.get(reverse("orgs:org_branch", args=[pk]), headers=headers).content.decode()
    assert opened.count("<li") == 3
    assert "兴义市教育局" in opened
    assert "<html" not in opened
    closed = client.get(
        reverse("orgs:org_branch", args=[pk]), {"closed": "1"}, headers=headers
    ).content.decode()
    assert closed.count("<li") == 1
    assert "下面 3 个" in closed


def test_the_tree_of_a_day_shows_the_names_of_that_day(cast: Cast, client_of: ClientOf) -> None:
    org = cast.orgs["anlong"]
    day = dt.date(2021, 1, 1)
    Tenure.objects.filter(org=org).update(valid_to=day)
    Tenure.objects.create(
        org=org, parent=org.parent, name="安龙市教育局", short_name="安龙市", kind="county", valid_from=day
    )
    Org.objects.filter(pk=org.pk).update(name="安龙市教育局", short_name="安龙市")
    client = client_of("qianxinan_officer")
    then = text_of(client.get(reverse("orgs:org_tree"), {"on": "2020-05-14"}).content.decode())
    assert "安龙县教育局" in then
    assert "现名安龙市教育局" in then
    assert "2020年5月14日" in then
    now = text_of(client.get(reverse("orgs:org_tree")).content.decode())
    assert "安龙县教育局" not in now
    early = text_of(client.get(reverse("orgs:org_tree"), {"on": "2018-05-14"}).content.decode())
    assert "2019年1月1日以前的单位没有记录" in early
