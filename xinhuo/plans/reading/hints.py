"""Proposals drawn from a node's own words: stance, deliverable, standing work, programmes, quantities, units, times.

Each hint names the rule that fired and the characters it fired on. A person decides; nothing is set by a hint.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .model import Node, Reading
from .numerals import HAN
from .times import time_hints

_COOPERATE = re.compile(
    r"(?:积极|主动|密切|全力)?(?:配合|协助|协同)(?:好)?(?P<who>[^，,。；;“《]{0,30}?)(?=[，,、]?(?:做好|开展|抓好|搞好|完成|组织|办好|举办|进行|推进|开好))"
)
_LEAD = re.compile(r"(?:牵头|负责(?!人)|主办|承办)(?=[一-鿿“《])")
_DELIVERABLE = re.compile(
    r"(?P<verb>举办|召开|召集|制定|制订|出台|编写|编印|编制|印发|出版|评选(?!工作|活动|和|、)|评审|组建|成立|建立(?!健全|完善)|创建|建成|命名|表彰|通报表扬|授牌|开通|修订|形成|汇编|总结评比|评比|征集|拍摄|完成)"
    r"(?P<what>[^，,。；;：:]{2,60})"
)
_RESULT = re.compile(
    r"(?:进行)(?P<what>总结评比|通报表扬(?:和授牌)?|督查|检查|复核|评估检查|年度评估检查|表彰|评估|验收|考核)"
)
_STANDING = re.compile(
    r"继续|进一步|不断|持续|长期|经常性?|常态化?|制度化|日常|深入(?:开展|推进)|逐步|切实加强|加大|加强(?!版)|健全(?:完善)?|巩固"
)
_PROGRAMME = re.compile(
    r"[“\"](?P<name>[^”\"\r\n]{3,30})[”\"](?P<kind>[一-鿿]{0,8}?(?:活动|行动|计划|项目|工程|评选|工作|征文|读书|品牌|教育|比赛|大赛|竞赛|论坛|培训))?"
)
_BOOK = re.compile(r"《(?P<name>[^》\r\n]{2,60})》")
_SLOGAN = re.compile(r"意识|自信|维护|确立|全面$|代表|五老$|主渠道|改非|主题$|必须|一带一路")
_QUANTITY = re.compile(
    rf"(?P<n>\d[\d,]*(?:\.\d+)?[万千百]?|[{HAN}两]{{1,4}}[万千百]?)(?P<more>多|余|以上)?"
    r"(?P<unit>人次|场次|学时|课时|万元|个百分点|部门|[个所名人场次期篇部项支家份件批元本册幅%％])(?P<noun>实验区|示范区|试点|工作站|工作室|基地|学校|院校|项目|活动|案例|作品|团队|家庭|学生|教师|老同志|单位|部门|县|市|州)?"
)
_WORDY = frozenset("一二两几")
_UNITS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "unit.prefectures",
        "prefecture",
        re.compile(r"(?:各|全部|有关|相关|更多的?)?市[（(、]?州[）)]?(?!级)|各地(?:区)?"),
    ),
    (
        "unit.counties",
        "county",
        re.compile(r"(?:各|有关)?县[（(]市、?区(?:、特区)?[）)]|各县(?:市|区)?|区县|县区"),
    ),
    (
        "unit.colleges",
        "college",
        re.compile(r"(?:各|全省|本科|民办)?(?:高等学校|高等院校|普通高校|高校)(?!园)"),
    ),
    (
        "unit.vocational",
        "vocational",
        re.compile(r"(?:各|中等|高等|全省)*职业(?:院校|学校|技术学院)|中职(?:学校)?|高职(?:院校)?"),
    ),
    (
        "unit.schools",
        "school",
        re.compile(
            r"(?:各|农村|民办|乡村)*(?:中小学(?:校)?|小学|中学|村小|教学点|幼儿园)(?:[、和](?:职业院校|幼儿园))*"
        ),
    ),
    (
        "unit.all_levels",
        "all",
        re.compile(r"各级(?:各类)?(?:教育)?(?:系统)?(?:关工委|学校|单位)?(?:组织)?|基层关工委|全省教育系统"),
    ),
    ("unit.own", "own", re.compile(r"(?:省)?(?:教育)?厅关工委|省教育厅|我厅|本级|厅机关")),
    (
        "unit.outside",
        "outside",
        re.compile(
            r"教育部关工委|中国关工委(?:[一-鿿]{2,10}中心)?|(?<!教育厅)省关工委|中国下一代教育基金会|[一二三四五六七八九十]+部门|团省委|省文明办"
        ),
    ),
    (
        "unit.zones",
        "zone",
        re.compile(r"(?:\d+|[一二三四五六七八九十]+)?个?(?:实验区|示范区|试点(?:单位|校|区)?|联系点)"),
    ),
)
_FAN_OUT = re.compile(
    r"各级(?:教育)?关工委|各市[（(]?州[）)]?|各地|各校|各高校|各县|各单位|更多的?市[（(]?州[）)]?|全省(?:各|中小学|高校|教育系统)"
)


@dataclass(frozen=True, slots=True)
class Hint:
    """One proposal: what kind, which rule, where in the whole text, and the value it proposes."""

    kind: str  # stance, deliverable, standing, programme, quantity, unit, fan_out, time
    rule: str
    start: int
    end: int
    text: str
    reason: str
    value: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The hint as plain data; dates become ISO text."""
        value = {k: v.isoformat() if isinstance(v, date) else v for k, v in self.value.items()}
        return {
            "kind": self.kind,
            "rule": self.rule,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "reason": self.reason,
            "value": value,
        }


