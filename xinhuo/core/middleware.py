"""Turns the domain's refusals into pages, and gives every request an id."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .errors import DomainError
from .logs import REQUEST_ID

log = logging.getLogger("xinhuo.request")


class RequestIdMiddleware:
    """Gives every request a short random id that ties journal rows and log lines together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach ``request.request_id``, answer, and log how it went."""
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]  # set here, read by people
        token = REQUEST_ID.set(request.request_id)  # type: ignore[attr-defined]  # as above
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            actor = getattr(request, "actor", None)
            facts = {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - started) * 1000),
                "person_id": actor.person_id if actor else None,
            }
            log.info("%(method)s %(path)s %(status)s %(milliseconds)s ms", facts, extra=facts)
            return response
        finally:
            REQUEST_ID.reset(token)


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
