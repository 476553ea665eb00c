"""Messages and what goes out, as people see them."""

import re

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from xinhuo.notifications.actions import ChannelFacts, add_channel, notify, prepare_broadcast, try_channel
from xinhuo.notifications.enums import SendState
from xinhuo.notifications.models import Broadcast, Channel, Message, Outgoing, Preference

from .conftest import PLAIN

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4"


def seat(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def told(cast: Cast, unit: str = "xingyi", **more: object) -> Message:
    notify(PLAIN, org_id=cast.orgs[unit].pk, title="会议改到下周三", detail="地点不变", **more)
    return Message.objects.latest("id")


def test_the_bell_counts_what_is_new_until_it_was_opened(cast: Cast) -> None:
    message = told(cast, url="/plans/")
    client = seat(cast, "xingyi_officer")
    assert "1 条新消息" in text(client.get("/"))

    answer = client.post(reverse("notifications:message_open", args=[message.pk]))

    assert answer["Location"] == "/plans/"
    assert "条新消息" not in text(client.get("/"))
    listed = text(client.get("/messages/"))
    assert "会议改到下周三" in listed
    assert "都看过了" in listed


def test_looking_at_the_list_writes_nothing(cast: Cast) -> None:
    told(cast)

    seat(cast, "xingyi_officer").get("/messages/")

    assert Message.objects.unread().count() == 1


def test_all_seen_leaves_out_what_came_meanwhile(cast: Cast) -> None:
    first = told(cast)
    told(cast, window="2")

    seat(cast, "xingyi_officer").post("/messages/read/", {"up_to": first.pk})

    assert [message.window for message in Message.objects.unread()] == ["2"]


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "²"])
def test_nonsense_marks_nothing(cast: Cast, nonsense: str) -> None:
    told(cast)

    assert seat(cast, "xingyi_officer").post("/messages/read/", {"up_to": nonsense}).status_code == 302

    assert Message.objects.unread().count() == 1


def test_a_message_of_another_post_says_where_it_belongs(cast: Cast) -> None:
    notify(
        PLAIN,
        org_id=cast.orgs["xingyi"].pk,
        title="会议改到下周三",
        person_id=cast.anlong_officer.person_id,
    )

    assert "兴义市教育局的事，打开前请先换到那边的岗位" in text(
        seat(cast, "anlong_officer").get("/messages/")
    )


WISH = {"mail": "daily", "address": "liu@xingyi.example", "quiet_from": "20:00", "quiet_to": "09:00"}


@pytest.mark.usefixtures("sink")
def test_asking_for_mail_step_by_step(cast: Cast) -> None:
    client = seat(cast, "xingyi_officer")
    page = text(client.post("/messages/settings/", WISH, follow=True))
    assert "马上有一封邮件寄给您" in page
    assert "核对邮箱" in page

    code = re.search(r"\d{6}", Outgoing.objects.get().text)
    assert code
    page = text(client.post("/messages/settings/confirm/", {"code": f" {code[0]} "}, follow=True))

    assert "liu@xingyi.example 已经核对过" in page
    wish = Preference.objects.get()
    assert (wish.quiet_from.hour, wish.quiet_to.hour) == (20, 9)


def test_mail_without_an_address_is_asked_for(cast: Cast) -> None:
    answer = seat(cast, "xingyi_officer").post("/messages/settings/", WISH | {"address": ""})

    assert answer.status_code == 422
    assert "要收邮件，请填写邮箱" in text(answer)


def test_without_a_server_the_page_says_so(cast: Cast, settings: LazySettings) -> None:
    settings.MAIL_SERVER = ""
    client = seat(cast, "xingyi_officer")

    assert "没有设置发信服务器" in text(client.get("/messages/settings/"))
    assert client.post("/messages/settings/", WISH).status_code == 409


CHANNEL = {
    "kind": "wecom",
    "name": "工作群",
    "address": ADDRESS,
    "secret": "",
    "quiet_from": "21:00",
    "quiet_to": "08:00",
}


