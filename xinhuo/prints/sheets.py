"""An official sheet: what stands on the paper, and the digest by which a later change is noticed.

Every page that is printed with a check code is a ``Sheet`` shown by ``prints/sheet.html`` (a template of one's own may
extend it and fill the block ``sheet_body``). The app whose subject it is builds the same sheet again for
``Subject.version``: so a code is bound to exactly the words that were printed.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from xinhuo.core.actor import Actor

from .models import PrintMark

MOST_MARKS = 12
SIGNERS = ("填表人", "负责人", "电话", "日期")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table; ``is_part`` for a heading that spans it."""

    cells: tuple[str, ...]
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form on paper: what it is for, what stands in it, over how many columns, how tall.

    ``is_later`` marks what is only ever filled in after the others and never changed (a leader's words): a print on
    which it was still empty stays valid, for it was printed to be signed there.
    """

    label: str
    text: str = ""
    wide: bool = False
    tall: bool = False
    sign: str = ""
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper: title, unit, facts under the title, a table or boxes, and the foot's lines to sign."""

    title: str
    unit: str
    facts: Sequence[str] = ()
    heads: Sequence[str] = ()
    lines: Sequence[Line] = ()
    boxes: Sequence[Box] = ()
    notes: Sequence[str] = ()
    signers: Sequence[str] = SIGNERS
    wide: bool = False

    @property
    def rows(self) -> list[list[Box]]:
        """The boxes as they stand on the paper: a wide one alone, narrow ones in pairs."""
        found: list[list[Box]] = []
        for box in self.boxes:
            if not box.wide and found and len(found[-1]) == 1 and not found[-1][0].wide:
                found[-1].append(box)
            else:
                found.append([box])
        return found

    @property
    def version(self) -> str:
        """The digest of everything that is printed."""
        content = [
            self.title,
            self.unit,
            list(self.facts),
            list(self.heads),
            [[list(line.cells), line.is_part] for line in self.lines],
            [[box.label, box.text, box.sign] for box in self.boxes if not box.is_later],
            list(self.notes),
        ]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def sheet_context(
    kind: str, subject_id: int, sheet: Sheet, *, actor: Actor, site: str, back: str
) -> dict[str, Any]:
    """What ``prints/sheet.html`` expects. ``site`` is the address of the installation, ``back`` of the subject's page.

    ``mark`` is None as long as this version bears no code yet: the page then offers to give it one.
    """
    made = PrintMark.objects.filter(kind=kind, subject_id=subject_id, org_id=actor.org_id)
    marks = list(made.with_scans()[:MOST_MARKS])
    mark = next((mark for mark in marks if mark.version == sheet.version), None)
    if mark is None and len(marks) == MOST_MARKS:
        mark = made.filter(version=sheet.version).first()
    return {
        "sheet": sheet,
        "mark": mark,
        "address": site.rstrip("/") + mark.url if mark else "",
        "lookup": site.rstrip("/") + reverse("prints:look_up"),
        "marks": [(item, item.version == sheet.version) for item in marks],
        "back": back,
    }
