"""The rules as data: which light, which word, and the sentence by which a light explains itself.

``why`` may name {day} (the time point), {next} (the next one), {need}, {now} (shares) and {late} (days).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

SLACK = Decimal("0.10")
"""So far a report may stay behind the expected share and still count as 正常: ten points, as the office rounds."""


class State(StrEnum):
    """The five lights; the values are those of ``xinhuo.css``."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    DONE = "done"
    IDLE = "idle"


GLYPHS = {
    State.RED: "◆",
    State.AMBER: "▲",
    State.GREEN: "●",
    State.DONE: "✓",
    State.IDLE: "○",
}
TROUBLE = {State.RED: 2, State.AMBER: 1, State.GREEN: 0, State.DONE: 0, State.IDLE: 0}
"""How much a light asks for somebody; reporting more or a later date never raises it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its key is kept with the light it gave."""

    key: str
    state: State
    word: str
    why: str


RULES = {
    rule.key: rule
    for rule in (
        Rule("not_owed", State.IDLE, "不用报", "上级已取消这一项，或者只是抄送，不用报。"),
        Rule("on_hold", State.IDLE, "暂停", "上级已暂停这一项，暂停期间不算进展较慢。"),
        Rule("closed", State.DONE, "办结", "{day}已办结。"),
        Rule("not_received", State.IDLE, "未签收", "文件还没有签收，签收以后才看进展。"),
        Rule("standing_quiet", State.IDLE, "未开始", "常态工作，不按百分比看；还没有报过。"),
        Rule("standing", State.GREEN, "正常", "常态工作，不按百分比看；已经报过进展。"),
        Rule("no_date", State.IDLE, "未开始", "没有写明时限；还没有报过。"),
        Rule("no_date_reported", State.GREEN, "正常", "没有写明时限；已经报过进展。"),
        Rule("not_due", State.IDLE, "未到时", "下一个时间点是{next}，还没到；还没有报过。"),
        Rule("early", State.GREEN, "正常", "下一个时间点是{next}，还没到；已经报过进展。"),
        Rule("on_course", State.GREEN, "正常", "应在{day}前完成 {need}，现报 {now}，正常。"),
        Rule("on_course_words", State.GREEN, "正常", "应在{day}前有进展，已经报了，正常。"),
        Rule("slow_share", State.AMBER, "进展较慢", "应在{day}前完成 {need}，现报 {now}，进展较慢。"),
        Rule(
            "slow_unsaid", State.AMBER, "进展较慢", "应在{day}前完成 {need}，报了进展，还没有报数，进展较慢。"
        ),
        Rule("slow_silent", State.AMBER, "进展较慢", "应在{day}前有进展，还没有报，进展较慢。"),
        Rule("slow_asked", State.AMBER, "进展较慢", "时限{day}已过，上级请补充的还没有报来。"),
        Rule("over_silent", State.RED, "已超期", "应在{day}前完成，还没有报，已超期 {late} 天。"),
        Rule("over_share", State.RED, "已超期", "应在{day}前完成 {need}，现报 {now}，已超期 {late} 天。"),
        Rule("over_unsaid", State.RED, "已超期", "应在{day}前完成 {need}，还没有报数，已超期 {late} 天。"),
        Rule("in_hand", State.GREEN, "正常", "时限{day}，已经报来，等审核或办结。"),
    )
}
