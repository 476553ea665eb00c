"""Turns the domain's refusals into pages, and gives every request an id."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .errors import DomainError


class RequestIdMiddleware:
    """Gives every request a short random id that ties journal rows and log lines together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach ``request.request_id``."""
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]  # set here, read by people
        return self.get_response(request)


class RefusalMiddleware:
    """Shows a DomainError with its status and reason; for HTMX only the reason, as a message strip."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render a refusal; every other error goes on to the server's 500 page."""
        if not isinstance(error, DomainError):
            return None
        context = {"status": error.status, "reason": error.reason}
        return render(request, "core/error.html", context, status=error.status)
