"""The words of a refusal: what happened, whether anything was lost, what to do now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Title, icon and advice for a status."""

    title: str
    icon: str
    advice: str


REFUSALS = {
    403: Refusal("这一步您不能办", "lock", "什么都没有改动。需要办的话，请联系本单位管理员给您开通。"),
    404: Refusal(
        "没有这一页", "map-off", "网址可能抄错了，或者内容已经撤回，或者不在您单位的范围里。什么都没有丢。"
    ),
    409: Refusal(
        "现在不能这样办",
        "refresh-alert",
        "这一步没有办成，原来的内容都在。请返回上一页，刷新后看看最新情况再办。",
    ),
    422: Refusal("填的内容还要改", "edit", "这一步没有办成。请返回上一页改好再提交，您填的内容还在。"),
}
UNKNOWN = Refusal("这一步没有办成", "alert-triangle", "原来的内容都在。请返回上一页再试一次。")


def refusal(status: int) -> Refusal:
    """The words for ``status``; a general sentence for one without words of its own."""
    return REFUSALS.get(status, UNKNOWN)
