"""A person's page: what it offers, and that its buttons do it."""

import re

from tests.people.conftest import PASSWORD, Hold, SignInAs, Tree
from xinhuo.core.actor import Actor, Role
from xinhuo.people.models import Appointment, Person


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_the_person_page_offers_what_can_be_done(
    tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    client = sign_in("liu")

    def offered() -> list[str]:
        shown = client.get(f"/people/{post.person_id}/").content.decode().partition("<main")[2]
        links = re.findall(rf'(?:href|action)="/people/(?:{post.person_id}|posts/{post.pk})/(\w+)/"', shown)
        return sorted(links)

    open_ = offered()
    client.post(f"/people/{post.person_id}/close/", {"reason": "工作调动"})
    closed = offered()
    client.post(f"/people/{post.person_id}/open/")
    client.post(f"/people/posts/{post.pk}/end/")
    ended = offered()

    assert open_ == ["appoint", "change", "close", "end", "reset"]
    assert closed == ["appoint", "change", "end", "open"]
    assert ended == ["appoint", "change", "close"]


def test_the_person_pages_buttons_work(tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    client, page = sign_in("liu"), f"/people/{post.person_id}/"

    changed = client.post(f"{page}change/", {"name": "周小燕", "phone": "0858-3630000"})
    given = client.post(f"{page}appoint/", {"unit": "盘州市", "role": "observer", "title": ""})
    link = client.post(f"{page}reset/", {"way": "link"})
    slip = client.post(f"{page}reset/", {"way": "slip"})
    closed = client.post(f"{page}close/", {"reason": "工作调动"})
    again = client.post(f"{page}close/", {"reason": "工作调动"})
    opened = client.post(f"{page}open/")

    person = Person.objects.get(pk=post.person_id)
    assert [answer.headers.get("Location") for answer in (changed, given, closed, opened)] == [page] * 4
    assert (person.name, person.phone) == ("周小燕", "0858-3630000")
    assert [p.role for p in person.appointments.order_by("id")] == ["officer", "observer"]
    assert "/welcome/" in link.content.decode()
    assert "xh-slip-code" in slip.content.decode()
    assert (again.status_code, person.user.is_active) == (409, True)
    assert person.user.check_password(PASSWORD) is False


def test_a_known_person_without_account_gets_one(
    tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师").person
    client = sign_in("liu")

    proposed = client.get(f"/people/{person.pk}/account/").context["form"].initial["username"]
    taken = client.post(f"/people/{person.pk}/account/", {"username": "liu", "way": "link"})
    answer = client.post(f"/people/{person.pk}/account/", {"username": "zhou", "way": "slip"})
    after = client.get(f"/people/{person.pk}/account/")

    assert proposed == f"dw{tree.school.pk}-01"
    assert taken.context["form"].errors == {"username": ["登录名“liu”已经有人用了，请换一个。"]}
    assert "xh-slip-code" in answer.content.decode()
    assert after.status_code == 409
    assert "账号已经开通。忘了密码的话，请用“重设密码”。" in text_of(after)


def test_posts_of_other_units_stay_hidden(
    tree: Tree, liu: Actor, chen: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    Appointment.objects.create(
        person=post.person, org=tree.prefecture, role=Role.LEADER, valid_from=post.valid_from
    )

    shown = text_of(sign_in("liu").get(f"/people/{post.person_id}/"))

    assert "六盘水市教育局 负责人" not in shown
    assert "13800000000" not in shown
    assert "手机尾号 0000" in shown
    assert "他还在您管理范围以外的单位任职，账号要请那边的管理员办理。" in shown
