"""Everything the reader was not sure of, in plain words: what it saw, what it did, what to do."""

from collections.abc import Iterator, Sequence

from .grammar import Level
from .layout import Layout
from .markers import Occurrence, Place
from .metadata import Metadata
from .model import Doubt, Node, Part, PartKind
from .numerals import han_numeral
from .search import Outcome
from .wording import wording_doubts

_KEPT = {
    PartKind.NOISE: (
        "noise_dropped",
        "这 {n} 行像是网页的导航、页脚或统计文字，没有放进条目，随时可以找回。",
    ),
    PartKind.TABLE: ("table_dropped", "这 {n} 行像是表格，没有拆成条目。如果里面有任务，请手工加上。"),
    PartKind.ANNEX: ("annex_dropped", "这 {n} 行像是附件里的名单或表格，没有拆成条目。"),
    PartKind.ATTACHMENTS: ("attachments_kept", "附件说明，不拆成条目。"),
    PartKind.FOOTER: ("footer_kept", "抄送、印发等版记，不拆成条目。"),
    PartKind.PREAMBLE: ("preamble_kept", "导语不拆成条目，下达时随文附上。"),
}
_REFUSED_MOST = 30
_REFUSE_LEAST = 4.0  # a refusal that cost less was no question


def all_doubts(
    layout: Layout, data: Metadata, outcome: Outcome, nodes: Sequence[Node], parts: Sequence[Part]
) -> tuple[Doubt, ...]:
    """All doubts, in the order of the text."""
    found = [
        *_metadata_doubts(layout, data),
        *_node_doubts(layout, nodes),
        *_refused(layout, outcome.refused),
        *_counters(layout),
        *_part_doubts(layout, parts),
        *_later(layout, data),
    ]
    body = [part for part in parts if part.kind in {PartKind.BODY, PartKind.PREAMBLE, PartKind.ADDRESSEE}]
    if body:
        found += wording_doubts(layout.lines.text, body[0].start, body[-1].end)
    return tuple(sorted(found, key=lambda doubt: (doubt.start, doubt.end, doubt.code)))


def told_by_layout(doubts: Sequence[Doubt], notes: Sequence[tuple[str, str, int, int]]) -> tuple[Doubt, ...]:
    """Add what the file's own format told; its words replace the general ones about the same lines."""
    told = [Doubt(*note) for note in notes]
    covered = {(doubt.start, doubt.end) for doubt in told if doubt.end > doubt.start}
    kept = [doubt for doubt in doubts if (doubt.start, doubt.end) not in covered]
    return tuple(sorted((*kept, *told), key=lambda doubt: (doubt.start, doubt.end, doubt.code)))


def _metadata_doubts(layout: Layout, data: Metadata) -> Iterator[Doubt]:
    text = layout.lines.text
    if not data.title.text and text.strip():
        yield Doubt("title_missing", "没有找到标题，请您填上。", 0, 0)
    if data.number and data.number.proposal:
        number = data.number
        code = "document_number_damaged" if number.damaged else "document_number_brackets"
        why = "文号可能缺了字" if number.damaged else "文号的括号或空格不规范"
        yield Doubt(
            code,
            f"{why}，建议写作“{number.proposal}”。请核对原件。",
            number.start,
            number.end,
            number.proposal,
        )
    elif data.number and data.number.damaged:
        yield Doubt(
            "document_number_damaged", "文号缺了序号，请对照原件补上。", data.number.start, data.number.end
        )
    yield from _signed_doubts(data)


def _signed_doubts(data: Metadata) -> Iterator[Doubt]:
    signed = data.signed
    if signed is None:
        return
    other = ""
    if data.number and signed.year and signed.year != data.number.year:
        other = f"文号是 {data.number.year} 年，落款像是 {signed.year} 年。"
    if signed.day is None:
        options = "或".join(f"“{option}”" for option in signed.proposals)
        guess = f"可能是{options}。" if options else "没有写完整。"
        message = f"落款日期不完整，{guess}{other}请查原件。"
        yield Doubt(
            "signed_on_doubtful", message, *data.signed_span, signed.proposals[0] if signed.proposals else ""
        )
    elif other:
        yield Doubt("signed_on_doubtful", f"{other}请查原件。", *data.signed_span)


