"""Reading one uploader (template ``files/_uploader.html``) out of a posted form."""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict

from xinhuo.core.actor import Actor
from xinhuo.core.errors import BadInputError

from .actions import store_file
from .enums import FileKind
from .formats import FORMATS
from .models import StoredFile
from .rules import can_see_file

MOST = 20


@dataclass
class Gathered:
    """The files of one uploader after a post, and what could not be taken."""

    files: list[StoredFile] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)

    @property
    def ids(self) -> list[int]:
        """The files' ids, in order; hand them to ``set_attachments``."""
        return [file.pk for file in self.files]

    def with_others(self, hanging: Iterable[int]) -> list[int]:
        """The same, keeping what hangs there and was not removed here: a colleague may have put it there meanwhile."""
        return [*self.ids, *(pk for pk in hanging if pk not in self.ids and pk not in self.removed)]


def gather(
    name: str,
    post: MultiValueDict[str, str],
    files: MultiValueDict[str, Any],
    *,
    by: Actor,
    kinds: Collection[str] = (),
    most: int = MOST,
) -> Gathered:
    """Files kept, removed and newly sent in the uploader called ``name``.

    A refused file becomes a sentence in ``errors``; the others, and the rest of the form, are not touched by it.
    ``kinds`` (values of FileKind) and ``most`` limit what is taken.
    """
    removed = {int(item) for item in post.getlist(f"{name}-remove") if item.isdecimal()}
    found = Gathered(files=_kept(name, post, by, without=removed), removed=removed)
    for upload in files.getlist(f"{name}-new"):
        try:
            _add(found, upload, by, kinds=kinds, most=most)
        except BadInputError as error:
            found.errors.append(error.reason)
    return found


def _kept(
    name: str, post: MultiValueDict[str, str], by: Actor, *, without: Container[int]
) -> list[StoredFile]:
    ids = [pk for pk in map(int, filter(str.isdecimal, post.getlist(name))) if pk not in without]
    known = StoredFile.objects.in_bulk(ids)
    return [known[item] for item in dict.fromkeys(ids) if item in known and can_see_file(by, known[item])]


def _too_many(name: str, most: int) -> str:
    advice = "要换的话，请先移除原来的。" if most == 1 else "可以先打成一个压缩包。"
    return f"这里最多放 {most} 个文件，“{name}”没有收下。{advice}"


def _add(found: Gathered, upload: Any, by: Actor, *, kinds: Collection[str], most: int) -> None:
    if len(found.files) >= most:
        raise BadInputError(_too_many(upload.name, most))
    stored = store_file(upload, by=by, kinds=kinds)
    if not any(file.sha256 == stored.sha256 and file.name == stored.name for file in found.files):
        found.files.append(stored)


def accept(kinds: Collection[str] = ()) -> str:
    """The ``accept`` attribute of the file field: a hint for the chooser on phones and computers."""
    endings = [
        f".{ending}" for known in FORMATS if not kinds or known.kind in kinds for ending in known.endings
    ]
    pictures = ["image/*"] if not kinds or FileKind.IMAGE in kinds else []
    return ",".join(pictures + endings)
