"""Names and places for made-up schools of one county, never twice the same.

The forms (第N小学, 中心小学, 教学点 …) are those counted in ``data/school_name_patterns.csv``; words for villages,
kindergartens and trades are the editor's. No name is taken from a list of real schools.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from xinhuo.orgs.enums import Locality

from .apportion import chinese_number
from .tables import rows

FRONTS = "大小上下新老龙马牛白青红黄水岩石金银高长平双三沙木杨"
BACKS = "坝寨坪冲湾井洞塘田坡桥河山沟岭箐屯关场口脚头"
BRANDS = tuple(row["word"] for row in rows("school_words") if row["use"] == "kindergarten")
SCHOOL_BRANDS = tuple(row["word"] for row in rows("school_words") if row["use"] == "school")
TRADES = tuple(row["word"] for row in rows("school_words") if row["use"] == "trade")
TRIES = 40


@dataclass(frozen=True, slots=True)
class Township:
    """A township, town or sub-district; ``is_street`` where it belongs to a town's built-up area."""

    name: str
    type: str

    @property
    def is_street(self) -> bool:
        """Whether it is a 街道."""
        return self.type == "街道"


@dataclass(frozen=True, slots=True)
class Label:
    """A school's name, its short name and where it stands."""

    name: str
    short_name: str
    locality: str


@dataclass(slots=True)
class Namer:
    """Gives out names inside one county (or prefecture). ``is_city`` is a district or a county-level city."""

    county: str
    is_city: bool
    townships: tuple[Township, ...]
    rng: random.Random
    used: set[str] = field(default_factory=set)

    @property
    def seat(self) -> str:
        """The locality of what stands in the county's own town."""
        return Locality.URBAN if self.is_city else Locality.TOWN

    def centre(self, township: Township) -> str:
        """The locality of a township's main place."""
        if township.is_street:
            return self.seat
        return Locality.TOWN if township.type == "镇" else Locality.RURAL

    def is_free(self, township: Township, ending: str) -> bool:
        """Whether the township's school of that name is not given out yet."""
        return f"{self.county}{township.name}{ending}" not in self.used

    def county_level(self, *endings: str) -> Label:
        """A school of the whole county: the first of ``endings`` still free, else the last one numbered."""
        numbered = (f"第{chinese_number(number)}{endings[-1]}" for number in count(2))
        name = self._free(f"{self.county}{ending}" for ending in chain(endings, numbered))
        return Label(name, name, self.seat)

    def numbered(self, ending: str) -> Label:
        """第一小学, 第二小学 … the first number still free."""
        name = self._free(f"{self.county}第{chinese_number(number)}{ending}" for number in count(1))
        return Label(name, name, self.seat)

    def township_level(self, township: Township, *endings: str) -> Label:
        """A school of a township, e.g. 中心小学; a second one is numbered."""
        numbered = (f"第{chinese_number(number)}{endings[-1]}" for number in count(2))
        return self._in(township, chain(endings, numbered), self.centre(township))

    def village(self, township: Township, ending: str) -> Label:
        """A school in a village of the township, or in a quarter of a sub-district."""
        endings = chain(
            (f"{self._place()}{ending}" for _ in range(TRIES)),
            (f"{self._place()}第{chinese_number(number)}{ending}" for number in count(2)),
        )
        return self._in(township, endings, self.seat if township.is_street else Locality.RURAL)

    def branded(self, ending: str, words: Sequence[str] = SCHOOL_BRANDS) -> Label:
        """A private school under a name of its own (one of ``words``), anywhere in the county."""
        township = self.rng.choice(self.townships)
        brands = self.rng.sample(words, len(words))
        seat = [f"{self.county}{brand}{ending}" for brand in brands[:2]]
        free = next((name for name in seat if name not in self.used), None)
        if free is not None and self.rng.random() < 1 / 3:
            self.used.add(free)
            return Label(free, free, self.seat)
        endings = chain(
            (f"{brand}{ending}" for brand in brands),
            (f"{self._place()}{brand}{ending}" for _ in count() for brand in brands),
        )
        return self._in(township, endings, self.centre(township))

    def _place(self) -> str:
        backs = self.rng.sample(BACKS, 2 if self.rng.random() < 1 / 4 else 1)
        return self.rng.choice(FRONTS) + "".join(backs)

    def _in(self, township: Township, endings: Iterable[str], locality: str) -> Label:
        name = self._free(f"{self.county}{township.name}{ending}" for ending in endings)
        return Label(name, name.removeprefix(self.county), locality)

    def _free(self, names: Iterator[str]) -> str:
        name = next(name for name in names if name not in self.used)
        self.used.add(name)
        return name
