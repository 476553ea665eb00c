"""Made-up people for the demonstration: posts in many units, logins for those a visitor wants to try."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from xinhuo.core.actor import Actor, Role
from xinhuo.orgs.models import Org
from xinhuo.people.actions.accounts import open_with_password
from xinhuo.people.actions.posts import Post, add_person
from xinhuo.people.models import Appointment, Person

from .names import synthetic_name

PASSWORD = "xinhuo-demo"  # noqa: S105  published on purpose: production refuses to start with such an account


@dataclass(frozen=True, slots=True)
class Login:
    """A demonstration login: whose, and what a visitor can try with it."""

    username: str
    code: str
    role: Role
    title: str
    hint: str


LOGINS = (
    Login("sheng", "520000", Role.OFFICER, "秘书处", "省里经办：导入要点、下达、审核、看进度"),
    Login("sheng-mishu", "520000", Role.SECRETARY, "秘书长", "省里秘书长：材料出门前把关"),
    Login("sheng-lingdao", "520000", Role.LEADER, "主任", "省里负责人：看进度、批示"),
    Login("sheng-guanli", "520000", Role.ADMIN, "", "省里管理员：单位、账号、操作记录"),
    Login("sheng-guancha", "520000", Role.OBSERVER, "", "省里观察员：只看不改"),
    Login("qianxinan", "522300", Role.OFFICER, "秘书长", "黔西南州经办：签收、转发、审核各县"),
    Login("qianxinan-guanli", "522300", Role.ADMIN, "", "黔西南州管理员：开通下级账号"),
    Login("xingyi", "522301", Role.OFFICER, "", "兴义市（县级）经办：填进展、传照片"),
    Login("anlong", "522328", Role.OFFICER, "", "安龙县经办：被请补充，等着改"),
    Login("maling", "522301/maling", Role.OFFICER, "", "马岭镇中心小学：替三个教学点签收、填报"),
    Login("guida", "4152010657", Role.OFFICER, "", "贵州大学经办：高校直报、转发二级学院"),
    Login("guida-nongxue", "4152010657/4", Role.OFFICER, "", "贵州大学农学院（二级学院）经办"),
)


def _person(org: Org, role: Role, title: str, rng: random.Random, by: Actor) -> Person:
    name = synthetic_name(rng, cohort="older" if role == Role.LEADER else "middle").name
    person = add_person(Post(org, role, title=title), name, by=by)
    Person.objects.filter(pk=person.pk).update(is_synthetic=True)
    return person


def make_logins(units: dict[str, Org], rng: random.Random, *, by: Actor) -> None:
    """Create the demonstration logins, all with the same published password."""
    for login in LOGINS:
        person = _person(units[login.code], login.role, login.title, rng, by)
        open_with_password(person, login.username, by=by, password=PASSWORD, is_demo=True)


def officer_of(org: Org, rng: random.Random, *, by: Actor) -> Actor:
    """The unit's officer as an actor; made up when the unit has nobody yet."""
    post = _post(org)
    if post is None:
        _person(org, Role.OFFICER, "", rng, by)
        post = _post(org)
    if post is None:
        message = f"no officer could be made for {org}"
        raise LookupError(message)
    return post.as_actor(origin="演示")


def holder_of(org: Org, role: Role) -> Actor:
    """Who holds another post of a unit that has demonstration logins, as an actor."""
    posts = Appointment.objects.current().filter(org=org, role=role)
    return posts.select_related("person", "person__user", "org")[0].as_actor(origin="演示")


def _post(org: Org) -> Appointment | None:
    posts = Appointment.objects.current().filter(org=org, role=Role.OFFICER)
    return posts.select_related("person", "person__user", "org").first()


def account_lines() -> list[str]:
    """The logins as lines to print."""
    return [f"{login.username:<18}{PASSWORD}    {login.hint}" for login in LOGINS]


def contacts(orgs: Iterable[Org], rng: random.Random) -> None:
    """Give units a made-up contact; the numbers lie in no range that is assigned."""
    changed = []
    for org in orgs:
        org.contact_name = synthetic_name(rng).name
        org.contact_phone = f"0859-000{rng.randrange(1000, 9999)}"
        changed.append(org)
    Org.objects.bulk_update(changed, ["contact_name", "contact_phone"], batch_size=500)
