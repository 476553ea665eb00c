"""Verbs: letting one unit stand in for others in some matters (代管、代报), and ending it again."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from .kinds import UNIT as SUBJECT
from .models import Org, Proxy, ProxyQuerySet
from .proxies import matter_label, matters
from .rules import can_keep_proxies, can_set_proxy

SLICE = 500
PARENT = "parent"
"""Whoever stands directly above each unit: the central school for its teaching points."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit and who would stand in for it; ``now`` is who does it already, ``why_not`` why it cannot be."""

    org: Org
    by_org: Org | None
    now: Mapping[str, Org]
    why_not: str = ""

    @property
    def now_words(self) -> str:
        """Who does it today: 自己办, or the units that stand in, each once."""
        names = dict.fromkeys(unit.short_name for unit in self.now.values())
        return "、".join(f"{name}在代" for name in names) or "自己办"


@dataclass(frozen=True, slots=True)
class ProxyTerms:
    """In which matters, from when until when (the first day on which it no longer holds), and why."""

    matters: Sequence[str]
    since: dt.date
    until: dt.date | None = None
    reason: str = ""


def pairs(orgs: Iterable[Org], by_org: Org | str) -> list[Pair]:
    """Who would stand in for each of these units: one unit for all, or (``PARENT``) the one directly above each."""
    units = list(orgs)
    now: dict[int, dict[str, Org]] = {}
    held = Proxy.objects.filter(org__in=units, valid_to__isnull=True).select_related("by_org")
    for row in held:
        now.setdefault(row.org_id, {})[row.matter] = row.by_org
    return [
        _pair(org, org.parent if isinstance(by_org, str) else by_org, now.get(org.pk, {})) for org in units
    ]


def _pair(org: Org, by_org: Org | None, now: Mapping[str, Org]) -> Pair:
    why_not = ""
    if by_org is None or by_org.closed:
        why_not = "没有上级单位可以代办"
    elif by_org.pk == org.pk:
        why_not = "不能代自己办"
    elif by_org.path.startswith(org.path):
        why_not = f"{by_org.short_name}是它的下级，不能代上级办"
    return Pair(org, by_org, now, why_not)


@transaction.atomic
def set_proxies(orgs: Iterable[Org], by_org: Org | str, terms: ProxyTerms, *, by: Actor) -> int:
    """Let ``by_org`` stand in for these units; who did so before stops on that day. Returns how many units.

    Units for which it cannot be (see ``pairs``) are left out. A unit that somebody stands in for may still do
    everything itself.
    """
    require(can_keep_proxies(by))
    _check(terms)
    if isinstance(by_org, Org) and not by.covers(by_org.path):
        raise BadInputError(f"“{by_org.name}”不在您单位管理的范围内，不能请它代办。")
    chosen = [pair for pair in pairs(orgs, by_org) if not pair.why_not and pair.by_org is not None]
    for pair in chosen:
        require(can_set_proxy(by, pair.org))
    if not chosen:
        raise BadInputError("没有选中可以代办的单位。请换一个条件，或在名单里勾选。")
    _end(Proxy.objects.filter(org__in=[pair.org for pair in chosen], matter__in=terms.matters), terms.since)
    moment = clock.now()
    Proxy.objects.bulk_create(
        [
            Proxy(
                org=pair.org,
                by_org=pair.by_org,
                matter=matter,
                valid_from=terms.since,
                valid_to=terms.until,
                reason=terms.reason.strip()[:200],
                set_by=by.person_name,
                created_at=moment,
            )
            for pair in chosen
            for matter in terms.matters
        ],
        batch_size=SLICE,
    )
    _note(chosen, terms, by=by)
    return len(chosen)


def _check(terms: ProxyTerms) -> None:
    known = {matter.key for matter in matters()}
    if not terms.matters or set(terms.matters) - known:
        raise BadInputError("请至少选一件事由别的单位代办。")
    if terms.until is not None and terms.until <= terms.since:
        raise BadInputError("结束日期要晚于起始日期。")
    if terms.since > clock.today() + dt.timedelta(days=366):
        raise BadInputError("起始日期太远了，请选一年以内的日期。")


def _end(rows: ProxyQuerySet, day: dt.date) -> int:
    """End what is in force; what would only have begun on that day or later is dropped from the start."""
    open_rows = rows.filter(valid_to__isnull=True) | rows.filter(valid_to__gt=day)
    never = open_rows.filter(valid_from__gte=day)
    number = never.update(valid_to=F("valid_from"))  # an empty span: never in force, still on record
    return number + open_rows.filter(valid_from__lt=day).update(valid_to=day)


def _note(chosen: Sequence[Pair], terms: ProxyTerms, *, by: Actor) -> None:
    words = "、".join(matter_label(key) for key in terms.matters)
    by_proxy: dict[int, list[Pair]] = {}
    for pair in chosen:
        by_proxy.setdefault(pair.by_org.pk if pair.by_org else 0, []).append(pair)
    for group in by_proxy.values():
        proxy = group[0].by_org
        names = "、".join(pair.org.short_name for pair in group[:3]) + ("等" if len(group) > 3 else "")  # noqa: PLR2004
        sentence = f"{terms.since.isoformat()}起由{proxy}代{names}{len(group)}个单位办：{words}"
        journal(by, "orgs.proxy_set", sentence, kind=SUBJECT, subject_id=proxy.pk if proxy else 0)


@transaction.atomic
def end_proxies(rows: Iterable[Proxy], *, by: Actor, until: dt.date | None = None) -> int:
    """From ``until`` on (default today) the units do it themselves again. Returns how many rows ended."""
    found = list(Proxy.objects.filter(pk__in=[row.pk for row in rows]).select_related("org", "by_org"))
    for row in found:
        require(can_set_proxy(by, row.org))
    ended = _end(Proxy.objects.filter(pk__in=[row.pk for row in found]), until or clock.today())
    for row in found:
        sentence = f"不再由{row.by_org.name}代{row.org.name}办{matter_label(row.matter)}"
        journal(by, "orgs.proxy_ended", sentence, kind=SUBJECT, subject_id=row.org_id)
    return ended
