"""Who may decide and who may take back."""

from xinhuo.core.actor import DECIDING_ROLES, Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.core.dates_zh import date_time
from xinhuo.orgs.proxies import acts_for, matter_of

from .enums import ProcessState, Verdict
from .models import Decision, Process, Step, Todo

ROUTE_ROLES = (Role.LEADER, Role.ADMIN, Role.OFFICER)


def current_step(process: Process) -> Step | None:
    """The desk the process lies on now."""
    return process.steps.filter(done_at__isnull=True).select_related("org").order_by("order").first()


def _who_was_faster(process: Process, step_id: int | None = None) -> str:
    """Who decided (this step, or the process) and when, as a sentence for the one who came second."""
    made = Decision.objects.filter(step__process=process).order_by("-id")
    decision = (made.filter(step_id=step_id) if step_id else made).first()
    if process.state == ProcessState.RECALLED and process.closed_at is not None:
        return f"{process.org.committee_name}已在 {date_time(process.closed_at)} 撤回了这份材料，改好会再报。"
    if decision is None:
        return f"这件事已经办过了，现在的状态是“{process.get_state_display()}”。"
    did = "通过了这份材料" if decision.verdict == Verdict.ACCEPT else "请对方补充了"
    behalf = f"（代录{decision.on_behalf_of}批示）" if decision.on_behalf_of else ""
    return f"{decision.by_name}{behalf}已在 {date_time(decision.at)} {did}，不用再办。"


def can_decide(actor: Actor, process: Process) -> Answer:
    """Whether the actor may decide the step the process lies on; else who was faster, or whose turn it is."""
    step = current_step(process)
    if process.state != ProcessState.OPEN or step is None:
        return not_now(_who_was_faster(process))
    if step.org_id != actor.org_id:
        return denied(f"这一步由{step.org.committee_name}办理。")
    if actor.role not in DECIDING_ROLES:
        return denied("您的岗位只能查看，不能审核。")
    if step.is_inner and step.role and actor.role not in (step.role, Role.OFFICER):
        return denied(f"这一步由{Role(step.role).label}办理。")
    return ALLOWED


def step_is_current(process: Process, step_id: int) -> Answer:
    """Whether the desk a person saw on the page is still the one the process lies on."""
    step = current_step(process) if process.state == ProcessState.OPEN else None
    if step is not None and step.pk == step_id:
        return ALLOWED
    seen = Step.objects.filter(pk=step_id).select_related("process__org").first()
    if seen is None:
        return not_now("这一页已经过时，请刷新后再办。")
    return not_now(_who_was_faster(seen.process, step_id))


def can_sign_inner(actor: Actor, step: Step, on_behalf_of: str) -> Answer:
    """An officer may record a leader's decision on paper, but not decide in the leader's place."""
    if step.is_inner and step.role and actor.role != step.role and not on_behalf_of:
        return denied(
            f"这一步由{Role(step.role).label}办理；领导在纸上签了字的，请在“代录批示”里写明是谁签的。"
        )
    return ALLOWED


def can_add_scan(actor: Actor, decision: Decision) -> Answer:
    """The unit that recorded a signature on paper brings the signed page later, once."""
    if decision.step.org_id != actor.org_id:
        return denied(f"签字件由{decision.step.org.committee_name}补传。")
    if actor.role not in DECIDING_ROLES:
        return denied("您的岗位只能查看，不能补传签字件。")
    if not decision.awaits_scan:
        return not_now("签字件已经在了，不用再补传。")
    return ALLOWED


def can_recall(actor: Actor, process: Process) -> Answer:
    """The sender's unit may take back what the receiving unit has not decided yet."""
    if not actor.works or not _is_senders(actor, process):
        return denied("只有报送单位的经办人，或者代它报送的单位，可以撤回。")
    if process.state != ProcessState.OPEN:
        return not_now(f"不能撤回了：{_who_was_faster(process)}")
    return ALLOWED


def _is_senders(actor: Actor, process: Process) -> bool:
    """The unit it came from; the one that sent it for that unit, as long as it stands in for it."""
    if process.org_id == actor.org_id:
        return True
    mine = process.by_org_id == actor.org_id
    return mine and bool(acts_for(actor, process.org_id, matter_of(process.kind)))


def can_help(actor: Actor, todo: Todo) -> Answer:
    """A colleague in the same unit, in a working post, may do what another person was asked for."""
    if todo.org_id != actor.org_id:
        return denied("只有同一个单位的同事可以替他办。")
    if not actor.works:
        return denied("您的岗位只能查看，不能替他办。")
    if todo.closed_at is not None:
        return not_now("这件事已经办完了，不用再替他办。")
    if todo.person_id in (None, actor.person_id):
        return not_now("这件事没有指名由别人办，您直接办就行。")
    return ALLOWED


def can_set_route(actor: Actor, org_id: int) -> Answer:
    """A unit's own leader, officer or administrator decides how papers leave it."""
    if actor.org_id != org_id:
        return denied("内部审签由各单位自己设置。")
    if not actor.has_role(*ROUTE_ROLES):
        return denied("内部审签由本单位的负责人、经办人或管理员设置。")
    return ALLOWED
