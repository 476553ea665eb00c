"""What is kept of a reading: the reader's plain data, and what the rules need to propose the same again."""

from collections.abc import Mapping
from typing import Any

from xinhuo.plans.reading import Reading


def snapshot(reading: Reading, issuer_unit: Mapping[str, Any], year: int) -> dict[str, Any]:
    """A reading as it is stored with the plan: always with its source, the levels of the nodes and the parts.

    ``issuer_unit`` is described in ``scopes``; ``year`` stands in where the text names none.
    """
    kept = reading.as_dict()
    for node, row in zip(reading.nodes, kept["nodes"], strict=True):
        row["level"] = node.level
    for doubt, row in zip(reading.warnings, kept["warnings"], strict=True):
        row["note"] = doubt.is_note
    kept["source"] = reading.text
    kept["parts"] = [[str(part.kind), part.start, part.end] for part in reading.parts]
    kept["year"] = reading.year or year
    kept["addressees"] = list(reading.addressees)
    kept["encoding"] = reading.encoding
    kept["issuer_unit"] = dict(issuer_unit)
    return kept
