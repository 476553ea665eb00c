"""Who stands in for whom today. Rules of every app ask ``acts_for``; lists ask once for all units.

A matter is a ``core.contracts.ProxyMatter`` that an app lists as data; nothing here knows what it is about.
"""

from collections.abc import Iterable
from functools import cache

from django.db.models import QuerySet

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import ALLOWED, Answer, denied
from xinhuo.core.contracts import ProxyMatter, collect

from .models import Org, Proxy


def matters() -> tuple[ProxyMatter, ...]:
    """Everything in which one unit may stand in for another."""
    return collect("proxy_matters")


def matter_label(key: str) -> str:
    """What people call a matter; the key itself where its app is gone."""
    return next((matter.label for matter in matters() if matter.key == key), key)


@cache
def matter_of(kind: str) -> str:
    """The matter to which a kind of subject belongs; empty where nobody may stand in for another."""
    return next((matter.key for matter in matters() if kind in matter.kinds), "")


def stood_for(actor: Actor, matter: str) -> QuerySet[Proxy, int]:
    """The ids of the units for which the actor's unit stands in, as a subquery for ``org_id__in``."""
    found = Proxy.objects.on(clock.today()).filter(by_org_id=actor.org_id, matter=matter).order_by()
    return found.values_list("org_id", flat=True)


def acts_for(actor: Actor, org_id: int, matter: str) -> Answer:
    """Whether the actor's unit may do this for ``org_id``: it is its own, or it stands in for it today.

    What the post may do is the calling rule's question. One query, and only for another unit.
    """
    if org_id == actor.org_id:
        return ALLOWED
    if matter and stood_for(actor, matter).filter(org_id=org_id).exists():
        return ALLOWED
    return denied("您单位没有代管这个单位，这件事由它自己办。")


def units_stood_for(actor: Actor) -> dict[int, tuple[Org, set[str]]]:
    """All units for which the actor's unit stands in today, with the matters; one query."""
    found: dict[int, tuple[Org, set[str]]] = {}
    rows = Proxy.objects.on(clock.today()).filter(by_org_id=actor.org_id).select_related("org")
    for row in rows.order_by("org__path"):
        found.setdefault(row.org_id, (row.org, set()))[1].add(row.matter)
    return found


def proxies_of(org_ids: Iterable[int], matter: str) -> dict[int, Org]:
    """Who stands in today for which of these units; one query for a list."""
    rows = Proxy.objects.on(clock.today()).filter(org_id__in=list(org_ids), matter=matter)
    return {row.org_id: row.by_org for row in rows.select_related("by_org")}
