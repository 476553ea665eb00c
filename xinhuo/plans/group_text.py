"""Words for the group chat, ready to be copied. Pure."""

import datetime as dt
from collections.abc import Sequence


def missing_words(
    *,
    what: str,
    names: Sequence[str],
    due: dt.date,
    days: int,
    asked: Sequence[str] = (),
    address: str,
    by: str,
) -> str:
    """以下 7 个单位还没报《上半年进展》……, with the names, the date and a short address.

    ``what`` is 报《…》 or 签收《…》; ``asked`` are the units that were asked for more and have not sent it yet.
    """
    when = f"{due.month}月{due.day}日前{'，已过 ' + str(days) + ' 天' if days else ''}"
    lines = []
    if names:
        lines.append(f"以下 {len(names)} 个单位还没{what}（{when}）：")
        lines.append("、".join(names) + "。")
    if asked:
        lines.append(f"以下 {len(asked)} 个单位请补充后再报一次：" + "、".join(asked) + "。")
    if not lines:
        return f"各单位都已{what}，谢谢大家。"
    lines.append(f"请点开网址办理，有困难请打电话说一声：{address}")
    lines.append(by)
    return "\n".join(lines)
