"""The grammar of markers: which shapes exist, what class each has, and how a numeral stands in it.

The class decides the parent, never the number: 章 > 条 > 一、 > （一） > 1. > 1.1 > 1.1.1 > （1） > 一是 > ①.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from .numerals import CIRCLED, DIGITS, HAN, circled_value, digit_value, han_value

_H = f"[{HAN}]"
_D = f"[{DIGITS}]"
_S = r"[ \t\u3000\xa0]"


class Level(IntEnum):
    """The class of a marker; a smaller value stands higher."""

    PART = 10  # 第一部分 / 第一编
    CHAPTER = 20  # 第一章
    SECTION = 25  # 第一节
    ARTICLE = 30  # 第一条
    HAN = 40  # 一、
    HAN_BRACKET = 50  # （一）
    DIGIT = 60  # 1.
    DECIMAL = 70  # 1.1
    DECIMAL3 = 80  # 1.1.1
    DIGIT_BRACKET = 90  # （1）
    DIGIT_RIGHT = 95  # 1）
    SPOKEN_ORDER = 98  # 第一， where 一是 stands below it
    SPOKEN = 100  # 一是 / 第一，
    SPOKEN_UNDER = 102  # 一要 or 第一， below 一是
    CIRCLE = 110  # ①

    @property
    def label(self) -> str:
        """The name used in data; the three ranks of spoken enumerations are one class to people."""
        return self.name.lower().removesuffix("_order").removesuffix("_under")


WEAK_COST = 1.5
SPOKEN = frozenset({Level.SPOKEN_ORDER, Level.SPOKEN, Level.SPOKEN_UNDER})
INLINE = SPOKEN | {Level.CIRCLE}  # need at least two members wherever they stand
FORMAL = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE})


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to print a marker. ``cost`` is how unusual it is; ``lost`` shapes carry no numeral."""

    name: str
    level: Level
    pattern: re.Pattern[str]
    value: Callable[[str], int | None]
    cost: float = 0.0
    line_only: bool = False
    lost: bool = False
    reach: int = 0  # characters of the following lines that the pattern may look at

    @property
    def weak(self) -> bool:
        """Whether this shape is too odd to stand without a neighbour in its list."""
        return self.cost >= WEAK_COST


def _shape(
    name: str, level: Level, pattern: str, value: Callable[[str], int | None], cost: float = 0.0
) -> Shape:
    return Shape(name, level, re.compile(pattern), value, cost)


def _line(name: str, level: Level, pattern: str, value: Callable[[str], int | None], cost: float) -> Shape:
    return Shape(name, level, re.compile(pattern, re.MULTILINE), value, cost, line_only=True)


def _lost(name: str, level: Level, pattern: str, cost: float) -> Shape:
    return Shape(name, level, re.compile(pattern), lambda _: None, cost, lost=True)


def _ordinal(text: str) -> int | None:
    return digit_value(text) if digit_value(text) is not None else han_value(text)


# Named groups: n = the numeral, m = a leading number that should be the parent's (2 in 2.3).
_N = rf"(?P<n>{_H}{{1,5}}|{_D}{{1,3}})"
_WHOLE = "(?<![第其之统唯专如单归划同十拾百])"  # 会议室一二、 ends with the name of a room: the numeral is 二
_ALONE = f"(?<![第其之统唯专如单归划同{HAN}])"
_UNIT_AFTER = r"(?![%％‰℃°万亿元米倍岁分秒度级厘毫公平立个名人次项份所件篇期场位年月日号版])"

_COUNTED = (
    "(?![年月日号时点分个名所项次人期级班届场位岁元万亿千百十周季度中小学多余条类种大步至到和人校家篇部本份])"
)

_OPENS = r"(?<![^。；;！!\s])"  # only where a line or a sentence begins
_WORDS = '(?=[一-鿿《“"]|20\\d\\d年)'
_FREE = r"(?<![\d０-９.．\-—~～/A-Za-z%])"  # not inside another number
_FIRST = rf"第(?P<n>{_H}{{1,3}})(?:[，,：:]|、(?!{_H})|是(?!否))"
_MUST = rf"(?<![统之唯万第同单专不归划逐其每某这那哪进{HAN}])(?P<n>{_H}{{1,3}})要(?![求素点闻件领义])"

