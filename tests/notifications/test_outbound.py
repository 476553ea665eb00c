"""What goes to the robots, and what their answers mean."""

import socket
from typing import Any

import pytest
import requests
from django.conf import LazySettings

from xinhuo.notifications import outbound
from xinhuo.notifications.enums import SendState
from xinhuo.notifications.outbound import BlockedError, check_address, send_to_robot

from .servers import Robots

TOKEN = {"token": "abcdefgh1234"}


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("wecom", "/cgi-bin/webhook/send?key=abcdefgh1234"),
        ("dingtalk", "/robot/send?access_token=abcdefgh1234"),
        ("feishu", "/open-apis/bot/v2/hook/abcdefgh1234"),
    ],
)
def test_every_robot_gets_the_words_at_its_address(robots: Robots, kind: str, path: str) -> None:
    outcome = send_to_robot(kind, TOKEN, "会议改期了\n请到平台看")

    assert outcome.state == SendState.SENT
    assert [item[0] for item in robots.came] == [path]
    assert robots.texts == ["会议改期了\n请到平台看"]


def test_dingtalk_is_signed_where_a_secret_is_set(robots: Robots) -> None:
    send_to_robot("dingtalk", TOKEN | {"secret": "SEC123"}, "好")

    (path, _) = robots.came[0]
    assert "timestamp=" in path
    assert "sign=" in path
    assert "SEC123" not in path


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        (200, {"errcode": 0}, SendState.SENT),
        (200, {"code": 0}, SendState.SENT),
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}, SendState.FAILED),
        (200, {"errcode": 310000, "errmsg": "keywords not in content"}, SendState.FAILED),
        (200, {"code": 19024, "msg": "Key Words Not Found"}, SendState.FAILED),
        (200, {"errcode": 45009}, SendState.WAITING),
        (200, b"<html>", SendState.UNCERTAIN),
        (404, {}, SendState.FAILED),
        (429, {}, SendState.WAITING),
        (502, {}, SendState.WAITING),
    ],
)
def test_the_answer_decides(robots: Robots, status: int, answer: Any, state: SendState) -> None:
    robots.status, robots.answer = status, answer

    assert send_to_robot("wecom", TOKEN, "好").state == state


def test_a_refusal_is_told_in_the_robots_own_words(robots: Robots) -> None:
    robots.answer = {"errcode": 310000, "errmsg": "keywords not in content"}

    assert "310000" in send_to_robot("dingtalk", TOKEN, "好").message


def test_a_redirect_is_not_followed(robots: Robots) -> None:
    robots.status, robots.headers = 302, {"Location": f"{robots.address}/elsewhere"}

    assert send_to_robot("wecom", TOKEN, "好").state == SendState.FAILED
    assert len(robots.came) == 1


def test_no_answer_in_time_is_uncertain(robots: Robots, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "TIME_OUT", (1, 0.2))
    robots.wait = 0.6

    assert send_to_robot("wecom", TOKEN, "好").state == SendState.UNCERTAIN


def test_cut_off_in_the_middle_is_uncertain(robots: Robots) -> None:
    robots.hang_up = True

    assert send_to_robot("wecom", TOKEN, "好").state == SendState.UNCERTAIN


def test_nobody_there_is_tried_again(settings: LazySettings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.ROBOT_SERVERS = {"wecom": f"http://127.0.0.1:{port}"}
    settings.PRIVATE_TARGETS_ALLOWED = True

    assert send_to_robot("wecom", TOKEN, "好").state == SendState.WAITING


def looked_up(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(outbound, "get_environ_proxies", lambda _url: {})
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"],
)
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    looked_up(monkeypatch, address)

    with pytest.raises(BlockedError):
        check_address("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1")
    assert send_to_robot("wecom", TOKEN, "好").state == SendState.FAILED


def test_a_name_that_leads_outside_may_be_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up(monkeypatch, "109.244.145.152")

    check_address("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1")


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/",
        "http://qyapi.weixin.qq.com/",
        "https://qyapi.weixin.qq.com:444/",
        "https://me@qyapi.weixin.qq.com/",
        "file:///etc/passwd",
    ],
)
def test_no_other_server_is_spoken_to(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    looked_up(monkeypatch, "109.244.145.152")

    with pytest.raises(BlockedError):
        check_address(url)


def test_an_unknown_name_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up(monkeypatch, "")

    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(requests.ConnectTimeout):
        check_address("https://qyapi.weixin.qq.com/")
    assert send_to_robot("wecom", TOKEN, "好").state == SendState.WAITING
