"""Reading what ``flows/_decide.html`` posts. The view of deciding belongs to the app whose subject it is."""

from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict

from xinhuo.core.actor import Actor
from xinhuo.core.errors import BadInputError
from xinhuo.core.forms import Form
from xinhuo.files.enums import FileKind
from xinhuo.files.models import StoredFile
from xinhuo.files.uploads import Gathered, gather

from .actions import decide
from .actions.deciding import NO_SCAN
from .enums import Verdict
from .models import Process

SCAN = "scan"
SCAN_KINDS = (FileKind.IMAGE, FileKind.DOCUMENT)
NOTE = "note-"


class RulingForm(Form):
    """Accept, or ask for more with a reason; with the name of the leader who signed on paper, if one did.

    Bound to a post it wants the decider too: ``RulingForm(request.POST, request.FILES, by=request.actor)``; the
    signed page is then taken at once and still there when something else has to be corrected. ``on_paper`` is set
    by the template where only a recorded signature counts: then the name is a must. A name comes with the signed
    page, or with the promise to bring it later. Fields ``note-<row>`` of the
    surrounding page are collected as remarks on single rows.
    """

    verdict = forms.ChoiceField(
        choices=Verdict.choices,
        widget=forms.HiddenInput,
        error_messages={"required": "请点“通过”或“请补充”。", "invalid_choice": "请点“通过”或“请补充”。"},
    )
    step = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="意见",
        help_text="请对方补充的，要写清楚补什么；通过的可以不写。",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    on_paper = forms.BooleanField(required=False, widget=forms.HiddenInput)
    on_behalf_of = forms.CharField(label="签字的领导", required=False, max_length=40)
    scan_later = forms.BooleanField(label="签字件稍后补传（会列在待办里提醒您）", required=False)

    def __init__(
        self,
        data: MultiValueDict[str, str] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        by: Actor | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, files, **options)
        self.by = by
        self.scan = Gathered()
        self.notes: dict[str, str] = {
            key.removeprefix(NOTE): str(value).strip()
            for key, value in (data.items() if data else ())
            if key.startswith(NOTE) and str(value).strip()
        }

    @property
    def scans(self) -> list[StoredFile]:
        """The signed page, once it is taken."""
        return self.scan.files

    @property
    def scan_errors(self) -> list[str]:
        """Why a signed page could not be taken."""
        return self.scan.errors

    def _take_scan(self, by: Actor) -> None:
        post = cast("MultiValueDict[str, str]", self.data)  # a bound form holds the posted data itself
        self.scan = gather(SCAN, post, self.files, by=by, kinds=SCAN_KINDS, most=1)

    def clean(self) -> dict[str, Any]:
        """A return says what is missing; a recorded signature says whose it is."""
        data = super().clean() or self.cleaned_data
        if self.by is not None:
            self._take_scan(self.by)
        for error in self.scan_errors:
            self.add_error(None, error)
        if data.get("verdict") == Verdict.RETURN and not data.get("reason") and "reason" not in self.errors:
            if self.notes:
                data["reason"] = "请按各项后面写的意见补充。"
            else:
                self.add_error("reason", "请写明要补充什么，对方才知道怎么办。")
        named = bool(data.get("on_behalf_of")) or "on_behalf_of" in self.errors
        if (data.get("on_paper") or self.scans) and not named:
            self.add_error("on_behalf_of", "请写明是哪位领导签的字。")
        elif self.by and named and not (self.scans or self.scan_errors or data.get("scan_later")):
            self.add_error("scan_later", NO_SCAN)
        return data

    def rule(self, process: Process, *, by: Actor) -> Process:
        """Decide as the person chose. Call after ``is_valid``; raises the engine's refusals."""
        if self.by is None:
            self._take_scan(by)
            if self.scan_errors:
                raise BadInputError(self.scan_errors[0])
        data = self.cleaned_data
        return decide(
            process,
            Verdict(data["verdict"]),
            by=by,
            reason=data["reason"],
            notes=self.notes,
            on_behalf_of=data["on_behalf_of"],
            scan_id=self.scans[0].pk if self.scans else None,
            scan_later=data["scan_later"],
            step_id=data["step"],
        )
