"""Many accounts at once: nothing happens before the yes, each step once, and every bad row says why."""

import pytest

from tests.people.conftest import Hold, Tree
from xinhuo.core.actor import Actor, Role
from xinhuo.core.errors import DeniedError, NotNowError
from xinhuo.core.workbook import Rows
from xinhuo.journal.models import Entry
from xinhuo.orgs.models import Org
from xinhuo.people import actions
from xinhuo.people.actions import batches
from xinhuo.people.models import AccountBatch, Person, User
from xinhuo.people.sheet import COLUMNS


def table(*rows: tuple[str, ...]) -> Rows:
    read = Rows(COLUMNS)
    for line, row in enumerate(rows, start=2):
        read.append(dict(zip(COLUMNS, row, strict=True)))
        read.lines.append(line)
    return read


def test_staging_opens_nothing_and_explains_every_bad_row(tree: Tree, chen: Actor, hold: Hold) -> None:
    hold(tree.school, Role.OFFICER, "郑老师")
    people = Person.objects.count()

    batch = actions.stage_batch(
        "名单.xlsx",
        table(
            ("第一小学", "周老师", "德育主任", "经办人", "13900000001"),
            ("盘州市教育局", "吴同志", "", "负责人", ""),
            ("黔西南州", "王同志", "", "经办人", "13900000002"),
            ("第一小学", "周老师", "", "负责人", ""),
            ("第一小学", "郑老师", "", "观察员", ""),
            ("第一小学", "冯老师", "", "校长", ""),
        ),
        by=chen,
    )

    assert [(row.line, row.org_id, row.problem) for row in actions.rows_of(batch)] == [
        (2, tree.school.pk, ""),
        (3, tree.county.pk, ""),
        (4, None, "在您管理的范围里没有找到“黔西南州”。请写单位的全称或者简称，已撤并的单位不能用。"),
        (5, tree.school.pk, "和第 2 行是同一个人。一人多个岗位的，先开通账号，再到他的页面加岗位。"),
        (
            6,
            tree.school.pk,
            "盘州市第一小学已经登记了郑老师。要加岗位或者重设密码，请到他的页面办理。",
        ),
        (7, None, "角色“校长”不认识，只能是管理员、负责人、经办人、观察员、秘书长。"),
    ]
    assert [row.phone for row in actions.rows_of(batch)] == ["13900000001", "", "", "", "", ""]
    assert Person.objects.count() == people


def test_opening_makes_people_posts_and_passwords_that_are_kept_nowhere(tree: Tree, chen: Actor) -> None:
    batch = actions.stage_batch(
        "名单.xlsx",
        table(
            ("第一小学", "周老师", "德育主任", "经办人", "13900000001"),
            ("盘州市教育局", "吴同志", "", "管理员", ""),
            ("盘州市", "郑同志", "", "经办人", ""),
        ),
        by=chen,
    )

    batch, keys = actions.open_next(batch, 0, by=chen)

    school = f"dw{tree.school.pk}-01"
    assert [(key.person.name, key.username) for key in keys] == [
        ("周老师", school),
        ("吴同志", "520281-01"),
        ("郑同志", "520281-02"),
    ]
    zhou = User.objects.get(username=school)
    post = zhou.person.appointments.get()
    assert (zhou.check_password(keys[0].password), zhou.must_change_password) == (True, True)
    assert (post.org, post.role, post.title, zhou.person.phone) == (
        tree.school,
        "officer",
        "德育主任",
        "13900000001",
    )
    batch.refresh_from_db()
    stored = str(batch.rows)
    assert [key.password in stored for key in keys] == [False, False, False]
    assert "13900000001" not in stored
    assert batch.done == 3
    assert Org.objects.get(pk=tree.school.pk).has_accounts is True
    assert Entry.objects.get(verb="people.imported").sentence == "从《名单.xlsx》批量开通账号 3 个"


def test_a_long_list_goes_step_by_step_and_no_step_twice(
    tree: Tree, chen: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "STEP", 2)
    batch = actions.stage_batch(
        "名单.xlsx",
        table(*[("第一小学", f"老师{n}", "", "经办人", "") for n in range(3)]),
        by=chen,
    )

    batch, first = actions.open_next(batch, 0, by=chen)
    with pytest.raises(NotNowError) as twice:
        actions.open_next(batch, 0, by=chen)
    batch, second = actions.open_next(batch, 2, by=chen)
    with pytest.raises(NotNowError) as finished:
        actions.open_next(batch, 3, by=chen)

    assert [key.person.name for key in first + second] == ["老师0", "老师1", "老师2"]
    assert twice.value.reason == (
        "这些账号已经在另一个窗口开通了。初始密码只显示一次；没有记下的，请到各人的页面重设密码。"
    )
    assert finished.value.reason == "这张表的账号都已经开通了。"
    assert User.objects.filter(person__name__startswith="老师").count() == 3


def test_what_changed_since_the_check_is_skipped_and_said(tree: Tree, chen: Actor, hold: Hold) -> None:
    batch = actions.stage_batch(
        "名单.xlsx",
        table(("第一小学", "周老师", "", "经办人", ""), ("盘州市", "吴同志", "", "经办人", "")),
        by=chen,
    )
    hold(tree.school, Role.OFFICER, "周老师")

    batch, keys = actions.open_next(batch, 0, by=chen)

    assert [key.person.name for key in keys] == ["吴同志"]
    assert [row.problem for row in actions.rows_of(batch)] == ["盘州市第一小学刚刚已经登记了周老师。", ""]
    assert batch.done == 1


def test_only_administrators_stage_and_only_the_maker_sees_a_list(
    tree: Tree, chen: Actor, officer: Actor, mei: Actor
) -> None:
    with pytest.raises(DeniedError):
        actions.stage_batch("名单.xlsx", table(("盘州市", "吴同志", "", "经办人", "")), by=officer)
    batch = actions.stage_batch("名单.xlsx", table(("盘州市", "吴同志", "", "经办人", "")), by=chen)

    assert list(AccountBatch.objects.visible_to(chen)) == [batch]
    assert list(AccountBatch.objects.visible_to(mei)) == []
