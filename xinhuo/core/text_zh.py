"""Numbers and names as they are shown to people. Pure."""

from decimal import Decimal

NO_VALUE = "—"
"""Shown where there is no value: missing is never zero."""

ID_TAIL = 4


def number(value: float | Decimal | None) -> str:
    """1,284 or 12.5; a missing value shows as a dash. Trailing zeros of fractions are dropped."""
    if value is None:
        return NO_VALUE
    if isinstance(value, int):
        return f"{value:,}"
    whole, _, fraction = f"{value:,.2f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def masked_name(name: str) -> str:
    """陈*雨, 王*: for minors and certificate holders. One character stays as it is."""
    if len(name) < 2:  # noqa: PLR2004  nothing to hide between first and last
        return name
    if len(name) == 2:  # noqa: PLR2004
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def masked_tail(text: str) -> str:
    """Only the last four characters of an identity or telephone number: ****1234."""
    return "*" * max(0, len(text) - ID_TAIL) + text[-ID_TAIL:]


def file_size(size: int) -> str:
    """A size in bytes as 812 MB, 1.5 MB or 12 KB."""
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= factor:
            return f"{round(size / factor, 1):g} {unit}"
    return f"{size} 字节"
