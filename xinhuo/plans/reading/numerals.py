"""Numbers as documents print them: 十六, 〇, 拾, １６, ⑯, Ⅳ."""

import unicodedata

HAN = "一二三四五六七八九十百零〇○两壹贰叁肆伍陆柒捌玖拾"
DIGITS = "0-9０-９"
CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿➀-➉➊-➓"

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    c: n for n, c in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_HAN_DIGITS |= {"○": 0, "两": 2, "O": 0, "Ｏ": 0, "0": 0, "０": 0}
HALF_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_UNITS = {"十": 10, "拾": 10, "百": 100}
_PLAIN = "零一二三四五六七八九"


def han_value(text: str) -> int | None:
    """The number a Chinese numeral below 1,000 says, also digit by digit (二〇二〇); None if it is none."""
    if not text:
        return None
    if not any(c in _UNITS for c in text):
        digits = [_HAN_DIGITS.get(c) for c in text]
        known = [d for d in digits if d is not None]
        return int("".join(map(str, known))) if len(known) == len(digits) else None
    total, digit = 0, None
    for c in text:
        if c in _UNITS:
            total += (1 if digit is None or (digit == 0 and not total) else digit) * _UNITS[c]
            digit = None
        elif c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        else:
            return None
    return total + (digit or 0)


def digit_value(text: str) -> int | None:
    """The number of Arabic digits, half or full width; None if there is another character."""
    try:
        return int(text)
    except ValueError:
        return None


def circled_value(char: str) -> int | None:
    """The number in ①, ⑴, ⒈, ㈠, ❶, Ⅳ and their relatives."""
    try:
        return int(unicodedata.numeric(char))
    except (TypeError, ValueError):
        return None


def han_numeral(value: int) -> str:
    """1–999 written as headings write them: 十六, 二十, 一百零三."""
    if value < 10:  # noqa: PLR2004
        return _PLAIN[value]
    if value < 20:  # noqa: PLR2004
        return "十" + (_PLAIN[value - 10] if value > 10 else "")  # noqa: PLR2004
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        return _PLAIN[tens] + "十" + (_PLAIN[ones] if ones else "")
    tail = "" if not rest else (_PLAIN[tens] + "十" if tens else "零") + (_PLAIN[ones] if ones else "")
    return _PLAIN[hundreds] + "百" + tail
