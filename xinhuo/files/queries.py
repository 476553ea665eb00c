"""Named reads of files."""

from collections.abc import Iterable

from xinhuo.core.actor import Actor

from .models import Attachment, AttachmentQuerySet, StoredFile
from .rules import can_see_file


def visible_file(actor: Actor, file_id: int) -> StoredFile | None:
    """The file, if it exists and the actor may read it."""
    file = StoredFile.objects.filter(pk=file_id).first()
    return file if file is not None and can_see_file(actor, file) else None


def attachments(kind: str, subject_id: int) -> AttachmentQuerySet:
    """What is attached to a subject now, in order, each with its ``file``."""
    return Attachment.objects.of(kind, subject_id)


def attachments_by_subject(kind: str, subject_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The same for many subjects in one query; subjects without files are not in the answer."""
    found: dict[int, list[Attachment]] = {}
    rows = Attachment.objects.filter(kind=kind, subject_id__in=list(subject_ids), removed_at__isnull=True)
    for row in rows.select_related("file"):
        found.setdefault(row.subject_id, []).append(row)
    return found


def checksums(kind: str, subject_id: int) -> dict[str, str]:
    """``{file id: SHA-256}`` of what is attached now, to be frozen in a revision."""
    return {str(row.file_id): row.file.sha256 for row in attachments(kind, subject_id)}
