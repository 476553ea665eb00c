"""The sample plan as the outline tests use it: read by the real reader, issued by a department with nine prefectures."""

from functools import cache
from pathlib import Path
from typing import Any

import xinhuo
from xinhuo.plans.outline import Op, Outline, replay
from xinhuo.plans.outline.snapshot import snapshot
from xinhuo.plans.reading import read_bytes, read_text

SAMPLE = Path(xinhuo.__file__).parent / "demo" / "data" / "guizhou-2020-work-plan.txt"
PREFECTURES = ("贵阳市", "六盘水市", "遵义市", "安顺市", "毕节市", "铜仁市", "黔西南州", "黔东南州", "黔南州")
DEPARTMENT = {
    "kind": "province",
    "places": {name: 10 + number for number, name in enumerate(PREFECTURES)},
    "counts": {"prefecture": 9, "university": 29, "vocational_college": 46},
}


@cache
def sample_reading() -> dict[str, Any]:
    """The sample, read."""
    return snapshot(read_bytes(SAMPLE.read_bytes()), DEPARTMENT, 2020)


def sample(*ops: tuple[str, dict[str, Any]]) -> Outline:
    """The sample's outline after some operations, numbered from 1."""
    reading = sample_reading()
    steps = [Op(number, name, args) for number, (name, args) in enumerate(ops, start=1)]
    return replay(reading, reading["source"], steps)


def outline_of_text(text: str, *ops: tuple[str, dict[str, Any]]) -> Outline:
    """The outline of any text after some operations."""
    reading = snapshot(read_text(text), DEPARTMENT, 2020)
    steps = [Op(number, name, args) for number, (name, args) in enumerate(ops, start=1)]
    return replay(reading, reading["source"], steps)
