"""The flows engine."""

from functools import cached_property

from django.apps import AppConfig

from xinhuo.core.contracts import DigestSource, HandOver, Subject, Verb

from .kinds import DECISION


class FlowsConfig(AppConfig):
    """What climbs and what waits; knows no subject."""

    name = "xinhuo.flows"
    label = "flows"
    verbose_name = "流程与待办"

    verbs = (
        Verb("flows.passed_inner", "内部审签"),
        Verb("flows.accepted", "审核通过"),
        Verb("flows.returned", "请补充"),
        Verb("flows.recalled", "撤回"),
        Verb("flows.scan_added", "补传签字件"),
        Verb("flows.route_set", "设置内部审签"),
        Verb("flows.helped", "替同事办"),
    )

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """A decision, on which a signed page hangs."""
        from . import subjects

        return (Subject(DECISION, "批示", subjects.url, subjects.can_see),)

    @cached_property
    def handovers(self) -> tuple[HandOver, ...]:
        """What waits for a person follows the post."""
        from .todos import hand_over

        return (HandOver("指名的待办", hand_over),)

    @cached_property
    def digest_sources(self) -> tuple[DigestSource, ...]:
        """What waits stands in the daily mail."""
        from . import reminding

        return (DigestSource("flows.todos", "待办", reminding.lines, reminding.waiting),)
