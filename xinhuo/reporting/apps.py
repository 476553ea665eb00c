"""The reporting app."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import NavItem, ProxyMatter, Subject, UnitChange, Verb

from .kinds import RETURN, ROUND


def _see_return(actor: Actor, return_id: int) -> bool:
    from .models import Return  # models are not loaded yet when AppConfigs are read

    return Return.objects.visible_to(actor).filter(pk=return_id).exists()


def _see_round(actor: Actor, round_id: int) -> bool:
    from .models import Round  # as above

    return Round.objects.visible_to(actor).filter(pk=round_id).exists()


def _see_file(actor: Actor, return_id: int, sha256: str) -> bool:
    """A file is the unit's own until the answer it hangs on was sent up with it."""
    from xinhuo.flows.queries import was_sent  # as above

    from .models import Return  # as above
    from .rules import acts_for  # as above

    ret = Return.objects.visible_to(actor).filter(pk=return_id).first()
    if ret is None:
        return False
    return acts_for(actor, ret) or was_sent(RETURN, return_id, sha256)


class ReportingConfig(AppConfig):
    """Forms, rounds and returns; measures, periods, totals. Knows no subject."""

    name = "xinhuo.reporting"
    label = "reporting"
    verbose_name = "统计"

    verbs = (
        Verb("reporting.filled", "开始填报"),
        Verb("reporting.submitted", "报送回复"),
        Verb("reporting.taken_over", "并入下级名单"),
        Verb("reporting.moved", "改回复时限"),
        Verb("reporting.closed", "结束收集"),
    )
    proxy_matters = (ProxyMatter(RETURN, "名单回复", (RETURN,), ("fill", "correct")),)
    nav = (NavItem("returns", "名单回复", "reporting:return_list", "writing", 32, elder=False),)
    subjects = (
        Subject(
            RETURN,
            "回复",
            lambda pk: reverse("reporting:return_detail", args=[pk]),
            _see_return,
            _see_file,
        ),
        Subject(ROUND, "收集", lambda pk: reverse("reporting:round_detail", args=[pk]), _see_round),
    )

    @cached_property
    def flows(self) -> tuple[Any, ...]:
        """The answer's way up."""
        from .approvals import FLOWS  # as above

        return FLOWS

    @cached_property
    def unit_changes(self) -> tuple[UnitChange, ...]:
        """What a move of a unit touches here."""
        from .moves import UNIT_CHANGES  # as above

        return UNIT_CHANGES
