"""Screens of long work: the list, one job with its progress, and its verbs."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from xinhuo.core.http import MemberRequest, page, signed_in, toast

from .actions import cancel_job, retry_job, settle_job
from .models import Job
from .queries import worker_is_alive
from .rules import can_cancel, can_retry, can_settle
from .tables import JobTable


def _job(request: MemberRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.actor), pk=pk)


@require_safe
@signed_in
def job_list(request: MemberRequest) -> HttpResponse:
    """The own unit's long work, newest first."""
    table = JobTable(request.GET, Job.objects.visible_to(request.actor), path=request.path)
    context = {"heading": "后台任务", "table": table, "nav_key": "jobs"}
    return page(request, "core/list.html", context, fragments=("table",))


@require_safe
@signed_in
def job_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One job; while it moves, the page asks for its progress every three seconds."""
    job = _job(request, pk)
    context = {
        "job": job,
        "nav_key": "jobs",
        "may_cancel": can_cancel(request.actor, job),
        "may_retry": can_retry(request.actor, job),
        "may_settle": can_settle(request.actor, job),
        "nobody_works": job.is_moving and not worker_is_alive(),
    }
    return page(request, "jobs/job_detail.html", context, fragments=("progress",))


@require_safe
@signed_in
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """The progress alone, for the pages of other apps that show it (``jobs/_progress.html``)."""
    return page(request, "jobs/_progress.html", {"job": _job(request, pk)})


@require_POST
@signed_in
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop work; what was done so far stays done."""
    job = cancel_job(_job(request, pk), by=request.actor)
    said = "已取消。" if job.finished_at else "正在停下，手上这一批做完就停。"
    return toast(request, said, then=job.url)


@require_POST
@signed_in
def retry(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on after the last chunk that was done."""
    job = retry_job(_job(request, pk), by=request.actor)
    return toast(request, "已重新排队，从停下的地方接着办。", then=job.url)


@require_POST
@signed_in
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """A person has looked: it is done."""
    job = settle_job(_job(request, pk), by=request.actor)
    return toast(request, "已记为办好。", then=job.url)
