"""Lists the office asks for again and again, as data: a new one is a few lines here, no code."""

from dataclasses import dataclass

from xinhuo.reporting.columns import Column
from xinhuo.reporting.enums import ColumnType

TEXT, NUMBER, CHOICE = ColumnType.TEXT, ColumnType.NUMBER, ColumnType.CHOICE
PERSON, UNIT, DATE = ColumnType.PERSON, ColumnType.UNIT, ColumnType.DATE
SEX = Column("sex", "性别", CHOICE, choices=("男", "女"))
PHONE = Column("phone", "联系电话", TEXT, required=True)


@dataclass(frozen=True, slots=True)
class ReadyList:
    """A set of columns under a name people know."""

    key: str
    title: str
    columns: tuple[Column, ...]


READY: tuple[ReadyList, ...] = (
    ReadyList(
        "conference",
        "参会回执",
        (
            Column("name", "姓名", PERSON, required=True, unique=True),
            SEX,
            Column("unit", "单位", UNIT, required=True),
            Column("post", "职务", TEXT),
            Column("phone", "联系电话", TEXT, required=True, unique=True),
            Column("arrives", "到达日期", DATE),
            Column("room", "是否住宿", CHOICE, required=True, choices=("是", "否")),
            Column("remark", "备注", TEXT, help="车次、饮食等"),
        ),
    ),
    ReadyList(
        "teachers",
        "骨干老师名单",
        (
            Column("name", "姓名", PERSON, required=True, unique=True),
            SEX,
            Column("unit", "学校", UNIT, required=True, unique=True),
            Column("subject", "任教学科", TEXT),
            Column("post", "职务、职称", TEXT),
            PHONE,
            Column("trained", "参加过培训", CHOICE, choices=("是", "否")),
        ),
    ),
    ReadyList(
        "nominations",
        "推荐汇总表",
        (
            Column("work", "作品或事迹名称", TEXT, required=True, unique=True),
            Column("name", "作者或推荐对象", PERSON, required=True, unique=True),
            Column("unit", "单位", UNIT, required=True),
            Column("group", "组别", CHOICE, choices=("小学组", "初中组", "高中（中职）组", "高校组", "其他")),
            Column("teacher", "指导教师", PERSON),
            Column("phone", "联系电话", TEXT),
            Column("rank", "推荐排序", NUMBER),
        ),
    ),
    ReadyList(
        "supplies",
        "受助学校物资",
        (
            Column("unit", "受助学校", UNIT, required=True, unique=True),
            Column("goods", "物资名称", TEXT, required=True, unique=True),
            Column("count", "数量", NUMBER, required=True),
            Column("measure", "单位（件、套、本）", TEXT, required=True),
            Column("value", "折合金额", NUMBER, unit="元"),
            Column("pupils", "受益学生", NUMBER, unit="人"),
            Column("arrived", "到校日期", DATE),
            Column("signer", "签收人", PERSON),
            Column("phone", "联系电话", TEXT),
        ),
    ),
    ReadyList(
        "subscriptions",
        "订阅数",
        (
            Column("unit", "单位", UNIT, required=True, unique=True),
            Column("paper", "报刊名称", TEXT, required=True, unique=True),
            Column("copies", "订阅数", NUMBER, required=True, unit="份"),
            Column("last", "上年订阅数", NUMBER, unit="份"),
            Column("contact", "联系人", PERSON),
            Column("phone", "联系电话", TEXT),
        ),
    ),
)
BY_KEY = {ready.key: ready for ready in READY}
