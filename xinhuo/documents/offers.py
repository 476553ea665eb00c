"""What the apps above offer for a document (``document_actions`` of their AppConfigs)."""

from xinhuo.core.contracts import DocumentAction, collect

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
