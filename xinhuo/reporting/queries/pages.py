"""One unit's answer as its page shows it: rows with cells and messages, or what was sent."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.files.models import StoredFile
from xinhuo.files.queries import attachments
from xinhuo.flows.climbs import Climbs, climbs
from xinhuo.orgs.models import Org

from .. import rows as lists
from ..columns import Column
from ..enums import ColumnType
from ..kinds import RETURN
from ..merging import duplicates
from ..models import Return
from ..rules import acts_for
from .rounds import Collected, collected, rounds_below

MOST_CELLS = 600
FEWEST_ROWS, MOST_ROWS = 12, 50
BLANK, MORE = 3, 10
MOST_UNITS = 300


@dataclass(slots=True)
class Cell:
    """One field of the page."""

    column: Column
    name: str
    value: str
    error: str = ""


@dataclass(slots=True)
class PageRow:
    """One row of the page; ``unit`` is set where it came from below, ``double`` where it is listed elsewhere too."""

    id: str
    number: int
    cells: list[Cell]
    unit: str = ""
    double: bool = False
    theirs: str = ""

    @property
    def errors(self) -> list[Cell]:
        """The cells to correct."""
        return [cell for cell in self.cells if cell.error]


@dataclass(slots=True)
class Below:
    """A unit below with its answer, and whether its rows stand in this list (and are of its newest revision)."""

    answer: Any
    taken: bool
    stale: bool


@dataclass(slots=True)
class ReturnPage:
    """Everything the page of an answer shows."""

    ret: Return
    columns: list[Column]
    rows: list[PageRow]
    files: list[StoredFile]
    climbs: Climbs
    text: str
    nothing: bool
    total: int
    own_total: int
    gone: int = 0
    number: int = 1
    pages: int = 1
    below: list[Below] = field(default_factory=list)
    rounds: list[Collected] = field(default_factory=list)
    said: Mapping[str, Any] | None = None
    wrong_elsewhere: list[tuple[int, str]] = field(default_factory=list)
    units: list[str] = field(default_factory=list)

    @property
    def taken_total(self) -> int:
        """Rows that came from below."""
        return self.total - self.own_total

    @property
    def wrong(self) -> list[PageRow]:
        """Rows with cells to correct."""
        return [row for row in self.rows if row.errors]

    @property
    def clashes(self) -> list[PageRow]:
        """Rows a colleague was faster with."""
        return [row for row in self.rows if row.theirs]

    @property
    def waiting_below(self) -> bool:
        """Whether some unit below has rows that are not in this list yet."""
        return any(item.answer.said and (not item.taken or item.stale) for item in self.below)


def page_size(columns: Sequence[Column]) -> int:
    """How many rows stand on one page: a wide list shows fewer."""
    return min(MOST_ROWS, max(FEWEST_ROWS, MOST_CELLS // max(1, len(columns))))


def fill_page(ret: Return, *, number: int = 1, blanks: int = BLANK) -> ReturnPage:
    """The page while the unit fills it: own rows page by page with empty ones at the end, then what came from below."""
    columns = ret.round.form.column_list
    own = lists.own(ret.rows)
    size = page_size(columns)
    pages = max(1, -(-len(own) // size))
    number = max(1, min(number, pages))
    start = (number - 1) * size
    shown = own[start : start + size]
    rows = _rows(columns, shown, start, ret)
    if columns and number == pages:
        rows += [_blank(columns, len(own) + place) for place in range(1, blanks + 1)]
    found = _page(ret, columns, rows, own)
    found.number, found.pages = number, pages
    found.gone = sum(1 for row in ret.rows if row.get("gone") and row["cells"])
    found.rows += [
        _page_row(columns, row, place, {}) for place, row in enumerate(_taken(ret.rows), len(own) + 1)
    ]
    found.wrong_elsewhere = _wrong(columns, own, ret, shown={row["id"] for row in shown})
    if any(column.type == ColumnType.UNIT for column in columns):
        found.units = _units(ret)
    _add_below(found)
    _mark_doubles(columns, found, ret)
    return found


def read_page(ret: Return, actor: Actor) -> ReturnPage:
    """The page as it was sent: to the own unit what it sent last, to others what reached the upper unit last."""
    columns = ret.round.form.column_list
    climbed = climbs(RETURN, ret.pk)
    revision = climbed.latest if acts_for(actor, ret) else climbed.sent
    said = revision.snapshot if revision else None
    kept = list(said["rows"]) if said else []
    rows = [_page_row(columns, row, place, {}) for place, row in enumerate(kept, 1)]
    page = ReturnPage(ret, columns, rows, [], climbed, "", False, len(kept), len(lists.own(kept)), said=said)
    if said:
        page.text, page.nothing = said["text"], said["nothing"]
    double = duplicates(columns, [row["cells"] for row in kept])
    for place, row in enumerate(page.rows):
        row.double = place in double
    return page


def _page(ret: Return, columns: list[Column], rows: list[PageRow], own: Sequence[lists.Row]) -> ReturnPage:
    files = [item.file for item in attachments(RETURN, ret.pk)]
    total = len(lists.listed(ret.rows))
    return ReturnPage(
        ret, columns, rows, files, climbs(RETURN, ret.pk), ret.text, ret.nothing, total, len(own)
    )


def _units(ret: Return) -> list[str]:
    """Names a unit column offers: the unit's own and those below it, as far as a drop-down bears."""
    found = Org.objects.under(ret.org.path).open().order_by("path")
    return list(found.values_list("name", flat=True)[:MOST_UNITS])


