"""What December's tests start from: a page with words and a picture, accepted; a Word file's paragraphs."""

import io

from docx import Document

from tests.cast import Cast
from tests.files.samples import picture, upload
from xinhuo.files.actions import set_attachments, store_file
from xinhuo.flows.enums import Verdict
from xinhuo.plans.actions.reports import (
    ROW,
    RowInput,
    decide_report,
    prepare_rows,
    save_rows,
    stamp,
    submit_report,
)

from .works import page_of

WORDS = "已建46所。下半年再建10所。"


def reported(
    cast: Cast, unit: str = "xingyi", above: str = "qianxinan", words: str = WORDS, *, file: bool = True
) -> None:
    """The unit's half-year page with a number, words and a picture, accepted."""
    page = page_of(cast, unit)
    by = cast.actors[f"{unit}_officer"]
    row = prepare_rows(page, by=by)[0]
    save_rows(page, [RowInput(row.pk, None, words, stamp(row))], by=by)
    if file:
        stored = store_file(upload("照片.jpg", picture()), by=by)
        set_attachments(ROW, row.pk, [stored.pk], by=by)
    submit_report(page, by=by)
    page.refresh_from_db()
    decide_report(page, Verdict.ACCEPT, by=cast.actors[f"{above}_officer"])


def paragraphs(content: bytes) -> list[str]:
    """The words of a .docx, paragraph by paragraph."""
    return [item.text for item in Document(io.BytesIO(content)).paragraphs]
