"""One unit's answer: filling on screen, by pasting or by workbook; sending, taking back, deciding."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.contracts import by_kind
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import (
    HttpResponse,
    HttpResponseBase,
    MemberRequest,
    is_htmx,
    page,
    signed_in,
    toast,
    workbook_response,
)
from xinhuo.files.actions import set_attachments
from xinhuo.files.queries import attachments
from xinhuo.files.uploads import gather
from xinhuo.flows.climbs import climbs
from xinhuo.flows.rules import can_decide, can_recall, current_step
from xinhuo.flows.ruling import RulingForm

from .. import rows as lists
from ..actions import (
    add_rows,
    bring_back_rows,
    recall_return,
    save_return,
    submit_return,
    take_out_row,
    take_over_rows,
)
from ..actions.filling import Outcome
from ..books import template
from ..enums import ReturnState
from ..forms import ReturnPost, ids_of
from ..grid import Table
from ..kinds import RETURN
from ..models import Return
from ..queries.pages import BLANK, MORE, ReturnPage, fill_page, lacks, read_page
from ..rules import acts_for, can_fill


@dataclass(frozen=True, slots=True)
class Taken:
    """What a post left behind: the answer as it is now, and what could not be taken."""

    ret: Return
    post: ReturnPost
    outcome: Outcome
    problems: list[str]

    @property
    def clashed(self) -> bool:
        """Whether a colleague was faster somewhere."""
        return bool(self.outcome.clashes) or self.outcome.text_clash


def _return(request: MemberRequest, pk: int) -> Return:
    rows = Return.objects.visible_to(request.actor).with_stood_for(request.actor)
    return get_object_or_404(rows.select_related("round__form", "round__asker", "org"), pk=pk)


@require_safe
@signed_in
def return_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """A form for the unit while it may fill, else what was sent."""
    ret = _return(request, pk)
    return page(request, "reporting/return_detail.html", _context(request, ret))


def _context(request: MemberRequest, ret: Return) -> dict[str, Any]:
    again = ret.state != ReturnState.ACCEPTED or "edit" in request.GET
    filling = bool(can_fill(request.actor, ret)) and again
    asked = request.GET.get("page", "1")
    if filling:
        number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004  a page number
        view = fill_page(ret, number=number, blanks=MORE if "more" in request.GET else BLANK)
    else:
        view = read_page(ret, request.actor)
    process = view.climbs.open
    return {
        "nav_key": "returns",
        "ret": ret,
        "round": ret.round,
        "form": ret.round.form,
        "view": view,
        "seen": ret.version,
        "filling": filling,
        "own": acts_for(request.actor, ret),
        "may_fill": can_fill(request.actor, ret),
        "subject_url": by_kind("subjects")[ret.round.kind].url(ret.round.subject_id),
        "process": process,
        "step": view.climbs.desk,
        "may_decide": bool(process and can_decide(request.actor, process)),
        "may_recall": bool(process and can_recall(request.actor, process)),
        "ruling": RulingForm(),
        "history": view.climbs.shown_to(request.actor),
        "asked": view.climbs.asked,
    }


def _take(request: MemberRequest, ret: Return) -> Taken:
    """Keep what was typed and which files hang here, whatever button was pressed."""
    post = ReturnPost(request.POST, ret.round.form.column_list)
    outcome = save_return(ret, post.entry, by=request.actor)
    problems: list[str] = []
    if ret.round.form.wants_files and "has_files" in request.POST:
        gathered = gather("files", request.POST, request.FILES, by=request.actor)
        hanging = [item.file_id for item in attachments(RETURN, ret.pk)]
        set_attachments(RETURN, ret.pk, gathered.with_others(hanging), by=request.actor)
        problems = gathered.errors
    return Taken(outcome.ret, post, outcome, problems)


def _again(request: MemberRequest, taken: Taken, *, status: int, **more: Any) -> HttpResponse:
    """The same page with what was typed, and what is in the way."""
    ret, post = taken.ret, taken.post
    view = fill_page(ret, number=post.page)
    _show_typed(view, taken)
    context = _context(request, ret) | {"view": view, "filling": True, "problems": taken.problems} | more
    if taken.clashed:
        context |= {"seen": post.seen, "text_clash": taken.outcome.text_clash}
        view.text = post.text or "" if taken.outcome.text_clash else view.text
    context["theirs"] = ret
    return page(request, "reporting/return_detail.html", context, fragments=("check",), status=status)


def _show_typed(view: ReturnPage, taken: Taken) -> None:
    """Put back what a person typed where a colleague's words stand now: nothing typed is lost."""
    for row in view.rows:
        theirs = taken.outcome.clashes.get(row.id)
        if theirs is None:
            continue
        row.theirs = "，".join(value for value in theirs["cells"].values() if value) or "（空）"
        for cell in row.cells:
            cell.value = taken.post.rows[row.id][cell.column.key]


