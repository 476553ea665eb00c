"""What views answer with: a page or its part, a message and the way on; and the request they get."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from .actor import Actor
from .errors import DeniedError
from .workbook import SheetSpec, workbook_file

__all__ = [
    "HttpRequest",
    "HttpResponse",
    "HttpResponseBase",
    "MemberRequest",
    "form_page",
    "is_htmx",
    "page",
    "safe_next",
    "signed_in",
    "toast",
    "workbook_response",
]

STOP_POLLING = 286
"""htmx's status for "this answer ends the polling"; no other client sees it."""

UNDO = "undo="
P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """The request of a person who is signed in and acts through a post. For types only."""

    actor: Actor
    posts: list[Any]
    request_id: str


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a part. Coming back by the browser's button always asks for the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragments: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a screen, or only the named part that htmx wants to swap.

    A part's name is the id of the element it replaces: it is rendered when ``HX-Target`` is one of
    ``fragments``. A part that stands in another template is named ``"core/list.html#table"``. A form that is
    shown again with errors takes ``status=422``.
    """
    parts = {name.rpartition("#")[2]: name if "#" in name else f"{template}#{name}" for name in fragments}
    target = request.headers.get("HX-Target", "")
    wanted = parts.get(target, template) if is_htmx(request) else template
    response = render(request, wanted, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def toast(request: HttpRequest, text: str, *, then: str, undo: str = "") -> HttpResponse:
    """Say what was done and go on to ``then`` (an address or a URL name).

    ``undo`` is the address that takes it back by POST; the message then carries the button 撤回.
    """
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")
    address = resolve_url(then)
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """The address in the form or query field ``next`` when it belongs to this site, else ``fallback``."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ok = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ok else fallback


def signed_in(
    view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only people in who are signed in and hold a post; the view gets ``request.actor``.

    Signed out: to the login, and from there back here. Signed in without a post: refused with the reason.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if getattr(request, "actor", None) is not None:
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the middleware has set the actor
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            raise DeniedError("您的账号现在没有在任的岗位，所以看不到工作内容。请联系本单位管理员设置岗位。")
        return _to_login(request)

    return guarded


def _to_login(request: HttpRequest) -> HttpResponse:
    login = resolve_url(settings.LOGIN_URL)
    if request.method == "POST":
        lost = "离开的时间长了，系统已经退出登录，刚才这一步没有存上。登录后请再办一次。"
        messages.warning(request, lost, fail_silently=True)
    if is_htmx(request):  # the address of the part is no place to come back to, that of the page is
        page_address = f"{login}?{urlencode({'next': form_page(request)})}"
        return HttpResponse(status=STOP_POLLING, headers={"HX-Redirect": page_address})
    back = request.get_full_path() if request.method in ("GET", "HEAD") else form_page(request)
    return redirect(f"{login}?{urlencode({'next': back})}")


def form_page(request: HttpRequest) -> str:
    """The page of this site on which a form or a part stood; a post itself cannot be come back to."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(came_from) if own else None
    # a form that was shown again after an error stands at the address of its post
    if parts is None or not parts.path or parts.path == request.path:
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def workbook_response(name: str, sheets: Iterable[SheetSpec]) -> FileResponse:
    """Send an .xlsx under ``name`` (without the ending; Chinese is fine). Written to disk, not to memory."""
    response = FileResponse(workbook_file(sheets), as_attachment=True, filename=f"{name}.xlsx")
    response["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response["Cache-Control"] = "no-store"
    return response
