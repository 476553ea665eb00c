"""What is said about a unit, as plain values: handed to the verbs by forms, loaders and generators."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields

from xinhuo.core.errors import BadInputError

from .enums import Kind, Locality, Ownership

EARLIEST = dt.date(1949, 10, 1)
LONGEST = {"name": 120, "formal_name": 120, "short_name": 60, "code": 20}
LABELS = {
    "name": "名称",
    "formal_name": "正式全称",
    "short_name": "简称",
    "kind": "类别",
    "ownership": "举办者",
    "locality": "城乡",
    "code": "代码",
}


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit's name, kind and marks. ``formal_name`` stays empty where it equals ``name``."""

    name: str
    short_name: str
    kind: str
    ownership: str = ""
    locality: str = ""
    code: str = ""
    formal_name: str = ""

    def __post_init__(self) -> None:
        """Outer blanks never count."""
        for field in fields(self):
            object.__setattr__(self, field.name, str(getattr(self, field.name)).strip())

    def changed_from(self, other: "UnitFacts") -> tuple[str, ...]:
        """Names of the fields that differ from ``other``, in the order above."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name))

    @property
    def digest(self) -> str:
        """Stands for exactly these facts: what a form was shown, to notice that somebody was faster."""
        return hashlib.sha256("\0".join(self.as_values().values()).encode()).hexdigest()[:16]

    def as_values(self) -> dict[str, str]:
        """Field names and values, ready for a Tenure row."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def as_mirror(self) -> dict[str, str]:
        """The same for the Org row, which keeps no formal name."""
        return {key: value for key, value in self.as_values().items() if key != "formal_name"}


@dataclass(frozen=True, slots=True)
class Former:
    """What a unit was until the day before ``until``; ``basis`` names the document that then changed it."""

    facts: UnitFacts
    until: dt.date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """One unit of a bulk load.

    ``parent`` is the id of an existing unit or the ``key`` of a spec that comes earlier in the same load.
    ``since`` and ``basis`` belong to its first row; ``former`` lists what it was before, oldest first.
    """

    key: str
    parent: int | str
    facts: UnitFacts
    since: dt.date
    basis: str = ""
    is_synthetic: bool = False
    former: tuple[Former, ...] = ()

    def spans(self) -> Iterator[tuple[UnitFacts, dt.date, dt.date | None, str]]:
        """The unit's dated rows, oldest first: facts, first day, first day no longer, basis."""
        start, basis = self.since, self.basis
        for row in self.former:
            yield row.facts, start, row.until, basis
            start, basis = row.until, row.basis
        yield self.facts, start, None, basis


def problems(facts: UnitFacts) -> dict[str, str]:
    """What is wrong with ``facts``, by field name, in words for the person; empty when nothing is."""
    found: dict[str, str] = {}
    for name in ("name", "short_name"):
        if not getattr(facts, name):
            found[name] = f"请填写{LABELS[name]}。"
    for name, longest in LONGEST.items():
        value = getattr(facts, name)
        if len(value) > longest:
            found[name] = f"{LABELS[name]}最多 {longest} 个字，现在是 {len(value)} 个字。"
        elif not value.isprintable():
            found[name] = f"{LABELS[name]}里有看不见的字符，请重新输入。"
    if facts.code and not (facts.code.isascii() and facts.code.isalnum()):
        found["code"] = "代码只用数字和英文字母。"
    found.update(_choice_problems(facts))
    return found


def _choice_problems(facts: UnitFacts) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, choices in (("kind", Kind), ("ownership", Ownership), ("locality", Locality)):
        value = getattr(facts, name)
        if value and value not in choices.values:
            found[name] = f"没有“{value}”这个{LABELS[name]}，请重新选择。"
    if not facts.kind:
        found["kind"] = "请选择类别。"
    if facts.ownership and facts.kind not in (*Kind.SCHOOLS, *Kind.COLLEGES):
        found["ownership"] = "只有学校、幼儿园和高校填举办者，这个类别请留空。"
    if facts.locality and facts.kind not in Kind.SCHOOLS:
        found["locality"] = "只有中小学和幼儿园填城乡，这个类别请留空。"
    return found


def check(facts: UnitFacts) -> UnitFacts:
    """The facts themselves when they can be used, else BadInputError with every reason."""
    if found := problems(facts):
        raise BadInputError("".join(found.values()))
    return facts


def check_day(day: dt.date, latest: dt.date, label: str = "起始日期") -> dt.date:
    """``day`` when it lies between 1949-10-01 and ``latest``, else BadInputError."""
    if not EARLIEST <= day <= latest:
        raise BadInputError(
            f"{label}{day.isoformat()} 不对，应在 {EARLIEST.isoformat()} 到 {latest.isoformat()} 之间。"
        )
    return day
