"""Bringing a text in, checking it step by step, fixing it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.documents.actions.drafting import SUBJECT as DOCUMENT
from xinhuo.documents.actions.drafting import create_document
from xinhuo.documents.enums import DocumentKind, DocumentState
from xinhuo.documents.models import Document
from xinhuo.files.actions import attach, store_file
from xinhuo.files.models import StoredFile
from xinhuo.files.queries import attachments
from xinhuo.flows.enums import Wait
from xinhuo.flows.todos import close_todos, open_todo
from xinhuo.journal.actions import journal

from ..enums import PlanState
from ..models import Plan, PlanEdit
from ..outline import Op, Outline, OutlineError, apply, from_reading
from ..outline.operations import pin, replay
from ..outline.snapshot import snapshot
from ..queries.checking import (
    REDO,
    REREAD,
    UNDO,
    cited_as,
    edits_of,
    issuer_unit,
    last_step,
    operations,
    outline_of,
    taken_back,
)
from ..reading import Reading, UnreadableError, read_bytes, read_text
from ..rules.checking import can_check, can_import, is_current
from .checking_rows import write_rows

PLAN = "plans.plan"
MAX_TEXT = 4_000_000  # characters; ten times the longest plan anybody has printed
MAX_READ_BYTES = 20 * 1024 * 1024
UNTITLED = "没有标题的文件"
_KINDS = (
    (re.compile(r"通报\s*$"), DocumentKind.CIRCULAR),
    (re.compile(r"的?函\s*$"), DocumentKind.LETTER),
    (re.compile(r"通知\s*$"), DocumentKind.NOTICE),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the draft, its plan (None when the file could only be kept), and why not."""

    document: Document
    plan: Plan | None
    message: str = ""


# -- bringing it in -----------------------------------------------------------------------------------------------


@transaction.atomic
def import_plan(*, by: Actor, text: str = "", upload: File[Any] | None = None) -> Imported:
    """Make a draft document and its plan of pasted ``text`` or of a file.

    The file itself is kept as an attachment. A file whose text cannot be read is kept too, in a draft without
    text; the message says what to do. Raises BadInputError when there is nothing to read at all.
    """
    require(can_import(by))
    if upload is None:
        return _imported(_read_text(text), by=by)
    stored = store_file(upload, by=by)
    try:
        reading = _read_file(upload, stored)
    except UnreadableError as error:
        document = create_document(by=by, title=stored.name.rpartition(".")[0][:200] or stored.name[:200])
        attach(stored, DOCUMENT, document.pk, by=by)
        return Imported(document, None, f"{error} 文件已经作为附件存进文件草稿，没有丢。")
    done = _imported(reading, by=by)
    attach(stored, DOCUMENT, done.document.pk, by=by, label="原件")
    return done


def _read_text(text: str) -> Reading:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.strip():
        raise BadInputError("里面没有文字。请选一个文件，或者把正文贴进来。")
    if len(plain) > MAX_TEXT:
        raise BadInputError(f"文字太长了（{len(plain) // 10_000} 万字），请分成几份导入。")
    if "\0" in plain:
        raise BadInputError("文字里有看不见的控制字符，像是从程序文件里复制来的。请从原文件重新复制。")
    return read_text(plain)


def _read_file(upload: File[Any], stored: StoredFile) -> Reading:
    """The file's text with plain line ends, so that it stays the same when the draft is edited as a document."""
    if stored.size > MAX_READ_BYTES:
        raise UnreadableError("文件太大，系统只读 20 MB 以内的文字。请把正文复制出来贴进来。")
    upload.seek(0)
    reading = read_bytes(upload.read(), stored.name)
    if not reading.text.strip():
        raise UnreadableError(
            "这个文件里没有读到文字，可能是扫描件。请把正文贴进来，或者另传能复制文字的文件。"
        )
    return reading if reading.extracted else _read_text(reading.text)


def _imported(reading: Reading, *, by: Actor) -> Imported:
    damaged = any(doubt.code.startswith("document_number") for doubt in reading.warnings)
    document = create_document(
        by=by,
        kind=_kind(reading.title),
        title=reading.title[:200] or UNTITLED,
        number="" if damaged else reading.document_number[:60],
        signed_on=reading.signed_on,
        text=reading.text,
    )
    return Imported(document, _make_plan(document, reading, by=by))


def _kind(title: str) -> DocumentKind:
    return next((kind for pattern, kind in _KINDS if pattern.search(title)), DocumentKind.KEY_POINTS)


