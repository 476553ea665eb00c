"""The table of the reader's page is the one measured now."""

from tools.reader_doc import PAGE, current


def test_the_corpus_table_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == current()
