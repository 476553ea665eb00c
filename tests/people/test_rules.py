"""Every refusal of the rules about accounts says what to do instead."""

import pytest

from tests.people.conftest import Hold, Tree
from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.people import rules
from xinhuo.people.models import Person, User

NO_POST = "周老师现在没有岗位。请先给他加岗位，再办账号。"


@pytest.fixture
def people(tree: Tree, hold: Hold) -> dict[str, Person]:
    """周老师 in every state a login can have."""

    def make(login: str, **values: object) -> Person:
        post = hold(tree.school, Role.OFFICER, "周老师", login)
        User.objects.filter(person=post.person).update(**values)
        return Person.objects.get(pk=post.person_id)

    people = {
        "open": make("open"),
        "closed": make("closed", is_active=False),
        "waiting": make("waiting", password="!unusable"),
        "none": hold(tree.school, Role.OFFICER, "周老师").person,
        "gone": make("gone"),
    }
    people["gone"].appointments.update(valid_to=clock.today())
    return people


@pytest.mark.parametrize(
    ("rule", "state", "reason"),
    [
        ("can_invite", "open", "账号已经开通。忘了密码的话，请用“重设密码”。"),
        ("can_invite", "closed", "账号已经开通。忘了密码的话，请用“重设密码”。"),
        ("can_invite", "waiting", ""),
        ("can_invite", "none", ""),
        ("can_invite", "gone", "账号已经开通。忘了密码的话，请用“重设密码”。"),
        ("can_reset_password", "open", ""),
        ("can_reset_password", "closed", "账号已停用。请先恢复账号，再重设密码。"),
        ("can_reset_password", "waiting", ""),
        ("can_reset_password", "none", "周老师还没有账号。请先开通账号。"),
        ("can_reset_password", "gone", NO_POST),
        ("can_close_account", "open", ""),
        ("can_close_account", "closed", "账号已经停用，或者还没有开通。"),
        ("can_close_account", "none", "账号已经停用，或者还没有开通。"),
        ("can_close_account", "gone", ""),
        ("can_open_account", "open", "账号没有停用，不用恢复。"),
        ("can_open_account", "closed", ""),
        ("can_open_account", "none", "账号没有停用，不用恢复。"),
        ("can_change_person", "gone", ""),
    ],
)
def test_what_may_be_done_depends_on_the_login(
    liu: Actor, people: dict[str, Person], rule: str, state: str, reason: str
) -> None:
    answer = getattr(rules, rule)(liu, people[state])

    assert (bool(answer), answer.reason, answer.is_timing) == (not reason, reason, bool(reason))


def test_a_waiting_login_that_was_closed_is_opened_first(liu: Actor, people: dict[str, Person]) -> None:
    User.objects.filter(username="waiting").update(is_active=False)

    assert (
        rules.can_invite(liu, Person.objects.get(pk=people["waiting"].pk)).reason
        == "账号已停用。请先恢复账号。"
    )


def test_a_unit_without_people_has_nobody_to_keep(liu: Actor, people: dict[str, Person]) -> None:
    people["none"].appointments.update(valid_to=clock.today())

    assert rules.can_invite(liu, people["none"]).reason == NO_POST
