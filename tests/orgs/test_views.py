"""The units' screens: who gets in, what they show, how many queries they take."""

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.cast import Cast, build_cast
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.models import Org, OrgLine, Tenure

SINCE = dt.date(2019, 1, 1)
ClientOf = Callable[[str], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


@pytest.fixture
def client_of(cast: Cast) -> ClientOf:
    def enter(key: str) -> Client:
        client = Client()
        client.force_login(cast.users[key], backend="django.contrib.auth.backends.ModelBackend")
        client.get(reverse("orgs:org_list"))  # the session's first touch is written here
        return client

    return enter


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


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


def test_a_unit_is_added_by_the_form(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("xingyi_officer")
    url = reverse("orgs:org_create", args=[cast.orgs["xingyi"].pk])
    data = {
        "kind": "kindergarten",
        "name": "兴义市第一幼儿园",
        "short_name": "兴义一幼",
        "ownership": "public",
        "locality": "urban",
        "since": "2021年9月1日",
    }
    assert client.post(url, data).status_code == 302
    org = Org.objects.get(name="兴义市第一幼儿园")
    assert (org.parent, org.tenures.get().valid_from) == (cast.orgs["xingyi"], dt.date(2021, 9, 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "请填写“名称”"),
        ({"kind": "county"}, "没有您选的这一项"),
        ({"kind": "direct", "ownership": "public"}, "这个类别请留空"),
        ({"since": "那天"}, "日期请写成"),
        ({"since": "3020-01-01"}, "起始日期"),
        ({"name": "兴义市第一小学"}, "下面已经有"),
        ({"code": "五二"}, "代码只用"),
    ],
)
def test_a_form_that_does_not_hold_says_so_and_keeps_what_was_entered(
    cast: Cast, client_of: ClientOf, change: dict[str, str], reason: str
) -> None:
    data = {
        "kind": "special",
        "name": "兴义市特殊教育学校",
        "short_name": "特校",
        "since": "2021-09-01",
        "basis": "兴教发〔2021〕7号",
        **change,
    }
    answer = client_of("xingyi_officer").post(reverse("orgs:org_create", args=[cast.orgs["xingyi"].pk]), data)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert reason in html
    assert "兴教发〔2021〕7号" in html
    assert not Org.objects.filter(name="兴义市特殊教育学校").exists()


def test_a_name_that_stands_elsewhere_is_doubted_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("qianxinan_officer")
    url = reverse("orgs:org_create", args=[cast.orgs["anlong"].pk])
    data = {"kind": "primary", "name": "兴义市第一小学", "short_name": "一小", "since": "2021-09-01"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "兴义市教育局下面也有一个" in html
    mark = re.search(r'name="confirm_warnings"[^>]*value="([^"]+)"', html)
    assert mark is not None
    assert client.post(url, {**data, "confirm_warnings": mark[1]}).status_code == 302


def test_a_unit_is_renamed_by_the_form_and_the_slower_one_is_told(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("xingyi_admin")
    url = reverse("orgs:org_change", args=[cast.orgs["school"].pk])
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', client.get(url).content.decode())
    assert seen is not None
    data = {
        "kind": "primary",
        "name": "兴义市实验小学",
        "short_name": "实验小学",
        "since": "2022-09-01",
        "seen": seen[1],
    }
    assert client.post(url, data).status_code == 302
    assert cast.orgs["school"].tenures.count() == 2
    answer = client.post(url, {**data, "name": "兴义市第二小学"})
    assert answer.status_code == 409
    assert "别人已经改过" in answer.content.decode()


def test_a_contact_is_named_checked_and_removed(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("xingyi_officer")
    url = reverse("orgs:org_contact", args=[cast.orgs["xingyi"].pk])
    assert client.post(url, {"contact_name": "陈芳", "contact_phone": "打我"}).status_code == 422
    half = client.post(url, {"contact_name": "陈芳", "contact_phone": ""})
    assert half.status_code == 422
    assert "陈芳" in half.content.decode()
    assert client.post(url, {"contact_name": "陈芳", "contact_phone": "0859-3123456"}).status_code == 302
    assert "0859-3123456" in client.get(cast.orgs["xingyi"].url).content.decode()
    assert client.post(url, {}).status_code == 302
    assert Org.objects.get(pk=cast.orgs["xingyi"].pk).contact_name == ""


def test_a_second_line_is_set_and_ended_from_above_both(cast: Cast, client_of: ClientOf) -> None:
    client = client_of("province_officer")
    line = OrgLine.objects.get()
    end = reverse("orgs:org_second_line_end", args=[line.pk])
    assert client_of("polytechnic_officer").get(end).status_code == 403
    assert client_of("guiyang_officer").get(end).status_code == 404
    assert client.post(end, {"until": "2018-01-01"}).status_code == 422
    assert client.post(end, {"until": "2021-01-01"}).status_code == 302
    assert client.get(end).status_code == 200
    assert client.post(end, {"until": "2021-01-01"}).status_code == 409
    url = reverse("orgs:org_second_line", args=[cast.orgs["polytechnic"].pk])
    wrong = {"superior": cast.orgs["school"].pk, "since": "2021-01-01"}
    assert client.post(url, wrong).status_code == 422
    assert client.post(url, {**wrong, "superior": cast.orgs["guiyang"].pk}).status_code == 302
    assert "贵阳市教育局" in client.get(cast.orgs["polytechnic"].url).content.decode()
