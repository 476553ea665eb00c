"""The documents app: official documents, sent, received once, forwarded."""

from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import (
    AmendmentHook,
    Badge,
    Flow,
    JobKind,
    Measure,
    NavItem,
    ProxyMatter,
    Subject,
    TrayLink,
    UnitChange,
    Verb,
)

from .kinds import DELIVERY, DOCUMENT, SENDING


def _see_document(actor: Actor, document_id: int) -> bool:
    from .models import Document  # models are not loaded yet when AppConfigs are read

    return Document.objects.visible_to(actor).filter(pk=document_id).exists()


def _see_delivery(actor: Actor, delivery_id: int) -> bool:
    from .models import Delivery  # as above

    return Delivery.objects.visible_to(actor).filter(pk=delivery_id).exists()


def _see_dispatch(actor: Actor, dispatch_id: int) -> bool:
    from .queries.leaving import own_dispatches  # as above

    return bool(own_dispatches(actor).filter(pk=dispatch_id).exists())


def _dispatch_version(dispatch_id: int) -> str:
    from .models import Dispatch  # as above
    from .queries.leaving import sending_sheet

    rows = Dispatch.objects.select_related("document__issuer", "to", "copies")
    return sending_sheet(rows.get(pk=dispatch_id)).version


def _deliver(job: Any) -> dict[str, Any]:
    from .actions.delivering import run_delivery_job  # as above

    return dict(run_delivery_job(job))


def _amend(job: Any) -> dict[str, Any]:
    from .actions.changing import run_amending_job  # as above

    return dict(run_amending_job(job))


def _new(actor: Actor) -> QuerySet[Any]:
    from .queries.trays import untouched  # as above

    return untouched(actor)


class DocumentsConfig(AppConfig):
    """Official documents: sending, receipt, forwarding."""

    name = "xinhuo.documents"
    label = "documents"
    verbose_name = "文件"

    verbs = (
        Verb("documents.created", "起草文件"),
        Verb("documents.saved", "修改文件草稿"),
        Verb("documents.ask_set", "设置要求回复"),
        Verb("documents.serves", "写明出处"),
        Verb("documents.sent", "下发文件"),
        Verb("documents.forwarded", "转发文件"),
        Verb("documents.received", "签收文件"),
        Verb("documents.receipt_recorded", "代录签收"),
        Verb("documents.asked", "发文送审"),
        Verb("documents.entered", "登记来文"),
        Verb("documents.posted", "寄往系统以外"),
        Verb("documents.amended", "变更文件"),
        Verb("documents.own_dates", "调整转发时限"),
    )
    nav = (NavItem("documents", "文件", "documents:document_list", "file-text", 15, tab=True),)
    badges = (Badge("documents", _new),)
    subjects = (
        Subject(
            DOCUMENT,
            "文件",
            lambda pk: reverse("documents:document_detail", args=[pk]),
            _see_document,
        ),
        Subject(
            DELIVERY,
            "收文",
            lambda pk: reverse("documents:delivery_detail", args=[pk]),
            _see_delivery,
        ),
        Subject(
            SENDING,
            "发文审签",
            lambda pk: reverse("documents:sending", args=[pk]),
            _see_dispatch,
            version=_dispatch_version,
        ),
    )
    tray_links = (TrayLink("外来文", "documents:outside_list"),)
    job_kinds = (
        JobKind("documents.deliver", "下发文件", _deliver),
        JobKind("documents.amend", "变更文件", _amend),
    )
    proxy_matters = (ProxyMatter("documents.receive", "文件签收", (DELIVERY,), ("receive",)),)

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """What is decided inside the unit before it leaves."""
        from .approvals import FLOWS  # as above

        return FLOWS

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What this app counts."""
        from .measures import MEASURES  # as above

        return MEASURES

    @cached_property
    def unit_changes(self) -> tuple[UnitChange, ...]:
        """What a move of a unit touches here."""
        from .moves import UNIT_CHANGES  # as above

        return UNIT_CHANGES

    @cached_property
    def amendment_hooks(self) -> tuple[AmendmentHook, ...]:
        """Answers follow the date of the document that asks for them."""
        from .actions import amended_answers as answers  # as above

        return (
            AmendmentHook(
                "documents.answers", answers.dates, answers.touched, answers.settled, answers.apply
            ),
        )
