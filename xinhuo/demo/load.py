"""The demonstration: a province, its people, and the sample plan on its way. Loaded once, into an empty database."""

import random
from collections.abc import Callable

from django.db import transaction

from xinhuo.core.actor import Role
from xinhuo.orgs.models import Org
from xinhuo.people.models import User

from .conference import hold_conference
from .messages import send_messages
from .office import work_with_slips
from .own_plan import play_own_plan
from .people import LOGINS, account_lines, contacts, holder_of, make_logins, officer_of
from .sample import import_sample
from .steering import steer
from .units import installer, load_guizhou
from .village import load_village, play_village
from .year import PROVINCE, Scene, play

__all__ = ["LOGINS", "account_lines", "ensure_demo"]

SEED = 2020


def ensure_demo(*, say: Callable[[str], None]) -> bool:
    """Load the demonstration when the database is empty; returns whether it did. All or nothing."""
    if User.objects.exists() or Org.objects.exists():
        return False
    with transaction.atomic():
        _load(say)
    return True


def _load(say: Callable[[str], None]) -> None:
    rng = random.Random(SEED)  # noqa: S311 - names and figures of a demonstration
    by = installer()
    say("第一次启动，装入演示数据：贵州省教育部门和高校……")
    units = load_guizhou(by=by)
    load_village(units, rng, by=by)
    contacts(Org.objects.filter(is_synthetic=False), rng)
    make_logins(units, rng, by=by)
    scene = Scene(units, import_sample(units[PROVINCE], rng, say), rng, by)
    play(scene, say)
    steer(scene)
    hold_conference(scene, say)
    play_own_plan(scene, say)
    say("中心校替教学点签收、填报……")
    play_village(scene)
    send_messages()
    say("省里登记外来文，走处理笺……")
    department = units[PROVINCE]
    work_with_slips(officer_of(department, rng, by=by), holder_of(department, Role.LEADER))
    say("演示数据已装好。人员、电话、进展和日期都是编的，标有“演示”。")
