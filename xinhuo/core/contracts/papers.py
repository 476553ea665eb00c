"""What apps above ``documents`` do with documents: when they travel, and when a later one changes them."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xinhuo.core.actor import Actor


@dataclass(frozen=True, slots=True)
class DeliveryHook:
    """What an app above ``documents`` does when a document reaches units, inside the delivering chunk.

    ``run(dispatch_id, org_ids, actor)`` prepares a chunk; ``arrived(dispatch_id, org_ids)`` is called for the
    same units once the whole dispatch is complete and they may see it. Both must be idempotent per unit: a
    chunk may be tried again. ``started(dispatch_id, actor)`` is called once, when the sending sets off (after the
    unit's own approval, where there is one), before the first chunk. ``received(delivery_id, actor)`` is called when
    a unit signs for it, ``entered(document_id, actor)`` when it has entered a document of a body outside the tree.
    ``describe(dispatch_id)`` gives what else those who approve a sending have to know, as pairs
    of label and words.
    """

    key: str
    run: Callable[[int, list[int], Actor], None] | None = None
    arrived: Callable[[int, list[int]], None] | None = None
    started: Callable[[int, Actor], None] | None = None
    received: Callable[[int, Actor], None] | None = None
    entered: Callable[[int, Actor], None] | None = None
    describe: Callable[[int], list[tuple[str, str]]] | None = None


@dataclass(frozen=True, slots=True)
class DocumentAction:
    """What an app above ``documents`` offers on a document's page, as a button.

    ``url(document_id)`` gives the address, or None when there is nothing to do with this document (the first of
    its chain). ``receivers``: also offered to the units that received it, not only to the one that wrote it.
    ``replaces_forward``: receivers pass the document on there instead of on the plain page.
    ``replaces_send``: its writer sends it there instead of on the plain page.
    ``drafts``: offered only while the document is not sent yet.
    ``offer(document_id)`` is asked instead where the words depend on the document: label and address, or None.
    """

    label: str
    url: Callable[[int], str | None]
    receivers: bool = False
    replaces_forward: bool = False
    replaces_send: bool = False
    drafts: bool = False
    offer: Callable[[int], tuple[str, str] | None] | None = None

    def shown(self, document_id: int) -> tuple[str, str] | None:
        """The button for one document: label and address; None when there is nothing to do."""
        if self.offer is not None:
            return self.offer(document_id)
        url = self.url(document_id)
        return (self.label, url) if url else None


@dataclass(frozen=True, slots=True)
class IncomingAction:
    """What an app above ``documents`` offers a unit for something that came in, as a button on its page.

    ``url(document_id, actor)`` is asked with the first document of the chain; None where there is nothing to do.
    """

    label: str
    url: Callable[[int, Actor], str | None]


@dataclass(frozen=True, slots=True)
class TrayLink:
    """A further list beside 收文, 发文 and 抄送; ``visible(actor)`` says in whose trays it stands."""

    label: str
    url_name: str
    visible: Callable[[Actor], bool] = lambda _actor: True


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """Something of an app above ``documents`` that a document may serve, like duties of a plan (出处).

    ``edit_url(document_id)`` is where its writer chooses them while it is a draft; the app writes what was chosen
    into ``Document.serves``, so that the document's page can show it by itself.
    """

    key: str
    label: str
    edit_url: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class AmendableDate:
    """A date that rests on a document and may be moved or struck by a later one.

    ``key`` names it inside its app (``half``, ``duty:12``); ``units`` is how many units it holds for.
    ``sets_document``: the document's own 报送时限 was taken from it and moves with it. ``latest`` is the date from
    above that it may not pass; ``before`` the key of a date that has to stay later.
    """

    key: str
    label: str
    due: dt.date | None
    units: int = 0
    sets_document: bool = False
    latest: dt.date | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What one document changes of an earlier one, as the apps above ``documents`` are told.

    ``days`` says by how many days each ``AmendableDate`` moves (by key); ``cancels`` which of them are struck.
    ``whole``: the document itself is cancelled, with everything that rests on it. ``amendment_id`` is None while
    the change is only looked at. ``again``: a unit sets the dates it gave itself once more; what was there before
    the change stays known.
    """

    document_id: int
    amendment_id: int | None
    days: Mapping[str, int]
    cancels: tuple[str, ...] = ()
    whole: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class AmendmentHook:
    """What an app above ``documents`` does when a document changes an earlier one.

    ``dates(document_id)`` lists what of it can be moved or struck; ``touched(change, org_ids)`` says in sentences
    with numbers what would happen; ``settled(document_id, org_ids)`` gives those units that have done everything
    it asks, so that they need not be reminded. ``apply(change, org_ids, actor)`` does it for a chunk of units, the
    one that changed it first: a date moves together with those that units below set after it. It must be
    idempotent per unit: a chunk may be tried again. Nobody becomes late by it, and what was done stays.
    """

    key: str
    dates: Callable[[int], list[AmendableDate]]
    touched: Callable[[Change, list[int]], list[str]]
    settled: Callable[[int, list[int]], set[int]]
    apply: Callable[[Change, list[int], Actor], None]
