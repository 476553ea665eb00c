"""Verbs: give a sheet its check code, lay the sealed scan beside it."""

import datetime as dt

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.dates_zh import full_date
from xinhuo.core.errors import BadInputError
from xinhuo.files.actions import attach
from xinhuo.files.models import Attachment, StoredFile
from xinhuo.journal.actions import journal

from . import codes
from .kinds import MARK
from .models import PrintMark
from .rules import can_keep_scan
from .sheets import Sheet

SEALED = "盖章件"


@transaction.atomic
def mark_sheet(kind: str, subject_id: int, sheet: Sheet, *, by: Actor) -> PrintMark:
    """The check code of a sheet as it stands now. Printing the same version again gives the same code.

    Whether ``by`` may see the subject is the caller's.
    """
    mark, made = PrintMark.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        org_id=by.org_id,
        version=sheet.version,
        defaults={
            "token": codes.new_token(),
            "code": codes.new_code(),
            "title": sheet.title[:200],
            "made_at": clock.now(),
            "by_person_id": by.person_id,
            "by_name": by.person_name,
        },
    )
    if made:
        sentence = f"打印《{sheet.title}》，核对码 {mark.shown_code}"
        journal(by, "prints.printed", sentence, kind=kind, subject_id=subject_id)
    return mark


@transaction.atomic
def keep_scan(mark: PrintMark, file: StoredFile, *, sealed_on: dt.date, by: Actor) -> Attachment:
    """Lay the scan of a sealed print beside it, with the date on the seal. Raises BadInputError for a day to come."""
    mark = PrintMark.objects.select_for_update(of=("self",)).select_related("org").get(pk=mark.pk)
    require(can_keep_scan(by, mark))
    if sealed_on > clock.today():
        raise BadInputError("盖章日期还没有到，请写纸上的那一天。")
    kept = attach(file, MARK, mark.pk, by=by, label=f"{SEALED} {full_date(sealed_on)}")
    sentence = f"传回《{mark.title}》的盖章件（核对码 {mark.shown_code}）"
    journal(by, "prints.scanned", sentence, kind=mark.kind, subject_id=mark.subject_id)
    return kept
