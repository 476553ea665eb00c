"""Standing proxy: dated, per matter, set by the unit above both."""

import datetime as dt

import pytest

from tests.cast import SINCE, Cast
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError, DeniedError
from xinhuo.journal.models import Entry
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.models import Org, Proxy
from xinhuo.orgs.proxies import acts_for, matters, proxies_of, units_stood_for
from xinhuo.orgs.proxying import PARENT, ProxyTerms, end_proxies, pairs, set_proxies

pytestmark = pytest.mark.django_db
REPORTING, RECEIVING = "plans.report", "documents.receive"


@pytest.fixture
def points(cast: Cast) -> list[Org]:
    """Three teaching points below the primary school."""
    specs = [
        UnitSpec(
            f"p{number}",
            cast.orgs["school"].pk,
            UnitFacts(f"马岭{number}教学点", f"马岭{number}", Kind.TEACHING_POINT),
            SINCE,
        )
        for number in range(3)
    ]
    made = bulk_create_units(specs, by=cast.xingyi_admin, sentence="登记教学点")
    return sorted(made.values(), key=lambda org: org.path)


def _terms(*keys: str, since: dt.date | None = None, until: dt.date | None = None) -> ProxyTerms:
    return ProxyTerms(keys or (REPORTING,), since or clock.today(), until, "委托书")


def test_apps_register_the_matters_as_data() -> None:
    assert {REPORTING, RECEIVING} <= {matter.key for matter in matters()}


def test_the_central_school_stands_in_for_its_points_in_one_matter(cast: Cast, points: list[Org]) -> None:
    assert set_proxies(points, PARENT, _terms(), by=cast.xingyi_officer) == 3

    assert acts_for(cast.school_officer, points[0].pk, REPORTING)
    assert not acts_for(cast.school_officer, points[0].pk, RECEIVING)
    assert not acts_for(cast.anlong_officer, points[0].pk, REPORTING)
    assert set(units_stood_for(cast.school_officer)) == {org.pk for org in points}
    assert proxies_of([points[0].pk], REPORTING)[points[0].pk] == cast.orgs["school"]


def test_a_unit_always_acts_for_itself(cast: Cast) -> None:
    assert acts_for(cast.school_officer, cast.orgs["school"].pk, REPORTING)
    assert acts_for(cast.school_officer, cast.orgs["school"].pk, "")


def test_it_holds_between_its_dates_only(cast: Cast, points: list[Org]) -> None:
    today = clock.today()
    set_proxies(points[:1], PARENT, _terms(since=today + dt.timedelta(days=1)), by=cast.xingyi_officer)
    set_proxies(points[1:2], PARENT, _terms(until=today + dt.timedelta(days=1)), by=cast.xingyi_officer)

    assert not acts_for(cast.school_officer, points[0].pk, REPORTING)
    assert acts_for(cast.school_officer, points[1].pk, REPORTING)


def test_a_new_one_takes_the_place_of_the_old(cast: Cast, points: list[Org]) -> None:
    set_proxies(points, PARENT, _terms(), by=cast.xingyi_officer)
    set_proxies(points[:1], cast.orgs["xingyi"], _terms(), by=cast.xingyi_officer)

    assert not acts_for(cast.school_officer, points[0].pk, REPORTING)
    assert acts_for(cast.xingyi_officer, points[0].pk, REPORTING)
    assert acts_for(cast.school_officer, points[1].pk, REPORTING)


def test_ending_gives_it_back_to_the_unit_and_keeps_the_record(cast: Cast, points: list[Org]) -> None:
    set_proxies(points, PARENT, _terms(), by=cast.xingyi_officer)
    assert end_proxies(Proxy.objects.all(), by=cast.xingyi_officer) == 3

    assert not acts_for(cast.school_officer, points[0].pk, REPORTING)
    assert Proxy.objects.count() == 3
    assert Entry.objects.filter(verb="orgs.proxy_ended").count() == 3


def test_only_a_unit_above_sets_it(cast: Cast, points: list[Org]) -> None:
    with pytest.raises(DeniedError, match="由它的上级单位设置"):
        set_proxies(points, cast.orgs["anlong"], _terms(), by=cast.anlong_officer)
    with pytest.raises(DeniedError, match="由它的上级单位设置"):
        set_proxies([cast.orgs["xingyi"]], PARENT, _terms(), by=cast.xingyi_officer)


def test_nobody_stands_in_for_itself_or_for_those_above(cast: Cast, points: list[Org]) -> None:
    found = pairs([cast.orgs["school"], points[0]], points[0])

    assert "下级" in found[0].why_not
    assert "自己" in found[1].why_not
    with pytest.raises(BadInputError, match="没有选中"):
        set_proxies([points[0]], points[0], _terms(), by=cast.xingyi_officer)


def test_setting_it_is_one_sentence_per_proxy_in_the_journal(cast: Cast, points: list[Org]) -> None:
    set_proxies(points, PARENT, _terms(REPORTING, RECEIVING), by=cast.xingyi_officer)

    entry = Entry.objects.get(verb="orgs.proxy_set")
    assert "3个单位" in entry.sentence
    assert "进展报送" in entry.sentence
