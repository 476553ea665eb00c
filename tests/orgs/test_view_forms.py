"""The units' forms: adding, renaming, contact, second line."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.cast import Cast
from xinhuo.orgs.models import Org, OrgLine

from .conftest import ClientOf


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
