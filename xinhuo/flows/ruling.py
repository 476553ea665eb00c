"""Reading what ``flows/_decide.html`` posts. The view of deciding belongs to the app whose subject it is."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from xinhuo.core.actor import Actor
from xinhuo.core.errors import BadInputError
from xinhuo.core.forms import Form
from xinhuo.files.actions import check_upload, store_file
from xinhuo.files.enums import FileKind
from xinhuo.files.uploads import accept

from .actions import decide
from .enums import Verdict
from .models import Process

SCAN_KINDS = (FileKind.IMAGE, FileKind.DOCUMENT)
NOTE = "note-"


class RulingForm(Form):
    """Accept, or ask for more with a reason; with the name of the leader who signed on paper, if one did.

    Fields ``note-<row>`` of the surrounding page are collected as remarks on single rows.
    """

    verdict = forms.ChoiceField(
        choices=Verdict.choices,
        widget=forms.HiddenInput,
        error_messages={"required": "请点“通过”或“请补充”。", "invalid_choice": "请点“通过”或“请补充”。"},
    )
    step = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="请对方补充什么",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    on_paper = forms.BooleanField(label="领导在纸上签了字，由我代录", required=False)
    on_behalf_of = forms.CharField(
        label="签字的领导",
        required=False,
        max_length=40,
    )
    scan = forms.FileField(
        label="签字页的照片或扫描件",
        required=False,
        widget=forms.FileInput({"accept": accept(SCAN_KINDS)}),
    )

    def __init__(
        self,
        data: MultiValueDict[str, str] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.notes: dict[str, str] = {
            key.removeprefix(NOTE): str(value).strip()
            for key, value in (data.items() if data else ())
            if key.startswith(NOTE) and str(value).strip()
        }

    def clean_scan(self) -> Any:
        """Look at the file now, so that a refusal stands beside its field and the rest stays as typed."""
        upload = self.cleaned_data["scan"]
        if upload:
            try:
                check_upload(upload, SCAN_KINDS)
            except BadInputError as error:
                raise forms.ValidationError(error.reason) from error
        return upload

    def clean(self) -> dict[str, Any]:
        """A return says what is missing; a recorded signature says whose it is."""
        data = super().clean() or self.cleaned_data
        if data.get("verdict") == Verdict.RETURN and not data.get("reason") and "reason" not in self.errors:
            if self.notes:
                data["reason"] = "请按各项后面写的意见补充。"
            else:
                self.add_error("reason", "请写明要补充什么，对方才知道怎么办。")
        named = bool(data.get("on_behalf_of")) or "on_behalf_of" in self.errors
        if (data.get("on_paper") or data.get("scan")) and not named:
            self.add_error("on_behalf_of", "请写明是哪位领导签的字。")
        return data

    def rule(self, process: Process, *, by: Actor) -> Process:
        """Decide as the person chose. Call after ``is_valid``; raises the engine's refusals."""
        data = self.cleaned_data
        scan = store_file(data["scan"], by=by, kinds=SCAN_KINDS) if data["scan"] else None
        return decide(
            process,
            Verdict(data["verdict"]),
            by=by,
            reason=data["reason"],
            notes=self.notes,
            on_behalf_of=data["on_behalf_of"],
            scan_id=scan.pk if scan else None,
            step_id=data["step"],
        )
