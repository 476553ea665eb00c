"""Which pauses hold for a unit: the data file of the school holidays, or the installation's own copy of it."""

import logging
import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

from xinhuo.orgs.enums import Kind

from .lights.pauses import Pause, read_pauses

NAME = "school_holidays.toml"
OURS = Path(__file__).parent / "data" / NAME
GROUPS = {"schools": Kind.SCHOOLS, "colleges": (*Kind.COLLEGES, Kind.SUBCOLLEGE)}
log = logging.getLogger(__name__)


@cache
def all_pauses() -> tuple[Pause, ...]:
    """The ranges of the file in the data folder, else of the one that comes along. Read once per process.

    A file that cannot be read is said in the log, and ours is used: a wrong character must not stop the office.
    """
    theirs = Path(settings.DATA) / NAME
    if theirs.is_file():
        try:
            return read_pauses(tomllib.loads(theirs.read_text("utf-8-sig")))
        except (OSError, ValueError) as error:
            log.warning("%s: %s", theirs, error)
    return read_pauses(tomllib.loads(OURS.read_text("utf-8")))


@cache
def pauses_for(kind: str) -> tuple[Pause, ...]:
    """The pauses of units of a kind, the earliest first; offices have none."""
    if kind in Kind.BUREAUS:
        return ()
    names = {kind, *(name for name, kinds in GROUPS.items() if kind in kinds)}
    return tuple(pause for pause in all_pauses() if pause.kinds & names)
