"""``xinhuo plan …``: the reader of plans without a site and without a database."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .chinese import Group

if TYPE_CHECKING:
    from xinhuo.plans.reading import Reading

INDENT = "    "
WORDS_SHOWN = 60


@click.group(cls=Group)
def plan() -> None:
    """读文件：把要点、通知等的正文读成条目。"""


@plan.command()
@click.argument(
    "file", metavar="文件", type=click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True)
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（UTF-8），供别的程序用。")
def read(file: str, *, as_json: bool) -> None:
    """读一份文件，列出条目和需要人看的地方。文件写成 - 时从标准输入读。"""
    from xinhuo.plans.reading import read_bytes

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        reading = read_bytes(data, "" if file == "-" else Path(file).name)
    except OSError as error:
        raise click.ClickException(f"文件“{file}”读不出来：{error.strerror}。") from error
    if reading.unreadable:
        raise click.ClickException(reading.unreadable)
    plain = (
        json.dumps(reading.as_dict(), ensure_ascii=False, indent=2)
        if as_json
        else "\n".join(described(reading))
    )
    # Always UTF-8, whatever the terminal's own encoding; half a surrogate pair stays a JSON escape.
    out = sys.stdout.buffer
    out.write(f"{plain}\n".encode(errors="backslashreplace"))
    out.flush()


def described(reading: "Reading") -> Iterator[str]:
    """The reading as lines for a person: head, tree, doubts."""
    day = reading.signed_on.isoformat() if reading.signed_on else ""
    head = (
        ("标题", reading.title),
        ("文号", reading.document_number),
        ("发文单位", reading.issuer),
        ("成文日期", day),
    )
    for label, value in head:
        yield f"{label}：{value or '（没有读到）'}"
    yield ""
    yield f"条目 {len(reading.nodes)} 个："
    for node in reading.nodes:
        yield f"{INDENT * (node.depth - 1)}{node.marker}{_short(node.text)}"
    open_doubts = [doubt for doubt in reading.warnings if not doubt.is_note]
    if open_doubts:
        yield ""
        yield f"需要人看的 {len(open_doubts)} 处："
        for doubt in open_doubts:
            yield f"  第 {reading.text.count(chr(10), 0, doubt.start) + 1} 行：{doubt.message}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WORDS_SHOWN else f"{line[: WORDS_SHOWN - 1]}…"