@require_POST
@signed_in
def return_save(request: MemberRequest, pk: int) -> HttpResponse:
    """Autosave, and every button of the page but 提交: first what was typed is kept, then the button does its work."""
    ret = _return(request, pk)
    require(can_fill(request.actor, ret))
    taken = _take(request, ret)
    if taken.clashed or taken.problems or is_htmx(request):
        wrong = 422 if taken.clashed and is_htmx(request) else 409 if taken.clashed else 422
        fine = is_htmx(request) and not (taken.clashed or taken.problems)
        return _again(request, taken, status=200 if fine else wrong, just_saved=True)
    try:
        said, then = _do(request, taken)
    except BadInputError as error:  # beside the box it belongs to, with what stood in it
        return _again(request, taken, status=422, refused=error.reason, pasted=request.POST.get("pasted", ""))
    return toast(request, said, then=_address(taken.ret, then))


def _address(ret: Return, then: str) -> str:
    """The page to fill, also where the answer was accepted already and is being corrected."""
    if ret.state == ReturnState.ACCEPTED:
        then = then.replace("?", "?edit=1&", 1) if then.startswith("?") else f"?edit=1{then}"
    return f"{ret.url}{then}"


def _do(request: MemberRequest, taken: Taken) -> tuple[str, str]:
    """What the pressed button does; the words about it and where on the page to go on."""
    wish, about = taken.post.wish
    here = f"?page={taken.post.page}"
    if wish in {"paste", "upload"}:
        return _add(request, taken, wish)
    if wish == "take":
        _, names = take_over_rows(taken.ret, ids_of(request.POST, "child"), by=request.actor)
        return f"已把{'、'.join(names)}报的并进来。", "#h-taken"
    if wish == "remove":
        take_out_row(taken.ret, about, by=request.actor)
    if wish == "back":
        bring_back_rows(taken.ret, by=request.actor)
    said = {
        "add": ("已存好，下面加了空行。", f"{here}&more=1#rows-end"),
        "goto": ("已存好。", f"?page={about}"),
        "remove": ("这一行拿掉了。要恢复，点“找回拿掉的行”。", here),
        "back": ("拿掉的行都找回来了。", here),
    }
    return said.get(wish, ("已存好，可以随时关掉这一页，下次接着填。", here))


def _add(request: MemberRequest, taken: Taken, wish: str) -> tuple[str, str]:
    doubts: list[str] = []
    if wish == "paste":
        table = taken.post.pasted()
    else:
        table, doubts = taken.post.uploaded(request.FILES.get("workbook"))
    replace = request.POST.get("how") == "replace"
    ret, number, same = add_rows(taken.ret, table.rows, by=request.actor, replace=replace)
    view = fill_page(ret)
    return _about(table, number, same, doubts, wrong=len(view.wrong) + len(view.wrong_elsewhere)), (
        f"?page={view.pages}#rows-end"
    )


def _about(table: Table, number: int, same: int, doubts: list[str], *, wrong: int) -> str:
    """What became of rows that came in one go."""
    parts = [f"加进来 {number} 行。"]
    if same:
        parts.append(f"有 {same} 行和表里已有的一样，没有再加。")
    if table.ignored:
        parts.append(f"没有对应栏目、没读的：{'、'.join(table.ignored[:8])}。")
    if table.missing:
        parts.append(f"来的表里没有这几栏：{'、'.join(table.missing[:8])}。")
    if wrong:
        parts.append(f"现在有 {wrong} 行要改，红框旁边写着怎么改。")
    return "".join([*parts, *doubts[:3]])


@require_POST
@signed_in
def return_submit(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep what was typed, then send it one step up."""
    ret = _return(request, pk)
    require(can_fill(request.actor, ret))
    taken = _take(request, ret)
    missing = lacks(taken.ret, files=attachments(RETURN, ret.pk).count())
    if taken.clashed or taken.problems or missing:
        return _again(request, taken, status=409 if taken.clashed else 422, missing=missing)
    desk = current_step(submit_return(taken.ret, by=request.actor))
    to = ret.round.asker.committee_name
    said = f"已提交给{to}。审核前可以撤回。"
    if desk is not None and desk.is_inner:  # it has not left the unit yet
        said = f"已提交，先由本单位{desk.get_role_display()}审签，同意后报给{to}。"
    return toast(request, said, then=ret.url)


@require_POST
@signed_in
def return_recall(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it back before it was decided."""
    ret = _return(request, pk)
    recall_return(ret, by=request.actor)
    return toast(request, "已撤回，可以接着改。", then=ret.url)


@require_POST
@signed_in
def return_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept it or ask for more, with a reason."""
    ret = _return(request, pk)
    found = climbs(RETURN, ret.pk)
    process = found.open or next(iter(found.shown_to(request.actor)), None)
    if process is None:
        raise Http404
    require(can_decide(request.actor, process))
    form = RulingForm(request.POST, request.FILES, by=request.actor)
    if not form.is_valid():
        context = _context(request, ret) | {"ruling": form}
        return page(request, "reporting/return_detail.html", context, status=422)
    form.rule(process, by=request.actor)
    back = ret.url if ret.org_id == request.actor.org_id else ret.round.url
    return toast(request, f"已办：{ret.org.short_name}的回复。", then=back)


@require_safe
@signed_in
def return_template(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The .xlsx to fill, with what the unit has filled already."""
    ret = _return(request, pk)
    columns = ret.round.form.column_list
    if not columns:
        raise Http404
    name = f"{ret.org.short_name}-{ret.round.form.title or '名单'}"
    kept = lists.own(ret.rows) if acts_for(request.actor, ret) else []
    return workbook_response(name, template(ret.round.form.title, columns, kept))
