"""Bringing a text in: the verbs."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.enums import DocumentKind, DocumentState
from xinhuo.documents.models import Document
from xinhuo.files.queries import attachments
from xinhuo.plans.actions.checking import create_plan_from_text, import_plan
from xinhuo.plans.models import Duty, Node, Plan

from .checks import imported, live_nodes, the_sample
from .sample import SAMPLE
from .small import TEXT

pytestmark = pytest.mark.django_db


def test_the_sample_becomes_a_draft_and_a_plan_of_31_nodes(cast: Cast) -> None:
    plan = the_sample(cast)

    document = plan.document
    assert (document.state, document.kind) == (DocumentState.DRAFT, DocumentKind.KEY_POINTS)
    assert document.title == "贵州省教育厅关心下一代工作委员会2020年工作要点"
    assert (document.number, document.signed_on, plan.year) == ("", None, 2020)
    assert document.text == SAMPLE.read_text(encoding="utf-8")
    assert len(live_nodes(plan)) == 31
    assert [row.file.name for row in attachments("documents.document", document.pk)] == ["要点.txt"]
    circled = Node.objects.get(plan=plan, key="2.11.3.1")
    assert circled.cite == "要点第11条三是①"
    assert circled.parent is not None
    assert circled.parent.key == "2.11.3"
    assert document.text[circled.start : circled.end].startswith("①")


def test_named_places_in_the_text_become_units_of_the_scope(cast: Cast) -> None:
    plan = the_sample(cast)

    scope = Duty.objects.get(plan=plan, key="2.11.3.1-0").scope
    assert scope["ids"] == sorted([cast.orgs["qianxinan"].pk, cast.orgs["guiyang"].pk])
    assert Duty.objects.get(plan=plan, key="1.2-0").scope["label"] == "2个市（州）"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_usual_encoding_gives_the_same_text(cast: Cast, encoding: str) -> None:
    upload = ContentFile(TEXT.encode(encoding), name="要点.txt")
    plan = import_plan(by=cast.province_officer, upload=upload).plan

    assert plan is not None
    assert plan.document.text == TEXT
    assert live_nodes(plan) == ["1", "1.1", "1.2", "1.3"]


def test_line_ends_of_windows_become_plain_ones(cast: Cast) -> None:
    upload = ContentFile(TEXT.replace("\n", "\r\n").encode(), name="要点.txt")
    plan = import_plan(by=cast.province_officer, upload=upload).plan

    assert plan is not None
    assert plan.document.text == TEXT == plan.reading["source"]


def test_the_kind_follows_the_title(cast: Cast) -> None:
    plan = imported(cast, "关于开展读书活动的通知\n一、时间\n1.五月举办。\n2.六月总结。\n")

    assert plan.document.kind == DocumentKind.NOTICE
    assert Node.objects.get(plan=plan, key="1.1").cite == "通知第1条"


def test_an_empty_file_is_refused_and_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="空的"):
        import_plan(by=cast.province_officer, upload=ContentFile(b"", name="空.txt"))
    with pytest.raises(BadInputError, match="没有文字"):
        import_plan(by=cast.province_officer, text=" \n ")
    assert not Document.objects.exists()


def test_a_binary_file_is_refused_with_advice(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="认不出"):
        import_plan(by=cast.province_officer, upload=ContentFile(bytes(range(256)) * 40, name="要点.bin"))
    assert not Document.objects.exists()


def test_control_characters_are_refused(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="控制字符"):
        import_plan(by=cast.province_officer, text=f"{TEXT}\0")


def test_a_file_without_readable_text_is_kept_in_a_draft(cast: Cast) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
    done = import_plan(by=cast.province_officer, upload=ContentFile(content.getvalue(), name="扫描件.ofd"))

    assert done.plan is None
    assert "已经作为附件存进草稿" in done.message
    assert [row.file.name for row in attachments("documents.document", done.document.pk)] == ["扫描件.ofd"]
    assert done.document.text == ""


def test_a_web_page_is_read_though_it_is_not_kept(cast: Cast) -> None:
    body = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    page = f"<!doctype html><html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    done = import_plan(by=cast.province_officer, upload=ContentFile(page.encode(), name="要点.html"))

    assert done.plan is not None
    assert live_nodes(done.plan) == ["1", "1.1", "1.2", "1.3"]
    assert "<p>" not in done.document.text
    assert not attachments("documents.document", done.document.pk).exists()


def test_a_megabyte_of_text_is_imported(cast: Cast) -> None:
    lines = [f"{number}.推动第{number}所学校开展活动，举办第{number}次培训班。" for number in range(1, 900)]
    text = "2020年工作要点\n一、组织建设\n" + "\n".join(
        line + "认真做好各项工作" * 44 + "。" for line in lines
    )
    assert len(text.encode()) > 1_000_000

    plan = imported(cast, text)

    assert len(live_nodes(plan)) == 900
    assert plan.document.text == text


def test_an_observer_may_not_import(cast: Cast) -> None:
    with pytest.raises(DeniedError, match="经办人"):
        import_plan(by=cast.province_observer, text=TEXT)


def test_a_county_imports_its_own_plan(cast: Cast) -> None:
    plan = import_plan(by=cast.xingyi_officer, text=TEXT).plan

    assert plan is not None
    assert Duty.objects.get(plan=plan, key="1.2-0").scope["kinds"][:2] == ["kindergarten", "primary"]


def test_the_text_of_a_draft_is_read_once(cast: Cast) -> None:
    document = imported(cast).document
    draft = Document.objects.create(
        issuer=cast.orgs["province"],
        kind=DocumentKind.NOTICE,
        title="通知",
        text=TEXT,
        created_at=document.created_at,
        updated_at=document.updated_at,
    )

    plan = create_plan_from_text(draft, by=cast.province_officer)

    assert live_nodes(plan) == ["1", "1.1", "1.2", "1.3"]
    assert create_plan_from_text(draft, by=cast.province_officer) == plan


def test_a_draft_without_text_is_read_from_its_attachment(cast: Cast) -> None:
    document = the_sample(cast).document
    Plan.objects.get(document=document).nodes.update(parent=None)
    Duty.objects.filter(plan__document=document).delete()
    Node.objects.filter(plan__document=document).delete()
    Plan.objects.filter(document=document).delete()
    Document.objects.filter(pk=document.pk).update(text="")

    plan = create_plan_from_text(document, by=cast.province_officer)

    assert len(live_nodes(plan)) == 31
    document.refresh_from_db()
    assert document.text.startswith("最新消息")


def test_a_draft_with_nothing_to_read_is_refused(cast: Cast) -> None:
    moment = imported(cast).created_at
    draft = Document.objects.create(
        issuer=cast.orgs["guiyang"],
        kind=DocumentKind.NOTICE,
        title="空",
        created_at=moment,
        updated_at=moment,
    )

    with pytest.raises(BadInputError, match="没有正文"):
        create_plan_from_text(draft, by=cast.guiyang_officer)
    with pytest.raises(BadInputError, match="别的单位"):
        create_plan_from_text(draft, by=cast.province_officer)
    Document.objects.filter(pk=draft.pk).update(state=DocumentState.SENT)
    with pytest.raises(NotNowError, match="已经下发"):
        create_plan_from_text(draft, by=cast.guiyang_officer)
