"""One light from the facts about one duty of one unit. The order of the questions is the order below."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from .pauses import Pause, days_between
from .rules import GLYPHS, RULES, SLACK, TROUBLE, State
from .schedule import Point

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known. ``counted``: the unit has a target of its own; ``share`` is then what it reported of it.

    A share that was not said stays None: missing is never zero, but it is not progress either.
    """

    points: tuple[Point, ...] = ()
    pauses: tuple[Pause, ...] = ()
    standing: bool = False
    owed: bool = True
    on_hold: bool = False
    received: bool = True
    reported: bool = False
    returned: bool = False
    counted: bool = False
    share: Decimal | None = None
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """The light with the rule that fired and its sentence."""

    rule: str
    state: State
    word: str
    why: str
    share: Decimal | None = None

    @property
    def glyph(self) -> str:
        """● ▲ ◆ ✓ ○."""
        return GLYPHS[self.state]

    @property
    def trouble(self) -> int:
        """Two for 已超期, one for 进展较慢, else none."""
        return TROUBLE[self.state]

    @property
    def text(self) -> str:
        """Glyph and word, as it prints."""
        return f"{self.glyph} {self.word}"


def judge(facts: Facts, today: dt.date) -> Light:
    """The light on a day. A due date is inclusive: on the day itself nobody is late."""
    settled = _settled(facts)
    if settled:
        return _say(settled, facts, day=facts.closed_on)
    last = facts.points[-1]
    return _over(facts, last, today) if last.due < today else _under_way(facts, today)


def _settled(facts: Facts) -> str:
    """The rule that holds whatever the day is; empty when the time points decide."""
    questions = (
        ("not_owed", not facts.owed),
        ("closed", facts.closed_on is not None),
        ("on_hold", facts.on_hold),
        ("not_received", not facts.received),
        ("standing", facts.standing and facts.reported),
        ("standing_quiet", facts.standing),
        ("no_date_reported", not facts.points and facts.reported),
        ("no_date", not facts.points),
    )
    return next((rule for rule, holds in questions if holds), "")


def _over(facts: Facts, last: Point, today: dt.date) -> Light:
    """The last date has passed."""
    late = max(days_between(last.due, today, facts.pauses), 1)
    need = last.share or ONE
    if not facts.reported:
        return _say("over_silent", facts, day=last.due, late=late)
    if facts.counted and facts.share is None:
        return _say("over_unsaid", facts, day=last.due, need=need, late=late)
    if facts.counted and facts.share is not None and facts.share < need:
        return _say("over_share", facts, day=last.due, need=need, late=late)
    return _say("slow_asked" if facts.returned else "in_hand", facts, day=last.due)


def _under_way(facts: Facts, today: dt.date) -> Light:
    """The last date lies ahead: what the points that have passed expect."""
    passed = [point for point in facts.points if point.due < today]
    following = next(point for point in facts.points if point.due >= today)
    if not passed:
        return _say("early" if facts.reported else "not_due", facts, following=following.due)
    day = passed[-1].due
    if not facts.reported:
        return _say("slow_silent", facts, day=day)
    named = [point for point in passed if point.share is not None]
    if not facts.counted or not named:
        return _say("on_course_words", facts, day=day)
    most = max(named, key=lambda point: (point.share or ONE, -point.due.toordinal()))
    need = most.share or ONE
    if facts.share is None:
        return _say("slow_unsaid", facts, day=most.due, need=need)
    slow = need - facts.share > SLACK
    return _say("slow_share" if slow else "on_course", facts, day=most.due, need=need)


def _say(
    key: str,
    facts: Facts,
    *,
    day: dt.date | None = None,
    following: dt.date | None = None,
    need: Decimal = ONE,
    late: int = 0,
) -> Light:
    rule = RULES[key]
    share = facts.share if facts.counted else None
    why = rule.why.format(
        day=_in_words(day), next=_in_words(following), need=percent(need), now=percent(share), late=late
    )
    return Light(key, rule.state, rule.word, why, share)


def percent(share: Decimal | None) -> str:
    """40%, cut and not rounded up: 99.6% is not all of it. Nothing said gives nothing."""
    if share is None:
        return ""
    return f"{int((share * 100).quantize(ONE, rounding=ROUND_DOWN))}%"


def _in_words(day: dt.date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""
