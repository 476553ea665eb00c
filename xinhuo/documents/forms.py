"""Forms of the documents' screens. Each translates what was typed; the verbs decide."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from xinhuo.core import clock
from xinhuo.core.dates_zh import full_date
from xinhuo.core.forms import DateField, Form, WarningsForm
from xinhuo.orgs.enums import Line

from .actions import Receipt
from .actions.sending import forward_title
from .audience import Audience, AudienceForm
from .enums import DocumentKind, OutsideHow, ReceiptHow
from .models import Delivery, Document

__all__ = [
    "Audience",
    "AudienceForm",
    "DocumentForm",
    "ForwardForm",
    "OutsideForm",
    "OutsideSendForm",
    "PostForm",
    "ReceiptsForm",
    "SendForm",
]

LINES = [("", "不分条线"), *Line.choices]
WRITTEN = ("kind", "number", "title", "signed_on", "text", "due", "line")
LONGEST_NAME = 64
FORWARDED = ("number", "title", "signed_on", "remark", "text", "due")


class DocumentForm(Form):
    """A draft. It saves itself while it is written; only the title is demanded, and only when a button is pressed."""

    kind = forms.ChoiceField(label="文种", choices=DocumentKind.choices)
    number = forms.CharField(
        label="文号",
        required=False,
        max_length=60,
        help_text="例如：黔教办函〔2020〕38号。还没有编号的，可以先空着。",
    )
    title = forms.CharField(label="标题", max_length=200)
    signed_on = DateField(label="成文日期", required=False)
    due = DateField(label="报送时限", required=False, help_text="收文单位最晚哪一天办完，下发时还可以改。")
    line = forms.ChoiceField(
        label="条线",
        choices=LINES,
        required=False,
        help_text="只影响有两个上级的院校：选了条线，就由这条线上的上级发给它。",
    )
    remark = forms.CharField(label="转发意见", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    text = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "xh-kai"}),
        help_text="把正文整篇贴进来，原样保存。只有扫描件、Word 或 WPS 文件的，可以不贴，传附件就行。",
    )

    def __init__(self, data: Any = None, *, document: Document | None = None) -> None:
        """Show ``document``; a forwarding one has a remark instead of kind and line, which it takes over."""
        forwards = document is not None and document.forwards_id is not None
        names = FORWARDED if forwards else WRITTEN
        initial = (
            {name: getattr(document, name) for name in names} if document else {"kind": DocumentKind.NOTICE}
        )
        super().__init__(data, initial=initial)
        for name in set(self.fields) - set(names):
            del self.fields[name]
        if forwards:
            self.fields["text"].label = "补充正文"
            self.fields["text"].help_text = "转发的原文会一起发出，这里只写要补充的话。"

    def clean_text(self) -> str:
        """The text as written; a browser's line ends become plain ones."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    @property
    def is_blank(self) -> bool:
        """Nothing worth keeping was written yet."""
        return not any(str(self.cleaned_data.get(name) or "").strip() for name in ("title", "number", "text"))


class SendForm(WarningsForm):
    """When it is due; a date that has passed is asked about."""

    due = DateField(
        label="报送时限", required=False, help_text="收文单位最晚哪一天办完。没有时限的可以不填。"
    )

    def __init__(self, data: Any = None, *, latest: dt.date | None = None, **options: Any) -> None:
        """``latest`` is the date the unit itself was given by the unit above."""
        super().__init__(data, **options)
        self.latest = latest
        if latest:
            self.fields[
                "due"
            ].help_text = (
                f"上级给您单位的时限是{full_date(latest)}，给下级的要在这一天或更早；不填就是这一天。"
            )

    def clean_due(self) -> dt.date | None:
        """Not later than the unit's own."""
        due: dt.date | None = self.cleaned_data["due"]
        if due and self.latest and due > self.latest:
            raise forms.ValidationError(
                f"不能晚于上级给您单位的{full_date(self.latest)}，请改成这一天或更早。"
            )
        if due and due < clock.today():
            self.doubt(f"报送时限{full_date(due)}已经过了，收文单位一收到就显示超期。")
        return due


class ForwardForm(SendForm):
    """The words of the document by which a unit passes on what it received."""

    number = forms.CharField(
        label="本单位文号",
        required=False,
        max_length=60,
        help_text="例如：州教办函〔2020〕12号。没有文号的可以空着。",
    )
    title = forms.CharField(label="标题", max_length=200)
    remark = forms.CharField(
        label="转发意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如：现将原文转发给你们，请结合实际抓好落实。",
    )

    ask_below = forms.BooleanField(
        label="请下级也照样回复，报给本单位汇总",
        required=False,
        initial=True,
        help_text="不勾的话，由本单位自己填好报上去。",
    )

    field_order = ("number", "title", "remark", "due", "ask_below")

    def __init__(self, data: Any = None, *, delivery: Delivery, with_due: bool = True) -> None:
        """``with_due=False`` for pages that ask for other dates instead."""
        super().__init__(data, latest=delivery.due, initial={"title": forward_title(delivery.root)})
        if not with_due:
            del self.fields["due"]
        if not with_due or not getattr(delivery.document, "ask", None):
            del self.fields["ask_below"]


