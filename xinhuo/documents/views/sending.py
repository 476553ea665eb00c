"""Choosing who gets a document, looking at it once more, sending."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from xinhuo.core.answer import require
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast

from ..actions import draft_forward, forward, send_document
from ..actions.approving import needs_approval
from ..audience import FIND, AudienceForm
from ..enums import DispatchState
from ..forms import ForwardForm, SendForm
from ..models import Delivery, Dispatch, Document
from ..offers import own_way_to_forward, own_way_to_send
from ..queries import own_delivery
from ..queries.leaving import asked_of
from ..rules import can_forward, can_send

CONFIRM = "confirm"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "as_post", "to_q", "copy_q", FIND, CONFIRM})


@signed_in
def document_send(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose → look → send."""
    seen = Document.objects.visible_to(request.actor).select_related("issuer", "root", "forwards")
    document = get_object_or_404(seen, pk=pk)
    require(can_send(request.actor, document))
    if elsewhere := own_way_to_send(document):
        return redirect(elsewhere)
    upstream = own_delivery(document)
    asked = asked_of(document)
    form = SendForm(
        request.POST or None,
        initial={"due": asked.due if asked else document.due},
        latest=upstream.due if upstream else None,
    )
    initial = asked.choice if asked else None
    chosen = AudienceForm(request.actor, request.POST or None, document=document, initial=initial)
    context = {"document": document, "form": form, "audience": chosen}
    if not _is_ready(request, form, chosen):
        return _choose(request, "documents/document_send.html", context)
    if CONFIRM not in request.POST:
        return _look(request, context)
    dispatch = send_document(document, **_audiences(chosen), due=form.cleaned_data["due"], by=request.actor)
    return _done(request, dispatch)


@signed_in
def delivery_forward(request: MemberRequest, pk: int) -> HttpResponse:
    """The same for what the unit received, under its own number; or start a draft to add files to it."""
    seen = Delivery.objects.visible_to(request.actor).select_related(
        "document__issuer", "document__ask__form", "root", "dispatch", "org"
    )
    delivery = get_object_or_404(seen, pk=pk)
    require(can_forward(request.actor, delivery))
    if elsewhere := own_way_to_forward(delivery.root):
        return redirect(elsewhere)
    form = ForwardForm(request.POST or None, delivery=delivery)
    chosen = AudienceForm(request.actor, request.POST or None, document=_planned(delivery, request))
    context = {"delivery": delivery, "document": delivery.document, "form": form, "audience": chosen}
    if "draft" in request.POST and form.is_valid():
        draft = draft_forward(delivery, by=request.actor, **form.cleaned_data)
        return toast(request, "已存成草稿。加好附件后再选发给谁。", then=f"{draft.url}edit/")
    if not _is_ready(request, form, chosen):
        return _choose(request, "documents/delivery_forward.html", context)
    if CONFIRM not in request.POST:
        return _look(request, context)
    dispatch = forward(delivery, **form.cleaned_data, **_audiences(chosen), by=request.actor)
    return _done(request, dispatch)


@require_POST
@signed_in
def audience(request: MemberRequest) -> HttpResponse:
    """The picker anew after a change: counts, the list, who has it already."""
    seen = Document.objects.visible_to(request.actor).select_related("issuer", "root")
    pk = request.POST.get("document", "")
    document = get_object_or_404(seen, pk=int(pk)) if pk.isdecimal() else None
    if document and document.issuer_id != request.actor.org_id:
        document = Document(issuer_id=request.actor.org_id, root=document.root_or_self, line=document.line)
    chosen = AudienceForm(request.actor, request.POST, document=document)
    return page(request, "documents/_audience.html", {"audience": chosen})


def _planned(delivery: Delivery, request: MemberRequest) -> Document:
    """The document that forwarding would make, for the preview; not saved."""
    return Document(issuer_id=request.actor.org_id, root=delivery.root, line=delivery.document.line)


def _is_ready(request: MemberRequest, form: SendForm, chosen: AudienceForm) -> bool:
    """Whether both halves of the page are fine; both are looked at, so that all that is wrong is shown at once."""
    fine = [form.is_valid(), chosen.is_valid()] if request.method == "POST" else [False]
    return all(fine)


def _choose(request: MemberRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    wrong = request.method == "POST" and FIND not in request.POST
    return page(request, template, {"nav_key": "documents", **context}, status=422 if wrong else 200)


def _look(request: MemberRequest, context: dict[str, Any]) -> HttpResponse:
    kept: Sequence[tuple[str, str]] = [
        (name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)
    ]
    last_look = {"nav_key": "documents", "kept": kept, "approval": needs_approval(request.actor), **context}
    return page(request, "documents/send_confirm.html", last_look)


def _audiences(chosen: AudienceForm) -> dict[str, Any]:
    to, copies = chosen.to, chosen.copies
    return {
        "choice": chosen.choice,
        "to": to.criteria,
        "to_label": to.label,
        "copies": copies.criteria if copies else None,
        "copies_label": copies.label if copies else "",
    }


def _done(request: MemberRequest, dispatch: Dispatch) -> HttpResponse:
    if dispatch.state == DispatchState.ASKED:
        return toast(request, "已送本单位审签，最后一步同意后自动发出。", then=dispatch.url)
    number = dispatch.deliveries.filter(is_copy=False).count()
    word = "转发" if dispatch.document.forwards_id else "下发"
    text = f"单位较多，正在后台{word}，进度见下面。" if dispatch.job_id else f"已{word}给 {number} 个单位。"
    return toast(request, text, then=dispatch.document.url)
