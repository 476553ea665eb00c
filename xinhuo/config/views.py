"""What monitors ask the installation itself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from xinhuo.jobs.queries import worker_is_alive

from .gauges import exposition


def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """For monitors: 200 where the database answers and some worker lived within the last 30 seconds, else 503."""
    if worker_is_alive():
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    reason = "后台任务没有在运行。请检查 xinhuo worker，或用 xinhuo serve --with-worker 启动。\n"
    return HttpResponse(reason, status=503, content_type="text/plain; charset=utf-8")


def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with the token as bearer; without a token configured, or with a wrong one, there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
