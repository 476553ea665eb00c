"""Bringing a text in: a draft document and the plan read out of it."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.documents.actions.drafting import create_document
from xinhuo.documents.enums import DocumentKind, DocumentState
from xinhuo.documents.kinds import DOCUMENT
from xinhuo.documents.models import Document
from xinhuo.files.actions import attach, store_file
from xinhuo.files.models import StoredFile
from xinhuo.files.queries import attachments
from xinhuo.flows.enums import Wait
from xinhuo.flows.todos import open_todo
from xinhuo.journal.actions import journal

from ..kinds import PLAN
from ..models import Plan
from ..outline import from_reading
from ..outline.snapshot import snapshot
from ..queries.checking import cited_as, issuer_unit
from ..reading import Reading, read_bytes, read_text
from ..rules.checking import can_import
from .checking_rows import write_rows

MAX_TEXT = 4_000_000  # characters; ten times the longest plan anybody has printed
MAX_READ_BYTES = 20 * 1024 * 1024
UNTITLED = "没有标题的文件"
_KINDS = (
    (re.compile(r"通报\s*$"), DocumentKind.CIRCULAR),
    (re.compile(r"函\s*$"), DocumentKind.LETTER),
    (re.compile(r"通知\s*$"), DocumentKind.NOTICE),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the draft, its plan (None when the file could only be kept), and why not."""

    document: Document
    plan: Plan | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was handed in: read, and kept where it is a file that may be kept, but not imported yet."""

    reading: Reading
    file: StoredFile | None = None


def take(
    *, by: Actor, text: str = "", upload: File[Any] | None = None, kept: StoredFile | None = None
) -> Taken:
    """Read pasted ``text`` or a file; ``kept`` is the file where it was stored before.

    Raises BadInputError when there is nothing to read and nothing that may be kept.
    """
    require(can_import(by))
    if upload is None:
        return Taken(_with_words(_read_text(text)))
    reading = _read_file(upload)
    stored = kept or _stored(upload, reading, by=by)
    return Taken(reading if stored and reading.unreadable else _with_words(reading), stored)


@transaction.atomic
def import_plan(*, by: Actor, text: str = "", upload: File[Any] | None = None) -> Imported:
    """Make a draft document and its plan of pasted ``text`` or of a file: ``take`` and ``import_taken`` in one."""
    return import_taken(take(by=by, text=text, upload=upload), by=by)


@transaction.atomic
def import_taken(taken: Taken, *, by: Actor) -> Imported:
    """Make a draft document and its plan of what was taken.

    The file itself is kept as an attachment. A file whose text cannot be read (.doc, .wps, OFD, a scan) is kept
    too, in a draft without text; the message says what to do.
    """
    require(can_import(by))
    reading, stored = taken.reading, taken.file
    if stored and reading.unreadable:
        document = create_document(by=by, title=stored.name.rpartition(".")[0][:200])
        attach(stored, DOCUMENT, document.pk, by=by, label="原件")
        return Imported(document, None, f"{reading.unreadable}文件已经作为附件存进草稿，没有丢。")
    done = _imported(reading, by=by)
    if stored:
        attach(stored, DOCUMENT, done.document.pk, by=by, label="原件")
    return done


def _stored(upload: File[Any], reading: Reading, *, by: Actor) -> StoredFile | None:
    """The file as it is kept. Web pages are not kept as files, but their text can be read all the same."""
    try:
        return store_file(upload, by=by)
    except BadInputError:
        readable = reading.extracted or reading.encoding.startswith("utf-16")
        if readable and reading.text.strip() and not reading.unreadable:
            return None
        raise


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_text(text: str) -> Reading:
    plain = _plain_ends(text)
    if not plain.strip():
        raise BadInputError("里面没有文字。请选一个文件，或者把正文贴进来。")
    if len(plain) > MAX_TEXT:
        raise BadInputError(f"文字太长了（{len(plain) // 10_000} 万字），请分成几份导入。")
    if "\0" in plain:
        raise BadInputError("文字里有看不见的控制字符，像是从程序文件里复制来的。请从原文件重新复制。")
    return read_text(plain)


def _read_file(upload: File[Any]) -> Reading:
    """The file's text with plain line ends, so that it stays the same when the draft is edited as a document."""
    if (upload.size or 0) > MAX_READ_BYTES:
        raise BadInputError("文件太大，系统只读 20 MB 以内的文件。请把正文复制出来，贴进来。")
    upload.seek(0)
    reading = read_bytes(upload.read(), upload.name or "")
    upload.seek(0)
    if reading.extracted or reading.unreadable or "\r" not in reading.text:
        return reading
    return read_text(_plain_ends(reading.text))


def _with_words(reading: Reading) -> Reading:
    if not reading.text.strip() or "\0" in reading.text:
        raise BadInputError("这个文件里没有读到文字。请把正文复制出来，贴进来。")
    return reading


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
    """The first attachment whose text can be read; the last reason when there is none."""
    why = ""
    for row in attachments(DOCUMENT, document.pk):
        with default_storage.open(row.file.path) as content:
            reading = _read_file(File(content, row.file.name))
        if not reading.unreadable and reading.text.strip() and "\0" not in reading.text:
            return reading
        why = reading.unreadable
    raise BadInputError(why or "这份文件还没有正文，也没有能读出文字的附件。请先把正文贴进来。")
