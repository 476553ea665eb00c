"""What the apps above offer for a document (``document_actions`` of their AppConfigs)."""

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import (
    DocumentAction,
    DocumentSource,
    IncomingAction,
    Subject,
    by_kind,
    collect,
)

from .models import Document


def offers(document: Document, *, receivers: bool) -> list[tuple[str, str]]:
    """Buttons for a document's page: label and address. Other ways to send or forward have their own places."""
    offered: list[DocumentAction] = [
        item
        for item in collect("document_actions")
        if not (item.replaces_forward or item.replaces_send)
        and (item.receivers or not receivers)
        and (document.is_draft or not item.drafts)
    ]
    return [shown for item in offered if (shown := item.shown(document.pk))]


def incoming_offers(document_id: int, actor: Actor) -> list[tuple[str, str]]:
    """Buttons for what came in to the actor's unit (``incoming_actions``): label and address."""
    offered: tuple[IncomingAction, ...] = collect("incoming_actions")
    links = ((item.label, item.url(document_id, actor)) for item in offered)
    return [(label, url) for label, url in links if url]


def own_way_to_forward(root: Document) -> str | None:
    """The address where receivers pass this document on instead of on the plain page, if an app has one."""
    return _first(root, [item for item in collect("document_actions") if item.replaces_forward])


def own_way_to_send(document: Document) -> str | None:
    """The same for sending it, by the unit that wrote it. What only passes another on is sent plainly."""
    if document.forwards_id is not None:
        return None
    return _first(document, [item for item in collect("document_actions") if item.replaces_send])


def _first(document: Document, actions: list[DocumentAction]) -> str | None:
    return next((url for item in actions if (url := item.url(document.pk))), None)


def sources(document: Document, actor: Actor) -> list[tuple[str, str]]:
    """Where a document comes from (出处): words, and the address where the actor may see it."""
    root = document.root_or_self
    if not root.serves:
        return []
    subject: Subject = by_kind("subjects")[root.serves[0]["kind"]]
    seen = root.issuer_id == actor.org_id or subject.can_see(actor, root.serves[0]["id"])
    return [(item["label"], subject.url(item["id"]) if seen else "") for item in root.serves]


def source_pages(document: Document) -> list[tuple[str, str]]:
    """Where the writer of a draft says what it serves; what only passes another on serves what that one serves."""
    if document.forwards_id is not None:
        return []
    found: tuple[DocumentSource, ...] = collect("document_sources")
    return [(item.label, item.edit_url(document.pk)) for item in found]
