"""What the archive is refused for before anything is touched."""

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from inspectorate.backup.archive import FORMAT, BadArchive, Manifest, Reader, Writer

SHA = hashlib.sha256(b"x" * 5000).hexdigest()


def an_archive() -> bytes:
    target = io.BytesIO()
    with Writer(target) as writer:
        writer.add("tables/agency.jsonl", [b'[1,"x"]\n', b'[2,"y"]\n'])
        writer.add(f"files/{SHA}", [b"x" * 5000], compress=False)
        writer.finish(Manifest("2026-07-15T00:00:00+00:00", "0003", "sqlite", None, 0))
    return target.getvalue()


def again(change: Callable[[dict[str, Any]], None] = lambda manifest: None, **more: bytes) -> bytes:
    """The archive written anew by hand, with a changed manifest and further members."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(an_archive())) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                document = json.loads(content)
                change(document)
                content = json.dumps(document).encode()
            new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name, content)
    return target.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(BadArchive) as raised:
        Reader(io.BytesIO(content))
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_what_was_written_is_read() -> None:
    reader = Reader(io.BytesIO(an_archive()))
    assert list(reader.lines("tables/agency.jsonl")) == [[1, "x"], [2, "y"]]
    assert reader.manifest.files == 1 and reader.manifest.format == FORMAT
    assert reader.whole(f"files/{SHA}") == b"x" * 5000


@pytest.mark.parametrize("kept", [0, 10, 1000, 0.5, -1, -30])
def test_a_cut_off_archive_is_refused(kept: float) -> None:
    whole = an_archive()
    refused(whole[: int(kept * len(whole)) if isinstance(kept, float) else kept])


def test_no_byte_of_a_member_can_be_changed() -> None:
    whole = an_archive()
    start = whole.index(b"x" * 100)
    refused(whole[: start + 7] + b"y" + whole[start + 8 :])


@pytest.mark.parametrize(
    "name",
    ["../etc/passwd", "/etc/passwd", "files/../../x", "files/" + SHA + "/x", "tables/../x.jsonl", "C:\\x", "keys/other",
     "files/" + SHA.upper(), "files/", "manifest.json/"],
)  # fmt: skip
def test_a_name_that_no_backup_writes_is_refused(name: str) -> None:
    assert "holds nothing of the name" in refused(again(**{name: b"x"}))


def test_a_member_that_the_manifest_does_not_tell_of_is_refused() -> None:
    assert "not in both" in refused(again(**{f"files/{'b' * 64}": b"x"}))


def test_a_member_that_is_missing_is_refused() -> None:
    assert "not in both" in refused(
        again(lambda manifest: manifest["parts"].update({"keys/secret": {"bytes": 1, "sha256": SHA}}))
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused() -> None:
    assert "twice" in refused(again(**{"tables/agency.jsonl": b"[]\n"}))


def test_a_link_is_refused() -> None:
    target = io.BytesIO(again())
    with zipfile.ZipFile(target, "a") as archive:
        link = zipfile.ZipInfo(f"files/{'c' * 64}")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "link" in refused(target.getvalue())


def test_a_member_that_swells_beyond_its_size_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tables/agency.jsonl", b"\0" * 50_000_000)
        told = {"bytes": 10, "sha256": SHA}
        manifest = Manifest("2026-07-15T00:00:00+00:00", "0003", "sqlite", None, 0).__dict__ | {
            "parts": {"tables/agency.jsonl": told}
        }
        archive.writestr("manifest.json", json.dumps(manifest))
    assert "altered or damaged" in refused(bomb.getvalue())


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.update(format="other-2"),
        lambda manifest: manifest.pop("schema"),
        lambda manifest: manifest.update(parts=[]),
        lambda manifest: manifest.update(surplus=1),
        lambda manifest: manifest.clear(),
    ],
)
def test_a_manifest_that_no_backup_writes_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    assert "format" in (said := refused(again(change))) or "manifest" in said