def hints_for(reading: Reading, units: Iterable[str] = ()) -> dict[str, tuple[Hint, ...]]:
    """Hints of every node by its id, from the node's own words. ``units`` are names of units to look for."""
    names = _names(units)
    by_parent: dict[str | None, int] = {}
    for node in reversed(reading.nodes):
        by_parent[node.parent] = node.start
    return {
        node.id: tuple(_hints(reading.text, *_own_range(node, by_parent), reading.year, names))
        for node in reading.nodes
    }


def hints_in(
    text: str, start: int = 0, end: int | None = None, *, year: int | None = None, units: Iterable[str] = ()
) -> tuple[Hint, ...]:
    """Hints in one stretch of a text, for instance one duty. Ranges index the whole ``text``."""
    return tuple(_hints(text, start, len(text) if end is None else end, year, _names(units)))


def _own_range(node: Node, first_children: dict[str | None, int]) -> tuple[int, int]:
    return node.start + len(node.marker), max(
        first_children.get(node.id, node.end), node.start + len(node.marker)
    )


def _names(units: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted({re.escape(name) for name in units if len(name) > 1}, key=len, reverse=True)
    return re.compile("|".join(words)) if words else None


def _hints(text: str, start: int, end: int, year: int | None, names: re.Pattern[str] | None) -> list[Hint]:
    found = [
        *_stance(text, start, end),
        *_deliverables(text, start, end),
        *_simple(text, start, end),
        *_programmes(text, start, end),
        *_quantities(text, start, end),
        *_units(text, start, end, names),
        *(
            Hint(
                "time",
                t.rule,
                t.start,
                t.end,
                text[t.start : t.end],
                t.reason,
                {"due": t.due, "basis": t.basis, "label": text[t.start : t.end]},
            )
            for t in time_hints(text, start, end, year)
        ),
    ]
    return sorted(found, key=lambda hint: (hint.start, hint.end, hint.rule))


def _stance(text: str, start: int, end: int) -> Iterator[Hint]:
    cooperates = False
    for match in _COOPERATE.finditer(text, start, end):
        cooperates = True
        who = match["who"].strip("与同和、")
        yield Hint(
            "stance",
            "stance.cooperate",
            *match.span(),
            match.group(),
            f"写明“{match.group()[:2]}”，建议按配合处理。",
            {"stance": "cooperate", "with": who},
        )
    for match in _LEAD.finditer(text, start, end):
        yield Hint(
            "stance",
            "stance.lead_word",
            *match.span(),
            match.group(),
            f"写明“{match.group()}”，建议按牵头处理。",
            {"stance": "lead"},
        )
    if not cooperates and start < end:
        yield Hint(
            "stance",
            "stance.lead_default",
            start,
            start,
            "",
            "没有写“配合”，建议按牵头处理。",
            {"stance": "lead"},
        )


def _deliverables(text: str, start: int, end: int) -> Iterator[Hint]:
    for rule, pattern in (("deliverable.verb", _DELIVERABLE), ("deliverable.result", _RESULT)):
        for match in pattern.finditer(text, start, end):
            what = match["what"].strip()
            yield Hint(
                "deliverable",
                rule,
                *match.span(),
                match.group(),
                f"“{match.group()[:2]}”后面是看得见的成果。",
                {"deliverable": what},
            )


def _simple(text: str, start: int, end: int) -> Iterator[Hint]:
    for match in _STANDING.finditer(text, start, end):
        yield Hint(
            "standing",
            "standing.word",
            *match.span(),
            match.group(),
            f"“{match.group()}”多用于常态工作。",
            {"standing": True},
        )
    for match in _FAN_OUT.finditer(text, start, end):
        yield Hint(
            "fan_out",
            "fan_out.word",
            *match.span(),
            match.group(),
            f"“{match.group()}”表示由多个单位分别落实。",
            {"fan_out": True},
        )


def _programmes(text: str, start: int, end: int) -> Iterator[Hint]:
    for rule, pattern in (("programme.quoted", _PROGRAMME), ("programme.book", _BOOK)):
        for match in pattern.finditer(text, start, end):
            if not _SLOGAN.search(match["name"]):
                yield Hint(
                    "programme",
                    rule,
                    *match.span(),
                    match.group(),
                    "引号或书名号里的名称，照原文保留。",
                    {"name": match["name"]},
                )


def _quantities(text: str, start: int, end: int) -> Iterator[Hint]:
    for match in _QUANTITY.finditer(text, start, end):
        number = match["n"]
        vague = number in _WORDY and match["unit"] in "个批次本部人名"
        if vague or text[match.start() - 1 : match.start()] in "第年一":
            continue
        noun = match["noun"] or ""
        yield Hint(
            "quantity",
            "quantity.number_unit",
            *match.span(),
            match.group(),
            "写明了数量。",
            {"number": number, "unit": match["unit"] + noun},
        )


def _units(text: str, start: int, end: int, names: re.Pattern[str] | None) -> Iterator[Hint]:
    taken: list[tuple[int, int]] = []
    if names:
        for match in names.finditer(text, start, end):
            taken.append(match.span())
            yield Hint(
                "unit",
                "unit.named",
                *match.span(),
                match.group(),
                "写明了单位名称。",
                {"scope": "named", "name": match.group()},
            )
    for rule, scope, pattern in _UNITS:
        for match in pattern.finditer(text, start, end):
            if not any(a <= match.start() < b for a, b in taken):
                yield Hint(
                    "unit",
                    rule,
                    *match.span(),
                    match.group(),
                    f"“{match.group()}”指明了范围。",
                    {"scope": scope},
                )


def hints_of(kind: str, hints: Sequence[Hint]) -> tuple[Hint, ...]:
    """Only the hints of one kind."""
    return tuple(hint for hint in hints if hint.kind == kind)
