"""The cast: a small province that every test knows by name.

省教育厅 leads 黔西南州 (with 兴义市 and 安龙县) and 贵阳市 (with 花溪区) on one line, 贵州大学 (with 农学院) and
黔职院 — which also answers to 黔西南州 — on the other. Every unit has an officer; the department has all posts.
"""

import datetime as dt
from dataclasses import dataclass

from xinhuo.core.actor import Actor, Role
from xinhuo.orgs import paths
from xinhuo.orgs.enums import Kind, Line
from xinhuo.orgs.models import Org, OrgLine, Tenure
from xinhuo.people.models import Appointment, Person, User

SINCE = dt.date(2019, 1, 1)
PASSWORD = "xinhuo-2020"

UNITS = (
    ("province", None, "贵州省教育厅", "省教育厅", Kind.PROVINCE),
    ("qianxinan", "province", "黔西南州教育局", "黔西南州", Kind.PREFECTURE),
    ("guiyang", "province", "贵阳市教育局", "贵阳市", Kind.PREFECTURE),
    ("xingyi", "qianxinan", "兴义市教育局", "兴义市", Kind.COUNTY),
    ("anlong", "qianxinan", "安龙县教育局", "安龙县", Kind.COUNTY),
    ("huaxi", "guiyang", "花溪区教育局", "花溪区", Kind.COUNTY),
    ("school", "xingyi", "兴义市第一小学", "兴义一小", Kind.PRIMARY),
    ("university", "province", "贵州大学", "贵州大学", Kind.UNIVERSITY),
    ("subcollege", "university", "贵州大学农学院", "农学院", Kind.SUBCOLLEGE),
    ("polytechnic", "province", "黔西南民族职业技术学院", "黔职院", Kind.VOCATIONAL_COLLEGE),
)
POSTS = (
    ("province_admin", "province", "孙管理", Role.ADMIN, ""),
    ("province_officer", "province", "周敏", Role.OFFICER, "秘书处"),
    ("province_leader", "province", "赵厅长", Role.LEADER, "主任"),
    ("province_secretary", "province", "钱秘书", Role.SECRETARY, "秘书长"),
    ("province_observer", "province", "李观察", Role.OBSERVER, ""),
    ("qianxinan_officer", "qianxinan", "韦州办", Role.OFFICER, ""),
    ("qianxinan_leader", "qianxinan", "岑主任", Role.LEADER, "常务副主任"),
    ("guiyang_officer", "guiyang", "罗市办", Role.OFFICER, ""),
    ("xingyi_officer", "xingyi", "刘长庚", Role.OFFICER, ""),
    ("xingyi_admin", "xingyi", "陈管理", Role.ADMIN, ""),
    ("anlong_officer", "anlong", "吴县办", Role.OFFICER, ""),
    ("huaxi_officer", "huaxi", "潘区办", Role.OFFICER, ""),
    ("school_officer", "school", "王老师", Role.OFFICER, ""),
    ("university_officer", "university", "龙校办", Role.OFFICER, ""),
    ("subcollege_officer", "subcollege", "田院办", Role.OFFICER, ""),
    ("polytechnic_officer", "polytechnic", "石院办", Role.OFFICER, ""),
)


@dataclass(frozen=True)
class Cast:
    """Units, actors and logins by their key."""

    orgs: dict[str, Org]
    actors: dict[str, Actor]
    users: dict[str, User]

    def __getattr__(self, key: str) -> Actor:
        """``cast.xingyi_officer`` is that post's actor."""
        return self.actors[key]


def build_cast() -> Cast:
    """Write the small province to the database."""
    orgs: dict[str, Org] = {}
    children: dict[str, int] = {}
    for key, parent, name, short, kind in UNITS:
        above = orgs[parent] if parent else None
        number = children.get(parent or "", 0)
        children[parent or ""] = number + 1
        orgs[key] = Org.objects.create(
            parent=above,
            path=(above.path if above else "") + paths.step(number),
            name=name,
            short_name=short,
            kind=kind,
            order=number,
        )
        Tenure.objects.create(
            org=orgs[key], parent=above, name=name, short_name=short, kind=kind, valid_from=SINCE
        )
    OrgLine.objects.create(
        org=orgs["polytechnic"], superior=orgs["qianxinan"], line=Line.BUREAU, valid_from=SINCE
    )
    actors, users = {}, {}
    for key, unit, name, role, title in POSTS:
        person = Person.objects.create(name=name)
        user = User(person=person, username=key)
        user.set_password(PASSWORD)
        user.save()
        post = Appointment.objects.create(
            person=person, org=orgs[unit], role=role, title=title, valid_from=SINCE
        )
        actors[key], users[key] = post.as_actor(origin="test"), user
    Org.objects.filter(pk__in={post.org_id for post in Appointment.objects.all()}).update(has_accounts=True)
    return Cast(orgs, actors, users)