def _taken(rows: Sequence[lists.Row]) -> list[lists.Row]:
    return [row for row in lists.listed(rows) if row.get("of")]


def _rows(columns: Sequence[Column], shown: Sequence[lists.Row], start: int, ret: Return) -> list[PageRow]:
    near = ret.due or clock.today()
    return [
        _page_row(columns, row, place, lists.errors(columns, row, near=near))
        for place, row in enumerate(shown, start + 1)
    ]


def _page_row(
    columns: Sequence[Column], row: Mapping[str, Any], number: int, errors: Mapping[str, str]
) -> PageRow:
    cells = [
        Cell(
            column, f"{row['id']}.{column.key}", row["cells"].get(column.key, ""), errors.get(column.key, "")
        )
        for column in columns
    ]
    return PageRow(row["id"], number, cells, unit=(row.get("of") or {}).get("unit", ""))


def _blank(columns: Sequence[Column], number: int) -> PageRow:
    row_id = f"n{secrets.token_hex(5)}"
    return PageRow(row_id, number, [Cell(column, f"{row_id}.{column.key}", "") for column in columns])


def _wrong(
    columns: Sequence[Column], own: Sequence[lists.Row], ret: Return, *, shown: set[str]
) -> list[tuple[int, str]]:
    """Rows on other pages that have to be corrected: page number and row number."""
    near, size = ret.due or clock.today(), page_size(columns)
    return [
        (place // size + 1, str(place + 1))
        for place, row in enumerate(own)
        if row["id"] not in shown and lists.errors(columns, row, near=near)
    ]


def _add_below(page: ReturnPage) -> None:
    taken = lists.taken_revisions(page.ret.rows)
    for asked in rounds_below(page.ret).select_related("form", "asker"):
        found = collected(asked)
        page.rounds.append(found)
        for answer in found.answers:
            seen = taken.get(answer.ret.pk)
            stale = seen is not None and answer.revision not in {None, seen}
            page.below.append(Below(answer, seen is not None, stale))


def _mark_doubles(columns: Sequence[Column], page: ReturnPage, ret: Return) -> None:
    kept = lists.listed(ret.rows)
    double = {kept[place]["id"] for place in duplicates(columns, [row["cells"] for row in kept])}
    for row in page.rows:
        row.double = row.id in double


def lacks(ret: Return, *, files: int) -> list[str]:
    """What is still missing before the answer can be sent, each as a sentence; cells to correct count too."""
    form = ret.round.form
    found: list[str] = []
    if form.wants_list:
        found += _list_lacks(ret)
    if form.wants_text and not ret.text.strip() and not ret.nothing:
        found.append(f"“{form.text_help or '一段话'}”还没有写。")
    if form.wants_files and not files and not ret.nothing:
        found.append(f"还没有传附件{f'（{form.files_help}）' if form.files_help else ''}。")
    return found


def _list_lacks(ret: Return) -> list[str]:
    columns, near = ret.round.form.column_list, ret.due or clock.today()
    if ret.nothing:
        return (
            ["已勾选“没有要报的”，但名单里还有内容。请去掉勾选，或者把行删掉。"]
            if lists.listed(ret.rows)
            else []
        )
    if not lists.listed(ret.rows):
        return ["名单还是空的。请填上再提交；确实没有的，请勾选“本单位没有要报的”。"]
    wrong = sum(1 for row in lists.own(ret.rows) if lists.errors(columns, row, near=near))
    return [f"名单里有 {wrong} 行要改，请看红框旁边的说明。"] if wrong else []
