"""Coverage-guided search for a file the reader cannot stand.

pip install atheris
python tests/plans/reading/fuzz.py -max_total_time=3600 var/fuzz tests/plans/reading/corpus
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[3]))

with atheris.instrument_imports(include=["xinhuo.plans.reading"]):
    from tests.plans.reading.checks import check
    from xinhuo.plans.reading import read_bytes, read_text


def one(data: bytes) -> None:
    """Read the bytes as a file and, when they are UTF-8, as pasted words."""
    check(read_bytes(data))
    try:
        words = data.decode()
    except UnicodeDecodeError:
        return
    check(read_text(words))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
