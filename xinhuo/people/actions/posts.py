"""Verbs about people and their posts."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal
from xinhuo.orgs.models import Org
from xinhuo.people.kinds import PERSON as SUBJECT
from xinhuo.people.models import Appointment, Person
from xinhuo.people.rules import can_add_person, can_appoint, can_change_person, can_end_appointment

from .sessions import end_sessions
from .standing import keep_has_accounts


@dataclass(frozen=True, slots=True)
class Post:
    """A post to be given: where, as what, called what, since when (default today)."""

    org: Org
    role: str
    title: str = ""
    since: dt.date | None = None


@transaction.atomic
def add_person(post: Post, name: str, phone: str = "", *, by: Actor) -> Person:
    """Enter a new person with a first post. Raises DeniedError, NotNowError or BadInputError."""
    require(can_add_person(by, post.org))
    if not name.strip():
        raise BadInputError("请填写姓名。")
    person = Person.objects.create(name=name.strip(), phone=phone.strip(), is_synthetic=post.org.is_synthetic)
    _give(person, post)
    sentence = f"新增人员{person.name}，任{post.org.name}{post.title or Role(post.role).label}"
    journal(by, "people.added", sentence, kind=SUBJECT, subject_id=person.pk)
    return person


@transaction.atomic
def change_person(person: Person, name: str, phone: str, *, by: Actor) -> Person:
    """Correct a person's name or telephone; the journal names the fields, never the number."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(can_change_person(by, person))
    if not name.strip():
        raise BadInputError("请填写姓名。")
    wanted = {"name": name.strip(), "phone": phone.strip()}
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    if not changed:
        return person
    before = person.name
    person.name, person.phone = wanted["name"], wanted["phone"]
    person.save(update_fields=changed)
    called = f"{before}（改为{person.name}）" if "name" in changed else person.name
    labels = "、".join({"name": "姓名", "phone": "手机"}[field] for field in changed)
    sentence = f"修改{called}的{labels}"
    journal(by, "people.changed", sentence, kind=SUBJECT, subject_id=person.pk, fields=changed)
    return person


@transaction.atomic
def appoint(person: Person, post: Post, *, by: Actor) -> Appointment:
    """Give a known person one more post. Raises NotNowError where the same post is held already."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(can_appoint(by, person, post.org))
    appointment = _give(person, post)
    sentence = f"请{person.name}任{post.org.name}{appointment.post_title}"
    journal(by, "people.appointed", sentence, kind=SUBJECT, subject_id=person.pk)
    keep_has_accounts([post.org.pk])
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Actor) -> Appointment:
    """End a post today. With the last post all the person's sessions end too; the login itself stays."""
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("org", "person")
        .get(pk=appointment.pk)
    )
    require(can_end_appointment(by, appointment))
    appointment.valid_to = clock.today()
    appointment.save(update_fields=["valid_to"])
    person = appointment.person
    sentence = f"{person.name}不再任{appointment.org.name}{appointment.post_title}"
    journal(by, "people.appointment_ended", sentence, kind=SUBJECT, subject_id=person.pk)
    if not Appointment.objects.current().filter(person=person).exists():
        end_sessions(person)
    keep_has_accounts([appointment.org_id])
    return appointment


def _give(person: Person, post: Post) -> Appointment:
    if post.role not in Role.values:
        raise BadInputError("请选择角色。")
    since = post.since or clock.today()
    if since > clock.today():
        raise BadInputError(f"任职日期不能晚于今天（{clock.today():%Y年%-m月%-d日}）。")
    if Appointment.objects.filter(person=person, org=post.org, role=post.role, valid_to=None).exists():
        label = Role(post.role).label
        require(not_now(f"{person.name}已经是{post.org.name}的{label}，不用再加。"))
    return Appointment.objects.create(
        person=person, org=post.org, role=post.role, title=post.title.strip(), valid_from=since
    )
