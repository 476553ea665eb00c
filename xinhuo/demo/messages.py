"""A few messages for the demonstration: two that went out, one that waits for a look."""

from dataclasses import dataclass

from xinhuo.core.actor import Actor
from xinhuo.notifications.actions import prepare_broadcast, release_broadcast
from xinhuo.orgs.enums import Kind
from xinhuo.people.models import Appointment


@dataclass(frozen=True, slots=True)
class Words:
    """Who writes what to whom, and who looks it over (nobody yet: it waits)."""

    writer: str
    looker: str
    title: str
    text: str
    kind: Kind
    to: str


SAID = (
    Words(
        "sheng",
        "sheng-mishu",
        "请提醒所属学校核对联系电话",
        "系统里“打电话问人”用的就是各单位登记的联系电话。请提醒所属学校看一遍，不对的请本单位管理员改过来。",
        Kind.PREFECTURE,
        "9 个市（州）",
    ),
    Words(
        "qianxinan",
        "qianxinan",
        "半年报送有不清楚的，可以先打电话",
        "有的县问“本级”怎么填：只写县局自己办的，学校办的由系统加总，不用再填一遍。",
        Kind.COUNTY,
        "黔西南州各县（市、区）",
    ),
    Words(
        "sheng",
        "",
        "暑期安全提醒",
        "暑假将至，请各地“五老”志愿者外出活动注意防暑，量力而行。",
        Kind.PREFECTURE,
        "9 个市（州）",
    ),
)


def send_messages() -> None:
    """Write them by the verbs; what was looked over goes as soon as the worker runs."""
    for words in SAID:
        made = prepare_broadcast(
            title=words.title,
            text=words.text,
            to={"kinds": [words.kind]},
            to_label=words.to,
            by=_actor(words.writer),
        )
        if words.looker:
            release_broadcast(made, by=_actor(words.looker))


def _actor(username: str) -> Actor:
    posts = Appointment.objects.current().filter(person__user__username=username)
    return posts.select_related("org", "person__user").get().as_actor(origin="演示")
