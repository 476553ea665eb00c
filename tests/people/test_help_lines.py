"""Whom people call: the unit above them by name, and who cannot get in as the installation says."""

import pytest
from django.test import Client

from tests.people.conftest import PASSWORD, Hold, Tree
from xinhuo.core.actor import Role
from xinhuo.orgs.models import Org
from xinhuo.people.models import Person

pytestmark = pytest.mark.django_db


def line_of(login: str) -> tuple[str, str] | None:
    """What the pages of somebody who has just signed in show."""
    client = Client()
    client.post("/login/", {"username": login, "password": PASSWORD})
    line = client.get("/me/").context["help_line"]
    return (line.name, line.number) if line else None


@pytest.fixture
def liu(hold: Hold, tree: Tree) -> None:
    """Somebody in a county whose prefecture has an administrator."""
    hold(tree.county, Role.OFFICER, "刘长庚", "liu")
    chen = hold(tree.prefecture, Role.ADMIN, "陈管理")
    Person.objects.filter(pk=chen.person_id).update(phone="13800001111")


def silent(*orgs: Org) -> None:
    Org.objects.filter(pk__in=[org.pk for org in orgs]).update(contact_phone="")


def test_the_contact_of_the_unit_above_comes_first(tree: Tree, liu: None) -> None:
    assert line_of("liu") == ("六盘水市联系人", "0851-520200")


def test_then_who_keeps_the_accounts_above(tree: Tree, liu: None) -> None:
    silent(tree.prefecture)

    assert line_of("liu") == ("陈管理", "13800001111")


def test_then_the_own_contact(tree: Tree, liu: None) -> None:
    silent(tree.prefecture)
    Person.objects.update(phone="")

    assert line_of("liu") == ("盘州市联系人", "0851-520281")


def test_then_the_installations_line(tree: Tree, liu: None, settings: pytest.FixtureRequest) -> None:
    silent(tree.prefecture, tree.county)
    Person.objects.update(phone="")
    assert line_of("liu") is None

    settings.HELP_NAME, settings.HELP_PHONE = "省关工委办公室", "0851-12345678"  # type: ignore[attr-defined]

    assert line_of("liu") == ("省关工委办公室", "0851-12345678")


def test_the_number_stands_on_the_page(tree: Tree, liu: None) -> None:
    client = Client()
    client.post("/login/", {"username": "liu", "password": PASSWORD})

    assert "打电话问人：六盘水市联系人" in client.get("/me/").content.decode()


def test_changing_the_post_changes_whom_to_call(tree: Tree, liu: None, hold: Hold) -> None:
    person = Person.objects.get(name="刘长庚")
    other = hold(tree.school, Role.OBSERVER, "刘长庚")
    other.person = person
    other.save()
    client = Client()
    client.post("/login/", {"username": "liu", "password": PASSWORD})

    client.post("/posts/switch/", {"post": other.pk})

    assert client.get("/me/").context["help_line"].name == "盘州市联系人"


def test_the_login_names_the_top_unit_unless_the_installation_says_otherwise(
    client: Client, tree: Tree, settings: pytest.FixtureRequest
) -> None:
    before = client.get("/login/").content.decode()
    settings.HELP_NAME, settings.HELP_PHONE = "值班电话", "0851-12345678"  # type: ignore[attr-defined]
    after = client.get("/login/").content.decode()

    assert "省教育厅联系人 0851-520000" in before
    assert "值班电话 0851-12345678" in after
    assert "0851-520000" not in after
