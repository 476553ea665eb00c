"""Any text, any bytes, any part of a document: the reader answers, and its answer is in order."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import xinhuo.demo
from tests.plans.reading.checks import check
from tests.plans.reading.corpus_kit import documents
from xinhuo.plans.reading import read_bytes, read_text
from xinhuo.plans.reading.splitting import SHORT_TITLE, short_title, split_proposals

SAMPLE = (Path(xinhuo.demo.__file__).parent / "data" / "guizhou-2020-work-plan.txt").read_bytes()
TEXT = SAMPLE.decode()
LIMITS = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.sampled_from(
    [
        *(Path(__file__).parent / "pieces.txt").read_text(encoding="utf-8").split(),
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u3000",
        "\t",
        "x" * 90,
        "开展活动" * 30,
        "\x00",
        "\u2028",
        "\ufeff",
        "序号\t姓名\t单位\n",
    ]
)


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


@LIMITS
@given(st.data())
def test_damaged_files_of_every_format(data):
    name = data.draw(st.sampled_from(sorted(FILES)))
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(0, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    check(read_bytes(bytes(content[:cut] if data.draw(st.booleans()) else content), name))


FILES = {
    f"{document.name}.{document.file()[1]}": document.file()[0]
    for document in documents()
    if document.meta.get("format")
}
