"""The frame of every page: who, where, the mode, the way out; and the pages of refusal."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from xinhuo.core import icons
from xinhuo.core.actor import Actor
from xinhuo.core.context import navigation
from xinhuo.core.contracts import NavItem, collect
from xinhuo.core.errors import DeniedError, NotNowError
from xinhuo.core.http import page
from xinhuo.core.middleware import RefusalMiddleware
from xinhuo.core.views import bad_request, server_error

pytestmark = pytest.mark.django_db
Ask = Callable[..., HttpRequest]


def frame(request: HttpRequest, **context: object) -> str:
    return " ".join(page(request, "core/base.html", context).content.decode().split())


def test_every_nav_item_has_an_address() -> None:
    items: tuple[NavItem, ...] = collect("nav")

    assert {item.key: bool(reverse(item.url_name)) for item in items} == {item.key: True for item in items}
    assert len({item.order for item in items}) == len(items)


def test_every_nav_item_has_an_icon() -> None:
    assert [item.key for item in collect("nav") if not icons.inline(item.icon)] == []


def test_at_most_four_entries_stand_in_the_tab_bar() -> None:
    assert 0 < sum(item.tab for item in collect("nav")) <= 4


def test_nobody_has_no_navigation() -> None:
    assert navigation(None) == []


def test_an_entry_may_hide_from_an_actor(secretary: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    items = (
        NavItem("b", "乙", "core:more", "dots", 2, visible=lambda actor: actor.org_id == 99),
        NavItem("a", "甲", "core:more", "dots", 1),
        NavItem("c", "丙", "nowhere:at-all", "dots", 3),
    )
    monkeypatch.setattr("xinhuo.core.context.collect", lambda _: items)

    assert [(link.key, link.url) for link in navigation(secretary)] == [("a", "/more/")]


def test_a_badge_is_counted_once_and_only_when_shown(
    secretary: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def count(actor: Actor) -> int:
        asked.append(actor.person_name)
        return 5

    monkeypatch.setattr(
        "xinhuo.core.context.collect", lambda _: (NavItem("a", "甲", "core:more", "dots", 1),)
    )
    monkeypatch.setattr("xinhuo.core.context.by_kind", lambda _: {"a": SimpleNamespace(key="a", count=count)})

    link = navigation(secretary)[0]
    assert asked == []
    assert (link.count, link.count) == (5, 5)
    assert asked == ["刘长庚"]


def test_the_head_says_who_acts_for_whom(ask: Ask) -> None:
    html = frame(ask())

    assert '<div class="xh-who">盘州市教育局关工委<br><small>秘书长 刘长庚</small></div>' in html
    assert '"X-As-Post":"7"' in html
    assert "换岗位" not in html


def test_several_posts_can_be_switched(ask: Ask) -> None:
    request = ask()
    org = SimpleNamespace(name="六盘水市教育局")
    request.posts = [
        SimpleNamespace(pk=7, org=org, post_title="经办人"),
        SimpleNamespace(pk=8, org=org, post_title="负责人"),
    ]

    html = frame(request)

    assert '<button class="btn" type="submit" name="post" value="7" aria-current="true">' in html
    assert '<button class="btn" type="submit" name="post" value="8">' in html


def test_the_telephone_shows_only_with_a_number(ask: Ask) -> None:
    request = ask()
    request.help_line = SimpleNamespace(name="李老师", number="085800000000")

    assert 'href="tel:085800000000"' in frame(request)
    assert "tel:" not in frame(ask())


def test_a_signed_out_page_has_mode_and_login_only(ask: Ask) -> None:
    html = frame(ask(actor=None))

    assert "长者模式" in html
    assert ">登录</span>" in html
    assert "退出" not in html
    assert "xh-tabbar" not in html
    assert "X-As-Post" not in html


def test_the_current_entry_is_marked(ask: Ask) -> None:
    item = min(collect("nav"), key=lambda entry: entry.order)

    html = frame(ask(), nav_key=item.key)

    assert f'<a href="{reverse(item.url_name)}" aria-current="page">' in html


def test_elder_mode_is_rendered_by_the_server(ask: Ask) -> None:
    request = ask()
    request.COOKIES["xh_mode"] = "elder"

    html = frame(request)

    assert '<html lang="zh-CN" data-mode="elder">' in html
    assert 'aria-pressed="true" data-xh-mode>' in html
    assert "data-mode" not in frame(ask())


@pytest.mark.parametrize(
    ("cookie", "sent", "expected"),
    [
        ("", {}, "elder"),
        ("elder", {}, "standard"),
        ("elder", {"mode": "elder"}, "elder"),
        ("", {"mode": "x"}, "elder"),
    ],
)
def test_the_mode_is_switched_without_login(
    client: Client, cookie: str, sent: dict[str, str], expected: str
) -> None:
    client.cookies["xh_mode"] = cookie

    response = client.post("/prefs/mode", sent)

    assert response.cookies["xh_mode"].value == expected
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/plans/3/?page=2", "/plans/3/?page=2"),
        ("https://evil.example/x", "/"),
        ("http://testserver//evil.example/", "/"),
        ("", "/"),
    ],
)
def test_the_switch_goes_back_to_the_page(client: Client, referer: str, back: str) -> None:
    assert client.post("/prefs/mode", headers={"referer": referer})["Location"] == back


def test_the_switch_takes_the_address_of_its_form(client: Client) -> None:
    assert client.post("/prefs/mode", {"next": "/plans/"})["Location"] == "/plans/"
    assert client.post("/prefs/mode", {"next": "https://evil.example/"})["Location"] == "/"


def test_the_mode_is_not_switched_by_a_link(client: Client) -> None:
    assert client.get("/prefs/mode").status_code == 405


def refused(request: HttpRequest, error: Exception) -> tuple[int, str]:
    response = RefusalMiddleware(lambda _: None).process_exception(request, error)  # type: ignore[arg-type]
    assert response is not None
    return response.status_code, " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (DeniedError("它属于<六盘水市>。"), 403, "这一步您不能办"),
        (NotNowError("09:40 别人已经审核。<"), 409, "现在不能这样办"),
    ],
)
def test_a_refusal_says_what_why_and_what_now(ask: Ask, error: DeniedError, status: int, title: str) -> None:
    shown, html = refused(ask(), error)

    assert shown == status
    assert f"<h1>{title}</h1>" in html
    assert error.reason.replace("<", "&lt;").replace(">", "&gt;") in html
    assert "回工作台" in html


def test_a_refusal_of_htmx_is_one_strip(ask: Ask) -> None:
    status, html = refused(ask(htmx="row"), NotNowError("09:40 别人已经审核。"))

    assert status == 409
    assert html.startswith('<p class="xh-note big" role="alert" data-xh-refusal>')
    assert html.endswith("<b>现在不能这样办。</b>09:40 别人已经审核。</p>")


def test_other_errors_are_not_refusals(ask: Ask) -> None:
    assert RefusalMiddleware(lambda _: None).process_exception(ask(), ValueError()) is None  # type: ignore[arg-type]


def test_a_missing_page_tells_nothing_about_what_exists(client: Client) -> None:
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "<h1>没有这一页</h1>" in response.content.decode()


def test_a_form_without_a_token_leads_through_the_login_back_to_its_page() -> None:
    came_from = "http://testserver/units/?page=2"
    response = Client(enforce_csrf_checks=True).post("/prefs/mode", {}, headers={"Referer": came_from})

    html = response.content.decode()
    assert response.status_code == 403
    assert "<h1>刚才没有提交</h1>" in html
    assert 'href="/login/?next=%2Funits%2F%3Fpage%3D2"' in html


@pytest.mark.parametrize("mode", ["elder", ""])
def test_our_own_fault_needs_no_frame(
    ask: Ask, django_assert_num_queries: Callable[..., object], mode: str
) -> None:
    request = ask()
    request.COOKIES["xh_mode"] = mode

    with django_assert_num_queries(0):
        response = server_error(request)

    html = response.content.decode()
    assert response.status_code == 500
    assert "<h1>系统出了问题</h1>" in html
    assert ('data-mode="elder"' in html) is (mode == "elder")


def test_what_could_not_be_read_is_said_in_chinese(ask: Ask) -> None:
    response = bad_request(ask(), ValueError())

    assert response.status_code == 400
    assert "<h1>没有收到完整的内容</h1>" in response.content.decode()


def test_django_finds_our_pages_by_their_names() -> None:
    assert apps.is_installed("xinhuo.core")
    for name in ("400.html", "403.html", "403_csrf.html", "404.html", "500.html"):
        assert "xh-error" in render_to_string(name)


def test_the_more_page_lists_everything_and_the_way_out(ask: Ask) -> None:
    html = page(ask(), "core/more.html", {"nav_key": "more"}).content.decode()

    for item in collect("nav"):
        if item.visible is None:
            assert f"<span>{item.label}</span>" in html
    assert "退出登录" in html
