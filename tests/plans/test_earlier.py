"""The same plan twice: asked about when it comes in, said once more before it goes out."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.cast import Cast
from xinhuo.documents.enums import DocumentKind
from xinhuo.documents.models import Document
from xinhuo.files.queries import attachments
from xinhuo.plans.models import Plan
from xinhuo.plans.queries.earlier import same_before
from xinhuo.plans.reading import read_text

from .checks import imported
from .desk import body, client_of
from .small import TEXT
from .works import fixed_plan, later, sent_plan

pytestmark = pytest.mark.django_db
IMPORT = "/plans/import/"
ASKED = "这份文件好像已经导入过"


def field(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', body(answer))
    assert found, name
    return found[1]


def test_the_same_words_are_asked_about_with_a_link_and_taken_when_confirmed(cast: Cast) -> None:
    earlier = imported(cast)
    client = client_of(cast)

    asked = client.post(IMPORT, {"text": TEXT})

    assert asked.status_code == 422
    assert f"{ASKED}：正文一模一样" in body(asked)
    assert f'href="/plans/{earlier.pk}/check/"' in body(asked)
    assert TEXT.splitlines()[0] in body(asked)  # what was pasted is still there
    assert Plan.objects.count() == 1
    client.post(IMPORT, {"text": TEXT, "confirm_warnings": field(asked, "confirm_warnings")})
    assert Plan.objects.count() == 2


def test_a_file_need_not_be_chosen_again(cast: Cast) -> None:
    imported(cast)
    client = client_of(cast)

    asked = client.post(IMPORT, {"upload": SimpleUploadedFile("要点.txt", TEXT.encode())})
    assert "“要点.txt”已经收到，不用再选" in body(asked)
    confirmed = {name: field(asked, name) for name in ("kept", "confirm_warnings")}
    client.post(IMPORT, confirmed)

    plan = Plan.objects.latest("pk")
    assert Plan.objects.count() == 2
    assert [row.file.name for row in attachments("documents.document", plan.document_id)] == ["要点.txt"]


def test_a_web_page_that_is_not_kept_comes_back_as_its_words(cast: Cast) -> None:
    imported(cast)
    lines = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    page = f"<!doctype html><html><head><meta charset='utf-8'></head><body>{lines}</body></html>"

    asked = client_of(cast).post(IMPORT, {"upload": SimpleUploadedFile("要点.html", page.encode())})

    assert ASKED in body(asked)
    assert TEXT.splitlines()[1] in body(asked)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text, "正文一模一样"),
        (lambda text: f"{text}4.另外一件事。\n", "标题和年度一样"),
        (lambda text: text.replace("工作要点", "工作计划"), None),
    ],
)
def test_what_makes_two_plans_the_same(cast: Cast, change: object, why: str | None) -> None:
    text = f"兴义市2026年工作要点\n{TEXT}"
    imported(cast, text)

    found = same_before(cast.orgs["province"].pk, read_text(change(text)))  # type: ignore[operator]

    assert [reason for _, reason in found] == ([why] if why else [])


def test_the_same_number_is_the_same_plan(cast: Cast) -> None:
    fixed_plan(cast)
    reading = read_text(f"关于2026年工作的通知\n黔教关〔2026〕1号\n{TEXT}")
    assert reading.document_number == "黔教关〔2026〕1号"

    assert [why for _, why in same_before(cast.orgs["province"].pk, reading)] == ["文号一样"]


def test_the_plan_of_another_unit_is_no_earlier_one(cast: Cast) -> None:
    imported(cast)

    assert same_before(cast.orgs["xingyi"].pk, read_text(TEXT)) == []


def test_a_draft_that_is_here_already_says_so_before_it_is_read(cast: Cast) -> None:
    first = imported(cast).document
    draft = Document.objects.create(
        issuer=cast.orgs["province"],
        kind=DocumentKind.NOTICE,
        title="草稿",
        text=TEXT,
        created_at=first.created_at,
        updated_at=first.updated_at,
    )

    assert ASKED in body(client_of(cast).get(IMPORT, {"document": draft.pk}))


def test_the_last_look_tells_what_was_sent_for_the_year_already(cast: Cast) -> None:
    earlier = sent_plan(cast)
    Document.objects.filter(pk=earlier.document_id).update(title="2026年第一份要点", number="")
    plan = fixed_plan(cast)
    chosen = {"to_groups": "prefectures", "year": later(60).isoformat()}

    last_look = body(client_of(cast).post(f"/plans/{plan.pk}/send/", chosen))

    assert "2026年的要点已经下达过一份" in last_look
    assert f'<a href="{earlier.url}">《2026年第一份要点》</a>' in last_look
    Document.objects.filter(pk=earlier.document_id).update(state="draft")
    assert "已经下达过一份" not in body(client_of(cast).post(f"/plans/{plan.pk}/send/", chosen))
