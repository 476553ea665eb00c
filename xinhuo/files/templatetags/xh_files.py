"""What the uploader needs in its template: ``{% load xh_files %}``."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from xinhuo.core.text_zh import file_size
from xinhuo.files.actions import MAX_IMAGE_BYTES
from xinhuo.files.enums import FileKind
from xinhuo.files.uploads import MOST, accept

register = template.Library()

ICONS = {
    FileKind.IMAGE: "photo",
    FileKind.SHEET: "file-spreadsheet",
    FileKind.VIDEO: "player-play",
}


@register.simple_tag(takes_context=True)
def upload_url(context: template.Context) -> str:
    """Where the uploader sends files: its address carries what is needed to show it anew."""
    names = ("field", "label", "kinds", "hint", "form_id", "single")
    return f"{reverse('files:upload')}?{urlencode({name: str(context.get(name) or '') for name in names})}"


@register.simple_tag
def upload_accept(kinds: str = "") -> str:
    """The ``accept`` attribute for these kinds (blank-separated; empty means everything)."""
    return accept((kinds or "").split())


@register.simple_tag
def upload_limits(kinds: str = "", *, single: object = False) -> str:
    """How many and how large, in words."""
    from django.conf import settings  # noqa: PLC0415  tests change it

    wanted = (kinds or "").split()
    sizes = []
    if not wanted or FileKind.IMAGE in wanted:
        sizes.append(f"图片每张不超过 {file_size(MAX_IMAGE_BYTES)}")
    if not wanted or set(wanted) - {FileKind.IMAGE}:
        sizes.append(f"文件每个不超过 {file_size(settings.MAX_FILE_BYTES)}")
    return f"{'，'.join(sizes)}，最多 {1 if single else MOST} 个。"


@register.filter
def takes_pictures(kinds: str) -> bool:
    """Whether a camera is of use here."""
    return not kinds or FileKind.IMAGE in kinds.split()


@register.filter
def file_icon(kind: str) -> str:
    """The icon for a kind of file."""
    return ICONS.get(FileKind(kind), "file-text")
