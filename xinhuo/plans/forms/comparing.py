"""The form that takes a second version and says how it differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from xinhuo.core.forms import Form

from ..reading import Reading, read_bytes, read_text
from ..reading.compare import Change, ChangeKind, Piece, compare

WORDS = {
    ChangeKind.ADDED: "新增",
    ChangeKind.CHANGED: "改动",
    ChangeKind.REMOVED: "删去",
    ChangeKind.MOVED: "移动",
}
MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One difference, ready to print."""

    word: str
    where: str
    pieces: tuple[Piece, ...]
    text: str


class CompareForm(Form):
    """A file or pasted words: the second version of a document that is here already."""

    upload = forms.FileField(label="第二个版本的文件", required=False)
    text = forms.CharField(
        label="或者把第二个版本的正文贴在这里", required=False, strip=False, widget=forms.Textarea
    )
    reading: Reading

    def clean(self) -> dict[str, Any]:
        """Read what was given; what cannot be read says what to do."""
        cleaned: dict[str, Any] = super().clean() or {}
        upload, pasted = cleaned.get("upload"), str(cleaned.get("text") or "")
        if upload and upload.size > MOST_BYTES:
            self.add_error("upload", "文件超过 20 MB。请先去掉图片，或者只贴正文。")
        elif upload:
            self.reading = read_bytes(upload.read(), upload.name)
            if self.reading.unreadable:
                self.add_error("upload", self.reading.unreadable)
        elif pasted.strip():
            self.reading = read_text(pasted)
        elif not self.errors:
            raise forms.ValidationError("请选第二个版本的文件，或者把它的正文贴进来。")
        return cleaned

    def differences(self, text: str) -> list[Line]:
        """How the given version differs from ``text``, in the order of the given one."""
        before = read_text(text)
        return list(_lines(before, self.reading, compare(before, self.reading)))


def _lines(before: Reading, after: Reading, changes: tuple[Change, ...]) -> Iterator[Line]:
    for change in changes:
        node = after.node(change.new) if change.new is not None else before.node(str(change.old))
        word = WORDS[change.kind]
        if change.moved and change.kind == ChangeKind.CHANGED:
            word = "移动并改动"
        yield Line(word, node.marker, change.pieces, node.text)
