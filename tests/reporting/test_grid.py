"""Tables from outside."""

from hypothesis import given
from hypothesis import strategies as st

from xinhuo.reporting.columns import Column
from xinhuo.reporting.enums import ColumnType
from xinhuo.reporting.grid import from_grid, from_records, parse_pasted

COLUMNS = [
    Column("name", "姓名"),
    Column("phone", "联系电话"),
    Column("n", "人数", ColumnType.NUMBER, unit="人"),
]


def test_excel_puts_tabs_between_cells_and_quotes_around_line_breaks():
    pasted = '王芳\t138\t"第一行\n第二行"\r\n李雷\t139\t"说""好"""\r\n\r\n'

    assert parse_pasted(pasted) == [["王芳", "138", "第一行\n第二行"], ["李雷", "139", '说"好"']]


def test_a_quote_that_nothing_closes_is_only_a_character():
    assert parse_pasted('"五老"进校园\t3\n张三\t4') == [['"五老"进校园', "3"], ["张三", "4"]]


def test_headings_put_cells_under_their_columns_whatever_the_order():
    table = from_grid(parse_pasted("序号\t人数（人）\t姓 名\t民族\n1\t3\t王芳\t汉\n"), COLUMNS)

    assert table.rows == [{"n": "3", "name": "王芳"}]
    assert table.ignored == ["民族"]
    assert table.missing == ["联系电话"]


def test_without_headings_the_order_counts_and_running_numbers_are_left_out():
    table = from_grid(parse_pasted("1\t王芳\t0859\t3\n2\t李雷\t0851\t4\n"), COLUMNS)

    assert table.rows == [
        {"name": "王芳", "phone": "0859", "n": "3"},
        {"name": "李雷", "phone": "0851", "n": "4"},
    ]


def test_cells_beyond_the_last_column_are_named_not_dropped_silently():
    table = from_grid(parse_pasted("王芳\t0859\t3\t多的"), COLUMNS)

    assert table.rows == [{"name": "王芳", "phone": "0859", "n": "3"}]
    assert table.ignored == ["多出来的 1 列"]


def test_a_workbook_is_read_by_its_headings():
    table = from_records(
        ["姓名*", "联系电话", "备注"],
        [{"姓名*": "王芳", "联系电话": "0859", "备注": "x"}, {"姓名*": ""}],
        COLUMNS,
    )

    assert table.rows == [{"name": "王芳", "phone": "0859"}]
    assert table.ignored == ["备注"]
    assert table.missing == ["人数"]


CELL = st.text(st.characters(exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Cs"]), min_size=1, max_size=8)


def excel(cell: str) -> str:
    """A cell as Excel puts it on the clipboard."""
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in '\t\n"') else cell


@given(
    st.lists(st.lists(CELL | st.just("a\nb") | st.just('"')), min_size=1).map(
        lambda rows: [r for r in rows if r]
    )
)
def test_what_excel_copies_is_read_cell_by_cell(rows):
    assert parse_pasted("\r\n".join("\t".join(excel(cell) for cell in row) for row in rows)) == rows


@given(st.text())
def test_any_text_can_be_pasted(text):
    for row in from_grid(parse_pasted(text), COLUMNS).rows:
        assert set(row) <= {"name", "phone", "n"}
        assert any(row.values())