def _node_doubts(layout: Layout, nodes: Sequence[Node]) -> Iterator[Doubt]:
    before: dict[tuple[str | None, str], Node] = {}
    expected: dict[tuple[str | None, str], int] = {}
    for node in nodes:
        family = (node.parent, node.level)
        value = node.ordinal if node.ordinal is not None else expected.get(family, 0) + 1
        for code in node.warnings:
            yield _node_doubt(layout, node, code, before.get(family), value)
        before[family], expected[family] = node, value


def _node_doubt(layout: Layout, node: Node, code: str, before: Node | None, value: int) -> Doubt:
    start, end = node.start, node.start + max(len(node.marker), 1)
    last = f"“{before.marker}”" if before else ""
    messages = {
        "numeral_lost": f"这一条的序号丢了，只剩“{node.marker}”。系统不替您补，请核对原件。",
        "numeral_duplicate": f"序号“{node.marker}”出现了两次，按两条处理。请核对。",
        "numeral_gap": f"序号从{last}跳到“{node.marker}”，中间可能缺了条目。请核对原件。"
        if before
        else f"这一组从“{node.marker}”开始，前面可能缺了条目。请核对原件。",
        "numeral_backward": f"序号“{node.marker}”排在{last}之后，次序不对。请核对。",
        "numeral_restart": f"序号在这里重新从“{node.marker}”开始。如果是另一组，请调整层级。",
        "class_rise": f"“{node.marker}”的层级比前面的条目高，前面的条目没有上级。请核对层级。",
        "marker_glued": f"“{node.marker}”紧跟在前文后面，按新的一条处理。请核对。",
    }
    proposal = _numeral(node, value) if code == "numeral_lost" else ""
    return Doubt(code, messages[code], start, min(end, len(layout.lines.text)), proposal)


def _numeral(node: Node, value: int) -> str:
    """The marker that would stand here if numbers ran on."""
    if node.level == Level.DIGIT.label:
        return f"{value}."
    if node.level == Level.DIGIT_BRACKET.label:
        return f"（{value}）"
    word = han_numeral(value) if value < 1000 else str(value)  # noqa: PLR2004
    forms = {
        Level.HAN.label: f"{word}、",
        Level.HAN_BRACKET.label: f"（{word}）",
        Level.CHAPTER.label: f"第{word}章",
        Level.ARTICLE.label: f"第{word}条",
    }
    return forms.get(node.level, "")


def _refused(layout: Layout, refused: Sequence[Occurrence]) -> Iterator[Doubt]:
    text = layout.lines.text
    serious = [o for o in refused if o.place is Place.LINE and o.refuse >= _REFUSE_LEAST]
    for occurrence in serious[:_REFUSED_MOST]:
        end = occurrence.senses[0].end
        marker = text[occurrence.start : end].strip()
        yield Doubt(
            "marker_refused",
            f"行首的“{marker}”与前后序号连不上，当作正文处理。请核对。",
            occurrence.start,
            end,
        )
    if len(serious) > _REFUSED_MOST:
        first, last = serious[_REFUSED_MOST], serious[-1]
        rest = len(serious) - _REFUSED_MOST
        yield Doubt(
            "marker_refused", f"后面还有 {rest} 处行首序号当作正文处理。", first.start, last.senses[0].end
        )


def _counters(layout: Layout) -> Iterator[Doubt]:
    for start, end in layout.counters.items():
        shown = layout.lines.text[start:end]
        yield Doubt("page_counter", f"“{shown}”像是转载网站加的页码，没有当作序号。", start, end)


def _part_doubts(layout: Layout, parts: Sequence[Part]) -> Iterator[Doubt]:
    for part in parts:
        if part.kind not in _KEPT:
            continue
        code, message = _KEPT[part.kind]
        first, last = layout.lines.index_at(part.start), layout.lines.index_at(max(part.start, part.end - 1))
        yield Doubt(code, message.format(n=last - first + 1), part.start, part.end)


def _later(layout: Layout, data: Metadata) -> Iterator[Doubt]:
    for title, segment in zip(data.later_titles, layout.segments[1:], strict=True):
        start = title.start if title.text else layout.lines.rows[segment.first].start
        end = title.end if title.text else layout.lines.rows[segment.first].end
        name = f"“{title.text}”" if title.text else "另一份文件"
        yield Doubt("second_document", f"文件里还有{name}，它的条目从头排列。", start, end)
