"""Which units a duty is meant for: the choices a person has, and the proposal with its reason.

The issuer is plain data kept with the reading, so that a replay years later gives the same result:
``{"kind": kind of unit, "places": {name: unit id}, "counts": {kind: number of direct receivers}}``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

COLLEGES = ("university", "vocational_college", "adult_college")
BELOW = {
    "province": ("prefecture",),
    "prefecture": ("county",),
    "university": ("subcollege",),
    "vocational_college": ("subcollege",),
    "adult_college": ("subcollege",),
}
SCHOOLS = (
    "kindergarten",
    "primary",
    "teaching_point",
    "junior",
    "nine_year",
    "senior",
    "vocational",
    "special",
)
NAMES = {"prefecture": "市（州）", "county": "县（市、区）", "subcollege": "二级学院"}
SCOPE_KEYS = frozenset({"own", "kinds", "ids", "label"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of the list a person chooses from; ``named`` means that units are then ticked by name."""

    value: str
    label: str
    scope: Mapping[str, Any]
    named: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed scope with the sentence that explains it; ``start``/``end`` are the words, in the text searched."""

    scope: Mapping[str, Any]
    reason: str
    words: str = ""


def make_scope(
    label: str, *, own: bool = False, kinds: Iterable[str] = (), ids: Iterable[int] = ()
) -> dict[str, Any]:
    """A scope in the form the duties keep."""
    return {"own": own, "kinds": list(kinds), "ids": sorted(ids), "label": label}


def _issuer_kind(issuer: Mapping[str, Any]) -> str:
    return str(issuer.get("kind") or "province")


def direct_kinds(issuer: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of unit the issuer's work usually goes to."""
    kinds = BELOW.get(_issuer_kind(issuer), SCHOOLS)
    if issuer.get("counts", {}).get("zone"):
        kinds = (*kinds, "zone")
    return kinds


def direct_label(issuer: Mapping[str, Any]) -> str:
    """What these units are called together: 9个市（州）, 各县（市、区）, 各学校."""
    kinds = direct_kinds(issuer)
    name = NAMES.get(kinds[0], "学校")
    number = issuer.get("counts", {}).get(kinds[0])
    return f"{number}个{name}" if number and len(kinds) == 1 else f"各{name}"


def choices(issuer: Mapping[str, Any]) -> list[Choice]:
    """Everything a person may choose, the usual one first."""
    direct, label = direct_kinds(issuer), direct_label(issuer)
    found = [Choice("direct", label, make_scope(label, kinds=direct))]
    if _issuer_kind(issuer) == "province":
        mixed = "高职院校直报，中职由市（州）汇总"
        found += [
            Choice("named", "指定的市（州）", make_scope("指定的市（州）"), named=True),
            Choice("colleges", "高校直报", make_scope("高校直报", kinds=COLLEGES)),
            Choice("vocational", mixed, make_scope(mixed, kinds=("vocational_college", *direct))),
            Choice("all", "各市（州）和高校", make_scope("各市（州）和高校", kinds=(*direct, *COLLEGES))),
        ]
    elif issuer.get("places"):
        found.append(Choice("named", "指定的单位", make_scope("指定的单位"), named=True))
    found.append(Choice("own", "本级", make_scope("本级", own=True)))
    return found


def choice_of(scope: Mapping[str, Any], issuer: Mapping[str, Any]) -> str:
    """Which entry of ``choices`` a scope stands for; empty for none of them."""
    if scope.get("ids"):
        return "named"
    for choice in choices(issuer):
        same = bool(choice.scope["own"]) == bool(scope.get("own"))
        if same and not choice.named and set(choice.scope["kinds"]) == set(scope.get("kinds", ())):
            return choice.value
    return ""


def named_scope(ids: Iterable[int], issuer: Mapping[str, Any]) -> dict[str, Any]:
    """The scope of units chosen by name; the label lists them as the text does."""
    wanted = set(ids)
    names: dict[int, str] = {}
    for name, unit in issuer.get("places", {}).items():
        if unit in wanted and len(name) > len(names.get(unit, "")):
            names[unit] = name
    listed = [names[unit] for unit in sorted(names)]
    label = "、".join(listed) if len(listed) <= 4 else f"{'、'.join(listed[:3])}等{len(listed)}个单位"  # noqa: PLR2004  a line's worth
    return make_scope(label, ids=names)


