"""What may be changed at all: later dates only, in their order, and never after the date from above."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xinhuo.core import clock
from xinhuo.core.contracts import AmendableDate
from xinhuo.core.dates_zh import short_date
from xinhuo.core.errors import BadInputError

from ..enums import Effect


@dataclass(frozen=True, slots=True)
class Terms:
    """What changes: the effect, new dates by key, what is cancelled (nothing named: the whole document), how online."""

    effect: Effect
    dates: Mapping[str, dt.date] = field(default_factory=dict)
    cancels: Sequence[str] = ()
    place: str = ""


def check_terms(terms: Terms, items: Sequence[AmendableDate]) -> None:
    """Raise BadInputError, with what to do, for terms that cannot be."""
    if {*terms.dates, *terms.cancels} - {item.key for item in items}:
        raise BadInputError("这份文件里已经没有您选的这一项，可能刚被同事变更过。请刷新页面再选。")
    if terms.effect == Effect.ONLINE and not terms.place.strip():
        raise BadInputError("请写明线上怎样参加，例如会议软件、会议号和时间。")
    if terms.effect == Effect.POSTPONE:
        if not terms.dates:
            raise BadInputError("请至少改一个日期；不改日期的，请选“更正”。")
        for item in items:
            _check_date(item, terms.dates.get(item.key))
        check_order(terms.dates, items)


def _check_date(item: AmendableDate, new: dt.date | None) -> None:
    if new is None:
        return
    if item.due is None or new <= item.due:
        was = short_date(item.due) if item.due else "没有日期"
        raise BadInputError(
            f"“{item.label}”现在是{was}，延期的新日期要在这之后。要提前的，请另发通知和各单位商量。"
        )
    if new < clock.today():
        raise BadInputError(f"“{item.label}”的新日期{short_date(new)}已经过了，请选今天或以后的日期。")
    if item.latest and new > item.latest:
        raise BadInputError(
            f"上级给您单位的“{item.label}”是{short_date(item.latest)}，给下级的不能晚于这一天。"
        )


def check_order(dates: Mapping[str, dt.date], items: Sequence[AmendableDate]) -> None:
    """Dates that follow one another still do."""
    known = {item.key: item for item in items}
    for item in items:
        if item.before not in known:
            continue
        later = known[item.before]
        first, then = dates.get(item.key, item.due), dates.get(later.key, later.due)
        if first and then and first >= then:
            raise BadInputError(
                f"“{item.label}”（{short_date(first)}）要早于“{later.label}”（{short_date(then)}）。"
                "请一起改，或换一个日期。"
            )
