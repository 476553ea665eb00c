"""The rules of the lights: a table of cases, and what must hold for all of them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.plans.lights import (
    RULES,
    Facts,
    Pause,
    Point,
    State,
    days_between,
    judge,
    moved,
    noun_for,
    read_pauses,
    schedule,
    summary,
)

JUNE, SEPTEMBER, DECEMBER = dt.date(2026, 6, 30), dt.date(2026, 9, 30), dt.date(2026, 12, 31)
POINTS = (Point(JUNE, Decimal("0.4")), Point(SEPTEMBER, Decimal("0.7")), Point(DECEMBER, Decimal(1)))
SUMMER = Pause(dt.date(2026, 7, 11), dt.date(2026, 8, 31), "暑假")
COUNTED = Facts(points=POINTS, counted=True, reported=True)
WORDS = Facts(points=POINTS)


def _share(text: str) -> Facts:
    return replace(COUNTED, share=Decimal(text))


@pytest.mark.parametrize(
    ("facts", "day", "word", "why"),
    [
        (_share("0.2"), dt.date(2026, 7, 1), "▲ 进展较慢", "应在6月30日前完成 40%，现报 20%，进展较慢。"),
        (_share("0.2"), JUNE, "● 正常", "下一个时间点是6月30日，还没到；已经报过进展。"),
        (_share("0.3"), dt.date(2026, 7, 1), "● 正常", "应在6月30日前完成 40%，现报 30%，正常。"),
        (_share("0.29"), dt.date(2026, 7, 1), "▲ 进展较慢", "应在6月30日前完成 40%，现报 29%，进展较慢。"),
        (_share("0.4"), dt.date(2026, 10, 9), "▲ 进展较慢", "应在9月30日前完成 70%，现报 40%，进展较慢。"),
        (_share("0.99"), dt.date(2027, 1, 3), "◆ 已超期", "应在12月31日前完成 100%，现报 99%，已超期 3 天。"),
        (_share("1.2"), dt.date(2027, 1, 3), "● 正常", "时限12月31日，已经报来，等审核或办结。"),
        (
            COUNTED,
            dt.date(2026, 7, 1),
            "▲ 进展较慢",
            "应在6月30日前完成 40%，报了进展，还没有报数，进展较慢。",
        ),
        (COUNTED, dt.date(2027, 1, 1), "◆ 已超期", "应在12月31日前完成 100%，还没有报数，已超期 1 天。"),
        (WORDS, JUNE, "○ 未到时", "下一个时间点是6月30日，还没到；还没有报过。"),
        (WORDS, dt.date(2026, 7, 1), "▲ 进展较慢", "应在6月30日前有进展，还没有报，进展较慢。"),
        (WORDS, dt.date(2027, 1, 1), "◆ 已超期", "应在12月31日前完成，还没有报，已超期 1 天。"),
        (
            replace(WORDS, reported=True),
            dt.date(2026, 7, 1),
            "● 正常",
            "应在6月30日前有进展，已经报了，正常。",
        ),
        (
            replace(WORDS, reported=True, returned=True),
            dt.date(2027, 1, 1),
            "▲ 进展较慢",
            "时限12月31日已过，上级请补充的还没有报来。",
        ),
        (
            replace(WORDS, standing=True),
            dt.date(2027, 1, 1),
            "○ 未开始",
            "常态工作，不按百分比看；还没有报过。",
        ),
        (
            replace(COUNTED, standing=True, share=Decimal("0.1")),
            dt.date(2027, 1, 1),
            "● 正常",
            "常态工作，不按百分比看；已经报过进展。",
        ),
        (
            replace(WORDS, received=False),
            dt.date(2027, 1, 1),
            "○ 未签收",
            "文件还没有签收，签收以后才看进展。",
        ),
        (
            replace(WORDS, owed=False),
            dt.date(2027, 1, 1),
            "○ 不用报",
            "上级已取消这一项，或者只是抄送，不用报。",
        ),
        (
            replace(WORDS, on_hold=True),
            dt.date(2027, 1, 1),
            "○ 暂停",
            "上级已暂停这一项，暂停期间不算进展较慢。",
        ),
        (replace(WORDS, closed_on=JUNE), dt.date(2027, 1, 1), "✓ 办结", "6月30日已办结。"),
        (Facts(), dt.date(2027, 1, 1), "○ 未开始", "没有写明时限；还没有报过。"),
    ],
)
def test_a_light_says_its_word_and_why(facts: Facts, day: dt.date, word: str, why: str) -> None:
    light = judge(facts, day)

    assert (light.text, light.why) == (word, why)


def test_every_rule_has_a_word_of_the_office_and_none_of_the_words_it_does_not_use() -> None:
    for rule in RULES.values():
        assert rule.word in {
            "正常",
            "进展较慢",
            "已超期",
            "未开始",
            "未到时",
            "办结",
            "不用报",
            "暂停",
            "未签收",
        }
        assert not any(word in rule.why + rule.word for word in ("预警", "滞后", "督办", "退回"))


def test_a_unit_asked_for_earlier_has_every_point_earlier_and_one_with_more_time_later() -> None:
    raw = [{"due": "2026-06-30", "share": 0.4}, {"due": "2026-12-31", "share": None}]

    earlier = schedule(raw, duty_due=DECEMBER, due=dt.date(2026, 12, 21))
    later = schedule(raw, duty_due=DECEMBER, due=dt.date(2027, 1, 10))

    assert [point.due for point in earlier] == [dt.date(2026, 6, 20), dt.date(2026, 12, 21)]
    assert [point.due for point in later] == [dt.date(2026, 7, 10), dt.date(2027, 1, 10)]
    assert [point.share for point in earlier] == [Decimal("0.4"), Decimal(1)]


def test_what_is_due_in_the_holidays_is_due_the_day_after_and_their_days_do_not_count() -> None:
    july = dt.date(2026, 7, 20)

    assert moved(july, (SUMMER,)) == dt.date(2026, 9, 1)
    assert days_between(july, dt.date(2026, 9, 1), (SUMMER,)) == 0
    assert days_between(july, dt.date(2026, 9, 3), (SUMMER,)) == 2
    assert days_between(dt.date(2026, 7, 8), dt.date(2026, 9, 2), (SUMMER,)) == 4


def test_a_holiday_file_that_is_wrong_says_where() -> None:
    with pytest.raises(ValueError, match="第 1 段假期的结束日期"):
        read_pauses({"pause": [{"from": DECEMBER, "to": JUNE, "kinds": ["schools"]}]})
    with pytest.raises(ValueError, match="第 1 段假期缺少"):
        read_pauses({"pause": [{"from": JUNE, "kinds": ["schools"]}]})


def test_a_parent_shows_its_worst_due_child_and_how_many() -> None:
    mixed = summary([(State.AMBER, 2), (State.GREEN, 5), (State.AMBER, 1), (State.IDLE, 4)], "个县")
    late = summary([(State.AMBER, 3), (State.RED, 1)], "所学校")

    assert mixed.text == "▲ 3 个县进展较慢"
    assert late.text == "◆ 1 所学校已超期，3 所学校进展较慢"
    assert summary([(State.DONE, 2), (State.IDLE, 1)]).text == "○ 未到时"
    assert summary([(State.DONE, 2)]).text == "✓ 办结"
    assert summary([(State.DONE, 2), (State.GREEN, 1)]).text == "● 正常"
    assert noun_for(["county", "county"]) == "个县"
    assert noun_for(["county", "primary"]) == "个单位"


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
SHARES = st.decimals(0, 2, places=3)
PAUSES = st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=3).map(
    lambda rows: tuple(sorted(Pause(day, day + dt.timedelta(days=size)) for day, size in rows))
)


@st.composite
def _facts(draw: st.DrawFn) -> Facts:
    dues = sorted(draw(st.sets(DAYS, min_size=0, max_size=4)))
    shares = sorted(draw(st.lists(st.decimals("0.01", 1, places=2), min_size=4, max_size=4)))
    points = [
        Point(due, draw(st.sampled_from([None, share]))) for due, share in zip(dues, shares, strict=False)
    ]
    if points:
        points[-1] = Point(points[-1].due, points[-1].share or Decimal(1))
    counted = draw(st.booleans())
    return Facts(
        points=tuple(points),
        pauses=draw(PAUSES),
        standing=draw(st.booleans()),
        received=draw(st.booleans()),
        reported=True,
        returned=draw(st.booleans()),
        counted=counted,
        share=draw(SHARES) if counted else None,
    )


@given(_facts(), DAYS, SHARES)
def test_reporting_more_never_makes_it_worse(facts: Facts, day: dt.date, more: Decimal) -> None:
    silent = replace(facts, reported=False, returned=False, share=None)
    unsaid = replace(facts, share=None)
    steps = [silent, unsaid] if facts.returned is False else [unsaid]
    if facts.counted and facts.share is not None:
        steps += [facts, replace(facts, share=facts.share + more)]

    troubles = [judge(step, day).trouble for step in steps]

    assert troubles == sorted(troubles, reverse=True)


@given(_facts(), DAYS, st.integers(0, 400), st.booleans())
def test_a_later_date_is_never_worse(facts: Facts, day: dt.date, more: int, reported: bool) -> None:  # noqa: FBT001
    facts = replace(facts, reported=reported, share=facts.share if reported else None)
    raw = [{"due": point.due.isoformat(), "share": point.share} for point in facts.points]
    last = facts.points[-1].due if facts.points else None
    troubles = [
        judge(replace(facts, points=schedule(raw, duty_due=last, due=due, pauses=facts.pauses)), day).trouble
        for due in ((last, last + dt.timedelta(days=more)) if last else (None, None))
    ]

    assert troubles[1] <= troubles[0]


@given(DAYS, DAYS, PAUSES)
def test_days_late_are_never_more_than_the_calendar_says(
    due: dt.date, day: dt.date, pauses: tuple[Pause, ...]
) -> None:
    counted = days_between(due, day, pauses)

    assert 0 <= counted <= max((day - due).days, 0)
    assert moved(due, pauses) >= due


@given(st.lists(st.sampled_from(list(State)), max_size=8))
def test_the_worst_of_many_is_at_least_as_bad_as_each_and_no_order_matters(states: list[State]) -> None:
    one = summary((state, 1) for state in states)
    other = summary((state, 1) for state in reversed(states))

    order = [State.RED, State.AMBER, State.GREEN]
    due = [state for state in states if state in order]
    assert one.state == other.state
    assert one.total == len(states)
    if due:
        assert one.state == min(due, key=order.index)
