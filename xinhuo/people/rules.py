"""Who may keep accounts: the administrator of a unit, for that unit and every unit below it."""

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.orgs.models import Org

from .models import Appointment, Person

NOT_AN_ADMIN = "账号由管理员管理。需要开通或者修改的话，请找本单位或者上级单位的管理员。"
OUT_OF_REACH = "他还在您管理范围以外的单位任职，账号要请那边的管理员办理。"


def can_keep_accounts(actor: Actor) -> Answer:
    """Whether the actor's post keeps accounts at all (which ones, the other rules say)."""
    return ALLOWED if actor.has_role(Role.ADMIN) else denied(NOT_AN_ADMIN)


def can_administer(actor: Actor, org: Org) -> Answer:
    """Whether the actor keeps the accounts of ``org``: its own administrator's, or one of a unit above it."""
    if not actor.has_role(Role.ADMIN):
        return denied(NOT_AN_ADMIN)
    if not actor.covers(org.path):
        return denied("只能管理本单位和下级单位的账号。")
    return ALLOWED


def can_add_person(actor: Actor, org: Org) -> Answer:
    """Whether the actor may enter a new person into a unit."""
    answer = can_administer(actor, org)
    if answer and org.closed:
        return not_now(f"{org.name}已经撤并，不能再加人。")
    return answer


def can_appoint(actor: Actor, person: Person, org: Org) -> Answer:
    """Whether the actor may give ``person`` a post in ``org``; nobody gives one to himself."""
    if person.pk == actor.person_id:
        return denied("不能给自己加岗位，请找本单位的另一位管理员或者上级单位的管理员办理。")
    return can_add_person(actor, org)


def can_end_appointment(actor: Actor, appointment: Appointment) -> Answer:
    """Whether the actor may end a post; nobody ends his own, or a unit could be left without a key."""
    if appointment.person_id == actor.person_id:
        return denied("不能结束自己的岗位，请找本单位的另一位管理员或者上级单位的管理员办理。")
    answer = can_administer(actor, appointment.org)
    if answer and appointment.valid_to is not None:
        return not_now("这个岗位已经结束了。")
    return answer


def _posts(person: Person) -> list[Appointment]:
    """All posts of a person with their units; from memory where the caller has read them with the person."""
    if "appointments" in getattr(person, "_prefetched_objects_cache", {}):
        return list(person.appointments.all())
    return list(Appointment.objects.filter(person=person).select_related("org"))


def _reaches(actor: Actor, person: Person) -> Answer:
    """Every post the person holds (else: held last) must lie within reach; a login opens all of them."""
    if not actor.has_role(Role.ADMIN):
        return denied(NOT_AN_ADMIN)
    if person.pk == actor.person_id:
        return denied("自己的账号请在“我的账号”里办理。")
    posts = _posts(person)
    counting = [post for post in posts if post.is_current] or posts
    return ALLOWED if all(actor.covers(post.org.path) for post in counting) else denied(OUT_OF_REACH)


def _serves(person: Person) -> Answer:
    """A login without a post opens nothing."""
    if any(post.is_current for post in _posts(person)):
        return ALLOWED
    return not_now(f"{person.name}现在没有岗位。请先给他加岗位，再办账号。")


def can_change_person(actor: Actor, person: Person) -> Answer:
    """Whether the actor may correct the person's name and telephone."""
    return _reaches(actor, person)


def can_invite(actor: Actor, person: Person) -> Answer:
    """Whether the actor may open a login for ``person`` or send the link once more."""
    answer = _reaches(actor, person)
    user = getattr(person, "user", None)
    if answer and user is not None and user.has_usable_password():
        return not_now("账号已经开通。忘了密码的话，请用“重设密码”。")
    if answer and user is not None and not user.is_active:
        return not_now("账号已停用。请先恢复账号。")
    return answer and _serves(person)


def can_reset_password(actor: Actor, person: Person) -> Answer:
    """Whether the actor may void the person's password and hand out a way to a new one."""
    answer = _reaches(actor, person)
    user = getattr(person, "user", None)
    if answer and user is None:
        return not_now(f"{person.name}还没有账号。请先开通账号。")
    if answer and user is not None and not user.is_active:
        return not_now("账号已停用。请先恢复账号，再重设密码。")
    return answer and _serves(person)


def can_close_account(actor: Actor, person: Person) -> Answer:
    """Whether the actor may shut the person's login."""
    answer = _reaches(actor, person)
    user = getattr(person, "user", None)
    if answer and (user is None or not user.is_active):
        return not_now("账号已经停用，或者还没有开通。")
    return answer


def can_open_account(actor: Actor, person: Person) -> Answer:
    """Whether the actor may let a shut login in again."""
    answer = _reaches(actor, person)
    user = getattr(person, "user", None)
    if answer and (user is None or user.is_active):
        return not_now("账号没有停用，不用恢复。")
    return answer and _serves(person)
