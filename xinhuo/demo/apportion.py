"""Dividing a whole number fairly: largest remainders, so that the parts always add up."""

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of ``total`` in proportion to ``weights`` (none negative); equal remainders go to the first.

    Raises ValueError when there is something to divide but every weight is zero.
    """
    whole = sum(weights)
    if total and whole <= 0:
        msg = "nothing to divide by: every weight is zero"
        raise ValueError(msg)
    if not total:
        return [0] * len(weights)
    shares = [total * weight / whole for weight in weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(weights)), key=lambda index: parts[index] - shares[index])
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")


def chinese_number(number: int) -> str:
    """A number from 1 to 9999 in Chinese, as schools are numbered: 12 → 十二, 105 → 一百零五."""
    if not 0 < number < 10_000:
        msg = f"{number} cannot be written with four places"
        raise ValueError(msg)
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (DIGITS[0] if gap else "") + DIGITS[digit] + UNITS[place]
        gap = bool(text) and not digit
    return text.removeprefix("一") if text.startswith("一十") else text
