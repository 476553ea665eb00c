"""The plan reader on a long document: does the time per character stay the same?

Ours is one document of about 1 MB; the peer is the same fifty chapters as fifty documents of about 20 KB, each
numbered from one, as documents are. Both do the same work, so a linear reader has a ratio near 1, and the time
per character at 1 MB is 1 ÷ ratio times that at 20 KB.
"""

from itertools import count

from bench.core import Bench
from xinhuo.plans.reading import Reading, read_text

CHAPTERS = 50
ARTICLES = 19  # in a chapter, which makes about 20 KB; fewer than a thousand in all
TITLE = "某省教育厅关心下一代工作委员会工作要点\n\n"
DIGITS = "零一二三四五六七八九"
WORDS = (
    "推动各地继续做好第{n}项工作，组织动员更多退休的老同志参与到关心下一代工作中来，不断扩大“五老”队伍；",
    "各市（州）要于{month}月{day}日前将工作情况报秘书处，并做好典型经验的总结和推广。",
    "配合有关部门开展好主题教育活动{n}场，覆盖学生{n}00人次以上。",
)


def bench() -> Bench:
    """The case; its documents are made here, before any timing."""
    numbers = count(1)
    whole = TITLE + "".join(_chapter(number, numbers) for number in range(1, CHAPTERS + 1))
    pieces = [TITLE + _chapter(1, count(1)) for _ in range(CHAPTERS)]
    size = len(whole.encode()) / 1e6
    return Bench(
        peer=f"the same text as {CHAPTERS} documents of {size * 1000 / CHAPTERS:.0f} KB",
        ours=lambda: [read_text(whole)],
        theirs=lambda: [read_text(piece) for piece in pieces],
        comparable=_nodes,
        notes=f"one document of {size:.2f} MB, {len(whole)} characters; 1 ÷ ratio = time per character against 20 KB",
        rounds=5,
    )


def _nodes(readings: list[Reading]) -> list[tuple[str, int]]:
    return [(node.text, node.depth) for reading in readings for node in reading.nodes]


def _chapter(number: int, numbers: "count[int]") -> str:
    lines = [f"第{chinese(number)}章  工作任务\n"]
    for _ in range(ARTICLES):
        lines.append(f"第{chinese(next(numbers))}条  进一步加强组织建设，健全工作机制。\n")
        for item in range(1, 9):
            sentence = WORDS[item % len(WORDS)].format(n=item, month=item + 3, day=item * 3)
            lines.append(f"（{chinese(item)}）{sentence}\n")
    return "".join(lines)


def chinese(number: int) -> str:
    """1–9999 in Chinese numerals: 十二, 一百零五, 二百三十."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text.removeprefix("一") if text.startswith("一十") else text
