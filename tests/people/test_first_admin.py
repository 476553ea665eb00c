"""The first administrator, made on the machine itself."""

import pytest
from django.core.exceptions import ValidationError

from tests.people.conftest import Tree
from xinhuo.core.errors import BadInputError
from xinhuo.journal.models import Entry
from xinhuo.orgs.models import Org
from xinhuo.people import actions
from xinhuo.people.models import Appointment


def test_the_first_administrator_brings_the_unit_at_the_top(db: None) -> None:
    with pytest.raises(BadInputError) as unnamed:
        actions.create_first_admin(username="root", name="安老师", password="Dajiahao-26")
    user = actions.create_first_admin(
        username="Root", name="安老师", password="Dajiahao-26", unit="贵州省教育厅"
    )

    root = Org.objects.get()
    assert unnamed.value.reason == "系统里还没有单位，请写明最上级单位的名称，例如：贵州省教育厅。"
    assert (root.name, root.kind, root.has_accounts) == ("贵州省教育厅", "province", True)
    assert (user.username, user.check_password("Dajiahao-26")) == ("root", True)
    post = Appointment.objects.get()
    assert (post.person.name, post.org, post.role) == ("安老师", root, "admin")
    assert Entry.objects.get(verb="people.added").origin == "命令行"


def test_a_further_administrator_joins_the_unit_that_is_there(tree: Tree) -> None:
    actions.create_first_admin(username="root", name="安老师", password="Dajiahao-26")

    assert Appointment.objects.get().org == tree.province
    with pytest.raises(ValidationError):
        actions.create_first_admin(username="root2", name="安老师", password="12345678")
