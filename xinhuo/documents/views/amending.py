"""Changing a sent document for all who got it: choose, look at whom it touches, send. And what follows from it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.files.uploads import Gathered, gather

from ..actions import amend_document, set_own_dates
from ..amend_forms import AmendForm, OwnDatesForm
from ..amended import Amendment
from ..enums import DocumentState, Effect
from ..models import Document
from ..queries.amendable import amendable_dates, own_dates, targets_of, touched
from ..rules import can_amend, can_set_own_dates

CONFIRM, BACK, FILES = "confirm", "back", "files"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "as_post", CONFIRM, BACK})
HINTS = {
    Effect.POSTPONE: "改日期，内容不变。已经报了的不动，没有单位会因为这次改期变成超期。",
    Effect.ONLINE: "原来到现场的，改成线上参加。",
    Effect.CANCEL: "不再办了。没办的从各单位待办里撤下，已经报了的保留。",
    Effect.CORRECT: "正文或附件有错，发更正的内容；要办的事和日期不变。",
}


def _document(request: MemberRequest, pk: int) -> Document:
    seen = Document.objects.visible_to(request.actor).select_related(
        "issuer", "root", "forwards", "amendment"
    )
    return get_object_or_404(seen, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def document_amend(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose what changes → look at whom it touches → send."""
    document = _document(request, pk)
    require(can_amend(request.actor, document))
    posted = request.method == "POST"
    wanted = (request.POST if posted else request.GET).get("effect", "")
    effect = Effect(wanted) if wanted in Effect.values else Effect.POSTPONE
    form = AmendForm(
        request.POST if posted else None, document=document, effect=effect, items=amendable_dates(document)
    )
    found = gather(FILES, request.POST, request.FILES, by=request.actor) if posted else Gathered()
    if not posted or BACK in request.POST:
        return _choose(request, document, form, found)
    if not form.is_valid() or found.errors:
        return _choose(request, document, form, found, status=422)
    if CONFIRM not in request.POST:
        return _look(request, document, form, found)
    fields = {name: form.cleaned_data[name] for name in ("number", "title", "text")}
    made = amend_document(document, form.terms, **fields, file_ids=found.ids, by=request.actor)
    left = made.document.state == DocumentState.SENT
    said = (
        "已发出，收到过原文件的单位都会收到。"
        if left
        else "已送本单位审签，定了自动发出，在这以前什么都不变。"
    )
    return toast(request, said, then=made.document.url)


def _choose(
    request: MemberRequest, document: Document, form: AmendForm, found: Gathered, *, status: int = 200
) -> HttpResponse:
    context = {
        "nav_key": "documents",
        "document": document,
        "form": form,
        "effects": Effect.choices,
        "effect": form.effect,
        "hint": HINTS[form.effect],
        "files": found.files,
        "file_errors": found.errors,
    }
    return page(request, "documents/document_amend.html", context, status=status)


def _look(request: MemberRequest, document: Document, form: AmendForm, found: Gathered) -> HttpResponse:
    targets = targets_of(document)
    kept: list[tuple[str, Any]] = [
        (name, value)
        for name in request.POST
        if name not in NOT_KEPT and not name.startswith(FILES)
        for value in request.POST.getlist(name)
    ]
    items = {item.key: item for item in form.items}
    context = {
        "nav_key": "documents",
        "document": document,
        "form": form,
        "effect": form.effect,
        "kept": [*kept, *((FILES, file.pk) for file in found.files)],
        "files": found.files,
        "targets": targets,
        "touched": touched(document, form.change, targets.everybody),
        "moves": [(items[key].label, items[key].due, day) for key, day in form.terms.dates.items()],
        "cancels": [items[key].label for key in form.terms.cancels],
    }
    return page(request, "documents/amend_confirm.html", context)


@require_GET
@signed_in
def document_changes(request: MemberRequest, pk: int) -> HttpResponse:
    """Every change of a document, newest first: old and new dates with the document they rest on."""
    document = _document(request, pk)
    chain = {document.pk, document.forwards_id, document.root_id} - {None}
    seen = Document.objects.visible_to(request.actor)
    rows = Amendment.objects.filter(amends__in=chain, document__in=seen).select_related("document", "amends")
    context = {"nav_key": "documents", "document": document, "changes": list(rows)}
    return page(request, "documents/document_changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def amendment_dates(request: MemberRequest, pk: int) -> HttpResponse:
    """The dates the own unit gave when it passed the changed document on."""
    seen = Amendment.objects.filter(document__in=Document.objects.visible_to(request.actor))
    amendment = get_object_or_404(seen.select_related("document", "amends__root"), pk=pk)
    require(can_set_own_dates(request.actor, amendment))
    sent = Document.objects.filter(
        root=amendment.amends.root_or_self, issuer_id=request.actor.org_id, state="sent"
    )
    own = [item for document in sent.order_by("pk")[:1] for item in own_dates(amendment, document)]
    form = OwnDatesForm(request.POST if request.method == "POST" else None, amendment=amendment, own=own)
    if form.is_valid():
        changed = set_own_dates(amendment, form.dates, by=request.actor)
        words = (
            f"已改好 {changed} 个日期，下级看到的就是新的日期。" if changed else "日期没有变，照顺延后的办。"
        )
        return toast(request, words, then=amendment.document.url)
    context = {"nav_key": "documents", "amendment": amendment, "form": form}
    return page(request, "documents/amendment_dates.html", context, status=422 if form.errors else 200)
