"""What an app tells the engines about itself: dataclasses listed on its AppConfig, collected on first use.

An engine (flows, reporting, journal, portal) never imports the apps above it. Each ``AppConfig`` lists tuples
named like the kinds below (``subjects``, ``measures``, ``verbs`` …) and ``collect`` gathers them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from .actor import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """Something engines may point at by ``(kind, subject_id)``.

    ``url`` gives the page of one record; ``can_see`` decides whether an actor may see it (and its files).
    ``can_see_file(actor, subject_id, sha256)`` is asked instead for files where it is given: a file that was put
    on a draft after the last submission is not yet for the upper unit's eyes, one that was sent stays readable.

    ``version(subject_id)`` changes whenever what is printed of the subject changes (``prints.sheets.Sheet.version``);
    ``version_for(subject_id, org_id)`` is asked instead where each unit prints its own view of it.
    """

    kind: str
    label: str
    url: Callable[[int], str]
    can_see: Callable[[Actor, int], bool]
    can_see_file: Callable[[Actor, int, str], bool] | None = None
    version: Callable[[int], str] | None = None
    version_for: Callable[[int, int], str] | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """What happens to a subject when a process about it ends. Called inside the deciding transaction.

    ``on_accept``, ``on_return`` and ``on_recall`` get ``(subject_id, revision_number, actor)``.
    """

    kind: str
    label: str
    on_accept: Callable[[int, int, Actor], None]
    on_return: Callable[[int, int, Actor], None]
    on_recall: Callable[[int, int, Actor], None]
    on_arrive: Callable[[int, int, Actor], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """A journal key with the words by which people filter it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be counted per unit and period.

    ``rows(start, end)`` yields ``(org_id, value)`` for the period's first and last day, oldest first.
    ``over_units`` and ``over_time`` name how values combine: ``sum``, ``last``, ``average`` or ``none``.
    ``expected(start, end)`` yields the units that owe a value; without it nobody is said to be missing.
    """

    key: str
    label: str
    unit: str
    rows: Callable[[dt.date, dt.date], Iterable[tuple[int, int]]]
    over_units: str = "sum"
    over_time: str = "sum"
    expected: Callable[[dt.date, dt.date], Iterable[int]] | None = None


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of long work. ``run(job)`` does it chunk after chunk; what it returns is kept as the job's result.

    ``outside`` marks work that sends something out of the system: cut by a crash it is not tried again, but
    shown as 不确定 until a person has looked.
    """

    kind: str
    label: str
    run: Callable[[Any], Mapping[str, Any] | None]
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Recurring work: ``run`` is called once for each tick, by whichever worker is first.

    Ticks stand ``every`` apart, ``at`` after midnight in Shanghai. A killed worker's tick is done again by
    another, so ``run`` must be idempotent, and done within ten minutes.
    """

    key: str
    label: str
    run: Callable[[], None]
    every: dt.timedelta = dt.timedelta(hours=1)
    at: dt.timedelta = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of message. ``urgent``: mailed at once to who wants mail, else it stands in the day's one mail.

    ``to_groups``: also put into the group chats that the unit's administrator connected.
    """

    key: str
    label: str
    urgent: bool = False
    to_groups: bool = False


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One thing in the daily mail. A person is told of ``key`` once per ``window``, whatever the number of days."""

    key: str
    window: str
    text: str
    url: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class DigestSource:
    """What an app puts into the daily mail: ``lines(actor)`` for each post of the person.

    ``waiting(actor)`` counts what waits for the post in all, for the mail's first sentence.
    """

    key: str
    label: str
    lines: Callable[[Actor], Iterable[DigestLine]]
    waiting: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class HeaderTool:
    """A small link with a number at the top of every page: ``count`` as of a Badge, 3 条新消息 when ``counted`` so."""

    key: str
    label: str
    url_name: str
    icon: str
    count: Callable[[Actor], int | QuerySet[Any]]
    counted: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation; ``tab`` puts it into the phone's tab bar too."""

    key: str
    label: str
    url_name: str
    icon: str
    order: int
    elder: bool = True
    tab: bool = False
    visible: Callable[[Actor], bool] | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A number shown on a navigation entry.

    ``count`` gives it, or better the rows to count: those of all entries are counted in one query.
    """

    key: str
    count: Callable[[Actor], int | QuerySet[Any]]


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
class PanelLine:
    """One line of a unit page's panel: a link with a short note beside it."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """What an app shows on a unit's page; ``lines(actor, org_id)`` in a fixed number of queries."""

    key: str
    label: str
    lines: Callable[[Actor, int], list[PanelLine]]


@dataclass(frozen=True, slots=True)
class HandOver:
    """What moves to the successor when a post changes hands; returns how many records moved."""

    label: str
    move: Callable[[int, int, int], int]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What a change of the unit tree touches in an app: a preview count and the rewrite itself."""

    label: str
    preview: Callable[[int], int]
    apply: Callable[[int], int]


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


@dataclass(frozen=True, slots=True)
class ProxyMatter:
    """A matter in which one unit may stand in for another (代管、代报), chosen per matter by the unit above both.

    ``kinds`` and ``waits`` say which Todos it covers: they also show on the list of the unit that stands in.
    Rules ask ``orgs.proxies.acts_for(actor, org_id, key)``.
    """

    key: str
    label: str
    kinds: tuple[str, ...]
    waits: tuple[str, ...]


@cache
def collect(name: str) -> tuple[Any, ...]:
    """All dataclasses that installed apps list under ``name``, in the order of INSTALLED_APPS."""
    found: list[Any] = []
    for config in apps.get_app_configs():
        found.extend(getattr(config, name, ()))
    return tuple(found)


@cache
def by_kind(name: str) -> Mapping[str, Any]:
    """``collect(name)`` as a mapping by ``kind`` (or ``key``); a double registration is an error."""
    table: dict[str, Any] = {}
    for item in collect(name):
        key = getattr(item, "kind", None) or item.key
        if key in table:
            msg = f"{name}: {key!r} is registered twice"
            raise ValueError(msg)
        table[key] = item
    return table
