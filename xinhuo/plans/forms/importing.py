"""Bringing a text in: a file or pasted words; what was brought in before is asked about."""

from typing import Any, cast

from django import forms
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html

from xinhuo.core.actor import Actor
from xinhuo.core.dates_zh import local, short_date
from xinhuo.core.errors import BadInputError
from xinhuo.core.forms import WarningsForm
from xinhuo.files.models import StoredFile
from xinhuo.files.queries import visible_file

from ..actions.importing import Imported, Taken, import_taken, take
from ..enums import PlanState
from ..models import Plan
from ..queries.earlier import same_before


class ImportForm(WarningsForm):
    """A file or pasted words, one of the two; ``kept`` is the file of a form that is shown again.

    A text that seems to be here already is a doubt the person may confirm. Bound to a post it wants the importer.
    """

    upload = forms.FileField(label="选一个文件", required=False)
    text = forms.CharField(label="或者把正文贴在这里", required=False, strip=False, widget=forms.Textarea)
    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Actor | None = None, **options: Any) -> None:
        """Keep the importer: what is handed in is taken while the form is checked."""
        super().__init__(*args, **options)
        self.by = by
        self.taken: Taken | None = None

    @property
    def file(self) -> StoredFile | None:
        """The file that need not be chosen again."""
        return self.taken.file if self.taken else None

    def clean(self) -> dict[str, Any]:
        """There must be something, and only one thing; then it is read, and compared with what is here."""
        cleaned: dict[str, Any] = super().clean() or {}
        pasted, upload = str(cleaned.get("text") or "").strip(), cleaned.get("upload")
        if self.errors or self.by is None:
            return cleaned
        if pasted and upload:
            raise forms.ValidationError("文件和正文只要一样。请去掉其中一样再提交。")
        kept = visible_file(self.by, cleaned["kept"]) if cleaned.get("kept") else None
        if not pasted and not upload and not kept:
            raise forms.ValidationError("请选一个文件，或者把正文贴进来。")
        try:
            self.taken = self._take(pasted, upload, kept, by=self.by)
        except BadInputError as error:
            self.add_error("text" if pasted else "upload", error.reason)
        else:
            self._compare(self.taken, self.by)
        return cleaned

    def _take(self, pasted: str, upload: File[Any] | None, kept: StoredFile | None, *, by: Actor) -> Taken:
        if pasted or upload or kept is None:
            return take(by=by, text="" if upload else self.cleaned_data["text"], upload=upload)
        with default_storage.open(kept.path) as content:
            return take(by=by, upload=File(content, kept.name), kept=kept)

    def _compare(self, taken: Taken, by: Actor) -> None:
        for plan, why in same_before(by.org_id, taken.reading):
            self.doubt(_about(plan, why))
        if self.warnings:
            self._hold(taken)

    def _hold(self, taken: Taken) -> None:
        """A browser does not send a chosen file twice: the form holds on to it, or to the words read from it."""
        held = cast("MultiValueDict[str, Any]", self.data).copy()  # a bound form holds the posted data itself
        if taken.file:
            held["kept"] = str(taken.file.pk)
        else:
            held["text"] = taken.reading.text
        self.data = held

    def save(self, *, by: Actor) -> Imported | None:
        """Import it; None when it cannot be used or is still to be confirmed."""
        if not self.is_valid() or self.taken is None:
            return None
        return import_taken(self.taken, by=by)


def _about(plan: Plan, why: str) -> str:
    document = plan.document
    number = f"（{document.number}）" if document.number else ""
    if document.sent_at:
        stands = f"{short_date(local(document.sent_at).date())}已下达"
    else:
        stands = "已定稿，还没有下达" if plan.state == PlanState.PUBLISHED else "正在核对"
    return format_html(
        '这份文件好像已经导入过：{}。以前那份是<a href="{}">《{}》</a>{}，{}年度，{}。再导入就成了两份。',
        why, reverse("plans:plan_check", args=[plan.pk]), document.title, number, plan.year, stands,
    )  # fmt: skip
