import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools.screenshots import SHOTS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "handbook"
CONTENTS = FOLDER / "README.md"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path != CONTENTS)
READERS = [*PAGES, CONTENTS, ROOT / "README.md", ROOT / "README.zh-CN.md"]
TARGET = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
QUESTIONS = {
    1: "扫描件",
    2: "没有账号",
    3: "名单",
    4: "签字",
    5: "九件事",
    6: "改期",
    7: "总数",
    8: "教学点",
    9: "打印",
    10: "结转",
}


def targets(page: Path) -> list[tuple[bool, Path]]:
    """What a page shows (True) and links to, as files; addresses elsewhere are left out."""
    found = TARGET.findall(page.read_text(encoding="utf-8"))
    return [
        (bool(mark), (page.parent / unquote(target.partition("#")[0])).resolve())
        for mark, target in found
        if "://" not in target
    ]


@pytest.mark.parametrize("text", READERS, ids=lambda path: path.stem)
def test_every_picture_and_link_leads_to_a_file(text: Path) -> None:
    missing = [target.name for _, target in targets(text) if not target.exists()]

    assert missing == []


@pytest.mark.parametrize("text", PAGES, ids=lambda path: path.stem)
def test_every_page_has_a_picture(text: Path) -> None:
    assert any(shown for shown, _ in targets(text))


def test_every_page_is_in_the_table_of_contents_once_and_in_order() -> None:
    assert [target for _, target in targets(CONTENTS)] == PAGES


def test_the_ten_questions_have_a_page_each() -> None:
    titles = {int(page.stem[:2]): page.read_text(encoding="utf-8").splitlines()[0] for page in PAGES}

    assert {number: word for number, word in QUESTIONS.items() if word not in titles.get(number, "")} == {}


def test_both_readmes_lead_to_the_handbook() -> None:
    assert all(CONTENTS in [target for _, target in targets(readme)] for readme in READERS[-2:])


def test_the_pictures_are_the_ones_the_tool_makes() -> None:
    made = [f"{shot.name}-{mode}.png" for shot in SHOTS for mode in shot.modes]
    kept = sorted(path.name for path in (ROOT / "docs" / "screenshots").glob("*.png"))

    assert sorted(made) == kept
    assert [shot.name for shot in SHOTS] == sorted({shot.name for shot in SHOTS})
