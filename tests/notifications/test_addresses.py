"""What an administrator copies out of a group's settings."""

import pytest

from xinhuo.notifications.addresses import AddressError, read_robot

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@pytest.mark.parametrize(
    ("kind", "text", "token"),
    [
        ("wecom", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", KEY),
        ("wecom", f" https://qyapi.weixin.qq.com/cgi-bin/webhook/send?\n key={KEY} ", KEY),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=0a1b2c3d4e5f", "0a1b2c3d4e5f"),
        ("feishu", f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}", KEY),
        ("feishu", f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}/", KEY),
    ],
)
def test_the_key_is_found_and_only_its_end_shown(kind: str, text: str, token: str) -> None:
    robot = read_robot(kind, text)

    assert robot.token == token
    assert robot.hint.endswith(f"…{token[-4:]}")
    assert token not in robot.hint


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("wecom", ""),
        ("wecom", KEY),
        ("wecom", f"http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://user@qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://127.0.0.1/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="),
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=../../../../etc/passwd"),
        ("dingtalk", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("feishu", f"https://open.feishu.cn/elsewhere/{KEY}"),
        ("feishu", f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}/../../x"),
    ],
)
def test_anything_else_is_refused_with_an_example(kind: str, text: str) -> None:
    with pytest.raises(AddressError, match="样子是 https://"):
        read_robot(kind, text)
