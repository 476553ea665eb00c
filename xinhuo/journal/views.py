"""The journal's one screen, and the journal as a workbook."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.views.decorators.http import require_GET

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.dates_zh import local
from xinhuo.core.http import HttpResponseBase, MemberRequest, page, signed_in, workbook_response
from xinhuo.core.tables import keyset_page
from xinhuo.core.workbook import SheetSpec

from .forms import SearchForm
from .models import EntryQuerySet
from .queries import ORDER, entries, verb_labels
from .rules import can_export_journal, can_read_journal

EXPORT_ROWS = 20_000
HEADERS = ("时间", "姓名", "单位", "职务", "事项", "内容", "来自")
WIDTHS = (18, 12, 30, 18, 16, 60, 18)


@require_GET
@signed_in
def index(request: MemberRequest) -> HttpResponseBase:
    """Who did what in the unit and below, newest first, narrowed by the address."""
    actor = request.actor
    require(can_read_journal(actor))
    form = SearchForm(request.GET)
    form.is_valid()  # what cannot be read is told beside its field and does not narrow
    found = entries(actor, form.filters())
    if request.GET.get("export") == "xlsx":
        require(can_export_journal(actor))
        return workbook_response(f"操作记录 {clock.today().isoformat()}", [_sheet(found)])
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "nav_key": "journal",
        "form": form,
        "found": keyset_page(found, request.GET.get("after", ""), ORDER),
        "address": f"?{urlencode(kept)}{'&' if kept else ''}",
        "narrowed": bool(kept),
        "may_export": can_export_journal(actor),
    }
    return page(request, "journal/index.html", context, fragments=("entries",))


def _sheet(found: EntryQuerySet) -> SheetSpec:
    return SheetSpec("操作记录", HEADERS, _rows(found), WIDTHS)


def _rows(found: EntryQuerySet) -> Iterator[tuple[str, ...]]:
    labels = verb_labels()
    for entry in found.order_by(*ORDER)[:EXPORT_ROWS].iterator(chunk_size=500):
        yield (
            f"{local(entry.at):%Y-%m-%d %H:%M:%S}",
            entry.person_name,
            entry.org_name,
            entry.post_title,
            labels.get(entry.verb, entry.verb),
            entry.sentence,
            entry.origin,
        )