SHAPES: tuple[Shape, ...] = (
    _shape("第X部分", Level.PART, rf"第{_S}*{_N}{_S}*(?:部分|[编編])(?![章幅目])", _ordinal),
    _line("第X篇", Level.PART, rf"第{_S}*(?P<n>{_H}{{1,3}}){_S}*篇(?![：:章幅目])", han_value, 0.0),
    _shape("第X章", Level.CHAPTER, rf"第{_S}*{_N}{_S}*章(?!程)", _ordinal),
    _shape("第X节", Level.SECTION, rf"第{_S}*{_N}{_S}*[节節](?![课约日目课課])", _ordinal),
    _shape("第X条", Level.ARTICLE, rf"第{_S}*{_N}{_S}*[条條](?![件款例线龙路目])(?:之{_H})?", _ordinal),
    _shape("一、", Level.HAN, rf"{_WHOLE}(?P<n>{_H}{{0,2}}[十拾百]{_H}{{0,3}}|{_H}){_S}?、", han_value),
    _shape("一.", Level.HAN, rf"{_ALONE}(?P<n>{_H}{{1,4}}){_S}?[.．]", han_value, 0.3),
    _line("一，", Level.HAN, rf"(?P<n>{_H}{{1,3}}){_S}?[,，:：]", han_value, 1.5),
    _line("一 ", Level.HAN, rf"(?P<n>{_H}{{1,3}}){_S}+(?=[一-鿿《“\"])", han_value, 2.5),
    _shape(
        "（一）", Level.HAN_BRACKET, rf"[（(〔【﹙]{_S}*(?P<n>{_H}{{1,4}}){_S}*[）)〕】﹚][、.．]?", han_value
    ),
    _shape("㈠", Level.HAN_BRACKET, "(?P<n>[㈠-㈩])", circled_value),
    _line("一）", Level.HAN_BRACKET, rf"(?P<n>{_H}{{1,3}}){_S}*[）)]", han_value, 0.7),
    _shape(
        "1.",
        Level.DIGIT,
        rf"{_FREE}(?P<n>{_D}{{1,3}}){_S}?[.．](?!{_D})",
        digit_value,
    ),
    _shape("1、", Level.DIGIT, rf"{_FREE}(?P<n>{_D}{{1,3}}){_S}?、", digit_value),
    _shape(
        "1.2020年",
        Level.DIGIT,
        rf"{_FREE}(?P<n>{_D}{{1,2}})[.．](?=(?:19|20)\d\d年|\d{{1,2}}月)",
        digit_value,
        0.5,
    ),
    _line(
        "1.5月",
        Level.DIGIT,
        rf"(?P<n>{_D}{{1,2}})[.．](?=\d+{_S}*(?:周岁|[月日岁名个所项]))",
        digit_value,
        1.0,
    ),
    _line("1，", Level.DIGIT, rf"(?P<n>{_D}{{1,2}}){_S}?[,，:：。](?!{_D})", digit_value, 1.7),
    _line("1甲", Level.DIGIT, rf"(?P<n>{_D}{{1,2}})(?=[一-鿿《“]){_COUNTED}", digit_value, 1.5),
    _line(
        "1 甲", Level.DIGIT, rf"(?P<n>{_D}{{1,2}}){_S}+(?=[一-鿿《“][^\s|]{{10}}){_COUNTED}", digit_value, 1.7
    ),
    Shape(
        "1 章",
        Level.DIGIT,
        re.compile(rf"(?P<n>{_D}{{1,2}}){_S}+(?=[一-鿿“《][^\r\n]{{0,30}}[\r\n]+{_S}*(?P=n)[.．]{_D})"),
        digit_value,
        0.5,
        line_only=True,
        reach=60,
    ),
    _shape("⒈", Level.DIGIT, "(?P<n>[⒈-⒛])", circled_value),
    _shape(
        "1.1",
        Level.DECIMAL,
        rf"(?<![\d０-９.．\-—~～/A-Za-z])(?P<m>{_D}{{1,2}})[.．](?P<n>{_D}{{1,2}})(?!{_D}|[.．]{_D}){_UNIT_AFTER}[.．、]?",
        digit_value,
    ),
    _line(
        "1.1分",
        Level.DECIMAL,
        rf"(?P<m>{_D}{{1,2}})[.．](?P<n>{_D}{{1,2}})(?=[分年月日人名个项次级度位件场期公立])",
        digit_value,
        0.5,
    ),
    _shape(
        "1.1.1",
        Level.DECIMAL3,
        rf"(?<![\d０-９.．\-/A-Za-z])(?P<m>{_D}{{1,2}}[.．]{_D}{{1,2}})[.．](?P<n>{_D}{{1,2}})(?!{_D}|[.．]{_D})[.．、]?",
        digit_value,
    ),
    _shape(
        "1.1.1年",
        Level.DECIMAL3,
        rf"(?<![\d０-９.．\-/A-Za-z])(?P<m>{_D}{{1,2}}[.．]{_D}{{1,2}})[.．](?P<n>{_D}{{1,2}}?)(?=(?:19|20)\d\d年)",
        digit_value,
        0.3,
    ),
    _shape("（1）", Level.DIGIT_BRACKET, rf"[（(﹙]{_S}*(?P<n>{_D}{{1,2}}){_S}*[）)﹚][、.．]?", digit_value),
    _shape("⑴", Level.DIGIT_BRACKET, "(?P<n>[⑴-⒇])", circled_value),
    _shape(
        "1）",
        Level.DIGIT_RIGHT,
        rf"(?<![\d０-９.．（(﹙\-—~～A-Za-z/])(?P<n>{_D}{{1,2}}){_S}?[）)]",
        digit_value,
        0.2,
    ),
    _shape(
        "一是",
        Level.SPOKEN,
        rf"(?<![统之唯万第同单专不归划逐其每某这那哪就也都又但{HAN}])(?P<n>{_H}{{1,3}})是",
        han_value,
    ),
    _shape("一要", Level.SPOKEN, _MUST, han_value, 0.5),
    _shape("一要", Level.SPOKEN_UNDER, _MUST, han_value, 0.6),
    _shape("第一，", Level.SPOKEN_ORDER, _FIRST, han_value),
    _shape("第一，", Level.SPOKEN_UNDER, _FIRST, han_value, 0.3),
    _shape("其一，", Level.SPOKEN, rf"其(?P<n>{_H})[，,、：:]", han_value, 0.3),
    _shape("①", Level.CIRCLE, f"(?P<n>[{CIRCLED}]){_S}?[.．、]?", circled_value),
    _lost("、", Level.HAN, rf"{_OPENS}、{_S}*{_WORDS}", 0.2),
    _lost("、1", Level.DIGIT, rf"{_OPENS}、{_S}*{_WORDS}", 1.2),
    _lost(".一", Level.HAN, rf"{_OPENS}[.．]{_S}*{_WORDS}", 0.4),
    _lost(".", Level.DIGIT, rf"{_OPENS}[.．]{_S}*{_WORDS}", 0.3),
    _lost("（）", Level.HAN_BRACKET, rf"{_OPENS}[（(]{_S}*[）)]{_S}*{_WORDS}", 0.2),
    _lost("（）1", Level.DIGIT_BRACKET, rf"{_OPENS}[（(]{_S}*[）)]{_S}*{_WORDS}", 0.6),
    _lost("—、", Level.HAN, rf"{_OPENS}[—－―ー-]{{1,2}}、{_S}*{_WORDS}", 0.0),
    _lost("（—）", Level.HAN_BRACKET, rf"{_OPENS}[（(]{_S}*[—－―ー-]{{1,2}}{_S}*[）)]{_S}*{_WORDS}", 0.0),
    _lost("第章", Level.CHAPTER, rf"{_OPENS}第{_S}*章(?={_S})", 0.5),
    _lost("第条", Level.ARTICLE, rf"{_OPENS}第{_S}*条(?={_S})", 0.5),
)

_HEADING_SHAPES = tuple(shape for shape in SHAPES if shape.level not in SPOKEN)


_ORNAMENTS = (
    r"[●○◆◇■□★☆▲△►▶→※•·∙☏☎♦❖✦✧➢✓✔§◎▪▫◼☛☞✿❀◈❤\u2600-\u26ff\U0001F300-\U0001FAFF\ufe0f]+[ \t\u3000\xa0]*(?=\S)"
)
_SIGNS = re.compile(rf"(?:#{{1,6}}[ \t]*|[-–*+][ \t]+(?=[^ \t])|\*{{1,2}}(?=[^ \t*])|{_ORNAMENTS})+")


def signs_before(text: str) -> int:
    """The length of the decoration in front of a line's words: ★, ■, ☏."""
    if text[:1].isalnum():
        return 0
    match = _SIGNS.match(text)
    return match.end() if match else 0


def starts_with_marker(text: str) -> bool:
    """Whether a line starts with a marker of any shape that can head a paragraph."""
    begin = signs_before(text)
    first = text[begin : begin + 1]
    if not (first.isnumeric() or first in "第（(〔【﹙、.．—－―ー-"):
        return False
    return any(shape.pattern.match(text, begin) for shape in _HEADING_SHAPES)
