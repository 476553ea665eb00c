"""Named reads of people, posts and logins."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db.models import Q

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.orgs.models import Org

from .models import Appointment, AppointmentQuerySet, Person, SignIn, User

STATES = (
    ("open", "使用中"),
    ("waiting", "等本人设密码"),
    ("first", "还没改初始密码"),
    ("closed", "已停用"),
    ("none", "没有账号"),
)
"""What can be said of a person's login, in the words of the list."""


def account_state(person: Person) -> str:
    """The key of ``STATES`` that holds for a person's login (``person.user`` should be loaded)."""
    user: User | None = getattr(person, "user", None)
    if user is None:
        return "none"
    if not user.is_active:
        return "closed"
    if not user.has_usable_password():
        return "waiting"
    return "first" if user.must_change_password else "open"


def state_label(person: Person) -> str:
    """The same in words."""
    return dict(STATES)[account_state(person)]


def posts_with_accounts(actor: Actor) -> AppointmentQuerySet:
    """Current posts in the actor's unit and below, each with unit, person and login."""
    return Appointment.objects.visible_to(actor).current().select_related("org", "person__user")


def in_state(state: str) -> Q:
    """Posts whose person's login is in a state of ``STATES``; agrees with ``account_state``."""
    waiting = Q(person__user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    active = Q(person__user__is_active=True)
    first = Q(person__user__must_change_password=True)
    return {
        "open": active & ~waiting & ~first,
        "waiting": active & waiting,
        "first": active & first & ~waiting,
        "closed": Q(person__user__is_active=False),
        "none": Q(person__user__isnull=True),
    }[state]


def posts_of(person: Person, actor: Actor) -> list[Appointment]:
    """The person's posts, past ones too, as far as the actor sees their units; current ones first."""
    rows = Appointment.objects.visible_to(actor).filter(person=person).select_related("org", "person")
    return sorted(rows, key=lambda post: (post.valid_to is not None, -post.valid_from.toordinal(), -post.pk))


def open_sign_ins(user: User) -> list[SignIn]:
    """Where a login is open now: rows whose session has not run out."""
    rows = list(user.sign_ins.all())
    keys = [row.session_key for row in rows]
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    living = set(alive.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in living]


def first_post(user: User) -> Appointment | None:
    """The post a person acts through right after signing in."""
    posts = Appointment.objects.current().filter(person_id=user.person_id)
    return posts.select_related("org__parent", "person__user").first()


def administrator_above(org: Org) -> tuple[str, str] | None:
    """Name and number of somebody who keeps the accounts of the unit above, where that unit named no contact."""
    if org.parent is None or org.parent.contact_phone:
        return None
    posts = Appointment.objects.current().filter(org=org.parent, role=Role.ADMIN)
    return posts.exclude(person__phone="").values_list("person__name", "person__phone").first()


def root_contact() -> Org | None:
    """The unit at the top when it named somebody to call."""
    return Org.objects.filter(parent=None).exclude(contact_phone="").first()
