"""Pages of a growing table by "what comes after this row": as quick on the last page as on the first."""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet

M = TypeVar("M", bound=Model)
PAGE = 50


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """Some rows, and the mark after which the next ones begin (empty at the end)."""

    rows: list[M]
    next_mark: str

    def __iter__(self) -> Iterator[M]:
        """The rows."""
        return iter(self.rows)


def keyset_page(
    queryset: QuerySet[M], after: str = "", order: Sequence[str] = ("-created", "-id"), size: int = PAGE
) -> KeysetPage[M]:
    """The ``size`` rows after the mark ``after`` in ``order``; a mark that cannot be read starts from the top.

    ``order`` names fields of the model's own table without nulls, the last one unique. One query, no count.
    """
    fields = [name.removeprefix("-") for name in order]
    rows = queryset.order_by(*order)
    values = _read_mark(queryset.model, fields, after)
    if values is not None:
        rows = rows.filter(_after(order, fields, values))
    found = list(rows[: size + 1])
    more = len(found) > size
    return KeysetPage(found[:size], _mark(found[size - 1], fields) if more else "")


def _after(order: Sequence[str], fields: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows strictly behind the mark. The outer bound on the first field lets the index start in the right place."""
    condition = Q()
    for name, field, value in reversed(list(zip(order, fields, values, strict=True))):
        sign = "lt" if name.startswith("-") else "gt"
        strictly = Q(**{f"{field}__{sign}": value})
        condition = (strictly | condition) & Q(**{f"{field}__{sign}e": value}) if condition else strictly
    return condition


def _mark(row: Model, fields: Sequence[str]) -> str:
    values = [getattr(row, field) for field in fields]
    text = json.dumps(values, cls=_Exact, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


class _Exact(DjangoJSONEncoder):
    """Keeps microseconds: a mark cut to milliseconds would show rows twice."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


def _read_mark(model: type[Model], fields: Sequence[str], mark: str) -> list[Any] | None:
    if not mark:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        if not isinstance(values, list) or len(values) != len(fields) or None in values:
            return None
        return [_field(model, name).to_python(value) for name, value in zip(fields, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, OverflowError, ValidationError, FieldDoesNotExist):
        return None


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)  # noqa: SLF001  Django's public door
    if not isinstance(field, Field):
        msg = f"{name} is not a column of {model.__name__}"
        raise FieldDoesNotExist(msg)
    return field
