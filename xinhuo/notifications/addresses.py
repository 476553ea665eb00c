"""Reading what an administrator copied out of the group's robot settings. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from .enums import ChannelKind

TOKEN = re.compile(r"^[A-Za-z0-9_-]{8,200}$")
HOSTS = {
    ChannelKind.WECOM.value: "qyapi.weixin.qq.com",
    ChannelKind.DINGTALK.value: "oapi.dingtalk.com",
    ChannelKind.FEISHU.value: "open.feishu.cn",
}
EXAMPLES = {
    ChannelKind.WECOM.value: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=……",
    ChannelKind.DINGTALK.value: "https://oapi.dingtalk.com/robot/send?access_token=……",
    ChannelKind.FEISHU.value: "https://open.feishu.cn/open-apis/bot/v2/hook/……",
}
TAIL = 4


class AddressError(ValueError):
    """Not an address of this kind; the sentence says what one looks like."""


@dataclass(frozen=True, slots=True)
class Robot:
    """What is needed to post into a group, and what may be shown of it."""

    token: str
    hint: str


def read_robot(kind: str, text: str) -> Robot:
    """The robot behind a copied address. Raises AddressError; nothing but the three known hosts is taken."""
    parts = urlsplit("".join(text.split()))
    if parts.scheme != "https" or parts.netloc != HOSTS[kind]:
        raise AddressError(_wanted(kind))
    query = parse_qs(parts.query)
    token = {
        ChannelKind.WECOM.value: query.get("key", [""])[0],
        ChannelKind.DINGTALK.value: query.get("access_token", [""])[0],
        ChannelKind.FEISHU.value: _after(parts.path, "/open-apis/bot/v2/hook/"),
    }[kind]
    if not TOKEN.match(token):
        raise AddressError(_wanted(kind))
    return Robot(token, f"{HOSTS[kind]} …{token[-TAIL:]}")


def _after(path: str, start: str) -> str:
    return path.removeprefix(start).strip("/") if path.startswith(start) else ""


def _wanted(kind: str) -> str:
    label = ChannelKind(kind).label
    return f"这不是{label}机器人的地址。请在群里打开机器人设置，把地址整个复制过来，样子是 {EXAMPLES[kind]}"
