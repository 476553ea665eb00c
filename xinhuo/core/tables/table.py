"""A list as it is asked for by an address: narrowed, ordered, paged, exported."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.db.models.expressions import BaseExpression
from django.http import FileResponse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from xinhuo.core.http import workbook_response
from xinhuo.core.workbook import SheetSpec

from .columns import Choice, Column, Filter
from .render import body

M = TypeVar("M", bound=Model)
LONGEST_SEARCH = 100
EXPORT_CHUNK = 500


class Table(Generic[M]):
    """A declared list. Subclass it and set ``columns``; the rest has defaults.

    ``search`` names the fields in which every word of the search box must be found; ``filters`` narrow;
    ``order`` is the order without a choice (end it with a unique field); ``name`` is the id of the element htmx
    swaps. Parameters that are not the table's own are ignored; a value it cannot use falls back to "all" and
    adds a sentence to ``complaints``. Two queries whatever the number of rows: the count and the page.
    """

    columns: ClassVar[Sequence[Column[Any]]] = ()
    filters: ClassVar[Sequence[Filter[Any]]] = ()
    search: ClassVar[Sequence[str]] = ()
    search_label: ClassVar[str] = "查找"
    search_hint: ClassVar[str] = ""
    order: ClassVar[Sequence[str]] = ("-id",)
    size: ClassVar[int] = 50
    name: ClassVar[str] = "table"
    caption: ClassVar[str] = ""
    empty_title: ClassVar[str] = "还没有内容"
    empty_text: ClassVar[str] = ""
    exportable: ClassVar[bool] = True

    def __init__(self, data: Mapping[str, str], rows: QuerySet[M], *, path: str) -> None:
        """``data`` is ``request.GET``, ``rows`` what the actor may see, ``path`` the list's own address."""
        self.data = data
        self.path = path
        self.complaints: list[str] = []
        self.query = (
            " ".join(data.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH] if self.search else ""
        )
        self.chosen = self._chosen()
        self.sort = self._sort()
        self.asked_page = self._asked_page()
        self.rows = self._ordered(self._narrowed(rows))

    # -- what the address asks for -----------------------------------------------------------------------------

    def _chosen(self) -> dict[str, str]:
        chosen: dict[str, str] = {}
        for item in self.filters:
            value = self.data.get(item.key, "")
            if value and value not in dict(item.options()):
                self.complaints.append(f"“{item.label}”里没有您要的这一项，现在显示全部。")
            elif value:
                chosen[item.key] = value
        return chosen

    def _sort(self) -> str:
        asked = self.data.get("sort", "")
        known = {column.key for column in self.columns if column.sort}
        if asked and asked.removeprefix("-") not in known:
            self.complaints.append("不能按这一项排序，现在按平常的顺序显示。")
            return ""
        return asked

    def _asked_page(self) -> int:
        asked = self.data.get("page", "") or "1"
        if asked.removeprefix("-").isdecimal() and asked.isascii():
            return int(asked[:9])
        self.complaints.append("页码要写数字，现在显示第 1 页。")
        return 1

    def _narrowed(self, rows: QuerySet[M]) -> QuerySet[M]:
        for item in self.filters:
            if item.key in self.chosen:
                rows = item.apply(rows, self.chosen[item.key])
        for word in self.query.split():
            wanted = Q()
            for field in self.search:
                wanted |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(wanted)
        return rows

    def _ordered(self, rows: QuerySet[M]) -> QuerySet[M]:
        column = next((item for item in self.columns if item.key == self.sort.removeprefix("-")), None)
        if column is None:
            return rows.order_by(*self.order)
        down = self.sort.startswith("-")
        return rows.order_by(*(_directed(part, down=down) for part in column.order), *self.order)

    # -- pages -------------------------------------------------------------------------------------------------

    @cached_property
    def total(self) -> int:
        """How many rows there are in all pages."""
        return self.rows.count()

    @cached_property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @cached_property
    def page(self) -> int:
        """The page shown, from 1; a number that does not exist gives the nearest one."""
        return min(max(1, self.asked_page), self.pages)

    @cached_property
    def items(self) -> list[M]:
        """The rows of the page shown."""
        start = (self.page - 1) * self.size
        return list(self.rows[start : start + self.size])

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """Page numbers with their addresses: the ends and the neighbours; 0 stands for left-out ones."""
        near = {1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)}
        links: list[tuple[int, str]] = []
        for number in sorted(near):
            if links and number - links[-1][0] > 1:
                links.append((0, ""))
            links.append((number, self.address(page=number)))
        return links

    # -- what the template shows -------------------------------------------------------------------------------

    @property
    def body(self) -> SafeString:
        """The rows as finished markup."""
        return body(self.columns, self.items)

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The column heads: label, classes, and for a sortable one its address and its present direction."""
        return [
            {
                "label": column.label,
                "css": column.css,
                "url": self.address(sort=self._next_sort(column), page="") if column.sort else "",
                "aria": {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, ""),
            }
            for column in self.columns
        ]

    @property
    def sorts(self) -> list[Choice]:
        """The orders a phone may choose from, where there are no column heads."""
        return [(column.key, column.label) for column in self.columns if column.sort]

    @property
    def sort_down(self) -> str:
        """The label of the column the list is ordered by downwards; empty otherwise."""
        labels = {f"-{column.key}": column.label for column in self.columns}
        return labels.get(self.sort, "")

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The filters as the template shows them."""
        return [
            {
                "key": item.key,
                "label": item.label,
                "any": item.any_label,
                "options": item.options(),
                "value": self.chosen.get(item.key, ""),
            }
            for item in self.filters
        ]

    @property
    def narrowed(self) -> bool:
        """Whether a search or filter hides rows: an empty list then says so."""
        return bool(self.query or self.chosen)

    def address(self, **changes: Any) -> str:
        """The list's address with changed parameters; an empty value drops one."""
        now: dict[str, Any] = {"q": self.query, **self.chosen, "sort": self.sort, "page": self.page} | changes
        kept = {key: value for key, value in now.items() if value and (key, value) != ("page", 1)}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    @property
    def export_url(self) -> str:
        """The address of the whole list as a workbook, narrowed and ordered as shown."""
        return self.address(page="", export="xlsx") if self.exportable else ""

    @property
    def plain_url(self) -> str:
        """The list without search and filters."""
        return self.path

    def _next_sort(self, column: Column[M]) -> str:
        return f"-{column.key}" if self.sort == column.key else column.key

    # -- export ------------------------------------------------------------------------------------------------

    @property
    def wants_export(self) -> bool:
        """Whether the address asks for the workbook."""
        return self.exportable and self.data.get("export") == "xlsx"

    def export(self, title: str) -> FileResponse:
        """The whole list, narrowed and ordered as shown, as an .xlsx named ``title``."""
        return workbook_response(
            title, [SheetSpec(title, [column.label for column in self.columns], self._plain())]
        )

    def _plain(self) -> Iterator[list[Any]]:
        for row in self.rows.iterator(chunk_size=EXPORT_CHUNK):
            yield [column.plain(row) for column in self.columns]


def _directed(part: Any, *, down: bool) -> OrderBy:
    """An ordering part in the wanted direction; missing values always last."""
    expression: BaseExpression | F = F(part) if isinstance(part, str) else part
    order: OrderBy = expression.desc(nulls_last=True) if down else expression.asc(nulls_last=True)
    return order
