"""A colleague does what another person of the unit was asked for (“我替张老师填”)."""

from django.db import transaction

from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.journal.actions import journal
from xinhuo.people.models import Person

from ..enums import Wait
from ..models import Todo
from ..queries import named_todo
from ..rules import can_help


@transaction.atomic
def help_with(todo: Todo, *, by: Actor) -> Todo:
    """Say that the actor does this for the person it names; both see it, and the history says so."""
    todo = Todo.objects.select_for_update(of=("self",)).get(pk=todo.pk)
    require(can_help(by, todo))
    if todo.helper_id not in (None, by.person_id):
        require(not_now(f"{todo.helper_name}已经在替他办了，请先和{todo.helper_name}说一声。"))
    todo.helper_id, todo.helper_name = by.person_id, by.person_name
    todo.save(update_fields=["helper_id", "helper_name"])
    sentence = f"替{name_of(todo.person_id)}办：{todo.title}"
    journal(by, "flows.helped", sentence, kind=todo.kind, subject_id=todo.subject_id)
    return todo


def name_of(person_id: int | None) -> str:
    """A person's name."""
    return Person.objects.filter(pk=person_id or 0).values_list("name", flat=True).first() or "同事"


def helped_by(by: Actor, kind: str, subject_id: int, org_id: int) -> str:
    """For whom the actor does it, where a colleague was asked and the actor has said that he helps; else empty."""
    todo = named_todo(kind, subject_id, org_id, Wait.FILL, Wait.CORRECT)
    if todo is None or todo.helper_id != by.person_id:
        return ""
    return name_of(todo.person_id)
