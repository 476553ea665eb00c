"""What changes of units and posts mean to an app."""

from collections.abc import Callable
from dataclasses import dataclass


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
class ProxyMatter:
    """A matter in which one unit may stand in for another (代管、代报), chosen per matter by the unit above both.

    ``kinds`` and ``waits`` say which Todos it covers: they also show on the list of the unit that stands in.
    Rules ask ``orgs.proxies.acts_for(actor, org_id, key)``.
    """

    key: str
    label: str
    kinds: tuple[str, ...]
    waits: tuple[str, ...]
