"""Pictures are written anew: upright, without place, camera or comments. Pillow only, no database."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from xinhuo.core.errors import BadInputError

from .formats import GIF, JPEG, PNG, Format

MAX_PIXELS = 50_000_000
"""What is decoded at most (about 150 MB in memory). A larger JPEG is read at a reduced scale."""

REDUCED = (4000, 4000)
QUALITY = 88
KEPT_MODES = frozenset({"RGB", "RGBA", "L", "LA"})
Image.MAX_IMAGE_PIXELS = 125_000_000  # Pillow itself refuses beyond twice this, before anything is decoded


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was written anew."""

    content: BytesIO
    format: Format
    width: int
    height: int


def rewrite(content: BinaryIO, found: Format, name: str) -> Picture:
    """Decode a picture and write it again, so that only its pixels remain.

    Turned as the camera held it; a GIF becomes a PNG of its first frame. Raises BadInputError for what cannot
    be decoded or is too large.
    """
    target = PNG if found is GIF else found
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(content) as opened:
                _check_size(opened, name)
                image = _plain(ImageOps.exif_transpose(opened), target)
    except Image.DecompressionBombError as error:
        raise BadInputError(_too_large(name)) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError) as error:
        raise BadInputError(
            f"“{name}”打不开，可能已经损坏。请在原来的手机或电脑上看看能否打开，再重新选择。"
        ) from error
    out = BytesIO()
    if target is JPEG:
        image.save(out, "JPEG", quality=QUALITY, icc_profile=image.info.get("icc_profile"))
    elif target is PNG:
        image.save(out, "PNG")
    else:
        image.save(out, "WEBP", quality=QUALITY)
    return Picture(content=out, format=target, width=image.width, height=image.height)


def _check_size(image: Image.Image, name: str) -> None:
    if image.width * image.height > MAX_PIXELS:
        image.draft("RGB", REDUCED)  # only JPEG can; the size changes at once where it works
    if image.width * image.height > MAX_PIXELS:
        raise BadInputError(_too_large(name))


def _too_large(name: str) -> str:
    return f"“{name}”的画面太大（超过 {MAX_PIXELS // 10_000} 万像素），处理不了。请缩小后再传。"


def _plain(image: Image.Image, target: Format) -> Image.Image:
    """A copy that holds nothing but pixels (and the colour profile that they are meant in)."""
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "L"} else None
    if target is JPEG:
        plain = image.convert("L" if image.mode == "L" else "RGB")
    elif image.mode in KEPT_MODES:
        plain = image.copy()
    else:
        plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    plain.info = {"icc_profile": profile} if profile else {}
    return plain
