"""Files are what their content is, whatever they are called."""

import io
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from inspectorate import limits
from inspectorate.errors import Refusal
from inspectorate.inspections import uploads
from inspectorate.inspections.uploads import Upload, check, safe_name, thumbnail
from tests.inspections.scene import PDF, picture


def box(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + brand + b"\0" * 64


WAVE = b"RIFF" + struct.pack("<I", 100) + b"WAVEfmt " + b"\0" * 92
KINDS = [
    ("现场.jpg", picture("JPEG"), "image/jpeg"),
    ("现场.JPEG", picture("JPEG"), "image/jpeg"),
    ("现场.png", picture("PNG"), "image/png"),
    ("现场.webp", picture("WEBP"), "image/webp"),
    ("IMG_0001.HEIC", box(b"heic"), "image/heif"),
    ("许可证.pdf", PDF, "application/pdf"),
    ("录像.mp4", box(b"mp42"), "video/mp4"),
    ("录像.mov", box(b"qt  "), "video/quicktime"),
    ("录音.m4a", box(b"M4A "), "audio/mp4"),
    ("录音.mp3", b"ID3\x03" + b"\0" * 80, "audio/mpeg"),
    ("录音.wav", WAVE, "audio/wave"),
]


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


@pytest.mark.parametrize(("name", "content", "media_type"), KINDS)
def test_each_kind_is_known_by_its_content(name, content, media_type):
    assert check(Upload(name, content)).media_type == media_type


CUT = picture("JPEG")[:-20]
REFUSED = [
    ("照片.jpg", PDF, "PDF"),
    ("许可证.pdf", picture(), "JPG"),
    ("照片.png", picture(), "JPG"),
    ("照片", picture(), "JPG"),
    ("照片.jpg", b"", "空"),
    ("照片.jpg", b"<html><script>alert(1)</script></html>", "JPEG"),
    ("照片.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG"),
    ("程序.exe", b"MZ" + b"\0" * 200, "JPEG"),
    ("表.xlsx", b"PK\x03\x04" + b"\0" * 100, "JPEG"),
    ("照片.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 200, "损坏"),
    ("许可证.pdf", PDF[:-6], "不完整"),
    ("照片.jpg", picture() + b"\0" * limits.FILE, "20 MB"),
]


@pytest.mark.parametrize(("name", "content", "word"), REFUSED)
def test_what_is_not_what_it_says_is_refused_with_its_name_and_the_reason(name, content, word):
    with pytest.raises(Refusal) as refusal:
        check(Upload(name, content))
    assert name in str(refusal.value) and word in str(refusal.value)
    assert refusal.value.field == "files"


@given(st.binary(max_size=400))
def test_any_octets_are_taken_or_refused_never_an_error(content):
    assert uploads.kind_of(content) in {None, *uploads.EXTENSIONS}


@given(st.text(max_size=300))
@example("照片\u202egpj.exe")
def test_a_name_is_always_safe_to_show_and_send_back(name):
    safe = safe_name(name)
    assert safe and len(safe) <= 120
    assert not set(safe) & set('\\/:*?"<>|\n\r\0\u202e\u2066')
    assert not safe.startswith(".")


def test_a_picture_with_a_wrong_orientation_becomes_an_upright_thumbnail():
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("RGB", (800, 400)).save(buffer, "JPEG", exif=exif)
    with Image.open(io.BytesIO(thumbnail(buffer.getvalue()))) as small:
        assert small.height > small.width and max(small.size) <= 320
