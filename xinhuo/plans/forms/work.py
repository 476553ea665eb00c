"""Forms of the work side: matrix filters, sending, report pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from xinhuo.core import clock
from xinhuo.core.dates_zh import short_date
from xinhuo.core.forms import DateField, Form

from ..actions.reports import RowInput
from ..lights import State
from ..queries.matrix import Column, DutyLine, Matrix, NodeBlock
from ..tally import Standing

STATES = (
    ("", "全部状态"),
    ("attention", "只看需要注意的"),
    ("red", "◆ 已超期"),
    ("amber", "▲ 进展较慢"),
    ("green", "● 正常"),
    ("idle", "○ 未到时、未开始"),
    ("closed", "✓ 办结"),
    ("open", "还没报齐"),
    ("waiting", "等我审核"),
    ("done", "已报齐"),
)
LIGHTS = {
    "attention": (State.RED, State.AMBER),
    "red": (State.RED,),
    "amber": (State.AMBER,),
    "green": (State.GREEN,),
    "idle": (State.IDLE,),
    "closed": (State.DONE,),
}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
MOST = Decimal(10) ** 11


class MatrixFilter:
    """Reads the matrix filters from the address; unknown or bad values fall back to everything."""

    def __init__(self, data: Mapping[str, Any], *, matrix: Matrix) -> None:
        """Keep the raw choices and the matrix they apply to."""
        self.matrix = matrix
        self.part = str(data.get("part", ""))
        self.state = str(data.get("state", "")) if str(data.get("state", "")) in dict(STATES) else ""
        self.column = str(data.get("column", ""))
        self.words = str(data.get("q", "")).strip()[:40]
        self.states = STATES

    @property
    def part_choices(self) -> list[tuple[str, str]]:
        """The chapters of the text."""
        tops = [block.node for block in self.matrix.blocks if block.node.parent_id is None]
        return [("", "全部"), *((node.key, f"{node.marker}{node.text[:18]}") for node in tops)]

    @property
    def column_choices(self) -> list[tuple[str, str]]:
        """The columns."""
        return [("", "全部单位"), *((column.key, column.label) for column in self.matrix.columns)]

    def columns(self) -> list[Column]:
        """The columns that are shown."""
        chosen = [column for column in self.matrix.columns if column.key == self.column]
        return chosen or self.matrix.columns

    def parts(self) -> list[NodeBlock]:
        """The nodes and duties that are shown; a heading stays only while something under it stays."""
        shown: list[NodeBlock] = []
        top = ""
        for block in self.matrix.blocks:
            top = block.node.key if block.node.parent_id is None else top
            if self.part and top != self.part:
                continue
            lines = [self._cut(line) for line in block.lines if self._fits(line, block)]
            if lines or not (block.lines or self._narrow):
                shown.append(NodeBlock(block.node, lines))
        return shown

    @property
    def _narrow(self) -> bool:
        return bool(self.state or self.words)

    def _fits(self, line: DutyLine, block: NodeBlock) -> bool:
        if self.words and self.words not in line.duty.title and self.words not in block.node.text:
            return False
        if self.state in LIGHTS:
            return line.state in LIGHTS[self.state]
        if self.state == "waiting":
            return line.waits
        if self.state == "done":
            return line.worst == Standing.ACCEPTED
        if self.state == "open":
            return line.worst is not None and line.worst != Standing.ACCEPTED
        return True

    def _cut(self, line: DutyLine) -> DutyLine:
        keep = {column.key for column in self.columns()}
        cells = [(cell, column) for cell, column in line.cells if column.key in keep]
        return replace(line, cells=cells)


def read_number(text: str) -> Decimal | None:
    """A number as people type it (full-width digits, commas, spaces); None when blank; ValueError with words."""
    cleaned = text.translate(FULL_WIDTH).replace(",", "").replace(" ", "").replace("\u3000", "")
    if not cleaned:
        return None
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        raise ValueError(f"“{text[:12]}”不是数字。请只填阿拉伯数字，说明写在右边的进展里。") from None
    if not number.is_finite() or number < 0 or number >= MOST:
        raise ValueError("数字要在 0 到 1000 亿之间。")
    if number != number.quantize(Decimal("0.01")):
        raise ValueError("最多填两位小数。")
    return number


class ReportPageForm:
    """Reads the one page: ``number-ID``, ``sentence-ID`` and ``seen-ID`` for each row."""

    def __init__(self, data: Mapping[str, Any], row_ids: list[int]) -> None:
        """Keep what was typed."""
        self.errors: dict[int, str] = {}
        self.entries: list[RowInput] = []
        self.typed: dict[int, tuple[str, str]] = {}
        for row_id in row_ids:
            if f"sentence-{row_id}" in data or f"number-{row_id}" in data:
                self._read(row_id, data)

    def _read(self, row_id: int, data: Mapping[str, Any]) -> None:
        raw, sentence = str(data.get(f"number-{row_id}", "")), str(data.get(f"sentence-{row_id}", ""))
        sentence = sentence.replace("\r\n", "\n")
        self.typed[row_id] = (raw, sentence)
        try:
            number = read_number(raw)
        except ValueError as error:
            self.errors[row_id] = str(error)
            return
        self.entries.append(RowInput(row_id, number, sentence, str(data.get(f"seen-{row_id}", ""))))


class ReportDatesForm(Form):
    """By when the pages are due."""

    half = DateField(label="半年进展报送时限", required=False)
    year = DateField(label="全年进展报送时限", required=False)

    def __init__(self, *args: Any, latest: Mapping[str, dt.date] | None = None, **kwargs: Any) -> None:
        """``latest`` holds the dates by which the own unit must report: those below must be earlier."""
        super().__init__(*args, **kwargs)
        self.latest = latest or {}

    def clean(self) -> dict[str, Any]:
        """Dates lie ahead, in order, and not after the own unit's."""
        cleaned = super().clean() or {}
        half, year = cleaned.get("half"), cleaned.get("year")
        for name in ("half", "year"):
            day = cleaned.get(name)
            if day and day < clock.today():
                self.add_error(name, "这个日期已经过了，请选今天或以后的日期。")
            if day and name in self.latest and day > self.latest[name]:
                limit = self.latest[name]
                self.add_error(name, f"上级要求您单位 {short_date(limit)}前报送，给下级的时限请定在这之前。")
        if half and year and half >= year:
            self.add_error("half", "半年进展的时限应当早于全年进展的时限。")
        if not half and not year and not self.errors:
            self.add_error("year", "请至少定一个报送时限，否则没有单位知道什么时候报。")
        return cleaned


class CallForm(Form):
    """Asking for a page out of turn."""

    title = forms.CharField(label="名称", max_length=120, help_text="例如：9月“老校长下乡”进展")
    due = DateField(label="报送时限")
    duties = forms.TypedMultipleChoiceField(
        label="哪些落实点（不选就是全部）", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, duties: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the duties this unit has given."""
        super().__init__(*args, **kwargs)
        self.fields["duties"].choices = duties  # type: ignore[attr-defined]  # a choice field
