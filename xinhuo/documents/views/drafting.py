"""Writing a document: the page, its autosave, its attachments."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.files.actions import set_attachments
from xinhuo.files.models import StoredFile
from xinhuo.files.queries import attachments
from xinhuo.files.uploads import Gathered, gather

from ..actions import create_document, save_document
from ..actions.drafting import overtaken
from ..actions.sending import missing_of
from ..forms import DocumentForm
from ..kinds import DOCUMENT as SUBJECT
from ..models import Document
from ..offers import offers, source_pages, sources
from ..rules import can_create_document, can_edit_document
from ..texts import decode, looks_like_outline

FILES = "files"


@signed_in
def document_new(request: MemberRequest) -> HttpResponse:
    """A blank draft; it exists from its first save on."""
    require(can_create_document(request.actor))
    return _edit(request, _posted(request))


@signed_in
def document_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    document = get_object_or_404(_drafts(request), pk=pk)
    require(can_edit_document(request.actor, document))
    if document.is_outside:
        return redirect("documents:outside_edit", pk=document.pk)
    return _edit(request, document)


@require_POST
@signed_in
def document_autosave(request: MemberRequest) -> HttpResponse:
    """Keep what can be kept a moment after each change; the first save makes the draft."""
    require(can_create_document(request.actor))
    document = _posted(request)
    form = DocumentForm(request.POST, document=document)
    found = gather(FILES, request.POST, request.FILES, by=request.actor)
    form.is_valid()
    if document or found.files or not form.is_blank:
        document = _store(request, document, form, found)
    context = {"document": document, "saved": clock.now() if document else None, "form": form}
    status = 200 if document and not form.errors else 422  # the page keeps on its side what was not stored
    response = page(
        request, "documents/document_edit.html", context, fragments=("save-state",), status=status
    )
    if document:
        response["HX-Replace-Url"] = reverse("documents:document_edit", args=[document.pk])
    return response


def _edit(request: MemberRequest, document: Document | None) -> HttpResponse:
    if request.method != "POST":
        files = [row.file for row in attachments(SUBJECT, document.pk)] if document else []
        return _page(request, document, DocumentForm(document=document), Gathered(files=files))
    form = DocumentForm(request.POST, document=document)
    found = gather(FILES, request.POST, request.FILES, by=request.actor)
    wish = request.POST.get("do", "")
    if not form.is_valid():
        return _page(request, document, form, found, status=422)
    if document and (reason := overtaken(document, request.POST.get("seen", ""), by=request.actor)):
        form.add_error(None, reason)
        return _page(request, document, form, found, status=409)
    document = _store(request, document, form, found)
    if found.errors:
        return _page(request, document, DocumentForm(document=document), found, status=422)
    return _go_on(request, document, wish)


def _go_on(request: MemberRequest, document: Document, wish: str) -> HttpResponse:
    """Where the pressed button leads once everything is kept."""
    if wish == "ask":
        return redirect("documents:document_ask", pk=document.pk)
    missing = missing_of(document) if wish == "next" else ""
    if wish == "next" and not missing:
        return toast(
            request, "文件已存好，请选发给谁。", then=reverse("documents:document_send", args=[document.pk])
        )
    said = f"草稿已存好。{missing}"
    return toast(request, said, then=reverse("documents:document_edit", args=[document.pk]))


@transaction.atomic
def _store(
    request: MemberRequest, document: Document | None, form: DocumentForm, found: Gathered
) -> Document:
    """Words and files together, and the text of a .txt when that was asked for."""
    wish, _, file_id = request.POST.get("do", "").partition(":")
    if wish == "text" and file_id.isdecimal():
        file = next((item for item in found.files if item.pk == int(file_id)), None)
        form.cleaned_data["text"] = _text_of(file) if file else form.cleaned_data["text"]
    document = _save(request, document, form)
    set_attachments(SUBJECT, document.pk, found.ids, by=request.actor)
    return document


def _save(request: MemberRequest, document: Document | None, form: DocumentForm) -> Document:
    fields: Any = form.cleaned_data
    if document is None:
        return create_document(by=request.actor, **fields)
    return save_document(document, by=request.actor, seen=request.POST.get("seen", ""), **fields)


def _text_of(file: StoredFile) -> str:
    with default_storage.open(file.path) as content:
        text = decode(content.read())
    if text is None:
        raise BadInputError(f"“{file.name}”读不出文字，编码认不出来。请打开它，全选、复制，再贴到正文里。")
    return text


def _offers(document: Document) -> list[tuple[str, str]]:
    """What can be made of the words, when they look like a plan."""
    return offers(document, receivers=False) if looks_like_outline(document.title, document.text) else []


def _drafts(request: MemberRequest) -> Any:
    return Document.objects.visible_to(request.actor).select_related("forwards", "root", "ask__form")


def _posted(request: MemberRequest) -> Document | None:
    """The draft that the page has made meanwhile by saving itself."""
    pk = request.POST.get("document", "")
    if not pk.isdecimal():
        return None
    document: Document = get_object_or_404(_drafts(request), pk=int(pk))
    require(can_edit_document(request.actor, document))
    return document


def _page(
    request: MemberRequest,
    document: Document | None,
    form: DocumentForm,
    found: Gathered,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "nav_key": "documents",
        "document": document,
        "form": form,
        "files": found.files,
        "file_errors": found.errors,
        "actions": _offers(document) if document else [],
        "texts": [file for file in found.files if file.mime == "text/plain"],
        "sources": sources(document, request.actor) if document else [],
        "source_pages": source_pages(document) if document else [],
    }
    return page(request, "documents/document_edit.html", context, status=status)
