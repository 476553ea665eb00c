"""What a change of a document does to the answers it asks for: the round moves with the document's date, or ends."""

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import AmendableDate, Change
from xinhuo.reporting.actions import close_round, move_due
from xinhuo.reporting.enums import ReturnState, RoundState
from xinhuo.reporting.models import Return, Round

from ..amended import DOCUMENT
from ..kinds import DOCUMENT as SUBJECT
from ..models import Document
from ..queries.amendable import current_due


def dates(document_id: int) -> list[AmendableDate]:  # noqa: ARG001 - the hook's signature
    """None of its own: an answer is due with the document."""
    return []


def settled(document_id: int, org_ids: list[int]) -> set[int]:
    """Units whose answer is sent: they need not be reminded."""
    document = Document.objects.get(pk=document_id)
    chain = Document.objects.filter(root=document.root_or_self).values("pk")
    asked = Round.objects.filter(
        kind=SUBJECT, subject_id__in=[document.root_or_self.pk, *(row["pk"] for row in chain)]
    )
    found = Return.objects.filter(round__in=asked, org_id__in=org_ids, state__in=ReturnState.SENT)
    return set(found.values_list("org_id", flat=True))


def touched(change: Change, org_ids: list[int]) -> list[str]:  # noqa: ARG001 - the hook's signature
    """How many answers wait, and how many stay as they are."""
    asked = _open_rounds(change.document_id)
    if not asked or not (change.whole or change.days.get(DOCUMENT)):
        return []
    answers = Return.objects.filter(round__in=asked)
    sent = answers.filter(state__in=ReturnState.SENT).count()
    what = "不用再报" if change.whole else f"一起顺延 {change.days[DOCUMENT]} 天"
    return [f"要求的回复：{answers.count() - sent} 个单位还没报的{what}，{sent} 个已经报了的保留不动。"]


def apply(change: Change, org_ids: list[int], by: Actor) -> None:
    """Move or end the round once, with the unit that asks; those by which it was passed on follow by themselves."""
    document = Document.objects.get(pk=change.document_id)
    if document.issuer_id not in org_ids:
        return
    for asked in _open_rounds(document.pk):
        if change.whole:
            close_round(asked, by=by)
            continue
        days, due = change.days.get(DOCUMENT, 0), current_due(document)
        if days and due and asked.due and (due - asked.due).days == days:  # else it has moved already
            move_due(asked, due, by=by)


def _open_rounds(document_id: int) -> list[Round]:
    return list(Round.objects.filter(kind=SUBJECT, subject_id=document_id, state=RoundState.OPEN))