def test_connecting_a_group_and_trying_it(cast: Cast) -> None:
    client = seat(cast, "xingyi_admin")
    page = client.post("/messages/channels/new/", CHANNEL, follow=True)
    assert "“工作群”设好了" in text(page)
    assert "693a91f6" not in page.content.decode()

    channel = Channel.objects.get()
    page = client.post(f"/messages/channels/{channel.pk}/test/", follow=True)
    assert "正在试发" in text(page)
    assert "待发" in text(page)
    shown = client.get(f"/messages/channels/{channel.pk}/").content.decode()
    assert "693a91f6" not in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "https://127.0.0.1/"}, "这不是企业微信群机器人的地址"),
        ({"kind": "mail"}, "邮箱不对"),
        ({"kind": "dingtalk"}, "这不是钉钉群机器人的地址"),
        ({"secret": "SEC 1"}, "密钥只有字母和数字"),
        ({"name": "老群"}, "请换一个名称"),
    ],
)
def test_a_wrong_entry_says_what_to_do_and_keeps_what_was_typed(
    cast: Cast, change: dict[str, str], words: str
) -> None:
    add_channel(ChannelFacts("wecom", "老群", ADDRESS), by=cast.xingyi_admin)

    answer = seat(cast, "xingyi_admin").post("/messages/channels/new/", CHANNEL | change)

    assert answer.status_code == 422
    assert words in text(answer)
    assert (change.get("name") or "工作群") in answer.content.decode()


def test_a_channel_keeps_its_own_name(cast: Cast) -> None:
    channel = add_channel(ChannelFacts("wecom", "工作群", ADDRESS), by=cast.xingyi_admin)
    given = CHANNEL | {"address": "", "quiet_from": "22:00"}

    seat(cast, "xingyi_admin").post(f"/messages/channels/{channel.pk}/", given)

    channel.refresh_from_db()
    assert channel.quiet_from.hour == 22
    assert "22 点到 8 点" in text(seat(cast, "xingyi_officer").get("/messages/channels/"))


def test_what_failed_is_found_and_sent_again(cast: Cast) -> None:
    channel = add_channel(ChannelFacts("wecom", "工作群", ADDRESS), by=cast.xingyi_admin)
    item = try_channel(channel, by=cast.xingyi_admin)
    Outgoing.objects.update(state=SendState.FAILED, message="机器人不收（93000）")
    client = seat(cast, "xingyi_officer")
    assert "有 1 条发往群里或邮箱的消息没有发成" in text(client.get("/messages/"))
    assert "机器人不收（93000）" in text(client.get("/messages/out/?state=stuck"))

    client.post(f"/messages/out/{item.pk}/again/")

    item.refresh_from_db()
    assert (item.state, item.message) == (SendState.WAITING, "")


def test_writing_to_many_units_step_by_step(cast: Cast) -> None:
    client = seat(cast, "qianxinan_officer")
    given = {"title": "暑期安全", "text": "请转告各校。", "units": [cast.orgs["xingyi"].pk]}

    page = text(client.post("/messages/broadcasts/new/", given, follow=True))

    assert "还没有发" in page
    assert "1 个单位，1 个人能看到" in page
    assert Message.objects.count() == 0
    item = Broadcast.objects.get()
    page = text(seat(cast, "qianxinan_leader").post(f"/messages/broadcasts/{item.pk}/release/", follow=True))
    assert "岑主任" in page


@pytest.mark.parametrize(
    ("given", "units"),
    [
        ({"groups": ["counties"]}, {"xingyi", "anlong"}),
        ({"groups": ["children"]}, {"xingyi", "anlong", "polytechnic"}),
        ({"groups": ["schools"], "units": ["anlong"]}, {"anlong", "school"}),
    ],
)
def test_kinds_and_names_go_together(cast: Cast, given: dict[str, list[str]], units: set[str]) -> None:
    ids = [cast.orgs[key].pk for key in given.get("units", [])]
    data = {"title": "暑期安全", "text": "请转告。", "groups": given.get("groups", []), "units": ids}

    seat(cast, "qianxinan_officer").post("/messages/broadcasts/new/", data)

    found = Broadcast.objects.get().selection.org_ids
    assert set(found) == {cast.orgs[key].pk for key in units}


def test_nobody_chosen_is_said(cast: Cast) -> None:
    answer = seat(cast, "qianxinan_officer").post("/messages/broadcasts/new/", {"title": "好", "text": "好"})

    assert answer.status_code == 422
    assert "还没有选发给谁" in text(answer)


def test_what_was_written_cannot_carry_markup(cast: Cast) -> None:
    made = prepare_broadcast(
        title="<b>好</b>",
        text="<script>x</script>",
        to={"children_of": cast.orgs["xingyi"].pk},
        to_label="学校",
        by=cast.xingyi_officer,
    )

    page = seat(cast, "xingyi_officer").get(made.url).content.decode()

    assert "<script>x" not in page
    assert "<b>好</b>" not in page
