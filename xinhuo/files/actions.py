"""Verbs: store an upload, attach it, take it off again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from .enums import FileKind
from .formats import PDF, Format, sniff
from .images import rewrite
from .kinds import FILE
from .models import Attachment, StoredFile
from .names import clean_name, fitting_name
from .queries import attachments
from .rules import can_see_file, can_upload
from .storage import NO_SPACE_REASON, digest, keep

MEGABYTE = 1024 * 1024
MAX_IMAGE_BYTES = 20 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Checked:
    """An upload that may be stored: its bytes (a picture's written anew), its name and what it is."""

    content: BinaryIO
    name: str
    format: Format
    width: int | None = None
    height: int | None = None


def check_upload(upload: File[Any], kinds: Collection[str] = ()) -> Checked:
    """Everything that can be wrong with an upload before it is stored, so that a form can say so at its field.

    ``kinds`` (values of FileKind) limits what is taken. Raises BadInputError with a reason for the person.
    """
    name = clean_name(upload.name or "")
    _check_size(upload, name, settings.MAX_FILE_BYTES)
    content = cast("BinaryIO", upload)  # Django's files read and seek like any other
    found = sniff(content, name)
    name = fitting_name(name, found)
    if kinds and found.kind not in kinds:
        wanted = "、".join(FileKind(kind).label for kind in kinds)
        raise BadInputError(f"这里只收{wanted}，“{name}”没有收下。")
    if found.kind != FileKind.IMAGE:
        return Checked(content, name, found)
    _check_size(upload, name, MAX_IMAGE_BYTES)
    picture = rewrite(content, found, name)
    name = fitting_name(name, picture.format)
    return Checked(picture.content, name, picture.format, picture.width, picture.height)


def store_file(
    upload: File[Any], *, by: Actor, org_id: int | None = None, kinds: Collection[str] = ()
) -> StoredFile:
    """Take one upload: check size and content, write pictures anew, keep the bytes once.

    ``org_id`` is the unit it belongs to, where that is not the actor's own; ``kinds`` as in ``check_upload``.
    Raises BadInputError with a reason for the person; then nothing has been stored.
    """
    require(can_upload(by))
    checked = check_upload(upload, kinds)
    name, found = checked.name, checked.format
    sha256, size = digest(checked.content)
    place = keep(checked.content, sha256, size)
    with transaction.atomic():
        stored = StoredFile.objects.create(
            sha256=sha256,
            name=name,
            size=size,
            mime=found.mime,
            kind=found.kind,
            path=place,
            width=checked.width,
            height=checked.height,
            is_safe_inline=found.kind == FileKind.IMAGE or found is PDF,
            org_id=org_id or by.org_id,
            by_person_id=by.person_id,
            by_name=by.person_name,
            at=clock.now(),
        )
        journal(by, "files.uploaded", f"上传了“{name}”", kind=FILE, subject_id=stored.pk)
    return stored


def keep_made(content: BinaryIO, name: str, found: Format, *, by: Actor) -> StoredFile:
    """Keep a file the system has made for a unit (an archive, a table): no upload, so no limits of one."""
    sha256, size = digest(content)
    place = keep(content, sha256, size)
    return StoredFile.objects.create(
        sha256=sha256,
        name=clean_name(name),
        size=size,
        mime=found.mime,
        kind=found.kind,
        path=place,
        is_safe_inline=False,
        org_id=by.org_id,
        by_person_id=by.person_id,
        by_name=by.person_name,
        at=clock.now(),
    )


def _check_size(upload: File[Any], name: str, limit: int) -> None:
    if getattr(upload, "no_space", False):
        raise BadInputError(NO_SPACE_REASON)
    if upload.size > limit:
        raise BadInputError(
            f"“{name}”超过了 {limit // MEGABYTE} MB，传不了。图片可以缩小后再传，文件可以压缩或拆成几个。"
        )


@transaction.atomic
def attach(file: StoredFile, kind: str, subject_id: int, *, by: Actor, label: str = "") -> Attachment:
    """Hang a file on a subject, after those that hang there. Whether ``by`` may change the subject is the caller's."""
    require(can_see_file(by, file))
    last = attachments(kind, subject_id).order_by("-position").values_list("position", flat=True).first()
    row, _ = Attachment.objects.get_or_create(
        file=file,
        kind=kind,
        subject_id=subject_id,
        removed_at=None,
        defaults={
            "org_id": by.org_id,
            "label": label[:120],
            "position": 0 if last is None else last + 1,
            "attached_at": clock.now(),
        },
    )
    return row


@transaction.atomic
def detach(file: StoredFile, kind: str, subject_id: int, *, by: Actor) -> None:
    """Take a file off a subject. The file stays readable for those to whom it was reported."""
    taken = attachments(kind, subject_id).filter(file=file).update(removed_at=clock.now())
    if taken:
        journal(by, "files.removed", f"移除了附件“{file.name}”", kind=kind, subject_id=subject_id)


@transaction.atomic
def set_attachments(kind: str, subject_id: int, file_ids: Iterable[int], *, by: Actor) -> None:
    """Make the subject's files exactly these, in this order. Files that ``by`` may not see are refused."""
    wanted = list(dict.fromkeys(file_ids))
    files = StoredFile.objects.in_bulk(wanted)
    hanging = {row.file_id: row for row in attachments(kind, subject_id)}
    for file_id, row in hanging.items():
        if file_id not in files:
            detach(row.file, kind, subject_id, by=by)
    for position, file_id in enumerate(item for item in wanted if item in files):
        attached = hanging.get(file_id) or attach(files[file_id], kind, subject_id, by=by)
        if attached.position != position:
            attached.position = position
            attached.save(update_fields=["position"])
