"""Named reads of prints."""

from xinhuo.core.contracts import Subject, by_kind

from .codes import typed
from .models import PrintMark


def by_token(token: str) -> PrintMark | None:
    """The print whose QR code was read."""
    return PrintMark.objects.filter(token=token).select_related("org").first()


def by_code(text: str) -> PrintMark | None:
    """The print whose short code was typed, however it was written."""
    code = typed(text)
    return PrintMark.objects.filter(code=code).select_related("org").first() if code else None


def version_today(kind: str, subject_id: int, org_id: int) -> str:
    """The subject's version as the unit would print it today; empty when the subject has none."""
    subject: Subject | None = by_kind("subjects").get(kind)
    if subject is None:
        return ""
    if subject.version_for is not None:
        return subject.version_for(subject_id, org_id)
    return subject.version(subject_id) if subject.version is not None else ""


def is_current(mark: PrintMark) -> bool:
    """Whether what was printed still says what the system says."""
    return version_today(mark.kind, mark.subject_id, mark.org_id) == mark.version
