"""What a browser's long self-description means to a person: 手机（微信）, Windows 电脑（Chrome）."""

SYSTEMS = (
    ("Android", "安卓手机"),
    ("HarmonyOS", "鸿蒙设备"),
    ("OpenHarmony", "鸿蒙设备"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Mac OS X", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
"""Looked for in this order: Android also says Linux, an iPhone also says Mac OS X."""

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("QIHU", "360 浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)

UNKNOWN = "不认识的设备"


def device_of(user_agent: str) -> str:
    """The machine and, where known, the browser; never more than a few words, whatever was sent."""
    system = next((label for mark, label in SYSTEMS if mark in user_agent), UNKNOWN)
    browser = next((label for mark, label in BROWSERS if mark in user_agent), "")
    return f"{system}（{browser}）" if browser else system
