"""The office's year in one go, with a moved clock: from the document in May to what is carried over in January."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page

from tests.cast import Cast

from .office_year import conference, slow, spring, winter
from .office_year.office import Office, hire_leader

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_office_gets_through_its_year(
    live_server: object, page: Page, cast: Cast, settings: LazySettings, tmp_path: Path
) -> None:
    office = Office(str(live_server), page, cast, settings, tmp_path)
    hire_leader(cast)

    office.day(5, 6)
    plan = spring.the_document_leaves(office)
    spring.it_is_forwarded_under_an_own_number(office)
    office.day(6, 10)
    spring.a_county_writes_its_page_in_one_sitting(office)

    office.day(6, 15)
    conference.a_conference_is_called(office)
    conference.two_units_reply_and_the_sheet_is_one(office)
    office.day(6, 24)
    conference.the_issuer_postpones(office)
    office.day(6, 28)
    conference.nobody_is_late_by_it(office)

    office.day(7, 20)
    slow.the_group_text_names_it(office)
    slow.the_secretary_releases_the_escalation(office)
    office.day(7, 22)
    slow.a_leader_rules_on_paper(office, plan)
    slow.the_late_page_is_accepted(office)
    slow.it_is_closed_and_its_days_late_stay(office)

    office.day(12, 15)
    winter.the_summary_is_drafted(office, plan)
    office.day(1, 8, year=2027)
    winter.the_year_is_carried_over(office, plan)
