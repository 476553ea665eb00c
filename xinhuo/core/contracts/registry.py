"""Gathering what apps list, on first use."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps


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
