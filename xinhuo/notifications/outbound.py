"""The only door through which something leaves for a group chat.

Apprise knows how each robot wants to be spoken to. It tells only yes or no, follows redirects, and takes an answer
"HTTP 200, but refused" for a success with two of the three; so its plugins get ``Door`` instead of ``requests``:
it lets them out to known hosts with public addresses only, and remembers what really happened.
"""

import ipaddress
import socket
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from apprise.plugins import dingtalk, feishu, wecombot
from django.conf import settings
from requests.utils import get_environ_proxies
from urllib3.exceptions import MaxRetryError, ProtocolError

from .enums import ChannelKind, SendState
from .outcome import SENT, Outcome

TIME_OUT = (5, 10)
BUSY = frozenset({45009, 45033, 130101, 660026, 11232, 99991400})
"""What the robots answer when there was too much at once."""

TOO_MANY, SERVER_FAULT = 429, 500


class BlockedError(requests.RequestException):
    """An address nothing may be sent to."""


@dataclass
class Seen:
    """What the door saw during one sending."""

    response: requests.Response | None = None
    error: Exception | None = None


class Door:
    """Stands in for the module ``requests`` in Apprise's plugins; one memory per thread."""

    codes = requests.codes
    RequestException = requests.RequestException

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.memory = threading.local()

    def post(self, url: str, **options: Any) -> requests.Response:
        """Send, when the address is allowed; no redirects, never longer than a few seconds."""
        seen = self.memory.seen = Seen()
        try:
            check_address(url)
            options.update(allow_redirects=False, timeout=TIME_OUT, verify=True)
            seen.response = requests.post(url, **options)  # noqa: S113  the time-out stands in the options
        except requests.RequestException as error:
            seen.error = error
            raise
        return seen.response

    @property
    def seen(self) -> Seen:
        """What happened in this thread last."""
        found: Seen = self.memory.seen
        return found


DOOR = Door()
for module in (wecombot, dingtalk, feishu):
    vars(module)["requests"] = DOOR


def check_address(url: str) -> None:
    """Raise BlockedError unless ``url`` belongs to a known robot server with public addresses.

    A host that changes its address after this look still has to show the certificate of the known name.
    Behind a proxy the proxy looks names up, so only the name is checked.
    """
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" not in settings.ROBOT_SERVERS.values():
        raise BlockedError("not a known robot server")
    if settings.PRIVATE_TARGETS_ALLOWED or get_environ_proxies(url):
        return
    if parts.scheme != "https":
        raise BlockedError("not encrypted")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise requests.ConnectTimeout from error
    if any(not ipaddress.ip_address(item[4][0]).is_global for item in found):
        raise BlockedError("a private address")


def send_to_robot(kind: str, address: dict[str, str], text: str) -> Outcome:
    """Post ``text`` into the group; says whether it arrived."""
    DOOR.memory.seen = Seen()
    plugin = _plugin(kind, address)
    plugin.request_rate_per_sec = 0  # our own buckets keep the pace
    plugin.notify(body=text, body_format="text")
    return _judged(DOOR.seen)


def _plugin(kind: str, address: dict[str, str]) -> Any:
    origin = settings.ROBOT_SERVERS[kind]
    known: dict[str, tuple[Any, str, dict[str, str]]] = {
        ChannelKind.WECOM.value: (
            wecombot.NotifyWeComBot,
            "/cgi-bin/webhook/send?key={key}",
            {"key": address["token"]},
        ),
        ChannelKind.DINGTALK.value: (
            dingtalk.NotifyDingTalk,
            "/robot/send?access_token={token}",
            {"token": address["token"], "secret": address.get("secret", "")},
        ),
        ChannelKind.FEISHU.value: (
            feishu.NotifyFeishu,
            "/open-apis/bot/v2/hook/{token}",
            {"token": address["token"]},
        ),
    }
    plugin, path, values = known[kind]
    placed = type(plugin.__name__, (plugin,), {"notify_url": origin + path})
    return placed(**values, redirect="no")


def _judged(seen: Seen) -> Outcome:
    if seen.error is not None:
        return _broken(seen.error)
    if seen.response is None:
        return Outcome(SendState.FAILED, "地址或密钥的写法不对，没有发。请重新填写这个渠道的地址。")
    status = seen.response.status_code
    if status == TOO_MANY or status >= SERVER_FAULT:
        return Outcome(SendState.WAITING, f"对方服务器现在忙（{status}），过一会儿再发。")
    if not seen.response.ok or seen.response.is_redirect:
        return Outcome(SendState.FAILED, f"对方服务器不收（{status}）。请检查机器人还在不在群里。")
    return _answered(seen.response)


def _answered(response: requests.Response) -> Outcome:
    """HTTP says yes; the robot's own answer may still say no."""
    try:
        said = response.json()
    except ValueError:
        said = None
    if not isinstance(said, dict):
        return Outcome(SendState.UNCERTAIN, "对方的回答看不懂，不确定发出去没有。请到群里看一眼。")
    code = said.get("errcode", said.get("code", 0))
    if not code:
        return SENT
    if code in BUSY:
        return Outcome(SendState.WAITING, "发得太密，对方要求慢一点，过一会儿再发。")
    words = str(said.get("errmsg") or said.get("msg") or "")[:120]
    return Outcome(SendState.FAILED, f"机器人不收（{code}）：{words}")


def _broken(error: Exception) -> Outcome:
    if isinstance(error, BlockedError):
        return Outcome(SendState.FAILED, "这个地址不允许发送（内网地址或不认识的服务器）。")
    reason = error.args[0] if error.args else None
    never_left = isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError) or (
        isinstance(error, requests.ConnectionError) and isinstance(reason, MaxRetryError)
    )
    if never_left and not isinstance(reason, ProtocolError):
        return Outcome(SendState.WAITING, "连不上对方服务器，过一会儿再发。")
    return Outcome(SendState.UNCERTAIN, "发出后没有等到回音，不确定发到没有。请到群里看一眼。")
