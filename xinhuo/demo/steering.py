"""Progress that is steered: some units slow, one with a cause, one given more time, one duty closed; by real verbs."""

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.orgs.models import Org
from xinhuo.plans.actions.closing import close_task
from xinhuo.plans.actions.sending import call_report
from xinhuo.plans.actions.steering import ask_extension, decide_extension, explain, set_points, set_target
from xinhuo.plans.dates import due_of
from xinhuo.plans.models import Assignment, Duty, Plan

from .year import PROVINCE, QIANXINAN, Scene

PREFECTURES = ("520100", "520200", "520300", "520400", "520600", "522300", "522600")
SLOW, MORE_TIME, CLOSED = "520200", "520300", "520100"
POINT_DAYS, POINT_SHARE = 3, 40
COUNTED = 3
SOON_DAYS = 2


def steer(scene: Scene) -> None:
    """Targets with a time point that has just passed, then what an office does about it."""
    by = scene.officer(scene.units[PROVINCE])
    duties = _counted_duties(scene.plan)
    for duty in duties:
        _aim(scene, duty, by)
    if not duties:
        return
    first, last = duties[0], duties[-1]
    slow = _task(scene, first, SLOW)
    if slow:
        words = "承办的老同志正在住院，下月补上。"
        explain(slow, "staff", words, by=scene.officer(scene.units[SLOW]))
    _more_time(scene, last, by)
    due = clock.today() + dt.timedelta(days=SOON_DAYS)
    call_report(title="组织建设最新进展", year=scene.plan.year, due=due, duty_ids=[first.pk], by=by)
    done = _task(scene, first, CLOSED)
    if done and done.accepted_revision:
        close_task(done, words="按目标完成。", confirmed=True, by=by)


def _counted_duties(plan: Plan) -> list[Duty]:
    """The first few duties that are reported in numbers."""
    found = plan.duties.filter(removed=False, target_kind="number", standing=False, due__isnull=False)
    return list(found.select_related("plan__document").order_by("position")[:COUNTED])


def _aim(scene: Scene, duty: Duty, by: Actor) -> None:
    """40% by a few days ago; a target for each prefecture of which the number reported is a believable part."""
    day = clock.today() - dt.timedelta(days=POINT_DAYS)
    set_points(duty, [(day, POINT_SHARE)], by=by)
    for code in PREFECTURES:
        item = _task(scene, duty, code)
        if item and item.sent_number:
            set_target(item, _target(item.sent_number, code, scene.rng), by=by)
    for county in Org.objects.filter(parent=scene.units[QIANXINAN]).order_by("path"):
        item = Assignment.objects.filter(duty=duty, org=county).first()
        if item and item.sent_number:
            share = scene.rng.choice((0.2, 0.5, 0.7, 0.9))
            aim = Decimal(round(float(item.sent_number) / share) or 1)
            set_target(item, aim, by=scene.officer(scene.units[QIANXINAN]))


def _target(number: Decimal, code: str, rng: random.Random) -> Decimal:
    shares: Sequence[float] = (0.5, 0.6, 0.7, 0.8)
    share = 0.2 if code == SLOW else 1.0 if code == CLOSED else rng.choice(shares)
    return Decimal(round(float(number) / share) or 1)


def _more_time(scene: Scene, duty: Duty, by: Actor) -> None:
    """One prefecture asks for a month more, and gets it."""
    item = _task(scene, duty, MORE_TIME)
    due = due_of(item) if item else None
    if item is None or due is None:
        return
    reason = "承办学校正在合并，需要等新班子到位。"
    asked = ask_extension(item, due + dt.timedelta(days=30), reason, by=scene.officer(scene.units[MORE_TIME]))
    decide_extension(asked, grant=True, answer="同意，请在合并后及时报送。", by=by)


def _task(scene: Scene, duty: Duty, code: str) -> Assignment | None:
    found = Assignment.objects.filter(duty=duty, org=scene.units[code])
    return found.select_related("duty__plan", "org").first()