@dataclass(slots=True)
class ReceiptLine:
    """What stands in the fields of one receiver."""

    name: str = ""
    how: str = ReceiptHow.PHONE
    error: str = ""


class ReceiptsForm:
    """Who took it, one name a receiver: ``name-ID`` and ``how-ID``. A receiver without a name is left as it is."""

    hows = ((ReceiptHow.PHONE, "电话告知"), (ReceiptHow.PAPER, "纸质送达"))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Read what was typed."""
        self.lines: dict[int, ReceiptLine] = {}
        self.complaint = ""
        for key, value in (data or {}).items():
            pk, name = key.removeprefix("name-"), str(value).strip()
            if key.startswith("name-") and pk.isdecimal() and name:
                self.lines[int(pk)] = self._line(name, str((data or {}).get(f"how-{pk}", "")))

    def _line(self, name: str, how: str) -> ReceiptLine:
        line = ReceiptLine(name, how if how in dict(self.hows) else ReceiptHow.PHONE)
        if len(name) > LONGEST_NAME:
            line.error = f"姓名最多写 {LONGEST_NAME} 个字，现在是 {len(name)} 个字。"
        return line

    def receipts(self, rows: Iterable[Delivery]) -> list[Receipt]:
        """Those of ``rows`` that can be recorded as they stand."""
        pairs = ((row, self.lines.get(row.pk)) for row in rows)
        found = [
            Receipt(row, line.name, ReceiptHow(line.how)) for row, line in pairs if line and not line.error
        ]
        if not found and not self.wrong:
            self.complaint = "还没有写签收人。请在上面的表里，在要代录的单位后面写上是谁签收的。"
        return found

    def refuse(self, reasons: Mapping[int, str]) -> None:
        """Put beside their rows why some could not be recorded."""
        for pk, reason in reasons.items():
            self.lines[pk].error = reason

    def done(self, pks: Iterable[int]) -> None:
        """These are recorded; their fields are not shown again."""
        for pk in pks:
            self.lines.pop(pk, None)

    @property
    def wrong(self) -> list[ReceiptLine]:
        """Lines that could not be taken."""
        return [line for line in self.lines.values() if line.error]

    def of(self, row: Delivery) -> ReceiptLine:
        """The fields of a receiver."""
        return self.lines.get(row.pk) or ReceiptLine()


class OutsideForm(Form):
    """What came from a body outside the tree."""

    outside_issuer = forms.CharField(
        label="来文单位", max_length=120, help_text="例如：教育部关工委、省关工委、某某基金会。"
    )
    title = forms.CharField(label="标题", max_length=200)
    kind = forms.ChoiceField(label="文种", choices=DocumentKind.choices)
    number = forms.CharField(label="来文字号", required=False, max_length=60, help_text="没有的可以空着。")
    signed_on = DateField(label="成文日期", required=False)
    came_on = DateField(label="收到日期")
    due = DateField(label="办理时限", required=False)
    text = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "xh-kai"}),
        help_text="只有扫描件的，可以不贴。要读成工作要点的，把正文贴进来。",
    )

    def __init__(self, data: Any = None, *, document: Document | None = None) -> None:
        """Show ``document``, or a blank entry that came today."""
        initial: dict[str, Any] = {"kind": DocumentKind.NOTICE, "came_on": clock.today()}
        if document is not None:
            initial = {name: getattr(document, name) for name in self.base_fields}
        super().__init__(data, initial=initial)

    def clean_text(self) -> str:
        """The text as written; a browser's line ends become plain ones."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    def clean_came_on(self) -> dt.date:
        """Not a day to come."""
        day: dt.date = self.cleaned_data["came_on"]
        if day > clock.today():
            raise forms.ValidationError("收到日期还没有到，请核对。")
        return day


class OutsideSendForm(Form):
    """To which body outside the tree an own document goes."""

    whom = forms.CharField(label="寄给", max_length=120, help_text="例如：教育部关工委。")


class PostForm(Form):
    """How, when and by whom it was posted."""

    how = forms.ChoiceField(label="怎样寄的", choices=OutsideHow.choices)
    on = DateField(label="寄出日期")
    who = forms.CharField(label="谁寄的", max_length=64, required=False, help_text="不写就是您自己。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Today, until somebody says otherwise."""
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today

    def clean_on(self) -> dt.date:
        """Not a day to come."""
        day: dt.date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError("寄出日期还没有到。请在寄出以后再记。")
        return day
