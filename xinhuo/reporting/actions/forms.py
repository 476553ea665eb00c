"""What is asked: made and changed until the first unit is asked. Whoever may write the subject may write this."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require

from ..columns import Column
from ..enums import FormKind
from ..models import Form
from ..rules import can_create_form, can_edit_form


class Asked(TypedDict, total=False):
    """What a person sets; ``columns`` may have gaps while it is a draft (see ``columns.problems``)."""

    title: str
    ready_set: str
    wants_list: bool
    columns: Sequence[Column]
    wants_text: bool
    text_help: str
    wants_files: bool
    files_help: str


@transaction.atomic
def create_form(*, by: Actor, **fields: Unpack[Asked]) -> Form:
    """A form of the actor's unit."""
    require(can_create_form(by))
    moment = clock.now()
    form = Form(org_id=by.org_id, created_at=moment, updated_at=moment)
    _write(form, fields)
    form.save()
    return form


@transaction.atomic
def save_form(form: Form, *, by: Actor, seen: str = "", **fields: Unpack[Asked]) -> Form:
    """Change it. ``seen`` is the ``version`` on the screen; NotNowError when somebody else saved meanwhile."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    require(can_edit_form(by, form))
    if seen and seen != form.version:
        require(not_now("同事刚刚改过要求回复的内容，和您打开时的不一样了。请刷新这一页，再接着改。"))
    _write(form, fields)
    form.updated_at = clock.now()
    form.save()
    return form


def _write(form: Form, fields: Asked) -> None:
    for name, value in fields.items():
        if name == "wants_list":
            form.kind = FormKind.LIST if value else FormKind.WORDS
        elif name == "columns":
            form.columns = [column.as_json() for column in fields["columns"]]
        else:
            setattr(form, name, value)
