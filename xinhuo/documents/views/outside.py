"""Documents of bodies outside the tree: entering, reading, passing on, answering; sending an own one to such a body."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xinhuo.core.answer import require
from xinhuo.core.contracts import collect
from xinhuo.core.http import HttpResponse, HttpResponseBase, MemberRequest, page, signed_in, toast
from xinhuo.files.actions import set_attachments
from xinhuo.files.queries import attachments
from xinhuo.files.uploads import Gathered, gather

from ..actions import answer_draft, enter_outside, pass_on_draft, save_document, send_outside
from ..actions.drafting import overtaken
from ..enums import DispatchState
from ..forms import OutsideForm, OutsideSendForm
from ..kinds import DOCUMENT as SUBJECT
from ..models import Document
from ..offers import incoming_offers, offers
from ..queries.leaving import entered, follow_ups
from ..rules import can_create_document, can_edit_document, can_pass_on_outside, can_send
from ..tables import OutsideTable
from ..texts import looks_like_outline

FILES = "files"


@require_GET
@signed_in
def outside_list(request: MemberRequest) -> HttpResponseBase:
    """What the unit entered from outside."""
    table = OutsideTable(request.GET, entered(request.actor), path=reverse("documents:outside_list"))
    if table.wants_export:
        return table.export(OutsideTable.caption)
    context = {
        "nav_key": "documents",
        "heading": "文件",
        "table": table,
        "tab": "outside_list",
        "can_create": can_create_document(request.actor),
        "links": [item for item in collect("tray_links") if item.visible(request.actor)],
    }
    return page(request, "documents/outside_list.html", context, fragments=("core/list.html#table",))


def _own(request: MemberRequest, pk: int) -> Document:
    found = entered(request.actor).select_related("issuer", "root", "forwards")
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def outside_new(request: MemberRequest) -> HttpResponse:
    """登记来文."""
    require(can_create_document(request.actor))
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def outside_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct an entry, as long as nobody else has the document before them."""
    document = _own(request, pk)
    require(can_edit_document(request.actor, document))
    return _edit(request, document)


def _edit(request: MemberRequest, document: Document | None) -> HttpResponse:
    form = OutsideForm(request.POST if request.method == "POST" else None, document=document)
    found = Gathered(files=[row.file for row in attachments(SUBJECT, document.pk)] if document else [])
    status = 200
    if request.method == "POST":
        found = gather(FILES, request.POST, request.FILES, by=request.actor)
        reason = overtaken(document, request.POST.get("seen", ""), by=request.actor) if document else ""
        if form.is_valid() and not reason and not found.errors:
            document = _store(request, document, form, found)
            return toast(request, "来文已登记。", then=document.url)
        status = 409 if reason else 422
        if reason:
            form.add_error(None, reason)
    context = {
        "nav_key": "documents",
        "document": document,
        "form": form,
        "files": found.files,
        "file_errors": found.errors,
    }
    return page(request, "documents/outside_edit.html", context, status=status)


@transaction.atomic
def _store(request: MemberRequest, document: Document | None, form: OutsideForm, found: Gathered) -> Document:
    if document is None:
        document = enter_outside(by=request.actor, **form.cleaned_data)
    else:
        seen = request.POST.get("seen", "")
        document = save_document(document, by=request.actor, seen=seen, **form.cleaned_data)
    set_attachments(SUBJECT, document.pk, found.ids, by=request.actor)
    return document


@require_GET
@signed_in
def outside_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """An entered document for the unit that entered it: what it says, and what was made of it."""
    document = _own(request, pk)
    passed, answers = follow_ups(document)
    context = {
        "nav_key": "documents",
        "document": document,
        "papers": [(document, list(attachments(SUBJECT, document.pk)))],
        "actions": offers(document, receivers=False),
        "is_outline": looks_like_outline(document.title, document.text),
        "incoming": incoming_offers(document.pk, request.actor),
        "passed": passed,
        "answers": answers,
        "may": can_pass_on_outside(request.actor, document),
        "can_edit": can_edit_document(request.actor, document),
    }
    return page(request, "documents/outside_detail.html", context)


@require_POST
@signed_in
def outside_forward(request: MemberRequest, pk: int) -> HttpResponse:
    """Start the own document that passes it on."""
    draft = pass_on_draft(_own(request, pk), by=request.actor)
    said = "转发的草稿已起好。填上本单位文号，再选发给谁。"
    return toast(request, said, then=reverse("documents:document_edit", args=[draft.pk]))


@require_POST
@signed_in
def outside_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Start the own document that answers it."""
    draft = answer_draft(_own(request, pk), by=request.actor)
    said = "复函的草稿已起好。写好后在文件页上点“寄给系统以外的单位”。"
    return toast(request, said, then=reverse("documents:document_edit", args=[draft.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def document_outside(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an own document to a body outside the tree."""
    seen = Document.objects.visible_to(request.actor).select_related("issuer", "root", "answers")
    document = get_object_or_404(seen, pk=pk)
    require(can_send(request.actor, document))
    initial = {"whom": document.answers.outside_issuer if document.answers else ""}
    form = OutsideSendForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        dispatch = send_outside(document, whom=form.cleaned_data["whom"], by=request.actor)
        asked = dispatch.state == DispatchState.ASKED
        said = "已送本单位审签，签发后再寄。" if asked else "请寄出，再在这里记下哪天、怎样寄的。"
        return toast(request, said, then=dispatch.url)
    context = {"nav_key": "documents", "document": document, "form": form}
    return page(request, "documents/document_outside.html", context, status=422 if form.errors else 200)
