"""Who of a unit was asked by name for a page, and who does it for that person."""

from dataclasses import dataclass

from xinhuo.core.actor import Actor
from xinhuo.flows.enums import Wait
from xinhuo.flows.queries import named_todo
from xinhuo.people.models import Person

from ..enums import ReportState
from ..models import REPORTING, Report
from .pages import PageView


@dataclass(frozen=True, slots=True)
class Named:
    """A page that a colleague was asked for; ``helper`` is who said that he does it, ``mine`` the one who looks."""

    name: str
    helper: str
    mine: bool


def named_page(report: Report, view: PageView, actor: Actor) -> Named | None:
    """For a colleague in the same unit: whose page this is. Only what was asked back names a person.

    Nothing is read for the person who sent the page himself.
    """
    sender = view.climbs.processes[0].by_person_id if view.climbs.processes else None
    asked = report.org_id == actor.org_id and report.state == ReportState.RETURNED
    if not asked or sender == actor.person_id:
        return None
    todo = named_todo(REPORTING, report.pk, report.org_id, Wait.FILL, Wait.CORRECT)
    if todo is None or todo.person_id == actor.person_id:
        return None
    name = Person.objects.filter(pk=todo.person_id or 0).values_list("name", flat=True).first() or "同事"
    return Named(name, todo.helper_name, todo.helper_id == actor.person_id)
