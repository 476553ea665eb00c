"""Verbs on units. Tenure rows are written here and nowhere else; ``Org`` follows the row in force today."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import denied, not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from . import paths
from .enums import Kind, Line
from .facts import LABELS, UnitFacts, check, check_day
from .kinds import UNIT as SUBJECT
from .models import Org, OrgLine, Tenure
from .rules import can_change_unit, can_create_unit, can_set_contact, can_set_second_line

DAYS_AHEAD = 366
"""How far ahead a change may be entered."""


@transaction.atomic
def create_root(facts: UnitFacts, *, by: Actor, since: dt.date, basis: str = "") -> Org:
    """Create the one unit at the top, on an empty installation and from outside the tree only."""
    if by.path:
        require(denied("最上级单位只在安装时建立。"))
    if Org.objects.exists():
        require(not_now("已经有最上级单位了，一套系统只有一个。"))
    return _store(None, check(facts), by, check_day(since, clock.today()), basis)


@transaction.atomic
def create_unit(
    parent: Org, facts: UnitFacts, *, by: Actor, since: dt.date, basis: str = "", is_synthetic: bool = False
) -> Org:
    """Add a unit directly below ``parent`` from ``since`` on, and return it.

    Raises BadInputError where the facts do not hold or the name or code is already taken.
    """
    parent = Org.objects.select_for_update().get(pk=parent.pk)
    require(can_create_unit(by, parent))
    check(facts)
    if facts.kind not in Kind(parent.kind).may_hold:
        raise BadInputError(
            f"{Kind(parent.kind).label}下面不能设“{Kind(facts.kind).label}”，请换一个类别或上级单位。"
        )
    _refuse_taken(facts, parent)
    day = check_day(since, clock.today())
    return _store(parent, facts, by, day, basis, is_synthetic=is_synthetic)


def _store(
    parent: Org | None, facts: UnitFacts, by: Actor, since: dt.date, basis: str, *, is_synthetic: bool = False
) -> Org:
    number = next_step(parent) if parent else 0
    org = Org.objects.create(
        parent=parent,
        path=(parent.path if parent else "") + paths.step(number),
        order=number,
        is_synthetic=is_synthetic,
        **facts.as_mirror(),
    )
    Tenure.objects.create(org=org, parent=parent, valid_from=since, basis=basis[:200], **facts.as_values())
    where = f"，上级是{parent.name}" if parent else ""
    journal(by, "orgs.created", f"新增单位“{org.name}”{where}", kind=SUBJECT, subject_id=org.pk)
    return org


def next_step(parent: Org) -> int:
    """The number of the next unit below ``parent``; numbers are never used twice."""
    last = Org.objects.filter(parent=parent).order_by("path").values_list("path", flat=True).last()
    return 0 if last is None else paths.number_of(last) + 1


def _refuse_taken(facts: UnitFacts, parent: Org | None, *, besides: int | None = None) -> None:
    others = Org.objects.open()
    if besides is not None:
        others = others.exclude(pk=besides)
    if parent and others.filter(parent=parent, name=facts.name).exists():
        raise BadInputError(f"{parent.name}下面已经有“{facts.name}”了，请核对是不是同一个单位。")
    if facts.code:
        taken = others.filter(code=facts.code).first()
        if taken is not None:
            raise BadInputError(f"代码 {facts.code} 已由“{taken.name}”使用，请核对。")


@transaction.atomic
def change_unit(
    org: Org, facts: UnitFacts, *, by: Actor, since: dt.date, basis: str = "", seen: str = ""
) -> Tenure:
    """Give ``org`` new facts from ``since`` on and return the row that now stays open.

    The row before ends on that day. The same day as the open row's first means a correction of that row.
    ``Org`` follows at once when ``since`` is today or earlier, otherwise ``mirror_due`` brings it later.
    ``seen`` is the digest of the facts the person was shown: when somebody changed them meanwhile, NotNowError.
    """
    org = Org.objects.select_for_update().get(pk=org.pk)
    require(can_change_unit(by, org))
    check(facts)
    if org.parent and facts.kind not in Kind(org.parent.kind).may_hold:
        raise BadInputError(f"{Kind(org.parent.kind).label}下面不能设“{Kind(facts.kind).label}”。")
    _refuse_kind_that_cannot_hold(org, Kind(facts.kind))
    _refuse_taken(facts, org.parent, besides=org.pk)
    check_day(since, clock.today() + dt.timedelta(days=DAYS_AHEAD))
    row = org.tenures.get(valid_to__isnull=True)
    if seen and seen != facts_of(row).digest:
        require(not_now("您打开这一页以后，别人已经改过这个单位的资料。请先看看现在的资料，再决定要不要改。"))
    changed = facts.changed_from(facts_of(row))
    if not changed:
        raise BadInputError("没有改动任何一栏。要修改请先改好再提交。")
    if since < row.valid_from:
        raise BadInputError(f"起始日期不能早于最近一条记录的起始日期 {row.valid_from.isoformat()}。")
    row = _replace(row, facts, since, basis)
    if since <= clock.today():
        Org.objects.filter(pk=org.pk).update(**facts.as_mirror())
    words = "、".join(LABELS[name] for name in changed)
    sentence = f"修改“{org.name}”的{words}，{since.isoformat()} 起算"
    journal(by, "orgs.changed", sentence, kind=SUBJECT, subject_id=org.pk, fields=changed)
    return row


def _refuse_kind_that_cannot_hold(org: Org, kind: Kind) -> None:
    present = set(org.children.filter(closed=False).values_list("kind", flat=True))
    if misfits := present - set(kind.may_hold):
        words = "、".join(Kind(value).label for value in sorted(misfits))
        raise BadInputError(f"这个单位下面还有{words}，不能改成“{kind.label}”。")


def _replace(row: Tenure, facts: UnitFacts, since: dt.date, basis: str) -> Tenure:
    if since == row.valid_from:
        for name, value in facts.as_values().items():
            setattr(row, name, value)
        row.basis = basis[:200] or row.basis
        row.save()
        return row
    row.valid_to = since
    row.save(update_fields=["valid_to"])
    return Tenure.objects.create(
        org=row.org, parent=row.parent, valid_from=since, basis=basis[:200], **facts.as_values()
    )


def facts_of(row: Tenure) -> UnitFacts:
    """What a Tenure row says about its unit."""
    return UnitFacts(
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        ownership=row.ownership,
        locality=row.locality,
        code=row.code,
        formal_name=row.formal_name,
    )


@transaction.atomic
def mirror_due(*, by: Actor) -> int:
    """Bring ``Org`` up to the rows in force today; returns how many units changed. Meant to run daily."""
    mirrored = ("name", "short_name", "kind", "ownership", "locality", "code")
    differs = Q(pk__in=[])
    for name in mirrored:
        differs |= ~Q(**{name: F(f"org__{name}")})
    rows = list(Tenure.objects.on(clock.today()).filter(differs).select_related("org"))
    for row in rows:
        Org.objects.filter(pk=row.org_id).update(**facts_of(row).as_mirror())
        sentence = f"“{row.org.name}”自 {row.valid_from.isoformat()} 起改为“{row.name}”，今天生效"
        journal(by, "orgs.changed", sentence, kind=SUBJECT, subject_id=row.org_id)
    return len(rows)


@transaction.atomic
def set_second_line(org: Org, superior: Org, *, by: Actor, since: dt.date, basis: str = "") -> OrgLine:
    """Say that ``org`` also answers to ``superior`` from ``since`` on; the line is the superior's own."""
    org = Org.objects.select_for_update().get(pk=org.pk)
    superior = Org.objects.get(pk=superior.pk)
    require(can_set_second_line(by, org, superior))
    if OrgLine.objects.filter(org=org, superior=superior, valid_to__isnull=True).exists():
        require(not_now(f"“{org.name}”已经设了到“{superior.name}”的第二条线。"))
    day = check_day(since, clock.today() + dt.timedelta(days=DAYS_AHEAD))
    if OrgLine.objects.filter(org=org, superior=superior, valid_to__gt=day).exists():
        raise BadInputError("这一天上一段第二条线还没有结束，请换一个起始日期。")
    line = OrgLine.objects.create(
        org=org, superior=superior, line=superior.line, valid_from=day, basis=basis[:200]
    )
    label = Line(line.line).label
    sentence = f"设置“{org.name}”的第二条线：{superior.name}（{label}），{day.isoformat()} 起"
    journal(by, "orgs.second_line", sentence, kind=SUBJECT, subject_id=org.pk)
    return line


