"""Named reads of slips, and the sheet on which a leader signs."""

from collections.abc import Iterable

from xinhuo.core.actor import WORKING_ROLES, Actor, Role
from xinhuo.core.dates_zh import full_date, local
from xinhuo.people.models import Appointment
from xinhuo.prints.sheets import Box, Sheet

from .models import Slip, SlipQuerySet, SlipTask, SlipUse


def uses_slips(org_id: int) -> bool:
    """Whether a unit works with slips."""
    return SlipUse.objects.filter(org_id=org_id, is_on=True).exists()


def slip_of(org_id: int, document_id: int) -> Slip | None:
    """The unit's slip about a document (the first of its chain)."""
    return Slip.objects.filter(org_id=org_id, document_id=document_id).first()


def register(actor: Actor) -> SlipQuerySet:
    """收文登记簿: all slips of the unit."""
    return Slip.objects.visible_to(actor).select_related("document__issuer").prefetch_related("tasks")


def handlers(org_id: int) -> list[tuple[int, str]]:
    """Who of a unit can be named to carry something out: person id and name with the post."""
    posts = (
        Appointment.objects.current().filter(org_id=org_id, role__in=WORKING_ROLES).select_related("person")
    )
    found: dict[int, str] = {}
    for post in posts.order_by("pk"):
        found.setdefault(post.person_id, f"{post.person.name}（{post.post_title}）")
    return list(found.items())


def names_of(org_id: int, person_ids: Iterable[int]) -> dict[int, str]:
    """The names of those among ``person_ids`` who hold a working post in the unit, in the order given."""
    posts = Appointment.objects.current().filter(
        org_id=org_id, role__in=WORKING_ROLES, person_id__in=list(person_ids)
    )
    known = dict(posts.values_list("person_id", "person__name"))
    return {pk: known[pk] for pk in person_ids if pk in known}


def leader_role(org_id: int) -> str:
    """The post that is asked for a leader's words; any working post where the unit has no leader who logs in."""
    held = Appointment.objects.current().filter(org_id=org_id, role=Role.LEADER)
    return Role.LEADER if held.exists() else ""


def slip_sheet(slip: Slip, tasks: Iterable[SlipTask]) -> Sheet:
    """文件处理笺 as it stands on one page. The leader's words and what follows are only ever filled in later."""
    document = slip.document
    names = names_of(slip.org_id, slip.proposed_handlers)
    proposal = slip.proposal
    if names:
        proposal += f"\n拟请{'、'.join(names.values())}承办。"
    boxes = [
        Box("来文单位", document.sender),
        Box("收文号", slip.register_number),
        Box("来文字号", document.number or "没有字号"),
        Box("收文日期", full_date(local(slip.registered_at).date())),
        Box("文件标题", document.title, wide=True),
        Box("登记人", slip.registered_by),
        Box("办理时限", full_date(slip.due) if slip.due else "没有时限"),
        Box("拟办意见", proposal, wide=True, tall=True, sign=_signed(slip.proposed_by, slip.proposed_at)),
        Box("领导批示", slip.ruling, wide=True, tall=True, sign=_ruled(slip), is_later=True),
        Box("承办情况", _handled(tasks), wide=True, tall=True, is_later=True),
        Box("办结", slip.outcome, wide=True, tall=True, sign=_closed(slip), is_later=True),
    ]
    return Sheet("文件处理笺", slip.org.committee_name, boxes=boxes, signers=())


def _signed(name: str, moment: object) -> str:
    return f"{name} {full_date(local(moment).date())}" if name and moment else ""  # type: ignore[arg-type]  # a moment


def _ruled(slip: Slip) -> str:
    recorded = f"（{slip.recorded_by}代录）" if slip.recorded_by else ""
    signed = _signed(slip.ruled_by, slip.ruled_at)
    return f"{signed}{recorded}" if signed else ""


def _closed(slip: Slip) -> str:
    return f"{slip.closed_by} {full_date(slip.closed_on)}" if slip.closed_on else ""


def _handled(tasks: Iterable[SlipTask]) -> str:
    return "\n".join(f"{task.person_name}：{task.note}" if task.note else task.person_name for task in tasks)
