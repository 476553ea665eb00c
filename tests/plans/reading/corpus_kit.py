"""The annotated corpus: documents of our own making, turned into files of every format, and a scorer.

A document file has ``#key: value`` lines, ``---``, and the text, in which ``[[2:（一）]]`` stands for a marker
``（一）`` of depth 2. Run ``python -m tests.plans.reading.corpus_kit`` for the table of scores by trap.
"""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.plans.reading.make_files import make_docx, make_html, make_pdf
from xinhuo.plans.reading import Node, Reading, read_bytes

FOLDER = Path(__file__).parent / "corpus"
MARK = re.compile(r"\[\[(\d+):([^\]]+)\]\]")
NEWLINES = {"crlf": "\r\n", "cr": "\r"}
WORDS = 8  # characters of a node's words that tell it from others in converted files


@dataclass(frozen=True)
class Gold:
    """A node as a person annotated it; ``parent`` is an index into the list of nodes."""

    start: int
    marker: str
    depth: int
    parent: int | None
    words: str


@dataclass
class Document:
    """An annotated document."""

    name: str
    meta: dict[str, str]
    text: str
    gold: list[Gold]
    marked: str = field(repr=False, default="")

    @property
    def traps(self) -> list[str]:
        return [trap.strip() for trap in self.meta.get("traps", "").split(",")]

    def file(self) -> tuple[bytes, str]:
        """The document as a file of its format, and a name for it."""
        kind = self.meta.get("format", "txt")
        if kind == "docx":
            return make_docx(self.marked, run_on=int(self.meta.get("runon", "0"))), "x.docx"
        if kind == "pdf":
            return make_pdf(self.text), "x.pdf"
        if kind.startswith("html"):
            return make_html(self.text, flat=kind.endswith("flat")), "x.html"
        return self.text.encode(self.meta.get("encoding", "utf-8")), "x.txt"

    def read(self) -> Reading:
        return read_bytes(*self.file())


@dataclass
class Score:
    """Counts that F1 values are made of."""

    gold: int = 0
    found: int = 0
    right: int = 0
    edges: int = 0
    fields: int = 0
    right_fields: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name in ("gold", "found", "right", "edges", "fields", "right_fields"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong

    @property
    def node_f1(self) -> float:
        return 2 * self.right / max(self.gold + self.found, 1)

    @property
    def edge_f1(self) -> float:
        return 2 * self.edges / max(self.gold + self.found, 1)

    @property
    def parents(self) -> float:
        return self.edges / max(self.right, 1)

    @property
    def metadata(self) -> float:
        return self.right_fields / max(self.fields, 1)


def load(path: Path) -> Document:
    """Read an annotated document."""
    head, _, marked = path.read_bytes().decode().partition("\n---\n")
    meta = dict(re.findall(r"^#(\w+):[ ]*(.*)$", head, re.MULTILINE))
    if meta.get("oneline"):
        marked = marked.strip("\n")
    marked = marked.replace("\n", NEWLINES.get(meta.get("newline", ""), "\n"))
    text, gold, at = "", [], 0
    stack: list[Any] = []
    marks = list(MARK.finditer(marked))
    for number, mark in enumerate(marks):
        text += marked[at : mark.start()]
        depth = int(mark[1])
        stack = stack[: depth - 1]
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(marked)
        words = "".join(next(iter(marked[mark.end() : stop].split("\n")), "").split())[:WORDS]
        gold.append(Gold(len(text), mark[2], depth, stack[-1] if stack else None, words))
        stack.append(number)
        text += mark[2]
        at = mark.end()
    return Document(path.stem, meta, text + marked[at:], gold, marked)


def documents() -> list[Document]:
    """The whole corpus in order."""
    return [load(path) for path in sorted(FOLDER.glob("*.txt"))]


def score(document: Document, reading: Reading) -> Score:
    """Compare a reading with the annotation."""
    result = Score(gold=len(document.gold), found=len(reading.nodes))
    pairs = _pairs(document, reading)
    by_id = {node.id: index for index, node in pairs.items()}
    for index, node in pairs.items():
        gold = document.gold[index]
        result.right += 1
        parent = by_id.get(node.parent) if node.parent is not None else None
        if (gold.parent is None and node.parent is None) or (
            gold.parent is not None and parent == gold.parent
        ):
            result.edges += 1
        else:
            result.wrong.append(f"{document.name}: parent of {node.marker}{node.text[:12]}")
    result.wrong += [
        f"{document.name}: missed {g.marker}{g.words}" for i, g in enumerate(document.gold) if i not in pairs
    ]
    known = {node.id for node in pairs.values()}
    result.wrong += [
        f"{document.name}: invented {n.marker}{n.text[:12]}" for n in reading.nodes if n.id not in known
    ]
    _score_fields(document, reading, result)
    return result


def _pairs(document: Document, reading: Reading) -> dict[int, Node]:
    """Gold indexes and the nodes that answer to them."""
    if not reading.extracted:
        at = {node.start: node for node in reading.nodes}
        return {
            i: at[g.start]
            for i, g in enumerate(document.gold)
            if g.start in at and at[g.start].marker == g.marker
        }
    waiting = list(reading.nodes)
    found = {}
    for index, gold in enumerate(document.gold):
        words = [
            n for n in waiting if n.marker == gold.marker and "".join(n.text.split()).startswith(gold.words)
        ]
        if words:
            found[index] = words[0]
            waiting.remove(words[0])
    return found


def _score_fields(document: Document, reading: Reading, result: Score) -> None:
    got = {
        "title": reading.title,
        "number": reading.document_number,
        "issuer": reading.issuer,
        "signed": reading.signed_on.isoformat() if reading.signed_on else "-",
    }
    for name, value in got.items():
        wanted = document.meta.get(name, "-" if name == "signed" else "")
        result.fields += 1
        if value == wanted:
            result.right_fields += 1
        else:
            result.wrong.append(f"{document.name}: {name} is {value!r}, wanted {wanted!r}")


def table() -> tuple[str, Score]:
    """The scores by trap as a Markdown table, and the total."""
    by_trap: dict[str, Score] = defaultdict(Score)
    counts: dict[str, int] = defaultdict(int)
    total = Score()
    for document in documents():
        one = score(document, document.read())
        total.add(one)
        counts["all"] += 1
        for trap in document.traps:
            by_trap[trap].add(one)
            counts[trap] += 1
    lines = ["| trap | documents | node F1 | parents | edge F1 | metadata |", "|---|---|---|---|---|---|"]
    for trap, one in [*sorted(by_trap.items()), ("all", total)]:
        numbers = " | ".join(f"{x:.3f}" for x in (one.node_f1, one.parents, one.edge_f1, one.metadata))
        lines.append(f"| {trap} | {counts[trap]} | {numbers} |")
    return "\n".join(lines), total


if __name__ == "__main__":
    shown, everything = table()
    sys.stdout.write("\n".join([shown, *everything.wrong, ""]))
