"""Who may do what to a unit. Every refusal says why and who can."""

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now

from .enums import Kind
from .models import Org

KEEPERS = (Role.ADMIN, Role.OFFICER)
"""Posts that keep the list of units of their own subtree."""


def can_create_unit(actor: Actor, parent: Org) -> Answer:
    """Whether the actor may add a unit directly below ``parent``."""
    if not actor.covers(parent.path):
        return denied(f"“{parent.name}”不在您单位管理的范围内，请联系它的上级单位。")
    if not actor.has_role(*KEEPERS):
        return denied("新增单位由本单位的管理员或经办人办理。")
    if parent.closed:
        return not_now(f"“{parent.name}”已经撤并，下面不能再增加单位。")
    if not Kind(parent.kind).may_hold:
        return not_now(f"{Kind(parent.kind).label}下面不再设单位。")
    return ALLOWED


def can_change_unit(actor: Actor, org: Org) -> Answer:
    """Whether the actor may change name, kind or marks of ``org``; its own unit is its superior's to change."""
    if not actor.covers(org.path):
        return denied(f"“{org.name}”不在您单位管理的范围内，请联系它的上级单位。")
    if not actor.has_role(*KEEPERS):
        return denied("修改单位资料由上级单位的管理员或经办人办理。")
    if org.path == actor.path and org.parent_id is not None:
        return denied("本单位的名称、类别由上级单位修改，联系人可以自己修改。")
    if org.closed:
        return not_now(f"“{org.name}”已经撤并，资料不再修改。")
    return ALLOWED


def can_set_contact(actor: Actor, org: Org) -> Answer:
    """Whether the actor may name the contact of ``org``: its own people, or those above it."""
    if not actor.covers(org.path):
        return denied(f"“{org.name}”不在您单位管理的范围内。")
    if not actor.has_role(*KEEPERS):
        return denied("联系人由单位的管理员或经办人修改。")
    if org.closed:
        return not_now(f"“{org.name}”已经撤并，资料不再修改。")
    return ALLOWED


def can_set_second_line(actor: Actor, org: Org, superior: Org) -> Answer:
    """Whether the actor may say that ``org`` also answers to ``superior``: only who stands above both."""
    if not (actor.covers(org.path) and actor.covers(superior.path)):
        return denied("第二条线由两个单位共同的上级设置。")
    if not actor.has_role(*KEEPERS):
        return denied("第二条线由单位的管理员或经办人设置。")
    if superior.path.startswith(org.path) or org.path.startswith(superior.path):
        return not_now("这两个单位本来就在同一条线上，不用再设第二条线。")
    if org.closed or superior.closed:
        return not_now("两个单位里有已经撤并的，不能设第二条线。")
    return ALLOWED


def can_keep_proxies(actor: Actor) -> Answer:
    """Whether the actor's post decides who stands in for whom below its unit (for which units, the next says)."""
    if not actor.has_role(*KEEPERS):
        return denied("代管代报由上级单位的经办人或管理员设置。")
    return ALLOWED


def can_set_proxy(actor: Actor, org: Org) -> Answer:
    """Whether the actor may say who stands in for ``org``: a unit above it, not the unit itself."""
    answer = can_keep_proxies(actor)
    if not answer:
        return answer
    if not actor.covers(org.path) or org.path == actor.path:
        return denied(f"“{org.name}”由谁代办，由它的上级单位设置。")
    if org.closed:
        return not_now(f"“{org.name}”已经撤并，不用再设代办。")
    return ALLOWED
