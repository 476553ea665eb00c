"""The text of a 纪要 in the form the reader knows. Pure."""

import datetime as dt
import re

_MARK = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|[①-⑳]|[-·•])\s*"
_MARKER = re.compile(rf"^\s*{_MARK}")
_INNER = re.compile(rf"(?:^|(?<=[。；;！？\s])){_MARK}")


def decisions_of(text: str) -> list[str]:
    """One decision a line, without the marks people put in front, each a sentence."""
    lines = (_MARKER.sub("", line).strip() for line in text.splitlines())
    return [
        line if line.endswith(("。", "！", "？")) else f"{line.rstrip('；;，,')}。" for line in lines if line
    ]


def minutes_text(
    *,
    title: str,
    held_on: dt.date,
    place: str,
    chair: str,
    attended: str,
    minutes: str,
    decisions: str,
) -> str:
    """Title, when and where and who, what was said as it was written, then the numbered decisions."""
    day = f"{held_on.year}年{held_on.month}月{held_on.day}日"
    parts = [f"{day}{'，在' + place.strip() if place.strip() else ''}召开会议。"]
    if chair.strip():
        parts.append(f"{chair.strip()}主持会议。")
    if attended.strip():
        parts.append(f"参加人员：{'、'.join(attended.split())}。")
    if minutes.strip():
        parts.append(_INNER.sub("", " ".join(minutes.split())))  # only decisions are numbered
    items = "\n".join(f"{place}.{words}" for place, words in enumerate(decisions_of(decisions), start=1))
    return f"{title}\n\n{''.join(parts)}会议议定以下事项：\n{items}\n"
