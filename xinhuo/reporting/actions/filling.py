"""Filling an answer: typed, pasted, uploaded, taken over from below. What two people type never overwrites silently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.flows.rules import current_step
from xinhuo.journal.actions import journal

from .. import rows as lists
from ..enums import ReturnState, Standing
from ..kinds import RETURN
from ..models import Return
from ..queries.rounds import Answer, collected, rounds_below
from ..rules import can_fill

MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands on a person's screen: rows by id (those shown), the text, and the version they are of."""

    rows: Mapping[str, Mapping[str, str]]
    seen: int
    text: str | None = None
    nothing: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer after a save; rows (by id) and text in which a colleague was faster stand as they had them."""

    ret: Return
    clashes: Mapping[str, lists.Row]
    text_clash: bool = False


def locked(ret: Return) -> Return:
    """The answer as it is now, held until the transaction ends."""
    rows = Return.objects.select_for_update(of=("self",)).select_related("round__form", "round__asker", "org")
    return rows.get(pk=ret.pk)


@transaction.atomic
def save_return(ret: Return, entry: Entry, *, by: Actor) -> Outcome:
    """Keep what was typed, row by row; a save that changes nothing writes nothing."""
    ret = locked(ret)
    require(can_fill(by, ret))
    saved = lists.save(ret.round.form.column_list, ret.rows, entry.rows, _hand(ret, entry.seen, by))
    _require_room(saved.rows)
    text_clash = _text_clash(ret, entry, by)
    changed = saved.changed
    if entry.text is not None and entry.text != ret.text and not text_clash:
        ret.text, ret.text_version, ret.text_by_id = entry.text, ret.version + 1, by.person_id
        changed = True
    if entry.nothing is not None and entry.nothing != ret.nothing:
        ret.nothing, changed = entry.nothing, True
    if changed:
        _keep(ret, saved.rows, by)
    return Outcome(ret, saved.clashes, text_clash)


@transaction.atomic
def add_rows(
    ret: Return, added: Iterable[Mapping[str, str]], *, by: Actor, replace: bool = False
) -> tuple[Return, int, int]:
    """Rows that came in one go. Returns the answer, how many were added, and how many stood there already."""
    ret = locked(ret)
    require(can_fill(by, ret))
    columns = ret.round.form.column_list
    found, number, same = lists.add(columns, ret.rows, added, _hand(ret, ret.version, by), replace=replace)
    _require_room(found)
    if number or replace:
        _keep(ret, found, by)
    return ret, number, same


@transaction.atomic
def take_out_row(ret: Return, row_id: str, *, by: Actor) -> Return:
    """One row out; it can be brought back."""
    ret = locked(ret)
    require(can_fill(by, ret))
    _keep(ret, lists.take_out(ret.rows, row_id, _hand(ret, ret.version, by)), by)
    return ret


@transaction.atomic
def bring_back_rows(ret: Return, *, by: Actor) -> Return:
    """Everything that was taken out is there again."""
    ret = locked(ret)
    require(can_fill(by, ret))
    _keep(ret, lists.bring_back(ret.rows, _hand(ret, ret.version, by)), by)
    return ret


@transaction.atomic
def take_over_rows(ret: Return, child_ids: Sequence[int], *, by: Actor) -> tuple[Return, list[str]]:
    """Put what units below sent into the own list; what still waits for a decision is accepted with it.

    Returns the answer and the names of the units. Raises BadInputError when none of them has sent anything.
    """
    ret = locked(ret)
    require(can_fill(by, ret))
    names = []
    for answer in _children(ret, child_ids, by):
        child = lists.Child(
            answer.ret.pk, answer.revision or 0, answer.ret.org_id, answer.ret.org.short_name, answer.rows
        )
        ret.rows = lists.take_over(ret.rows, child, _hand(ret, ret.version, by))
        names.append(child.unit)
    if not names:
        raise BadInputError("还没有勾选已经报来的单位。请在“下级报来的”里勾选，再点并入。")
    _require_room(ret.rows)
    _keep(ret, ret.rows, by)
    sentence = f"把{'、'.join(names[:8])}{'等' if len(names) > 8 else ''}报的并进《{ret.round.title}》"  # noqa: PLR2004  as many names as a sentence bears
    journal(by, "reporting.taken_over", sentence, kind=RETURN, subject_id=ret.pk)
    return ret, names


def _children(ret: Return, child_ids: Sequence[int], by: Actor) -> list[Answer]:
    """The chosen answers below, each accepted by now."""
    wanted = set(child_ids)
    rounds = list(rounds_below(ret).select_related("form", "asker"))
    for asked in rounds:
        for answer in collected(asked).answers:
            if answer.ret.pk in wanted and answer.standing == Standing.SUBMITTED:
                accept(answer.ret, by=by)
    found = [answer for asked in rounds for answer in collected(asked).answers]
    return [answer for answer in found if answer.ret.pk in wanted and answer.said is not None]


def accept(ret: Return, *, by: Actor) -> bool:
    """Accept what lies before the asking unit; False where it is being signed inside its own unit."""
    process = open_process(RETURN, ret.pk)
    desk = current_step(process) if process else None
    if process is None or desk is None or desk.is_inner:
        return False
    decide(process, Verdict.ACCEPT, by=by)
    return True


def _hand(ret: Return, seen: int, by: Actor) -> lists.Hand:
    near = ret.due or clock.today()
    return lists.Hand(ret.version + 1, seen, by.person_id, ret.org.short_name, near)


def _text_clash(ret: Return, entry: Entry, by: Actor) -> bool:
    newer = ret.text_version > entry.seen and ret.text_by_id != by.person_id
    return entry.text is not None and entry.text != ret.text and newer


def _require_room(rows: Sequence[lists.Row]) -> None:
    if len(lists.listed(rows)) > MOST_ROWS:
        raise BadInputError(f"一份名单最多 {MOST_ROWS:,} 行。请分成几份，或者请来文单位另定办法。")


def _keep(ret: Return, rows: list[lists.Row], by: Actor) -> None:
    if ret.state == ReturnState.DRAFT and not ret.saved_at:
        journal(by, "reporting.filled", f"开始填报《{ret.round.title}》", kind=RETURN, subject_id=ret.pk)
    ret.rows, ret.version, ret.saved_at = rows, ret.version + 1, clock.now()
    ret.saved_by_id, ret.saved_by = by.person_id, by.person_name
    ret.saved_for_id = by.org_id if by.org_id != ret.org_id else None
    ret.save()
