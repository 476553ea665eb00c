"""The slips app."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import DeliveryHook, IncomingAction, Subject, TrayLink, Verb

from .kinds import SLIP, TASK


def _see(actor: Actor, slip_id: int) -> bool:
    from .models import Slip  # models are not loaded yet when AppConfigs are read

    return Slip.objects.visible_to(actor).filter(pk=slip_id).exists()


def _version(slip_id: int) -> str:
    from .models import Slip  # as above
    from .queries import slip_sheet

    slip = Slip.objects.select_related("document__issuer", "org").get(pk=slip_id)
    return slip_sheet(slip, slip.tasks.all()).version


def _task_slip(task_id: int) -> Any:
    from .models import SlipTask  # as above

    return SlipTask.objects.select_related("slip").get(pk=task_id).slip


def _own_slip(document_id: int, actor: Actor) -> str | None:
    """The unit's slip about what came in; where it works with slips and has none yet, the page that enters it."""
    from .queries import slip_of, uses_slips  # as above

    slip = slip_of(actor.org_id, document_id)
    if slip is not None:
        return slip.url
    return reverse("slips:enter", args=[document_id]) if actor.works and uses_slips(actor.org_id) else None


def _in_use(actor: Actor) -> bool:
    from .queries import uses_slips  # as above

    return uses_slips(actor.org_id)


def _may_set(actor: Actor) -> bool:
    from .rules import can_set_use  # as above

    return bool(can_set_use(actor))


class SlipsConfig(AppConfig):
    """What a unit does with what came in."""

    name = "xinhuo.slips"
    label = "slips"
    verbose_name = "文件处理笺"

    verbs = (
        Verb("slips.use_set", "办文设置"),
        Verb("slips.entered", "登记收文"),
        Verb("slips.proposed", "拟办"),
        Verb("slips.ruled", "批示"),
        Verb("slips.finished", "承办"),
        Verb("slips.closed", "办结"),
    )
    subjects = (
        Subject(SLIP, "处理笺", lambda pk: reverse("slips:slip", args=[pk]), _see, version=_version),
        Subject(
            TASK,
            "承办",
            lambda pk: reverse("slips:task", args=[pk]),
            lambda actor, pk: _see(actor, _task_slip(pk).pk),
        ),
    )
    incoming_actions = (IncomingAction("处理笺", _own_slip),)
    tray_links = (
        TrayLink("收文登记簿", "slips:register", _in_use),
        TrayLink("办文设置", "slips:setting", _may_set),
    )

    @cached_property
    def delivery_hooks(self) -> tuple[DeliveryHook, ...]:
        """What is received or entered gets its number and its slip."""
        from . import actions  # as above

        return (DeliveryHook("slips.enter", received=actions.enter_received, entered=actions.enter_outside),)
