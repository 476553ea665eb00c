"""Pages and parts, messages, the way to the login and back."""

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse

from xinhuo.core.errors import DeniedError
from xinhuo.core.http import page, safe_next, signed_in, toast, workbook_response
from xinhuo.core.workbook import SheetSpec, read_rows

pytestmark = pytest.mark.django_db  # the frame counts what waits for the actor
Ask = Callable[..., HttpRequest]


class Nothing:
    """Stands for a table without rows."""

    name = "table"
    empty_title = "还没有单位"


CONTEXT = {"heading": "单位", "table": Nothing(), "nav_key": "orgs"}


def list_page(request: HttpRequest, *fragments: str, status: int = 200) -> str:
    response = page(request, "core/list.html", CONTEXT, fragments=fragments, status=status)
    assert {"HX-Request", "HX-Target"} <= set(response["Vary"].split(", "))
    assert response.status_code == status
    return response.content.decode()


def test_a_plain_request_gets_the_whole_page(ask: Ask) -> None:
    html = list_page(ask(), "table")

    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert "还没有单位" in html


def test_htmx_gets_the_part_whose_name_is_its_target(ask: Ask) -> None:
    html = list_page(ask(htmx="table"), "table").strip()

    assert html.startswith('<section id="table"')
    assert "<html" not in html


def test_a_part_of_another_template_is_named_with_it(ask: Ask) -> None:
    response = page(ask(htmx="table"), "core/more.html", CONTEXT, fragments=("core/list.html#table",))

    assert response.content.decode().strip().startswith('<section id="table"')


@pytest.mark.parametrize("target", ["main", ""])
def test_htmx_with_another_target_gets_the_whole_page(ask: Ask, target: str) -> None:
    assert "<html" in list_page(ask(htmx=target), "table")


def test_coming_back_gets_the_whole_page(ask: Ask) -> None:
    request = ask(htmx="table", **{"HX-History-Restore-Request": "true"})

    assert "<html" in list_page(request, "table")


def test_a_form_with_errors_answers_422(ask: Ask) -> None:
    assert "<html" in list_page(ask(), status=422)


def test_a_toast_says_it_and_goes_on(ask: Ask) -> None:
    request = ask(post={})

    response = toast(request, "已提交给六盘水市。", then="/done/")

    assert (response.status_code, response["Location"]) == (302, "/done/")
    assert [str(message) for message in get_messages(request)] == ["已提交给六盘水市。"]


def test_a_toast_tells_htmx_to_go_on(ask: Ask) -> None:
    response = toast(ask(post={}, htmx="row"), "好了。", then="core:more")

    assert (response.status_code, response["HX-Redirect"]) == (204, "/more/")


def test_a_toast_may_be_taken_back(ask: Ask) -> None:
    request = ask(post={})
    toast(request, "已提交。", then="/", undo="/undo/7/")

    html = page(request, "core/list.html", CONTEXT).content.decode()

    assert '<form class="xh-push" method="post" action="/undo/7/">' in html
    assert ">撤回</button>" in html


@pytest.mark.parametrize("address", ["/plans/3/?a=1", "/"])
def test_a_way_on_inside_the_site_is_taken(ask: Ask, address: str) -> None:
    assert safe_next(ask(post={"next": address}), "/else/") == address


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "/\\evil.example"]
)
def test_a_way_out_of_the_site_is_not(ask: Ask, address: str) -> None:
    assert safe_next(ask(post={"next": address}), "/else/") == "/else/"


@signed_in
def whoami(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.actor.person_name)


def test_a_member_is_let_in(ask: Ask) -> None:
    assert whoami(ask()).content.decode() == "刘长庚"


def test_a_stranger_logs_in_and_comes_back(ask: Ask) -> None:
    response = whoami(ask("/plans/3/?a=1", actor=None))

    assert response.status_code == 302
    assert response["Location"].endswith("?next=%2Fplans%2F3%2F%3Fa%3D1")


def test_a_stranger_who_posted_does_not_come_back_to_a_post(ask: Ask) -> None:
    assert whoami(ask("/plans/3/submit", actor=None, post={}))["Location"].endswith("?next=%2F")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/plans/3/fill/?a=1", "?next=%2Fplans%2F3%2Ffill%2F%3Fa%3D1"),
        ("http://testserver/plans/3/submit", "?next=%2F"),
        ("http://elsewhere.example/plans/3/", "?next=%2F"),
    ],
)
def test_a_post_of_a_stranger_goes_back_to_its_form(ask: Ask, referer: str, back: str) -> None:
    request = ask("/plans/3/submit", actor=None, post={})
    request.META["HTTP_REFERER"] = referer

    assert whoami(request)["Location"].endswith(back)
    assert ["没有存上" in str(message) for message in get_messages(request)] == [True]


def test_htmx_of_a_stranger_stops_and_goes_to_the_login_and_back_to_the_page(ask: Ask) -> None:
    request = ask("/plans/3/part/", actor=None, htmx="jobs")
    request.META["HTTP_HX_CURRENT_URL"] = "http://testserver/plans/3/?a=1"

    response = whoami(request)

    assert response.status_code == 286
    assert response["HX-Redirect"].endswith("/login/?next=%2Fplans%2F3%2F%3Fa%3D1")


def test_a_member_without_a_post_is_told_why(ask: Ask) -> None:
    class Known(AnonymousUser):
        is_authenticated = True

    request = ask(actor=None)
    request.user = Known()

    with pytest.raises(DeniedError, match="没有在任的岗位"):
        whoami(request)


def test_a_workbook_is_sent_under_its_chinese_name() -> None:
    response = workbook_response("单位名单", [SheetSpec("单位", ["单位"], [["盘州市教育局"]])])
    content = b"".join(response.streaming_content)
    response.close()

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%8D%95%E4%BD%8D%E5%90%8D%E5%8D%95.xlsx"
    )
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert read_rows(io.BytesIO(content)) == [{"单位": "盘州市教育局"}]
