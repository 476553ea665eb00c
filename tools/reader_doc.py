"""Write the corpus table into docs/reader.md: ``python -m tools.reader_doc`` (``--check`` only compares)."""

import sys
from pathlib import Path

from tests.plans.reading.corpus_kit import table

PAGE = Path(__file__).parents[1] / "docs" / "reader.md"
BEGIN, END = "<!-- corpus table -->", "<!-- end of corpus table -->"


def current() -> str:
    """The page as it should be: its own words, and the table as measured now."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    shown, _ = table()
    return f"{before}{BEGIN}\n{shown.strip()}\n{END}{after}"


def main() -> None:
    """Write the page, or say that it is out of date."""
    page = current()
    if "--check" not in sys.argv:
        PAGE.write_text(page, "utf-8")
    elif page != PAGE.read_text("utf-8"):
        sys.exit("docs/reader.md is out of date: python -m tools.reader_doc")


if __name__ == "__main__":
    main()
