"""The table of doors: address × kind of actor → status.

The records belong to 兴义市 (see ``world``). Kinds: ``own`` and ``own_admin`` of that unit, ``below`` its school, ``above`` its
prefecture, ``top`` the province, ``top_admin`` and ``observer`` there, ``sideways`` the next county of the same prefecture,
``far`` a county of another, ``other_line`` a university, ``anonymous`` nobody. 404 = not visible, 403 = not allowed, 409 = not now,
422 = asked, but something in the form is missing; 302 = done, or to the login.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .world import World

KINDS = {
    "own": "xingyi_officer",
    "own_admin": "xingyi_admin",
    "below": "school_officer",
    "above": "qianxinan_officer",
    "top": "province_officer",
    "top_admin": "province_admin",
    "observer": "province_observer",
    "sideways": "anlong_officer",
    "far": "huaxi_officer",
    "other_line": "university_officer",
    "anonymous": "",
}


@dataclass(frozen=True)
class Door:
    """One address: how it is called, with what, and what each kind of actor gets."""

    name: str
    statuses: str
    method: str = "GET"
    args: Callable[[World], list[Any]] = field(default=lambda _: [])
    data: Callable[[World], Mapping[str, Any]] = field(default=lambda _: {})

    def expected(self, kind: str) -> int:
        """The status this kind gets; ``statuses`` lists them in the order of KINDS, one for all alike."""
        codes = [int(code) for code in self.statuses.split()]
        return codes[list(KINDS).index(kind)] if len(codes) > 1 else codes[0]


def _pk(name: str) -> Callable[[World], list[Any]]:
    return lambda world: [getattr(world, name).pk]


def _org(key: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.cast.orgs[key].pk]


# own own_admin below above top top_admin observer sideways far other_line anonymous
SIGNED_IN = "200 200 200 200 200 200 200 200 200 200 302"
DOORS: list[Door] = []
