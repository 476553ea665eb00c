"""The one page of the installation itself."""

from django.http import HttpRequest, HttpResponse

from xinhuo.jobs.queries import worker_is_alive


def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """For monitors: 200 where the database answers and some worker lived within the last 30 seconds, else 503."""
    if worker_is_alive():
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    reason = "后台任务没有在运行。请检查 xinhuo worker，或用 xinhuo serve --with-worker 启动。\n"
    return HttpResponse(reason, status=503, content_type="text/plain; charset=utf-8")
