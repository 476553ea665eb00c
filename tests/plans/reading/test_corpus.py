"""The annotated corpus must be read well, as it stands and after what happens to files on their way."""

import re
from collections import defaultdict

import pytest

from tests.plans.reading.checks import check
from tests.plans.reading.corpus_kit import FOLDER, MARK, Score, documents, load, score
from xinhuo.plans.reading import read_text

WANTED = 0.95
TEXTS = [path for path in sorted(FOLDER.glob("*.txt")) if "#format" not in path.read_text(encoding="utf-8")]
HALF = str.maketrans("，；：（）", ",;:()")


def test_there_are_enough_documents():
    assert len(documents()) >= 30


def test_edges_of_the_whole_corpus():
    total = Score()
    by_trap = defaultdict(Score)
    for document in documents():
        one = score(document, document.read())
        total.add(one)
        for trap in document.traps:
            by_trap[trap].add(one)
    assert total.edge_f1 >= WANTED, total.wrong
    assert total.node_f1 >= WANTED, total.wrong
    assert total.metadata >= WANTED, total.wrong
    assert {trap: s.edge_f1 for trap, s in by_trap.items() if s.edge_f1 < WANTED} == {}


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_every_document_keeps_the_promises(document):
    reading = document.read()
    assert reading.unreadable == ""
    check(reading)


def _wrapped(marked: str, width: int) -> str:
    lines = []
    for paragraph in marked.split("\n"):
        size, at, line = 0, 0, ""
        while at < len(paragraph):
            mark = MARK.match(paragraph, at)
            piece = mark.group() if mark else paragraph[at]
            visible = len(mark[2]) if mark else 1
            if size + visible > width:
                lines.append(line)
                size, line = 0, ""
            line, size, at = line + piece, size + visible, at + len(piece)
        lines.append(line)
    return "\n".join(lines)


PAGE = (
    "网站首页 | 机构设置 | 新闻中心\n当前位置：首页 > 工作动态\n学校概况\n{}\n上一篇：关于做好统计工作的通知\n"
    "下一篇：没有了\n相关新闻\n1.关于召开会议的通知 2020-01-01\n2.关于开展培训的通知 2020-01-02\n版权所有 青ICP备1234号\n"
)
CHANGES = {
    "half-width punctuation": lambda marked: marked.translate(HALF),
    "windows newlines": lambda marked: marked.replace("\n", "\r\n"),
    "an empty line after every line": lambda marked: re.sub(r"\n+", "\n\n", marked),
    "indented lines": lambda marked: re.sub(r"(?m)^(?=.)", "　　", marked),
    "re-wrapped at 30": lambda marked: _wrapped(marked, 30),
    "re-wrapped at 22": lambda marked: _wrapped(marked, 22),
    "a page around it": PAGE.format,
    "all on one line": lambda marked: re.sub(r"\n+", " ", marked.strip()),
    "other stops": lambda marked: re.sub(r"\[\[(\d):(\d+)\.\]\]", r"[[\1:\2、]]", marked),
    "numerals lost": lambda marked: re.sub(r"\[\[1:[一二三四五]、\]\]", "[[1:、]]", marked),
    "one numeral lost": lambda marked: marked.replace("[[1:二、]]", "[[1:、]]").replace(
        "[[2:2.]]", "[[2:.]]"
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_file_keeps_its_tree(name, tmp_path):
    total = Score()
    for path in TEXTS:
        head, _, marked = path.read_text(encoding="utf-8").partition("\n---\n")
        head = "\n".join(line for line in head.split("\n") if not line.startswith(("#newline", "#encoding")))
        copy = tmp_path / path.name
        copy.write_bytes(f"{head}\n---\n{CHANGES[name](marked)}".encode())
        document = load(copy)
        total.add(score(document, read_text(document.text)))
    assert total.edge_f1 >= WANTED, total.wrong


def test_words_without_any_break_still_give_most_of_the_tree(tmp_path):
    total = Score()
    for path in TEXTS:
        copy = tmp_path / path.name
        head, _, marked = path.read_text(encoding="utf-8").partition("\n---\n")
        copy.write_text(f"{head}\n---\n" + re.sub(r"\n+", "", marked), encoding="utf-8")
        document = load(copy)
        total.add(score(document, read_text(document.text)))
    assert total.edge_f1 >= 0.88, total.wrong
