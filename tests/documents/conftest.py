"""A small province: two prefectures, three counties, schools, two colleges; one college answers to two lines."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.contracts import DeliveryHook
from xinhuo.documents.actions import create_document, delivering, forward, receive, send_document
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.orgs import paths
from xinhuo.orgs.enums import Kind, Line
from xinhuo.orgs.models import Org, OrgLine
from xinhuo.people.models import Appointment, Person, User

UNITS = (
    ("省厅", "", "贵州省教育厅", Kind.PROVINCE),
    ("黔西南", "省厅", "黔西南州教育局", Kind.PREFECTURE),
    ("铜仁", "省厅", "铜仁市教育局", Kind.PREFECTURE),
    ("兴义", "黔西南", "兴义市教育局", Kind.COUNTY),
    ("兴仁", "黔西南", "兴仁市教育局", Kind.COUNTY),
    ("碧江", "铜仁", "碧江区教育局", Kind.COUNTY),
    ("一小", "兴义", "兴义市第一小学", Kind.PRIMARY),
    ("二小", "兴义", "兴义市第二小学", Kind.PRIMARY),
    ("贵大", "省厅", "贵州大学", Kind.UNIVERSITY),
    ("文学院", "贵大", "贵州大学文学院", Kind.SUBCOLLEGE),
    ("铜仁职院", "省厅", "铜仁职业技术学院", Kind.VOCATIONAL_COLLEGE),
)


@pytest.fixture
def units(db: None) -> dict[str, Org]:
    """The units by their short keys."""
    made: dict[str, Org] = {}
    number: dict[str, int] = {}
    for key, above, name, kind in UNITS:
        parent = made.get(above)
        step = number[above] = number.get(above, -1) + 1
        made[key] = Org.objects.create(
            parent=parent,
            path=(parent.path if parent else "") + paths.step(step),
            name=name,
            short_name=name.removesuffix("教育局"),
            kind=kind,
            contact_name=f"{key}联系人",
            contact_phone=f"0851-{len(made):08d}",
        )
    OrgLine.objects.create(
        org=made["铜仁职院"], superior=made["铜仁"], line=Line.BUREAU, valid_from=dt.date(2016, 1, 1)
    )
    return made


Act = Callable[..., Actor]


@pytest.fixture
def act(units: dict[str, Org]) -> Act:
    """Makes an actor with a login of its own: ``act("兴义")``, ``act("兴义", Role.OBSERVER)``."""

    def make(key: str, role: str = Role.OFFICER, name: str = "") -> Actor:
        person = Person.objects.create(name=name or f"{key}{Role(role).label}")
        User.objects.create(person=person, username=f"user{person.pk}", password="!")
        post = Appointment.objects.create(
            person=person, org=units[key], role=role, valid_from=dt.date(2020, 1, 1)
        )
        return post.as_actor()

    return make


@pytest.fixture
def browse(client: Client) -> Callable[[Actor], Client]:
    """Signs an actor in: ``browse(actor).get(url)``."""

    def sign_in(actor: Actor) -> Client:
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return sign_in


@dataclass
class Province:
    """What most tests begin with: the units, who acts, and quick ways to write and send."""

    units: dict[str, Org]
    act: Act
    actors: dict[str, Actor] = field(default_factory=dict)

    def by(self, key: str) -> Actor:
        """The unit's officer, always the same one."""
        if key not in self.actors:
            self.actors[key] = self.act(key)
        return self.actors[key]

    def ids(self, *keys: str) -> dict[str, Any]:
        """Criteria that name units one by one."""
        return {"ids": [self.units[key].pk for key in keys]}

    def write(self, key: str = "省厅", **fields: Any) -> Document:
        """A draft of a unit."""
        given: dict[str, Any] = {
            "kind": "key_points",
            "title": "2020年工作要点",
            "text": "各市（州）教育局：",
            **fields,
        }
        return create_document(by=self.by(key), **given)

    def send(self, document: Document, *keys: str, copies: tuple[str, ...] = (), **more: Any) -> Dispatch:
        """Send to units named one by one."""
        sender = next(key for key, org in self.units.items() if org.pk == document.issuer_id)
        return send_document(
            document,
            to=self.ids(*keys),
            to_label="选定的单位",
            copies=self.ids(*copies) if copies else None,
            copies_label="抄送单位" if copies else "",
            by=self.by(sender),
            **more,
        )

    def got(self, key: str, document: Document | None = None) -> Delivery:
        """What lies in a unit's tray."""
        rows = Delivery.objects.filter(org=self.units[key])
        return rows.get(root=document.root_or_self) if document else rows.get()


@pytest.fixture
def province(units: dict[str, Org], act: Act) -> Province:
    """See Province."""
    return Province(units, act)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[int]]]:
    """A listener to deliveries in place of those of the apps above: ``(dispatch, unit ids)`` per chunk."""
    calls: list[tuple[int, list[int]]] = []
    hook = DeliveryHook(
        "tests",
        lambda dispatch, org_ids, _actor: calls.append((dispatch, sorted(org_ids))),
        lambda _dispatch, _org_ids: None,
    )
    monkeypatch.setattr(delivering, "collect", lambda _name: (hook,))
    return calls


def url(name: str, *args: int) -> str:
    """An address of this app."""
    return reverse(f"documents:{name}", args=args)


def pass_on(province: Province, key: str, *keys: str) -> Document:
    """A unit receives what lies in its tray and forwards it; the document it makes of it."""
    delivery = receive(province.got(key), by=province.by(key))
    dispatch = forward(
        delivery,
        number=f"{key}1号",
        title="",
        remark="请落实",
        to=province.ids(*keys),
        to_label="",
        by=province.by(key),
    )
    return dispatch.document


def in_days(days: int) -> dt.date:
    """A date from today."""
    return clock.today() + dt.timedelta(days=days)


def make_schools(units: dict[str, Org], count: int, above: str = "兴仁") -> list[int]:
    """``count`` schools below a county, in bulk."""
    parent = units[above]
    Org.objects.bulk_create(
        [
            Org(
                parent=parent,
                path=parent.path + paths.step(number),
                name=f"{parent.name}第{number}小学",
                short_name=f"第{number}小学",
                kind=Kind.PRIMARY,
            )
            for number in range(count)
        ]
    )
    return list(Org.objects.filter(parent=parent).order_by("path").values_list("pk", flat=True))
