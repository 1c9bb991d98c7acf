"""Files that strangers sent are served as what they are, and never as something that runs under this site's name."""

from typing import Any

import pytest

from inspectorate import files
from inspectorate.accounts.permissions import Role
from inspectorate.documents.models import Document
from inspectorate.extensions import db
from inspectorate.inspections.models import Evidence
from tests import factories
from tests.inspections.scene import PDF, Scene, moment, picture

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
JPEG = picture()
TAKEN = {"image/jpeg": JPEG, "application/pdf": PDF}


def stored(scene: Scene, content: bytes, media_type: str | None, filename: str = "a.jpg") -> Evidence:
    """Evidence whose row says of its file whatever it likes, as one from an import or a damaged database might."""
    day = scene.draft()
    columns = {"kind": "electronic", "title": "材料", "filename": filename, "media_type": media_type}
    made: Evidence = factories.add(
        Evidence(**columns, sha256=files.put(content), captured_at=moment(day.inspected_on, 9, 0), inspection_id=day.id)
    )
    return made


@pytest.mark.parametrize("claimed", ["image/jpeg", "image/svg+xml", "text/html", "application/xhtml+xml", None])
@pytest.mark.parametrize("content", [HTML, SVG, b"<?xml version='1.0'?>" + SVG, b"GIF89a" + HTML, b"alert(1)", b"\0"])
def test_what_is_not_on_the_list_is_downloaded_as_octets(
    sign_in: Any, scene: Scene, content: bytes, claimed: str | None
) -> None:
    answer = sign_in(scene.inspector).get(f"/evidence/{stored(scene, content, claimed).id}")
    assert (answer.mimetype, answer.data) == ("application/octet-stream", content)
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("claimed", [*TAKEN, "text/html", None])
@pytest.mark.parametrize("real", TAKEN)
def test_the_content_says_what_a_file_is(sign_in: Any, scene: Scene, real: str, claimed: str | None) -> None:
    answer = sign_in(scene.inspector).get(f"/evidence/{stored(scene, TAKEN[real], claimed, 'a.html').id}")
    assert answer.mimetype == real
    way = "inline" if real.startswith("image/") else "attachment"
    assert answer.headers["Content-Disposition"].startswith(way)


def test_no_file_is_sniffed_framed_or_run(sign_in: Any, scene: Scene) -> None:
    row = stored(scene, JPEG, "image/jpeg")
    for address in (f"/evidence/{row.id}", f"/evidence/{row.id}/thumbnail"):
        headers = sign_in(scene.inspector).get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
        policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["sandbox"] == "" and "script-src" not in policy


@pytest.mark.parametrize(
    "filename", ["现场 照片.jpg", 'a".jpg', "a\r\nX-Evil: 1.jpg", "a;b=c.jpg", "../../etc/x.jpg", "é.jpg"]
)
def test_names_reach_the_browser_whole_and_break_no_header(sign_in: Any, scene: Scene, filename: str) -> None:
    answer = sign_in(scene.inspector).get(f"/evidence/{stored(scene, JPEG, 'image/jpeg', filename).id}")
    assert answer.status_code == 200 and "X-Evil" not in answer.headers
    disposition = answer.headers["Content-Disposition"]
    assert disposition.isascii() and "\n" not in disposition and disposition.startswith("inline; filename")


def test_whoever_may_read_no_evidence_is_not_told_either_which_there_is_elsewhere(sign_in: Any, scene: Scene) -> None:
    there = stored(scene, JPEG, "image/jpeg").id
    near = sign_in(factories.user(Role.ADMINISTRATOR, agency=scene.agency))
    assert near.get(f"/evidence/{there}").status_code == 403
    stranger = sign_in(factories.user(Role.ADMINISTRATOR, agency=factories.agency(factories.OTHER_COUNTY)))
    assert [stranger.get(f"/evidence/{number}").status_code for number in (there, there + 1)] == [404, 404]


def test_a_part_of_a_recording_can_be_asked_for(sign_in: Any, scene: Scene) -> None:
    row = stored(scene, JPEG, "image/jpeg")
    browser = sign_in(scene.inspector)
    part = browser.get(f"/evidence/{row.id}", headers={"Range": "bytes=2-9"})
    assert part.status_code == 206 and part.data == JPEG[2:10]
    assert (
        part.headers["Content-Range"] == f"bytes 2-9/{len(JPEG)}"
        and "sandbox" in part.headers["Content-Security-Policy"]
    )
    last = browser.get(f"/evidence/{row.id}", headers={"Range": "bytes=-4"})
    assert last.data == JPEG[-4:]
    beyond = browser.get(f"/evidence/{row.id}", headers={"Range": "bytes=999999999-"})
    assert beyond.status_code == 416 and JPEG not in beyond.data


def test_documents_come_as_pdf_and_word_under_their_own_names(sign_in: Any, scene: Scene) -> None:
    report = scene.submitted()
    paper = db.session.scalar(db.select(Document).where(Document.inspection_id == report.id))
    assert paper is not None
    browser = sign_in(scene.inspector)
    for format, kind, way in (
        ("pdf", "application/pdf", "inline"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
    ):
        answer = browser.get(f"/documents/{paper.id}.{format}")
        assert answer.mimetype == kind and answer.headers["X-Content-Type-Options"] == "nosniff"
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith(way) and "filename*=UTF-8''" in disposition and disposition.isascii()
