"""Reads the data files beside this module; ``data/README.md`` says where each one comes from."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of ``data/<name>.csv`` as mappings by column; all values are text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
