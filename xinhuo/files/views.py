"""Reading a file, and the uploader's answer."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from xinhuo.core.errors import BadInputError, NotNowError
from xinhuo.core.http import MemberRequest, page, signed_in

from .enums import FileKind
from .models import StoredFile
from .queries import visible_file
from .uploads import MOST, gather

FIELD = re.compile(r"[A-Za-z][\w-]{0,79}", re.ASCII)
PDF = "application/pdf"
PDF_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
"""Older browsers' own PDF reader is a plug-in of the page, which a sandbox (or the site's policy) would block."""

POLICY = "default-src 'none'; sandbox"


@require_safe
@signed_in
def file(request: MemberRequest, pk: int, name: str) -> HttpResponse | FileResponse:  # noqa: ARG001  the name is for people
    """The file itself, for those who may see what it hangs on; anything but pictures and PDF as a download."""
    stored = visible_file(request.actor, pk)
    if stored is None:
        raise Http404
    etag = f'"{stored.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    response = _content(stored)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if stored.mime == PDF else POLICY
    return response


def _content(stored: StoredFile) -> FileResponse:
    try:
        content = default_storage.open(stored.path)
    except FileNotFoundError as error:
        raise NotNowError("这个附件的内容现在取不到。请联系管理员，或请上传的人再传一次。") from error
    return FileResponse(
        content, as_attachment=not stored.is_safe_inline, filename=stored.name, content_type=stored.mime
    )


@require_POST
@signed_in
def upload(request: MemberRequest) -> HttpResponse:
    """Take what was put into one uploader and show it anew; the rest of its form is not touched."""
    field = request.GET.get("field", "")
    if not FIELD.fullmatch(field):
        raise BadInputError("这个上传地址不完整。请刷新页面后再试。")
    kinds = request.GET.get("kinds", "")
    wanted = [kind for kind in kinds.split() if kind in FileKind.values]
    single = bool(request.GET.get("single"))
    found = gather(
        field, request.POST, request.FILES, by=request.actor, kinds=wanted, most=1 if single else MOST
    )
    shown = {
        "field": field,
        "label": request.GET.get("label", ""),
        "hint": request.GET.get("hint", ""),
        "form_id": request.GET.get("form_id", ""),
        "kinds": kinds,
        "single": single,
        "files": found.files,
        "removed": found.removed,
        "errors": found.errors,
    }
    response = page(request, "files/_uploader.html", shown)
    response["HX-Trigger"] = "xh:files"  # a form that saves itself saves again
    return response
