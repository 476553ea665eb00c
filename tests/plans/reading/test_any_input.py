"""Any text, any bytes, any part of a document: the reader answers, and its answer is in order."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import xinhuo.demo
from xinhuo.plans.reading import Reading, read_bytes, read_text
from xinhuo.plans.reading.hints import hints_for
from xinhuo.plans.reading.splitting import SHORT_TITLE, short_title, split_proposals

SAMPLE = (Path(xinhuo.demo.__file__).parent / "data" / "guizhou-2020-work-plan.txt").read_bytes()
TEXT = SAMPLE.decode()
LIMITS = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.sampled_from(
    [
        "一、", "二、", "三、", "（一）", "(二)", "1.", "2、", "３．", "1.1", "1.1.1", "（1）", "2）", "一是", "二是", "第一，", "第二，",
        "①", "②", "第一章", "第二条", ".", "、", "（）", "\n", "\r\n", "\u3000", "。", "；", "，", "加强组织建设", "2020年", "12.9",
        "一、二、三等奖", "《", "》", "附件：", "序号\t姓名\t单位", "关于做好工作的通知", "教育局", "2020年3月5日", "〔2020〕38号", ":", "当前位置：首页",
        "上一篇", "抄送：", "x" * 90, "开展活动" * 20, "\x00", "\u2028", "𠮷",
    ]
)  # fmt: skip


def check(reading: Reading) -> None:
    """Everything that must hold for every reading."""
    size = len(reading.text)
    nodes = {node.id: node for node in reading.nodes}
    assert len(nodes) == len(reading.nodes)
    last_end: dict[str | None, int] = {}
    for node in reading.nodes:
        assert 0 <= node.start <= node.end <= size
        assert node.end >= last_end.get(node.parent, 0)
        assert node.start >= last_end.get(node.parent, 0)
        last_end[node.parent] = node.end
        if node.parent is None:
            assert node.depth == 1
        else:
            above = nodes[node.parent]
            assert above.start <= node.start
            assert node.end <= above.end
            assert node.depth == above.depth + 1
        inside = "".join(reading.text[node.start : node.end].split())
        position = 0
        for char in "".join(node.text.split()):
            position = inside.find(char, position) + 1
            assert position
        assert reading.text[node.start : node.end].startswith(node.marker)
    for doubt in reading.warnings:
        assert 0 <= doubt.start <= doubt.end <= size
        assert doubt.message
    assert_covered(reading)
    hints = hints_for(reading, ["贵阳市"])
    assert set(hints) == set(nodes)


def assert_covered(reading: Reading) -> None:
    """No printed character is dropped in silence: it lies in exactly one part."""
    at = 0
    for part in reading.parts:
        assert not reading.text[at : part.start].strip(BLANK)
        assert part.start >= at
        assert part.end > part.start
        at = part.end
    assert not reading.text[at:].strip(BLANK)


BLANK = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u3000\xa0\ufeff\u200b\u200c\u200d\u2060\u202f\u2002\u2003\u2009\x00"


@LIMITS
@given(st.text())
def test_any_text(text):
    check(read_text(text))


@LIMITS
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_heap_of_markers(text):
    check(read_text(text))


@LIMITS
@given(st.binary())
def test_any_bytes(data):
    check(read_bytes(data))


@LIMITS
@given(st.integers(0, len(SAMPLE)), st.integers(0, len(SAMPLE)))
def test_any_part_of_the_sample(a, b):
    check(read_bytes(SAMPLE[min(a, b) : max(a, b)]))


@LIMITS
@given(st.integers(0, len(TEXT) - 1), PIECES)
def test_anything_pasted_into_the_sample(at, piece):
    check(read_text(TEXT[:at] + piece + TEXT[at:]))


@LIMITS
@given(st.lists(PIECES, max_size=12).map("".join))
def test_proposals_stay_inside_their_words(text):
    last = 0
    for start, end in split_proposals(text):
        assert last <= start < end <= len(text)
        last = end
    title = short_title(text)
    assert len(title) <= SHORT_TITLE
    assert set(title) <= set(text)
