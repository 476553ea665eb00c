"""Which duties a draft serves (出处)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.documents.models import Document
from xinhuo.documents.rules import can_edit_document

from ..actions.serving import serve_duties
from ..queries.served import MOST, servable, served_by


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def document_duties(request: MemberRequest, pk: int) -> HttpResponse:
    """Tick the duties of published plans that the document is about."""
    document = get_object_or_404(Document.objects.visible_to(request.actor), pk=pk)
    require(can_edit_document(request.actor, document))
    if request.method == "POST":
        ticked = [int(item) for item in request.POST.getlist("duty") if item.isdecimal()]
        kept = serve_duties(document, ticked, by=request.actor)
        said = f"已写明出处：{len(kept)} 个落实点。" if kept else "没有选落实点，这份文件不写出处。"
        return toast(request, said, then=reverse("documents:document_edit", args=[pk]))
    context = {
        "nav_key": "documents",
        "document": document,
        "duties": servable(request.actor)[:MOST],
        "chosen": served_by(document),
    }
    return page(request, "plans/document_duties.html", context)
