"""Which units a duty concerns. Pure: a scope is ``{"own", "kinds", "ids", "label"}`` (see models.text.Duty)."""

from collections.abc import Mapping
from typing import Any


def concerns(scope: Mapping[str, Any], *, org_id: int, kind: str) -> bool:
    """Whether a directly receiving unit has this duty: it is named, or no names are given and its kind fits."""
    named = scope.get("ids") or []
    kinds = scope.get("kinds") or []
    if org_id in named:
        return True
    if named and not kinds:
        return False
    return kind in kinds


def is_own(scope: Mapping[str, Any]) -> bool:
    """Whether the issuer does the duty itself (本级)."""
    return bool(scope.get("own"))
