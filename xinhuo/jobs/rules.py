"""Who may stop, repeat or settle long work."""

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now

from .enums import JobState
from .models import Job


def _may_touch(actor: Actor, job: Job) -> Answer:
    if job.org_id != actor.org_id:
        return denied("这是别的单位的后台任务。")
    if not actor.works and not actor.has_role(Role.ADMIN):
        return denied("您的岗位只能查看。")
    return ALLOWED


def can_cancel(actor: Actor, job: Job) -> Answer:
    """Own work that is waiting or running; what was done so far stays done."""
    allowed = _may_touch(actor, job)
    if not allowed:
        return allowed
    if job.state not in {JobState.QUEUED, JobState.RUNNING}:
        return not_now(f"这项任务已经结束（{job.get_state_display()}），不用再取消。")
    if job.cancel_asked_at is not None:
        return not_now("已经在取消，正在做的这一批做完就停。")
    return ALLOWED


def can_retry(actor: Actor, job: Job) -> Answer:
    """Own work that failed, was stopped, or is uncertain; it goes on where it stopped."""
    allowed = _may_touch(actor, job)
    if not allowed:
        return allowed
    if JobState.QUEUED not in JobState.MOVES[job.state] or job.state == JobState.RUNNING:
        return not_now(f"这项任务现在是“{job.get_state_display()}”，不用重新办理。")
    if job.unique_key and Job.objects.filter(unique_key=job.unique_key, state__in=JobState.OPEN).exclude(
        pk=job.pk
    ):
        return not_now("同样的任务已经另外开始了，请看那一项的进展。")
    return ALLOWED


def can_settle(actor: Actor, job: Job) -> Answer:
    """A person has looked at what went out and says that it is done."""
    allowed = _may_touch(actor, job)
    if not allowed:
        return allowed
    if job.state != JobState.UNCERTAIN:
        return not_now(f"这项任务现在是“{job.get_state_display()}”，不需要人工确认。")
    return ALLOWED
