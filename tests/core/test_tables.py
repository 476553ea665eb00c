"""Lists: searching, narrowing, ordering, pages, export. Django's own permissions stand in for records."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html

from xinhuo.core.http import page
from xinhuo.core.tables import Column, Filter, Table, flag, keyset_page
from xinhuo.core.workbook import read_rows

pytestmark = pytest.mark.django_db
NAMES = ["甲县", "乙县", "丙县", "丁市", "戊<b>市", "己县一小"]


class UnitTable(Table[Permission]):
    columns = (
        Column[Permission]("id", "序号", lambda row: row.pk, numeric=True, hide_on_phone=True),
        Column[Permission](
            "name",
            "名称",
            lambda row: format_html('<a href="/{}/">{}</a>', row.codename, row.name),
            sort="name",
            heading=True,
        ),
        Column[Permission]("code", "代码", lambda row: row.codename, sort="codename", nowrap=True),
    )
    search = ("name", "codename")
    filters = (
        Filter[Permission](
            "end",
            "末字",
            [("1", "一"), ("2", "二")],
            lambda rows, value: rows.filter(codename__endswith=value),
        ),
        flag("county", "只看", lambda rows: rows.filter(name__contains="县"), "县"),
    )
    order = ("codename",)
    size = 4


@pytest.fixture
def units() -> QuerySet[Permission]:
    kind = ContentType.objects.create(app_label="tests", model="unit")
    for index, name in enumerate(NAMES):
        Permission.objects.create(name=name, codename=f"u{index}", content_type=kind)
    return Permission.objects.filter(content_type=kind)


def asked(units: QuerySet[Permission], **data: str) -> UnitTable:
    return UnitTable(data, units, path="/units/")


def names(table: UnitTable) -> list[str]:
    return [row.name for row in table.items]


def test_the_first_page_in_the_usual_order(units: QuerySet[Permission]) -> None:
    table = asked(units)

    assert names(table) == NAMES[:4]
    assert (table.total, table.pages, table.page) == (6, 2, 1)
    assert table.page_links == [(1, "/units/"), (2, "/units/?page=2")]


@pytest.mark.parametrize(("page_asked", "shown"), [("2", 2), ("99", 2), ("0", 1), ("-1", 1), ("9" * 400, 2)])
def test_pages_that_do_not_exist_give_the_nearest(
    units: QuerySet[Permission], page_asked: str, shown: int
) -> None:
    assert asked(units, page=page_asked).page == shown


def test_two_characters_are_found(units: QuerySet[Permission]) -> None:
    assert names(asked(units, q="一小")) == ["己县一小"]


def test_every_word_must_be_found(units: QuerySet[Permission]) -> None:
    assert names(asked(units, q=" 县  u0 ")) == ["甲县"]
    assert names(asked(units, q="县 u3")) == []


def test_filters_narrow_together(units: QuerySet[Permission]) -> None:
    assert names(asked(units, end="1")) == ["乙县"]
    assert names(asked(units, county="1", q="u2")) == ["丙县"]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"end": "7"}, "“末字”里没有您要的这一项，现在显示全部。"),
        ({"sort": "password"}, "不能按这一项排序，现在按平常的顺序显示。"),
        ({"sort": "--name"}, "不能按这一项排序，现在按平常的顺序显示。"),
        ({"page": "二"}, "页码要写数字，现在显示第 1 页。"),
        ({"page": "1;drop"}, "页码要写数字，现在显示第 1 页。"),
    ],
)
def test_values_it_cannot_use_fall_back_and_say_so(
    units: QuerySet[Permission], data: Mapping[str, str], complaint: str
) -> None:
    table = asked(units, **data)

    assert names(table) == NAMES[:4]
    assert table.page == 1
    assert table.complaints == [complaint]


def test_a_complaint_about_the_page_is_shown(units: QuerySet[Permission]) -> None:
    html = render_to_string("core/parts/table.html", {"table": asked(units, page="x")})

    assert "页码要写数字" in html


def test_strange_parameters_and_letters_are_ignored(units: QuerySet[Permission]) -> None:
    table = asked(units, q="\0", utm_source="x", password__startswith="a")

    assert names(table) == NAMES[:4]
    assert table.complaints == []


def test_sorting_goes_up_and_then_down(units: QuerySet[Permission]) -> None:
    up, down = asked(units, sort="code"), asked(units, sort="-code")

    assert (names(up)[0], names(down)[0]) == ("甲县", "己县一小")
    assert [head["aria"] for head in down.heads] == ["", "", "descending"]
    assert [head["url"] for head in up.heads] == ["", "/units/?sort=name", "/units/?sort=-code"]


def test_links_keep_what_is_chosen_and_start_at_the_first_page(units: QuerySet[Permission]) -> None:
    table = asked(units, q="县", end="1", sort="name", page="1")

    assert table.heads[2]["url"] == "/units/?q=%E5%8E%BF&end=1&sort=code"
    assert table.export_url == "/units/?q=%E5%8E%BF&end=1&sort=name&export=xlsx"


def test_left_out_pages_are_shown_as_a_gap(units: QuerySet[Permission]) -> None:
    class Long(UnitTable):
        size = 1

    kind = ContentType.objects.get(app_label="tests")
    Permission.objects.bulk_create(
        Permission(name="x", codename=f"v{n}", content_type=kind) for n in range(14)
    )

    links = Long({"page": "10"}, units.all(), path="/u/").page_links

    assert [number for number, _ in links] == [1, 0, 8, 9, 10, 11, 12, 0, 20]


def test_rows_are_ready_markup_with_phone_labels(units: QuerySet[Permission]) -> None:
    html = str(asked(units, q="u4").body)
    row = units.get(codename="u4")

    assert html == (
        f'<tr><td class="num xh-hide-phone" data-th="序号">{row.pk}</td>'
        '<th scope="row"><a href="/u4/">戊&lt;b&gt;市</a></th>'
        '<td class="xh-nowrap" data-th="代码">u4</td></tr>\n'
    )


def test_plain_cells_are_escaped(units: QuerySet[Permission]) -> None:
    class Plain(UnitTable):
        columns = (Column[Permission]("name", "名称", lambda row: row.name),)

    html = str(Plain({"q": "u4"}, units, path="/u/").body)

    assert html == '<tr><th scope="row">戊&lt;b&gt;市</th></tr>\n'


def test_the_number_of_queries_does_not_grow(units: QuerySet[Permission]) -> None:
    def queries(data: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as seen:
            render_to_string("core/parts/table.html", {"table": UnitTable(data, units, path="/u/")})
        return len(seen)

    assert queries({"q": "u1"}) == queries({}) == 2


def test_an_empty_list_says_whether_a_filter_hides_rows(units: QuerySet[Permission]) -> None:
    hidden = render_to_string("core/parts/table.html", {"table": asked(units, q="没有")})
    bare = render_to_string("core/parts/table.html", {"table": asked(units.none())})

    assert "这样筛选没有结果" in hidden
    assert 'href="/units/">清除筛选</a>' in hidden
    assert "还没有内容" in bare


def test_the_whole_list_is_exported_as_narrowed(units: QuerySet[Permission]) -> None:
    table = asked(units, county="1", sort="-code", export="xlsx")
    assert table.wants_export

    response = table.export("单位名单")
    rows = read_rows(io.BytesIO(b"".join(response.streaming_content)))
    response.close()

    assert [row["名称"] for row in rows] == ["己县一小", "丙县", "乙县", "甲县"]
    assert rows.headers == ["序号", "名称", "代码"]


def test_exported_cells_have_no_markup(units: QuerySet[Permission]) -> None:
    response = asked(units, q="u4").export("x")
    rows = read_rows(io.BytesIO(b"".join(response.streaming_content)))
    response.close()

    assert rows[0]["名称"] == "戊<b>市"


def test_the_list_page_swaps_its_table(units: QuerySet[Permission], ask: Callable[..., HttpRequest]) -> None:
    context: dict[str, Any] = {"heading": "单位", "table": asked(units, q="甲")}

    whole = page(ask(), "core/list.html", context, fragments=("table",)).content.decode()
    part = page(ask(htmx="table"), "core/list.html", context, fragments=("table",)).content.decode()

    assert 'role="search"' in whole
    assert 'role="search"' not in part
    assert '<a href="/u0/">甲县</a>' in part


def marks(units: QuerySet[Permission], order: tuple[str, ...], size: int) -> list[list[str]]:
    pages, after = [], ""
    while True:
        found = keyset_page(units, after, order, size)
        pages.append([row.codename for row in found])
        after = found.next_mark
        if not after:
            return pages


def test_keyset_pages_show_every_row_once(units: QuerySet[Permission]) -> None:
    units.filter(codename__in=["u1", "u2", "u3"]).update(name="同名")

    pages = marks(units, ("-name", "codename"), 2)

    everything = list(units.order_by("-name", "codename").values_list("codename", flat=True))
    assert [code for shown in pages for code in shown] == everything
    assert [len(shown) for shown in pages] == [2, 2, 2]


def test_keyset_pages_end_without_an_empty_page(units: QuerySet[Permission]) -> None:
    assert marks(units, ("-id",), 6) == [["u5", "u4", "u3", "u2", "u1", "u0"]]
    assert keyset_page(units.none(), "", ("-id",)).rows == []


@pytest.mark.parametrize("mark", ["x", "eyJ9", "W251bGxd", "WzEsMl0", "WyJhIl0", "é", "W10"])
def test_an_unreadable_mark_starts_from_the_top(units: QuerySet[Permission], mark: str) -> None:
    assert keyset_page(units, mark, ("-id",), 1).rows[0].codename == "u5"


def test_a_keyset_page_is_one_query(units: QuerySet[Permission]) -> None:
    mark = keyset_page(units, "", ("-id",), 2).next_mark

    with CaptureQueriesContext(connection) as seen:
        keyset_page(units, mark, ("-id",), 2)

    assert len(seen) == 1