def _make_plan(document: Document, reading: Reading, *, by: Actor) -> Plan:
    moment = clock.now()
    kept = snapshot(reading, issuer_unit(document.issuer), clock.today().year)
    plan = Plan.objects.create(
        document=document, year=kept["year"], reading=kept, created_at=moment, updated_at=moment
    )
    outline = from_reading(kept, kept["source"])
    write_rows(plan, outline, cited_as(plan))
    title = f"核对并定稿《{document.title}》"
    open_todo(org_id=by.org_id, wait=Wait.CONFIRM, kind=PLAN, subject_id=plan.pk, title=title)
    read = f"读出 {len(outline.nodes)} 条、{len(outline.duties)} 个落实点"
    journal(by, "plans.imported", f"导入《{document.title}》，{read}", kind=PLAN, subject_id=plan.pk)
    return plan


@transaction.atomic
def create_plan_from_text(document: Document, *, by: Actor) -> Plan:
    """Read a draft of the own unit: its text, else the first attachment that can be read; once per document.

    Raises NotNowError when it has been sent, BadInputError when there is no text anywhere.
    """
    require(can_import(by))
    document = Document.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=document.pk)
    existing = Plan.objects.filter(document=document).first()
    if existing:
        return existing
    if document.issuer_id != by.org_id:
        raise BadInputError("这份文件是别的单位起草的，不能在这里拆成落实点。")
    if document.state != DocumentState.DRAFT:
        require(not_now("这份文件已经下发，不能再拆成落实点。"))
    reading = read_text(document.text) if document.text.strip() else _read_attachments(document)
    if document.text != reading.text:
        document.text, document.updated_at = reading.text, clock.now()
        document.save(update_fields=["text", "updated_at"])
    return _make_plan(document, reading, by=by)


def _read_attachments(document: Document) -> Reading:
    why = ""
    for row in attachments(DOCUMENT, document.pk):
        try:
            with row.file.open() as content:
                return _read_file(File(content), row.file)
        except UnreadableError as error:
            why = str(error)
    raise BadInputError(why or "这份文件还没有正文，也没有附件。请先把正文贴进来。")


# -- checking it --------------------------------------------------------------------------------------------------


def _locked(plan: Plan, version: int, *, by: Actor) -> tuple[Plan, list[PlanEdit]]:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("document__issuer").get(pk=plan.pk)
    require(can_check(by, plan))
    edits = edits_of(plan)
    require(is_current(plan, version, edits[-1] if edits else None))
    return plan, edits


def _record(plan: Plan, number: int, op: str, args: Mapping[str, Any], *, by: Actor) -> PlanEdit:
    edit = PlanEdit.objects.create(
        plan=plan,
        number=number,
        op=op,
        args=dict(args),
        by_person_id=by.person_id,
        by_name=by.person_name,
        at=clock.now(),
    )
    plan.version = number
    plan.updated_at = edit.at
    return edit


def _keep(plan: Plan, outline: Outline) -> None:
    """Write what the outline says into the plan's rows and, as long as it is a draft, into the document's head."""
    plan.settled_doubts = {
        str(number): {"choice": item.choice, "value": item.value} for number, item in outline.settled.items()
    }
    plan.save(update_fields=["version", "updated_at", "settled_doubts"])
    write_rows(plan, outline, cited_as(plan))


def _keep_head(document: Document, before: Outline, after: Outline) -> None:
    if before.header == after.header:
        return
    if document.state != DocumentState.DRAFT:
        require(not_now("这份文件已经下发，标题、文号和日期不能再改。"))
    head = after.header
    document.title = head["title"] or UNTITLED
    document.number = head["number"]
    document.signed_on = dt.date.fromisoformat(head["signed_on"]) if head["signed_on"] else None
    document.updated_at = clock.now()
    document.save(update_fields=["title", "number", "signed_on", "updated_at"])


def _journal_once(plan: Plan, edits: list[PlanEdit], *, by: Actor) -> None:
    """One entry when a person begins or goes on after somebody else, not one per key stroke."""
    if not edits or edits[-1].by_person_id != by.person_id:
        journal(by, "plans.checked", f"核对《{plan.document.title}》", kind=PLAN, subject_id=plan.pk)


@transaction.atomic
def edit_plan(plan: Plan, op: str, args: Mapping[str, Any], *, version: int, by: Actor) -> PlanEdit:
    """Apply one operation of ``plans.outline`` (or a ``batch`` of them) to a plan that is being checked.

    ``version`` is the number of the last edit the person saw. Raises NotNowError when somebody saved meanwhile,
    BadInputError (OutlineError) when the operation does not fit; then nothing is written.
    """
    plan, edits = _locked(plan, version, by=by)
    before = outline_of(plan, edits)
    step = pin(before, Op(plan.version + 1, op, args))
    after = apply(before, step)
    _journal_once(plan, edits, by=by)
    edit = _record(plan, step.number, step.name, step.args, by=by)
    _keep_head(plan.document, before, after)
    _keep(plan, after)
    return edit


