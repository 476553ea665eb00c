"""Everything the checking desk shows, from the plan's reading and edits: two queries, whatever the size."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xinhuo.core import clock

from ..models import Plan, PlanEdit
from ..outline import Outline
from ..outline.desk import Desk, Row, build_desk, fill
from ..outline.doubt_list import DoubtRow, doubt_rows
from .checking import edits_of, last_step, outline_of, taken_back

PAGE = 60  # paragraphs on a screen
SHOWN_DOUBTS = 8  # the rest stands under a fold


@dataclass(frozen=True)
class View:
    """What of the desk is wanted: the opened paragraph, only unchecked ones, which page."""

    edit: str = ""
    only_open: bool = False
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "View":
        """From an address or a form; nonsense becomes the default."""
        page = query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1  # noqa: PLR2004  no such plan
        return cls(query.get("edit", "")[:60], query.get("only") == "open", max(number, 1))


class DeskView:
    """The desk of one plan, made ready for the template. Built once per request."""

    def __init__(self, plan: Plan, view: View) -> None:
        """Load the edits and replay them."""
        self.plan = plan
        self.view = view
        self.edits: list[PlanEdit] = edits_of(plan)
        self.outline: Outline = outline_of(plan, self.edits)

    @cached_property
    def desk(self) -> Desk:
        """All rows."""
        return build_desk(self.outline)

    @cached_property
    def _wanted(self) -> list[Row]:
        if not self.view.only_open:
            return self.desk.rows
        return [row for row in self.desk.rows if row.doubts or not row.confirmed or self.is_open(row)]

    def is_open(self, row: Row) -> bool:
        """Whether a row is opened for editing."""
        return bool(self.view.edit) and (row.key == self.view.edit or row.holds(self.view.edit))

    @cached_property
    def page(self) -> int:
        """The page shown: the one of the opened row, else the one asked for."""
        for number, row in enumerate(self._wanted):
            if self.is_open(row):
                return number // PAGE + 1
        return min(self.view.page, self.pages)

    @cached_property
    def pages(self) -> int:
        """How many pages there are."""
        return max((len(self._wanted) + PAGE - 1) // PAGE, 1)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the page, with their original words."""
        shown = self._wanted[(self.page - 1) * PAGE : self.page * PAGE]
        fill(self.outline, shown)
        for row in shown:
            row.notes = [doubt for doubt in self.open_doubts if not set(doubt.numbers).isdisjoint(row.doubts)]
        return shown

    @cached_property
    def quiet(self) -> list[Row]:
        """What was set aside, with its words."""
        fill(self.outline, self.desk.quiet)
        return self.desk.quiet

    @cached_property
    def opened(self) -> Row | None:
        """The row opened for editing."""
        return next((row for row in self.desk.rows if self.is_open(row)), None)

    @cached_property
    def doubts(self) -> list[DoubtRow]:
        """The table of doubts, with the steps that settled them."""
        rows = doubt_rows(self.outline)
        for row in rows:
            row.edit = self._settled_by.get(row.numbers[0], 0)
        return rows

    @property
    def first_doubts(self) -> list[DoubtRow]:
        """What stands in the table at once: all of a short list, the open ones first of a long one."""
        return self._sorted_doubts[:SHOWN_DOUBTS]

    @property
    def more_doubts(self) -> list[DoubtRow]:
        """What stands under the fold."""
        return self._sorted_doubts[SHOWN_DOUBTS:]

    @cached_property
    def _sorted_doubts(self) -> list[DoubtRow]:
        return sorted(self.doubts, key=lambda row: row.settled is not None)

    @cached_property
    def open_doubts(self) -> list[DoubtRow]:
        """Rows of the table that nobody has decided yet."""
        return [row for row in self.doubts if row.settled is None]

    @cached_property
    def _settled_by(self) -> dict[int, int]:
        """For each settled doubt the number of the edit that settled it."""
        found: dict[int, int] = {}
        for edit in self.edits:
            if edit.undone:
                continue
            steps = edit.args.get("ops", [[edit.op, edit.args]])
            for name, args in steps:
                if name == "settle":
                    found |= dict.fromkeys(args["doubts"], edit.number)
        return found

    @property
    def last(self) -> PlanEdit | None:
        """What 撤销 takes back."""
        return last_step(self.edits)

    @property
    def redo(self) -> PlanEdit | None:
        """What 恢复 brings back."""
        return taken_back(self.edits)

    @property
    def saved(self) -> str:
        """When the last step was saved, 09:42."""
        if not self.edits:
            return ""
        return f"{self.edits[-1].at.astimezone(clock.SHANGHAI):%H:%M}"

    def since(self, version: int) -> list[PlanEdit]:
        """The steps after a version."""
        return [edit for edit in self.edits if edit.number > version]

    @property
    def text_changed(self) -> bool:
        """Whether the document's text is no longer the one that was read."""
        return bool(self.plan.document.text != self.plan.reading["source"])
