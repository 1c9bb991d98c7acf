"""Files that arrive as evidence: what they are is read from their content, never believed from their name."""

import hashlib
import io
import re
import warnings
from collections.abc import Iterable
from math import inf
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import puremagic
from flask_babel import gettext as _
from PIL import Image, ImageOps

from .. import limits
from ..characters import REVERSING
from ..errors import Refusal

EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heif": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov", "qt"),
    "audio/mp4": ("m4a",),
    "audio/mpeg": ("mp3",),
    "audio/wave": ("wav",),
}
"""Kinds that are taken, with the endings that their names may have."""

ACCEPT = ",".join(f".{ending}" for endings in EXTENSIONS.values() for ending in endings)
Image.MAX_IMAGE_PIXELS = limits.JPEG_PIXELS
"""Pillow itself refuses twice as much."""

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Kinds that Pillow opens: verified in full, and shown as thumbnails."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff\ufffe\uffff]')


class Upload(NamedTuple):
    """A file as it was sent."""

    filename: str
    content: bytes
    excess: str | None = None
    """The limit that it broke on its way, after which it was thrown away: ``file`` or ``together``."""


def received(files: Iterable[Any]) -> list[Upload]:
    """The files that a form sent, those left empty by the browser aside."""
    return [
        Upload(file.filename, file.read(), getattr(file.stream, "excess", None))
        for file in files
        if file and file.filename
    ]


class CheckedFile(NamedTuple):
    """A file whose content has been looked at; ``filename`` is safe to be shown and sent back."""

    filename: str
    media_type: str
    content: bytes


def check(upload: Upload) -> CheckedFile:
    """The file with its true kind. Raises Refusal naming the file, the reason and the way out (field ``files``)."""
    name = safe_name(upload.filename)
    _check_size(name, upload)
    media_type = kind_of(upload.content)
    if media_type is None:
        raise _refused(name, _("its content is none of JPEG, PNG, WebP, HEIC, PDF, MP4, MOV, M4A, MP3, WAV"))
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if ending not in EXTENSIONS[media_type]:
        wanted = EXTENSIONS[media_type][0]
        raise _refused(
            name,
            _(
                "its name says %(claimed)s, its content is %(real)s. Choose another file, or name it .%(real_ending)s",
                claimed=ending.upper() or _("nothing"),
                real=wanted.upper(),
                real_ending=wanted,
            ),
        )
    if media_type in PICTURES:
        _check_picture(name, media_type, upload.content)
    if media_type == "application/pdf" and b"%%EOF" not in upload.content[-2048:]:
        raise _refused(name, _("the PDF is cut off. Save or scan it again"))
    return CheckedFile(name, media_type, upload.content)


def _check_size(name: str, upload: Upload) -> None:
    if upload.excess == "together":
        most = limits.FILES_TOGETHER // limits.MB
        raise _refused(name, _("all files together are larger than %(mb)d MB. Send it by itself", mb=most))
    if upload.excess or len(upload.content) > limits.FILE:
        most = limits.FILE // limits.MB
        raise _refused(name, _("it is larger than %(mb)d MB. Make it smaller or cut the recording", mb=most))
    if not upload.content:
        raise _refused(name, _("it is empty. Choose it again"))


def _check_picture(name: str, media_type: str, content: bytes) -> None:
    """Its size is read from its head: a few octets may claim more pixels than the memory holds."""
    most = limits.JPEG_PIXELS if media_type == "image/jpeg" else limits.PIXELS
    if _pixels_claimed(content) > most:
        reason = _("the picture has more than %(most)d million pixels. Make it smaller", most=most // 1_000_000)
        raise _refused(name, reason)
    if not _is_whole_picture(content):
        raise _refused(name, _("the picture is damaged. Take it again"))


def _pixels_claimed(content: bytes) -> float:
    """What the head says; 0 where it cannot be read, infinitely many where Pillow itself refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                return picture.width * picture.height
    except Image.DecompressionBombError:
        return inf
    except Exception:
        # Pillow raises whatever a broken file makes it raise; all of it means the same.
        return 0


def kind_of(content: bytes) -> str | None:
    """The media type by the content, or None for what is not taken."""
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return None
    named = [match.mime_type for match in matches if match.mime_type]
    return named[0] if named and named[0] in EXTENSIONS else None


def sha256(content: bytes) -> str:
    """The file's name in the store and the proof that it is unchanged."""
    return hashlib.sha256(content).hexdigest()


def safe_name(filename: str) -> str:
    """The last part of a file's name without signs that mean something to a system; at most 120 characters."""
    last = REVERSING.sub("", filename.replace("\\", "/").rsplit("/", 1)[-1])
    bare = _UNSAFE.sub("_", last).strip(" .") or "file"
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[:110]}{dot}{ending[:9]}" if dot else bare[:120]


def thumbnail(content: bytes, size: int = 320) -> bytes:
    """A small JPEG of a picture, upright."""
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", (size * 2, size * 2))
        upright = ImageOps.exif_transpose(picture) or picture
        upright.thumbnail((size, size))
        small = io.BytesIO()
        upright.convert("RGB").save(small, "JPEG", quality=80)
    return small.getvalue()


def _is_whole_picture(content: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                picture.verify()
            with Image.open(io.BytesIO(content)) as picture:
                picture.draft("RGB", (64, 64))
                picture.load()
    except Exception:
        return False
    return True


def _refused(name: str, reason: str) -> Refusal:
    return Refusal(_("“%(name)s” was not taken: %(reason)s.", name=name, reason=reason), field="files")
