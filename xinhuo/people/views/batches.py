"""Many accounts at once: template, upload, preview, and opening them with slips, a few per request."""

from collections.abc import Iterator

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xinhuo.core.actor import Role
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import HttpResponse, HttpResponseBase, MemberRequest, page, signed_in, workbook_response
from xinhuo.core.workbook import SheetSpec, read_rows
from xinhuo.orgs.models import Org
from xinhuo.people.actions import open_next, rows_of, stage_batch
from xinhuo.people.finding import written
from xinhuo.people.forms import UploadForm
from xinhuo.people.models import AccountBatch
from xinhuo.people.rules import can_keep_accounts
from xinhuo.people.sheet import COLUMNS, MOST_ROWS, NEEDED

from .keys import slip_context

MOST_UNITS_LISTED = 5000
EXPLAINED = (
    ("单位", "必填。写全称或者简称；重名的写“上级单位/单位”。可以从第三张表里复制。"),
    ("姓名", "必填。"),
    ("职务", "可以不填。单位里怎么称呼，例如：关工委秘书长。"),
    ("角色", f"必填。只能是：{'、'.join(Role.labels)}。"),
    ("手机", "可以不填。只有管理员看得到。"),
)


@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: MemberRequest) -> HttpResponse:
    """Choose a filled-in sheet; it is read and checked, nothing is opened yet."""
    require(can_keep_accounts(request.actor))
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            batch = _staged(request, file)
        except BadInputError as error:
            form.add_error("file", error.reason)
        else:
            return redirect("people:batch", pk=batch.pk)
    context = {"nav_key": "accounts", "form": form, "columns": EXPLAINED, "most": MOST_ROWS}
    return page(request, "people/upload.html", context, status=422 if form.is_bound else 200)


def _staged(request: MemberRequest, file: UploadedFile[bytes]) -> AccountBatch:
    rows = read_rows(file, required=NEEDED, max_rows=MOST_ROWS)
    return stage_batch(file.name or "名单.xlsx", rows, by=request.actor)


@require_GET
@signed_in
def template(request: MemberRequest) -> HttpResponseBase:
    """The empty sheet, with an explanation and the names of the units it may hold."""
    require(can_keep_accounts(request.actor))
    sheets = [
        SheetSpec("账号", COLUMNS, [], (34, 12, 20, 12, 18)),
        SheetSpec("怎么填", ("栏目", "怎么填"), EXPLAINED, (12, 70)),
        SheetSpec("单位名单", ("可以这样写单位", "全称"), _units(request.actor.path), (50, 40)),
    ]
    return workbook_response("账号开通模板", sheets)


def _units(path: str) -> Iterator[tuple[str, str]]:
    rows = Org.objects.open().under(path).select_related("parent").order_by("path")
    for org in rows[:MOST_UNITS_LISTED]:
        yield written(org), org.name


def _batch(request: MemberRequest, pk: int) -> AccountBatch:
    return get_object_or_404(AccountBatch.objects.visible_to(request.actor), pk=pk)


@never_cache
@require_GET
@signed_in
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What was read, row by row: what will be opened and what will not, and why."""
    return page(request, "people/batch.html", _context(_batch(request, pk)))


@never_cache
@require_POST
@signed_in
def open_some(request: MemberRequest, pk: int) -> HttpResponse:
    """Open the next accounts and show their slips; the page asks for the following ones by itself."""
    at = request.POST.get("at", "")
    batch, keys = open_next(_batch(request, pk), int(at) if at.isdecimal() else 0, by=request.actor)
    context = _context(batch) | slip_context(request, keys)
    return page(request, "people/slips.html", context, fragments=("more",))


def _context(batch: AccountBatch) -> dict[str, object]:
    rows = rows_of(batch)
    good = [row for row in rows if not row.problem]
    return {
        "nav_key": "accounts",
        "batch": batch,
        "rows": sorted(rows, key=lambda row: not row.problem),
        "bad": [row for row in rows if row.problem],
        "good": good,
        "left": len(good) - batch.done,
    }