@transaction.atomic
def undo_edit(plan: Plan, *, version: int, by: Actor, number: int | None = None) -> PlanEdit:
    """Take back the last step, or step ``number``: the outline is made anew from all others.

    Raises NotNowError when there is nothing to take back, or when later steps rest on it.
    """
    plan, edits = _locked(plan, version, by=by)
    target = last_step(edits) if number is None else _step(edits, number)
    if target is None:
        raise BadInputError("没有可以撤销的步骤。")
    before = outline_of(plan, edits)
    others = [op for op in operations(edits) if op.number != target.number]
    try:
        after = replay(plan.reading, plan.reading["source"], others)
    except OutlineError:
        require(not_now("后面的改动用到了这一步，不能单独撤销。请先撤销后面的步骤。"))
        raise
    return _turn(plan, target, UNDO, before, after, by=by)


def _step(edits: list[PlanEdit], number: int) -> PlanEdit | None:
    return next((edit for edit in edits if edit.number == number and not edit.undone), None)


@transaction.atomic
def redo_edit(plan: Plan, *, version: int, by: Actor) -> PlanEdit:
    """Bring back the step that was taken back a moment ago; anything done since then ends that."""
    plan, edits = _locked(plan, version, by=by)
    target = taken_back(edits)
    if target is None:
        raise BadInputError("没有可以恢复的步骤。")
    before = outline_of(plan, edits)
    target.undone = False
    return _turn(plan, target, REDO, before, outline_of(plan, edits), by=by)


def _turn(plan: Plan, target: PlanEdit, op: str, before: Outline, after: Outline, *, by: Actor) -> PlanEdit:
    target.undone = op == UNDO
    target.save(update_fields=["undone"])
    edit = _record(plan, plan.version + 1, op, {"number": target.number}, by=by)
    _keep_head(plan.document, before, after)
    _keep(plan, after)
    return edit


def settle_doubt(
    plan: Plan, doubts: list[int], choice: str, *, version: int, by: Actor, value: str = ""
) -> PlanEdit:
    """Decide about doubts by their numbers: ``accept``, ``keep`` or ``fill`` (with ``value``)."""
    args = {"doubts": doubts, "choice": choice, "value": value}
    return edit_plan(plan, "settle", args, version=version, by=by)


@transaction.atomic
def reread_plan(plan: Plan, *, version: int, by: Actor) -> Plan:
    """Read the document's text again after it was changed; all steps made on the old text are taken back."""
    plan, edits = _locked(plan, version, by=by)
    if not plan.document.text.strip():
        raise BadInputError("这份文件现在没有正文，不能识别。")
    reading = read_text(plan.document.text)
    plan.reading = snapshot(reading, issuer_unit(plan.document.issuer), clock.today().year)
    plan.year = plan.reading["year"]
    plan.save(update_fields=["reading", "year"])
    PlanEdit.objects.filter(plan=plan, undone=False).exclude(op__in=(UNDO, REDO, REREAD)).update(undone=True)
    _record(plan, plan.version + 1, REREAD, {"steps": len(operations(edits))}, by=by)
    _keep(plan, from_reading(plan.reading, plan.reading["source"]))
    journal(by, "plans.checked", f"重新识别《{plan.document.title}》", kind=PLAN, subject_id=plan.pk)
    return plan


# -- fixing it ----------------------------------------------------------------------------------------------------


@transaction.atomic
def publish_plan(plan: Plan, *, version: int, by: Actor) -> Plan:
    """Fix the plan (定稿). Open doubts and unchecked duties do not stand in the way: a person has seen the list."""
    plan, edits = _locked(plan, version, by=by)
    if plan.document.text != plan.reading["source"]:
        require(not_now("正文在识别之后改过。请先重新识别，再定稿。"))
    outline = outline_of(plan, edits)
    if not any(outline.duties_of(node.key) for node, _ in outline.walk()):
        raise BadInputError("里面一个落实点也没有，不能定稿。请先加上落实点。")
    write_rows(plan, outline, cited_as(plan))
    plan.state, plan.published_at, plan.updated_at = PlanState.PUBLISHED, clock.now(), clock.now()
    plan.save(update_fields=["state", "published_at", "updated_at"])
    close_todos(PLAN, plan.pk)
    journal(by, "plans.published", _summary(plan, edits), kind=PLAN, subject_id=plan.pk)
    return plan


def _summary(plan: Plan, edits: list[PlanEdit]) -> str:
    counted = [edit for edit in edits if not edit.undone and edit.op not in (UNDO, REDO, REREAD)]
    steps = Counter(edit.by_name for edit in counted)
    who = "、".join(f"{name} {number} 步" for name, number in steps.most_common(5))
    return f"定稿《{plan.document.title}》" + (
        f"，核对共 {len(counted)} 步（{who}）" if who else "，没有改动"
    )