# -- proposing --------------------------------------------------------------------------------------------------

_OWN = re.compile(
    r"^(?:今年[，,]?)?(?:举办|召开|组建|制定|印发|出台|评选|将对.{2,30}?(?:评比|评选|表彰|通报|检查|督查))"
    r"|(?:举办|召开)全(?:省|市|州|县|区|校)|通报表扬|授牌|省级.{0,12}复核|总结评比"
)
_SUBJECT = re.compile(r"^(?:各级|各地|各校|各市|各县|各高校|各学校|各单位|高校|学校|市[（(]?州)")
_NOT_DOER = re.compile(r"(?:依托|根据|按照|参照|学习|借鉴)$")
_VOCATIONAL = re.compile(r"职业院校|职业学校|高职|中职|职教")
_COLLEGE = re.compile(r"高校|高等学校|高等院校|大学(?!生)|二级关工委|二级学院|院士|杰出老校友|读懂中国")
_SCHOOL = re.compile(r"中小学|村小|教学点|幼儿园|市[（(]州[)）]|县[（(]市")
_ALL = re.compile(r"各级|全省教育系统|全系统")


def propose(text: str, above: Iterable[str], issuer: Mapping[str, Any]) -> Proposal:
    """The units a duty's words point to; ``above`` are the words of the nodes over it, nearest first.

    The order is the order of certainty: what the issuer does itself, units called by name, kinds of unit, the
    units named above, and else everybody directly below.
    """
    own = _OWN.search(text)
    if own and not _SUBJECT.match(text):
        words = own.group()
        return Proposal(
            make_scope("本级", own=True),
            f"句子写的是“{_short(words)}”，没有点到下面的单位，先列为本级工作。",
            words,
        )
    if named := _places(text, issuer):
        return _named(named, issuer, "原文点了名")
    if _issuer_kind(issuer) == "province" and (kinds := _by_kind(text, issuer)):
        return kinds
    for words in above:
        if named := _places(words, issuer):
            return _named(named, issuer, "上一层的原文点了名")
    label = direct_label(issuer)
    reason = f"原文没有点名单位，先按{label}布置。"
    return Proposal(make_scope(label, kinds=direct_kinds(issuer)), reason)


def _short(words: str) -> str:
    return words if len(words) <= 16 else f"{words[:8]}……{words[-6:]}"  # noqa: PLR2004  fits one line


def _named(found: Mapping[str, int], issuer: Mapping[str, Any], why: str) -> Proposal:
    words = "、".join(found)
    return Proposal(named_scope(found.values(), issuer), f"{why}：{words}。", words)


def _places(text: str, issuer: Mapping[str, Any]) -> dict[str, int]:
    """Units called by name, unless the words before say that they only serve as an example or a base."""
    found: dict[str, int] = {}
    for name, unit in issuer.get("places", {}).items():
        at = text.find(name)
        if at >= 0 and not _NOT_DOER.search(text[:at]) and unit not in found.values():
            found[name] = unit
    return dict(sorted(found.items(), key=lambda item: text.find(item[0])))


def _by_kind(text: str, issuer: Mapping[str, Any]) -> Proposal | None:
    table = {choice.value: choice for choice in choices(issuer)}
    vocational, college = _VOCATIONAL.search(text), _COLLEGE.search(text)
    if everybody := _ALL.search(text):
        return _kind(table["all"], everybody.group())
    if vocational and _SCHOOL.search(text):
        words = f"{_found(_SCHOOL, text)}”和“{vocational.group()}"
        both = make_scope("各市（州），高职院校直报", kinds=table["vocational"].scope["kinds"])
        return Proposal(both, f"原文写到“{words}”，学校由市（州）负责，高职院校直接报。")
    if vocational:
        return _kind(table["vocational"], vocational.group())
    if college:
        return _kind(table["colleges"], college.group())
    return None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""


def _kind(choice: Choice, words: str) -> Proposal:
    return Proposal(choice.scope, f"原文写到“{words}”，所以先定为“{choice.label}”。", words)
