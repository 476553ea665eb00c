"""The decider's form, the history, and the unit's own route."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from tests.cast import Cast
from tests.files.samples import PDF, picture, upload
from xinhuo.core.actor import Actor, Role
from xinhuo.core.errors import BadInputError, NotNowError
from xinhuo.files.models import Attachment, StoredFile
from xinhuo.flows.actions import decide, recall, set_route
from xinhuo.flows.enums import ProcessState, Verdict
from xinhuo.flows.models import Decision, Process, Route
from xinhuo.flows.queries import history, inner_roles
from xinhuo.flows.rules import current_step
from xinhuo.flows.ruling import RulingForm

from .conftest import PAPER, Papers

BACKEND = "django.contrib.auth.backends.ModelBackend"


def posted(**fields: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({key: str(value) for key, value in fields.items()})
    return data


def ruling(scan: Any = None, by: Actor | None = None, **fields: Any) -> RulingForm:
    return RulingForm(posted(**fields), MultiValueDict({"scan-new": [scan]} if scan else {}), by=by)


def shown(papers: Papers, viewer: Actor) -> str:
    return render_to_string("flows/_history.html", {"history": history(PAPER, 1, viewer=viewer)})


def test_accepting_needs_nothing_but_the_button(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    form = ruling(verdict="accept", step=process.steps.get().pk)

    assert form.is_valid(), form.errors
    assert form.rule(process, by=cast.qianxinan_officer).state == ProcessState.ACCEPTED


def test_asking_for_more_needs_a_reason_or_remarks(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    assert ruling(verdict="return", reason=" ").errors == {"reason": ["请写明要补充什么，对方才知道怎么办。"]}

    form = ruling(verdict="return", **{"note-7": " 几人参加 ", "note-8": "  "})

    assert form.is_valid(), form.errors
    form.rule(process, by=cast.qianxinan_officer)
    decision = Decision.objects.get()
    assert (decision.notes, decision.reason) == ({"7": "几人参加"}, "请按各项后面写的意见补充。")


@pytest.mark.parametrize("fields", [{"on_paper": "on"}, {"on_paper": "on", "on_behalf_of": "  "}])
def test_a_recorded_signature_needs_its_name(fields: dict[str, str]) -> None:
    assert ruling(verdict="accept", **fields).errors == {"on_behalf_of": ["请写明是哪位领导签的字。"]}


def test_a_scan_needs_the_name_of_its_leader_and_is_not_lost_meanwhile(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    first = ruling(upload("签字.jpg", picture()), by=cast.qianxinan_officer, verdict="accept")

    assert first.errors == {"on_behalf_of": ["请写明是哪位领导签的字。"]}
    scan = StoredFile.objects.get()
    assert f'<input type="hidden" name="scan" value="{scan.pk}">' in decider(process, first)

    given = {"verdict": "accept", "scan": str(scan.pk), "on_behalf_of": "岑主任"}
    again = RulingForm(posted(**given), MultiValueDict(), by=cast.qianxinan_officer)
    assert again.is_valid(), again.errors
    again.rule(process, by=cast.qianxinan_officer)
    assert Decision.objects.get().scan_id == scan.pk


def test_a_wrong_scan_is_said_before_anything_happens(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    given = {"verdict": "accept", "on_behalf_of": "岑主任"}

    form = ruling(upload("签字.exe", b"MZ\0\0"), by=cast.qianxinan_officer, **given)
    assert form.errors == {"__all__": ["“签字.exe”是程序文件，不能上传。"]}
    assert "“签字.exe”是程序文件，不能上传。" in decider(process, form)

    unchecked = ruling(upload("签字.exe", b"MZ\0\0"), **given)
    assert unchecked.is_valid()
    with pytest.raises(BadInputError, match="程序文件"):
        unchecked.rule(process, by=cast.qianxinan_officer)
    assert StoredFile.objects.count() == Decision.objects.count() == 0


def test_too_long_texts_are_refused_with_their_length() -> None:
    errors = ruling(verdict="return", reason="长" * 1001, on_paper="on", on_behalf_of="名" * 41).errors

    assert errors == {
        "reason": ["最多写 1000 个字，现在是 1001 个字。"],
        "on_behalf_of": ["最多写 40 个字，现在是 41 个字。"],
    }


def test_no_button_or_a_strange_one(db: None) -> None:
    for given in ({}, {"verdict": "burn"}):
        assert ruling(**given).errors == {"verdict": ["请点“通过”或“请补充”。"]}


def test_the_scan_is_kept_with_the_decision(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    form = ruling(upload("签字页.pdf", PDF), verdict="accept", on_paper="on", on_behalf_of="岑主任")
    assert form.is_valid(), form.errors

    form.rule(process, by=cast.qianxinan_officer)

    decision = Decision.objects.get()
    attachment = Attachment.objects.get()
    assert (attachment.kind, attachment.subject_id) == ("flows.decision", decision.pk)
    assert attachment.file_id == decision.scan_id
    text = shown(papers, cast.xingyi_officer)
    assert "韦州办</b>（代录岑主任批示）通过" in text
    assert reverse("files:file", args=[decision.scan_id, "签字页"]) in text


def test_an_old_form_is_told_who_was_faster(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.qianxinan_officer, "province")
    form = ruling(verdict="accept", step=process.steps.get().pk)
    decide(process, Verdict.ACCEPT, by=cast.province_leader)

    assert form.is_valid()
    with pytest.raises(NotNowError, match="赵厅长已在"):
        form.rule(process, by=cast.province_officer)


def decider(process: Process, form: RulingForm, actor: Actor | None = None) -> str:
    step = current_step(process)
    context = {"process": process, "step": step, "form": form, "action": "/papers/1/decide/", "actor": actor}
    return render_to_string("flows/_decide.html", context, request=RequestFactory().get("/"))


def test_the_deciders_form_names_both_ways(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")

    text = decider(process, RulingForm())

    assert f'<input type="hidden" name="step" value="{process.steps.get().pk}">' in text
    assert 'name="verdict" value="accept">通过</button>' in text
    assert 'name="verdict" value="return">请兴义市补充</button>' in text
    assert 'name="csrfmiddlewaretoken"' in text
    assert "<details><summary>" in text


def test_the_deciders_form_keeps_what_was_typed(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    form = ruling(verdict="accept", reason="写好的<意见>", on_paper="on")
    assert not form.is_valid()

    text = decider(process, form)

    assert "写好的&lt;意见&gt;" in text
    assert "<details open>" in text
    assert text.count("请写明是哪位领导签的字。") == 2  # in the summary and at the field


def test_inside_a_unit_the_form_speaks_of_sending(papers: Papers, cast: Cast) -> None:
    set_route(cast.orgs["province"].pk, [Role.LEADER], by=cast.province_leader)
    process = papers.send(cast.province_officer, "guiyang")

    text = decider(process, RulingForm(), cast.province_leader)
    assert 'name="on_paper"' not in text
    assert 'name="on_paper"' in decider(process, RulingForm(), cast.province_officer)
    assert "内部审签：负责人" in text
    assert "同意报给贵阳市" in text
    assert "请周敏补充" in text


def test_the_history_tells_the_whole_way(papers: Papers, cast: Cast) -> None:
    officer = cast.xingyi_officer
    assert shown(papers, officer).strip() == ""
    decide(papers.send(officer, "qianxinan"), Verdict.RETURN, by=cast.qianxinan_officer, reason="缺<照片>")
    recall(papers.send(officer, "qianxinan"), by=officer)
    papers.send(officer, "qianxinan")

    text = shown(papers, officer)

    assert [text.index(f"第 {number} 次提交") for number in (3, 2, 1)] == sorted(
        text.index(f"第 {number} 次提交") for number in (1, 2, 3)
    )
    assert "黔西南州教育局关工委：还没有办" in text
    assert "兴义市教育局关工委撤回了" in text
    assert "<p>缺&lt;照片&gt;</p>" in text


def test_the_history_costs_the_same_for_any_number_of_climbs(
    papers: Papers, cast: Cast, django_assert_num_queries: Any
) -> None:
    officer = cast.xingyi_officer
    for _ in range(3):
        with django_assert_num_queries(2) if Process.objects.exists() else django_assert_num_queries(1):
            shown(papers, officer)
        decide(papers.send(officer, "qianxinan"), Verdict.RETURN, by=cast.qianxinan_officer, reason="缺")


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["province_officer"], backend=BACKEND)
    return client


def test_a_unit_sets_its_own_route(officer: Client, cast: Cast) -> None:
    page = officer.get(reverse("flows:route")).content.decode()
    assert "不设，经办人提交后直接发出、报出" in page
    assert "本单位现在没有" not in page

    response = officer.post(reverse("flows:route"), {"route": "secretary leader"}, follow=True)

    assert "内部审签已设好" in response.content.decode()
    assert inner_roles(cast.orgs["province"].pk) == ["secretary", "leader"]
    officer.post(reverse("flows:route"), {"route": "none"})
    assert inner_roles(cast.orgs["province"].pk) == []
    assert officer.post(reverse("flows:route"), {"route": "observer"}).status_code == 422


def test_a_vacant_post_is_pointed_out(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["school_officer"], backend=BACKEND)

    text = client.get(reverse("flows:route")).content.decode()

    assert "本单位现在没有秘书长、负责人的岗位" in text


def test_who_only_reads_sees_the_route_but_cannot_set_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["province_observer"], backend=BACKEND)

    text = client.get(reverse("flows:route")).content.decode()
    refused = client.post(reverse("flows:route"), {"route": "leader"})

    assert "由本单位的负责人、经办人或管理员设置" in text
    assert "存好" not in text
    assert refused.status_code == 403
    assert not Route.objects.exists()


def test_the_route_needs_a_login(client: Client, db: None) -> None:
    assert client.get(reverse("flows:route")).status_code == 302
    assert client.put(reverse("flows:route")).status_code == 405
