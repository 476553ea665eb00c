"""What browsers are served: nothing they cannot read, nothing changed by hand, no icon that nobody shows."""

import re
from pathlib import Path

import pytest

from tools import vendor
from tools.files import ROOT, project_files
from xinhuo.core import icons

SHEETS = sorted((ROOT / "xinhuo").rglob("static/**/*.css"))
TOO_NEW = ("color-mix(", "light-dark(", "oklch(", "@layer", "@container")
STRINGS = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^)]*\)", re.DOTALL)
GROUPS = ("@media", "@supports", "@keyframes", "@-webkit-keyframes", "@document")


def nested_rules(css: str) -> list[str]:
    """Selectors of rules that stand inside other rules."""
    found, stack, start = [], [], 0
    text = STRINGS.sub("", css)
    for place in re.finditer(r"[{};]", text):
        if place[0] == "{":
            selector = text[start : place.start()].strip()
            if any(not outer.startswith(GROUPS) for outer in stack):
                found.append(selector)
            stack.append(selector)
        elif place[0] == "}":
            stack.pop()
        start = place.end()
    return found


def test_all_style_sheets_are_found() -> None:
    assert {sheet.name for sheet in SHEETS} >= {"xinhuo.css", "tabler.min.css"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_is_readable_for_chromium_86(sheet: Path) -> None:
    css = STRINGS.sub("", sheet.read_text(encoding="utf-8"))

    assert [word for word in TOO_NEW if word in css] == []
    assert nested_rules(css) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_loads_nothing_from_elsewhere(sheet: Path) -> None:
    addresses = re.findall(r"url\(\s*[\"']?(?!data:)([^)\"']+)", sheet.read_text(encoding="utf-8"))

    assert [address for address in addresses if not address.startswith("#")] == []


def test_the_scan_sees_nesting() -> None:
    assert nested_rules(".a { color: red; .b { color: blue; } }") == [".b"]
    assert nested_rules("@media print { .a { color: red; } }") == []


def test_colours_stand_in_the_first_section_only() -> None:
    css = (ROOT / "xinhuo/core/static/core/xinhuo.css").read_text(encoding="utf-8")
    rest = css[css.index("/* 2 ──") :]
    allowed = {"#FFF", "#000", "#fff"}
    elder = rest[: rest.index("/* 3 ──")]
    body = rest[rest.index("/* 3 ──") :]
    hero = {"#FFFDF9", "#F6F1E7", "#3B4A53"}  # the hero's gradient and its dark band, as in the looks

    assert "--xh-ink:" in elder
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", body)) - allowed - hero == set()


def test_vendored_files_are_as_they_were_fetched() -> None:
    assert vendor.problems() == []


def test_a_changed_vendored_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / vendor.SUMS).write_text((ROOT / vendor.SUMS).read_text(encoding="utf-8"), encoding="utf-8")
    for name in vendor.wanted():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    css = "xinhuo/core/static/vendor/tabler.min.css"
    (tmp_path / css).write_bytes(b"a{}")
    (tmp_path / "xinhuo/core/static/vendor/htmx.min.js").unlink()

    assert vendor.problems(tmp_path) == [
        "xinhuo/core/static/vendor/htmx.min.js: missing",
        f"{css}: changed by hand",
    ]


def test_an_icon_is_inlined_for_eyes_only() -> None:
    svg = icons.inline("phone")

    assert svg.startswith('<svg class="xh-icon" viewBox="0 0 24 24"')
    assert 'aria-hidden="true"' in svg
    assert "M0 0h24v24H0z" not in svg
    assert svg.count("<path") == 1


def test_every_icon_of_the_set_has_a_shape() -> None:
    assert [name for name in vendor.icon_names() if "<path" not in icons.inline(name)] == []


def test_an_unknown_icon_is_an_error_that_says_how_to_add_it() -> None:
    with pytest.raises(icons.UnknownIconError, match="--icon no-such-thing"):
        icons.inline("no-such-thing")


def test_icons_named_in_templates_exist() -> None:
    named = {
        name
        for path in project_files(".html")
        for name in re.findall(r"{% icon \"([\w-]+)\" %}", path.read_text(encoding="utf-8"))
    }

    assert named - set(vendor.icon_names()) == set()
    assert len(named) > 10
