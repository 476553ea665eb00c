"""The first administrator, made on the command line of the machine itself."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal
from xinhuo.orgs.actions import create_root
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.facts import UnitFacts
from xinhuo.orgs.models import Org
from xinhuo.people.kinds import PERSON as SUBJECT
from xinhuo.people.models import Appointment, Person, User

from .accounts import free_login, save_login
from .standing import keep_has_accounts

ORIGIN = "命令行"


def create_first_admin(*, username: str, name: str, password: str, unit: str = "") -> User:
    """Make an administrator of the unit at the top; on an empty installation also that unit, called ``unit``.

    Whoever may run commands on the machine may do this at any time, also when every administrator has lost the
    password. Raises BadInputError, and ValidationError (Django's) for a weak password.
    """
    if not name.strip():
        raise BadInputError("请填写姓名。")
    login = free_login(username)
    validate_password(password, User(username=login))
    encoded = make_password(password)
    with transaction.atomic():
        root = Org.objects.filter(parent=None).first() or _root(unit)
        person = Person.objects.create(name=name.strip())
        user = User(person=person, username=login, password=encoded)
        save_login(user)
        post = Appointment.objects.create(person=person, org=root, role=Role.ADMIN, valid_from=clock.today())
        keep_has_accounts([root.pk])
        actor = post.as_actor(origin=ORIGIN)
        sentence = f"在服务器上建立{root.name}的管理员{person.name}，登录名{login}"
        journal(actor, "people.added", sentence, kind=SUBJECT, subject_id=person.pk)
    return user


def needs_unit() -> bool:
    """Whether ``create_first_admin`` has to be told the name of the unit at the top."""
    return not Org.objects.exists()


def _root(unit: str) -> Org:
    if not unit.strip():
        raise BadInputError("系统里还没有单位，请写明最上级单位的名称，例如：贵州省教育厅。")
    outside = Actor(
        person_id=0,
        person_name="安装程序",
        user_id=None,
        appointment_id=0,
        org_id=0,
        org_name=unit.strip(),
        path="",
        role=Role.ADMIN,
        origin=ORIGIN,
    )
    facts = UnitFacts(name=unit, short_name=unit, kind=_kind(unit))
    return create_root(facts, by=outside, since=clock.today(), basis="安装时建立")


def _kind(unit: str) -> Kind:
    """What a unit at the top most likely is, by its name; the unit's page can correct it."""
    name = unit.strip()
    if not name.endswith("局"):
        return Kind.PROVINCE
    return Kind.PREFECTURE if "市" in name or "州" in name else Kind.COUNTY
