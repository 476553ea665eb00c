"""The two screens of the frame itself: the mode switch and, for phones, everything that has no room."""

from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from .context import ELDER, MODE_COOKIE, STANDARD, mode_of
from .http import HttpRequest, HttpResponse, MemberRequest, form_page, page, safe_next, signed_in

A_YEAR = 365 * 24 * 3600


@require_POST
def mode(request: HttpRequest) -> HttpResponse:
    """Switch between the standard and the elder mode and go back to the page; works signed out too."""
    wanted = request.POST.get("mode")
    if wanted not in (ELDER, STANDARD):
        wanted = STANDARD if mode_of(request) == ELDER else ELDER
    response = HttpResponseRedirect(safe_next(request, _came_from(request)))
    response.set_cookie(
        MODE_COOKIE,
        wanted,
        max_age=A_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=False,  # the page's script switches it without a reload
    )
    return response


@require_GET
@signed_in
def more(request: MemberRequest) -> HttpResponse:
    """All entries of the navigation, the person's posts and the way out: the phone's 更多."""
    return page(request, "core/more.html", {"nav_key": "more"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's signature
    """A form without a valid token (403): the login has run out, its cookies are gone, or the page is too old.

    Says that nothing was submitted and leads back to the form, through the login where that is needed.
    """
    return page(request, "403_csrf.html", {"back": form_page(request)}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault (500). Needs nothing but the cookie: session or database may be what broke."""
    return _standalone(request, "500.html", 500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """What was sent could not be read (400): too large, cut off, a strange host."""
    return _standalone(request, "400.html", 400)


def _standalone(request: HttpRequest, template: str, status: int) -> HttpResponse:
    text = render_to_string(template, {"elder": mode_of(request) == ELDER})
    return HttpResponse(text, status=status)


def _came_from(request: HttpRequest) -> str:
    parts = urlsplit(request.headers.get("Referer", ""))
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    ours = parts.netloc == request.get_host()
    return address if ours and url_has_allowed_host_and_scheme(address, None) else "/"
