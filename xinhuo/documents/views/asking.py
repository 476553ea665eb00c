"""要求回复什么: nothing, a text, files, a list with columns; set while the document is a draft."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.reporting.enums import ColumnType

from ..actions import ask_as_above, ask_for, ask_nothing
from ..asking import Wanted, read_wanted
from ..models import Ask, Document
from ..ready_lists import READY
from ..rules import can_edit_document


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def document_ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Every button keeps what stands on the page, then does its work."""
    seen = Document.objects.visible_to(request.actor).select_related("ask__form", "forwards__ask__form")
    document = get_object_or_404(seen, pk=pk)
    require(can_edit_document(request.actor, document))
    if request.method != "POST":
        return _page(request, document, _kept(document))
    wish = request.POST.get("do", "save")
    if wish in {"nothing", "inherit"}:
        change = ask_nothing if wish == "nothing" else ask_as_above
        change(document, by=request.actor)
        said = "转发时不要求下级回复。" if wish == "nothing" else "转发时请下级照样回复。"
        return toast(request, said, then=_edit(document))
    wanted = read_wanted(request.POST.dict(), request.POST.getlist("column")).after(wish)
    ask_for(document, wanted, by=request.actor, seen=request.POST.get("seen", ""))
    wrong = wanted.problems() if wish == "done" else {}
    if wrong:
        return _page(request, _again(document), wanted, wrong)
    if wish == "done":
        return toast(request, "要求回复的内容已设好。", then=_edit(document))
    return toast(
        request, _said(wish), then=f"{reverse('documents:document_ask', args=[pk])}{_place(wish, wanted)}"
    )


def _said(wish: str) -> str:
    words = {
        "ready": "栏目已放好，可以再改。",
        "add": "加了一栏。",
        "up": "已上移。",
        "down": "已下移。",
        "drop": "已删掉这一栏。",
    }
    return words.get(wish.partition(":")[0], "已存好。")


def _place(wish: str, wanted: Wanted) -> str:
    """Where on the page to go on: at the column the button was about."""
    name, _, about = wish.partition(":")
    if name == "add" and wanted.columns:
        return f"#col-{wanted.columns[-1].key}"
    return f"#col-{about}" if name in {"up", "down"} else "#h-list"


def _edit(document: Document) -> str:
    return reverse("documents:document_edit", args=[document.pk])


def _again(document: Document) -> Document:
    return Document.objects.select_related("ask__form", "forwards__ask__form").get(pk=document.pk)


def _ask(document: Document | None) -> Ask | None:
    found: Ask | None = getattr(document, "ask", None)
    return found


def _kept(document: Document) -> Wanted:
    ask = _ask(document)
    if ask is None:
        return Wanted()
    form = ask.form
    return Wanted(
        wants_list=form.wants_list,
        title=form.title,
        ready_set=form.ready_set,
        columns=tuple(form.all_columns),
        wants_text=form.wants_text,
        text_help=form.text_help,
        wants_files=form.wants_files,
        files_help=form.files_help,
    )


def _page(
    request: MemberRequest, document: Document, wanted: Wanted, wrong: dict[str, str] | None = None
) -> HttpResponse:
    ask, above = _ask(document), _ask(document.forwards)
    context: dict[str, Any] = {
        "nav_key": "documents",
        "document": document,
        "ask": ask,
        "wanted": wanted,
        "wrong": wrong or {},
        "ready": READY,
        "types": ColumnType.choices,
        "seen": ask.form.version if ask else "",
        "above": above.form.asks if above and ask is None else "",
    }
    return page(request, "documents/document_ask.html", context, status=422 if wrong else 200)
