"""Names of people who do not exist: surnames by their frequency, given names by generation."""

import random
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from .tables import rows

COHORTS = ("older", "middle", "young")
"""Born before 1975, between, after 2000."""


@dataclass(frozen=True, slots=True)
class SyntheticName:
    """A made-up person's name and gender (``M`` or ``F``)."""

    name: str
    gender: str


@cache
def _surnames() -> tuple[list[str], list[float]]:
    table = rows("names/surnames")
    return [row["surname"] for row in table], list(accumulate(float(row["weight"]) for row in table))


@cache
def _given(cohort: str, gender: str) -> tuple[str, ...]:
    table = rows("names/given_names")
    return tuple(row["name"] for row in table if row["cohort"] == cohort and row["gender"] in {gender, "U"})


def synthetic_name(rng: random.Random, cohort: str = "middle", gender: str = "") -> SyntheticName:
    """A name for somebody of ``cohort`` (one of COHORTS); ``gender`` ``M`` or ``F``, else by chance.

    The same generator state gives the same name. Raises ValueError for an unknown cohort or gender.
    """
    gender = gender or rng.choice("MF")
    given = _given(cohort, gender)
    if not given:
        msg = f"no given names for cohort {cohort!r} and gender {gender!r}"
        raise ValueError(msg)
    surnames, weights = _surnames()
    surname = rng.choices(surnames, cum_weights=weights)[0]
    return SyntheticName(surname + rng.choice(given), gender)
