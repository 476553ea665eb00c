"""The documents app: official documents, sent, received once, forwarded."""

from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Badge, JobKind, Measure, NavItem, Subject, UnitChange, Verb

from .kinds import DELIVERY, DOCUMENT


def _see_document(actor: Actor, document_id: int) -> bool:
    from .models import Document  # models are not loaded yet when AppConfigs are read

    return Document.objects.visible_to(actor).filter(pk=document_id).exists()


def _see_delivery(actor: Actor, delivery_id: int) -> bool:
    from .models import Delivery  # as above

    return Delivery.objects.visible_to(actor).filter(pk=delivery_id).exists()


def _deliver(job: Any) -> dict[str, Any]:
    from .actions.delivering import run_delivery_job  # as above

    return dict(run_delivery_job(job))


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
        Verb("documents.sent", "下发文件"),
        Verb("documents.forwarded", "转发文件"),
        Verb("documents.received", "签收文件"),
        Verb("documents.receipt_recorded", "代录签收"),
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
    )
    job_kinds = (JobKind("documents.deliver", "下发文件", _deliver),)

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
