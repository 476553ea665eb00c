"""Reading a document: as its sender with the cascade, as its receiver with 签收 and 转发."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET, require_POST

from xinhuo.core.answer import require
from xinhuo.core.context import ELDER, mode_of
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.files.queries import attachments_by_subject
from xinhuo.reporting.queries.rounds import return_of, subject_counts

from ..actions import receive, record_receipts
from ..forms import ReceiptsForm
from ..kinds import DOCUMENT as SUBJECT
from ..models import Delivery, Document
from ..offers import incoming_offers, offers, sources
from ..queries import (
    Tree,
    cascade,
    cascade_below,
    chain,
    chain_fields,
    dispatches,
    forwards_of,
    level,
    level_below,
    own_delivery,
)
from ..rules import (
    can_be_amended,
    can_edit_document,
    can_forward,
    can_receive,
    can_record,
    can_send,
    can_set_own_dates,
)
from ..texts import looks_like_outline

ROWS = 30


class Level(Paginator[Delivery]):
    """Pages of one level of a cascade; how long it is, the cascade's sums have told already."""

    def __init__(self, rows: QuerySet[Delivery], length: int) -> None:
        super().__init__(rows, ROWS)
        self.length = length

    @cached_property
    def count(self) -> int:
        """The number of rows on all pages."""
        return self.length


@require_GET
@signed_in
def document_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """A document; with its sendings and its cascade for those who sent it or stand above."""
    seen = Document.objects.visible_to(request.actor).select_related(*chain_fields(), "ask__form")
    document = get_object_or_404(seen.annotate(**subject_counts(SUBJECT)), pk=pk)
    if document.is_outside and document.issuer_id == request.actor.org_id:
        return redirect("documents:outside_detail", pk=document.pk)
    if request.actor.covers(document.issuer.path):
        context = _for_sender(request, document, ReceiptsForm())
        return page(request, "documents/document_detail.html", context, fragments=("cascade",))
    context = _common(request, document) | {"delivery": own_delivery(document, request.actor.org_id)}
    return page(request, "documents/document_detail.html", context)


@require_POST
@signed_in
def record_chosen(request: MemberRequest, pk: int) -> HttpResponse:
    """代录签收 for the receivers of an own document beside which a name was written."""
    document = get_object_or_404(
        Document.objects.visible_to(request.actor).select_related(*chain_fields(), "ask__form"), pk=pk
    )
    require(can_record(request.actor, document))  # before anything is shown: the page lists all receivers
    form = ReceiptsForm(request.POST)
    receipts = form.receipts(level(document).filter(pk__in=form.lines))
    refused = record_receipts(receipts, by=request.actor)
    form.refuse(refused)
    done = [item.delivery.pk for item in receipts if item.delivery.pk not in refused]
    form.done(done)
    if form.complaint or form.wrong:
        context = _for_sender(request, document, form) | {"recorded": len(done)}
        return page(request, "documents/document_detail.html", context, status=422)
    return toast(request, f"已代录 {len(done)} 个单位签收。", then=document.url)


@require_GET
@signed_in
def document_cascade(request: MemberRequest, pk: int) -> HttpResponse:
    """One level down: to whom a receiver passed the document on."""
    seen = Delivery.objects.visible_to(request.actor).select_related("org", "document__issuer", "root")
    delivery = get_object_or_404(seen, pk=pk)
    tree = Tree(delivery.root)
    length = tree.direct(delivery.pk).units + tree.copies(delivery.pk).units
    below = level_below(delivery)
    if delivery.cancelled_by_id:
        length = below.count()
    rows = Level(below, length).get_page(request.GET.get("page"))
    context = {
        "nav_key": "documents",
        "delivery": delivery,
        "rows": rows,
        "cascade": cascade_below(delivery, rows, tree=tree),
        "forwards": forwards_of(delivery, request.actor),
    }
    return page(request, "documents/cascade.html", context, fragments=("drawer",))


@require_GET
@signed_in
def delivery_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What lies in a unit's tray: read, receive, pass on."""
    seen = Delivery.objects.visible_to(request.actor)
    delivery = get_object_or_404(
        seen.select_related(
            *chain_fields("document__"),
            "document__ask__form",
            "root__issuer",
            "dispatch",
            "org",
            "amended_by__document",
        ),
        pk=pk,
    )
    asks = getattr(delivery.document, "ask", None) is not None and not delivery.is_copy
    context = _common(request, delivery.document) | {
        "delivery": delivery,
        "is_own": delivery.org_id == request.actor.org_id,
        "can_receive": can_receive(request.actor, delivery),
        "can_forward": can_forward(request.actor, delivery),
        "forwards": forwards_of(delivery, request.actor),
        "incoming": incoming_offers(delivery.root_id, request.actor),
        "ret": return_of(SUBJECT, delivery.document_id, delivery.org_id) if asks else None,
    }
    return page(request, "documents/delivery_detail.html", context)


@require_POST
@signed_in
def delivery_receive(request: MemberRequest, pk: int) -> HttpResponse:
    """签收, or 已阅 for a copy."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.actor), pk=pk)
    delivery = receive(delivery, by=request.actor)
    text = "已记下您单位阅过这份文件。" if delivery.is_copy else "已签收。要往下发的，可以现在转发。"
    return toast(request, text, then=delivery.url)


def _common(request: MemberRequest, document: Document) -> dict[str, Any]:
    links = chain(document)
    files = attachments_by_subject(SUBJECT, [item.pk for item in links])
    source = links[0]
    return {
        "nav_key": "documents",
        "document": document,
        "chain": links,
        "papers": [(item, files.get(item.pk, [])) for item in links],
        "source": source,
        "actions": offers(source, receivers=document.issuer_id != request.actor.org_id),
        "sources": sources(source, request.actor),
        "is_outline": looks_like_outline(source.title, source.text),
        "amended": document.amended_by or source.amended_by,
        "may_set_dates": _may_set_dates(request, document),
    }


def _may_set_dates(request: MemberRequest, document: Document) -> bool:
    amendment = getattr(document, "amendment", None)
    return amendment is not None and bool(can_set_own_dates(request.actor, amendment))


def _for_sender(request: MemberRequest, document: Document, form: ReceiptsForm) -> dict[str, Any]:
    elder = mode_of(request) == ELDER  # there only the exceptions are listed, unless all are asked for
    waiting = request.GET.get("show", "waiting" if elder else "all") == "waiting"
    rows = level(document)
    if waiting:
        rows = rows.filter(received_at__isnull=True, is_copy=False, cancelled_by__isnull=True)
    tree = Tree(document.root_or_self)
    given = tree.given_by(document.pk)
    length = given.missing if waiting else given.units + tree.copied_by(document.pk).units
    if document.cancelled_by_id:  # counted nowhere, but still listed
        length = rows.count()
    shown = Level(rows, length).get_page(request.GET.get("page"))
    own = document.issuer_id == request.actor.org_id
    found = cascade(document, shown, tree=tree)
    return _common(request, document) | {
        "rows": shown,
        "cascade": found,
        "lines": [(row, form.of(row.delivery)) for row in found.rows],
        "waiting": waiting,
        "dispatches": dispatches(document, request.actor),
        "form": form,
        "can_edit": can_edit_document(request.actor, document),
        "can_send": can_send(request.actor, document),
        "can_record": can_record(request.actor, document),
        "own": own,
        "reachless": tree.reachless(document.pk) if own else 0,
        "may_amend": own and request.actor.works and can_be_amended(document),
        "detail_url": reverse("documents:document_detail", args=[document.pk]),
    }
