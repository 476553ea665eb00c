"""Which plans of a unit are the same as, or of the same year as, one that is about to come in or go out."""

from collections.abc import Iterable

from django.db.models import Q

from xinhuo.core import clock
from xinhuo.documents.enums import DocumentState

from ..models import Plan
from ..reading import Reading


def same_before(org_id: int, reading: Reading, *, but: int | None = None) -> list[tuple[Plan, str]]:
    """The unit's plans that seem to be this text, the newest first, each with what they have in common.

    The same words, the same number, or the same title in the same year. ``but`` is the document that is read.
    """
    year = reading.year or clock.today().year
    same = Q(document__text=reading.text)
    if reading.document_number:
        same |= Q(document__number=reading.document_number)
    if reading.title:
        same |= Q(document__title=reading.title[:200], year=year)
    found = Plan.objects.filter(same, document__issuer_id=org_id)
    if but is not None:
        found = found.exclude(document_id=but)
    return [(plan, _why(plan, reading)) for plan in found.select_related("document").order_by("-pk")]


def _why(plan: Plan, reading: Reading) -> str:
    if plan.document.text == reading.text:
        return "正文一模一样"
    if reading.document_number and plan.document.number == reading.document_number:
        return "文号一样"
    return "标题和年度一样"


def sent_before(plan: Plan) -> Iterable[Plan]:
    """Other plans of the same issuer and year that were sent already, the newest first."""
    others = Plan.objects.filter(
        document__issuer_id=plan.document.issuer_id, year=plan.year, document__state=DocumentState.SENT
    )
    return others.exclude(pk=plan.pk).select_related("document").order_by("-document__sent_at", "-pk")
