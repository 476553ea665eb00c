"""Time points as people write them, one a line: 6月30日 40%. Pure."""

import datetime as dt
import re
from dataclasses import dataclass

from xinhuo.core.dates_zh import parse_date

from .lights import percent, schedule
from .models import Duty

SHARE = re.compile(r"(\d{1,3})\s*[%％]?\s*$")
SHORT = re.compile(r"^\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*$")
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One time point with its share in words."""

    due: dt.date
    words: str


def shown_points(duty: Duty) -> list[ShownPoint]:
    """The points of a duty that says more than its last date; else none."""
    points = schedule(duty.time_points, duty_due=duty.due, due=duty.due)
    return [ShownPoint(point.due, percent(point.share)) for point in points] if len(points) > 1 else []


def points_text(duty: Duty) -> str:
    """The points before the last one, ready to be changed."""
    points = schedule(duty.time_points, duty_due=duty.due, due=duty.due)[:-1]
    return "\n".join(f"{point.due.isoformat()} {percent(point.share)}".rstrip() for point in points)


def read_points(text: str, year: int) -> list[tuple[dt.date, int]]:
    """Read the lines; ValueError names the one that is not clear. A day without a year is of ``year``."""
    found = []
    for line in text.translate(DIGITS).splitlines():
        if not line.strip():
            continue
        share = SHARE.search(line)
        day = _day(line[: share.start()] if share else line, year)
        if share is None or day is None or not 0 < int(share.group(1)) < 100:  # noqa: PLR2004 - percent
            raise ValueError(f"“{line.strip()[:20]}”看不明白。请一行写一个，例如：6月30日 40%")
        found.append((day, int(share.group(1))))
    return found


def _day(words: str, year: int) -> dt.date | None:
    words = words.strip().rstrip("前，,：:").strip()
    short = SHORT.match(words)
    return parse_date(f"{year}-{short.group(1)}-{short.group(2)}" if short else words)
