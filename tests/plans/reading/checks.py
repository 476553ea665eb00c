"""What must hold for every reading, whatever was read."""

from xinhuo.plans.reading import Reading
from xinhuo.plans.reading.hints import hints_for


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
