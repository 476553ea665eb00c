"""The merged sheet's page: sums, filters, accepting many; the line on the workbench."""

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from xinhuo.documents.asking import Wanted
from xinhuo.flows.enums import Verdict
from xinhuo.reporting.columns import Column
from xinhuo.reporting.enums import ColumnType
from xinhuo.reporting.models import Return

from .notices import LI, WANG, ZHANG, answer, notice, return_of, round_of, rule

NUMBERS = Wanted(
    wants_list=True,
    title="订阅数",
    columns=(Column("paper", "报刊", unique=True), Column("n", "份数", ColumnType.NUMBER, unit="份")),
)


def test_sums_travel_with_n_of_m(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan", "guiyang", "university", wanted=NUMBERS)
    answer(cast, return_of(cast, document, "qianxinan"), {"paper": "中国火炬", "n": "12"})
    answer(cast, return_of(cast, document, "guiyang"), {"paper": "中国火炬", "n": "30"})
    client.force_login(cast.users["province_officer"])

    text = client.get(round_of(document).url).content.decode()

    assert "<b>42</b> 份" in text
    assert "2/3 个单位有数" in text
    assert "还没报的 1 个单位" in text
    assert "贵州大学" in text


def test_many_are_accepted_at_once_and_one_is_asked_for_more(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    asked = round_of(document)
    first = answer(cast, return_of(cast, document, "qianxinan"), WANG)
    second = answer(cast, return_of(cast, document, "guiyang"), LI)
    client.force_login(cast.users["province_officer"])
    decide = reverse("reporting:return_decide", args=[second.pk])

    nobody = client.post(reverse("reporting:round_accept", args=[asked.pk]), {})
    done = client.post(
        reverse("reporting:round_accept", args=[asked.pk]), {"return": [first.pk]}, follow=True
    )
    without = client.post(decide, {"verdict": "return"})
    client.post(decide, {"verdict": "return", "reason": "请补带队领导"})

    assert nobody.status_code == 422
    assert "已通过 1 个单位" in done.content.decode()
    assert without.status_code == 422
    assert dict(Return.objects.values_list("org__short_name", "state")) == {
        "黔西南州": "accepted",
        "贵阳市": "returned",
    }


def test_filters_of_the_merged_sheet(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    rule(cast, answer(cast, return_of(cast, document, "qianxinan"), WANG, LI))
    answer(cast, return_of(cast, document, "guiyang"), WANG, ZHANG)
    client.force_login(cast.users["province_officer"])
    address = round_of(document).url

    def names(query: str) -> list[str]:
        text = client.get(f"{address}?{query}").content.decode()
        table = text.partition('aria-label="合并后的名单"')[2].partition("</table>")[0]
        return [name for name in ("王芳", "李雷", "张三") for _ in range(table.count(f">{name}<"))]

    assert names("") == ["王芳", "王芳", "李雷", "张三"]
    assert names("doubles=1") == ["王芳", "王芳"]
    assert names("accepted=1") == ["王芳", "李雷"]
    assert names(f"unit={cast.orgs['guiyang'].pk}") == ["王芳", "张三"]
    assert names("state=submitted&q=安龙") == ["张三"]
    assert names("state=nonsense&unit=x") == []


def test_the_workbench_shows_many_answers_to_one_notice_as_one_line(cast: Cast, client: Client) -> None:
    units = ("qianxinan", "guiyang", "university", "polytechnic")
    document = notice(cast, *units)
    for unit in units:
        answer(cast, return_of(cast, document, unit), WANG)
    client.force_login(cast.users["province_officer"])

    text = client.get("/").content.decode()

    assert "4 个单位的《关于召开工作会议的通知》的回复" in text
    assert round_of(document).url in text


def test_the_figures_of_a_round_name_every_unit_once(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan", "guiyang", "university")
    rule(cast, answer(cast, return_of(cast, document, "qianxinan"), WANG))
    rule(cast, answer(cast, return_of(cast, document, "guiyang"), LI), Verdict.RETURN, "请补带队领导")
    client.force_login(cast.users["province_officer"])

    text = client.get(round_of(document).url).content.decode()

    assert "应报 3 个单位，已报 1 个，还没报的 1 个，请补充、还没回来的 1 个，待审核的 0 个。" in text
