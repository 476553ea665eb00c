"""Who may read the journal of a unit and what lies below it."""

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied

READERS = (Role.ADMIN, Role.LEADER)


def can_read_journal(actor: Actor) -> Answer:
    """Whether the actor's post reads the journal of its unit and those below."""
    if actor.has_role(*READERS):
        return ALLOWED
    return denied("操作记录由管理员和负责人查看。需要查哪一件事的话，请找本单位的管理员。")


def can_export_journal(actor: Actor) -> Answer:
    """Whether the actor may take the journal away as a workbook."""
    if actor.has_role(Role.ADMIN):
        return ALLOWED
    return denied("导出操作记录由管理员办理。")