@transaction.atomic
def end_second_line(line: OrgLine, *, by: Actor, until: dt.date) -> OrgLine:
    """End a second line; ``until`` is the first day on which it no longer holds."""
    line = OrgLine.objects.select_for_update(of=("self",)).select_related("org", "superior").get(pk=line.pk)
    require(can_set_second_line(by, line.org, line.superior))
    if line.valid_to is not None:
        require(not_now(f"这条第二条线已经在 {line.valid_to.isoformat()} 结束。"))
    if until <= line.valid_from:
        raise BadInputError(f"结束日期要晚于起始日期 {line.valid_from.isoformat()}。")
    line.valid_to = check_day(until, clock.today() + dt.timedelta(days=DAYS_AHEAD), "结束日期")
    line.save(update_fields=["valid_to"])
    sentence = f"结束“{line.org.name}”到“{line.superior.name}”的第二条线，{until.isoformat()} 起不再适用"
    journal(by, "orgs.second_line_ended", sentence, kind=SUBJECT, subject_id=line.org_id)
    return line


@transaction.atomic
def set_contact(org: Org, *, name: str, phone: str, by: Actor) -> Org:
    """Name the unit's contact; both empty removes it. The journal keeps that it changed, not the number."""
    org = Org.objects.select_for_update().get(pk=org.pk)
    require(can_set_contact(by, org))
    org.contact_name, org.contact_phone = name.strip(), phone.strip()
    if bool(org.contact_name) != bool(org.contact_phone):
        raise BadInputError("联系人和联系电话要一起填写，或一起留空。")
    org.save(update_fields=["contact_name", "contact_phone"])
    fields = ("contact_name", "contact_phone")
    journal(by, "orgs.contact", f"修改“{org.name}”的联系人", kind=SUBJECT, subject_id=org.pk, fields=fields)
    return org
