"""What is too much is refused in words that name the limit and the way out, and what is good is kept."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspectorate import limits
from inspectorate.accounts.permissions import Role
from inspectorate.audit.verification import verify
from inspectorate.extensions import db
from inspectorate.inspections.models import Evidence
from inspectorate.inspections.uploads import Upload, check
from inspectorate.procedure.states import State
from tests import factories
from tests.harness.hostile import Fields
from tests.harness.hostile_files import png_claiming
from tests.harness.world import World, build
from tests.inspections.scene import picture


@pytest.fixture
def world(session: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    made = build(monkeypatch, State.INVESTIGATION)
    client.sign_in(made.office.handler_user)
    return made


@pytest.fixture
def english(client: Any) -> None:
    client.post("/language", data={"language": "en"})


class Endless(BytesIO):
    """A body of so many octets that nobody holds."""

    def __init__(self, head: bytes, size: int, tail: bytes = b"") -> None:
        super().__init__()
        self.pieces = self._pieces(head, size, tail)
        self.size, self.waiting, self.at_end = len(head) + size + len(tail), b"", False

    def seek(self, offset: int, whence: int = 0) -> int:
        """Only to the end and back, to ask for the size."""
        self.at_end = whence == 2
        return self.tell()

    def tell(self) -> int:
        return self.size if self.at_end else 0

    def _pieces(self, head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        yield from (b"\0" * 65_536 for _ in range(size // 65_536))
        yield b"\0" * (size % 65_536) + tail

    def read(self, size: int | None = -1) -> bytes:
        while len(self.waiting) < (size or 0) and (piece := next(self.pieces, None)) is not None:
            self.waiting += piece
        taken, self.waiting = self.waiting[:size], self.waiting[size:]
        return taken

    def readinto(self, buffer: Any) -> int:
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def part(name: str, content: str) -> bytes:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{content}\r\n'.encode()


def file_part(filename: str) -> bytes:
    return f'--b\r\nContent-Disposition: form-data; name="files"; filename="{filename}"\r\n\r\n'.encode()


def evidence_of(world: World) -> list[str]:
    rows = db.session.scalars(select(Evidence).where(Evidence.inspection_id == world.ids["draft_id"]))
    return [row.filename for row in rows if row.filename]


def test_a_file_that_is_too_large_is_named_and_keeps_no_other_back(client: Any, world: World) -> None:
    place = f"/inspections/{world.ids['draft_id']}/evidence"
    fields = {"kind": "audiovisual", "title": "", "proves": "证明现场情况", "add": "1", "key": "too-large"}
    head = b"".join(part(name, value) for name, value in fields.items())
    head += file_part("good.jpg") + picture(colour="red") + b"\r\n" + file_part("录像.mp4")
    body = Endless(head, limits.FILE + 1, b"\r\n--b--\r\n")
    answer = client.post(
        place, input_stream=body, content_length=body.size, content_type="multipart/form-data; boundary=b"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "good.jpg" in evidence_of(world) and "录像.mp4" not in evidence_of(world)
    assert "“录像.mp4”" in page and "文件超过 20 MB" in page and 'value="证明现场情况"' in page
    kept = dict(Fields(page).pairs)
    assert kept["key"] != "too-large", "the form goes on with a key of its own"
    assert verify() == []


def test_files_that_are_too_much_together_are_named(client: Any, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES_TOGETHER", 10_000)
    place = f"/inspections/{world.ids['draft_id']}/evidence"
    files = [(BytesIO(picture(colour="red")), "good.jpg"), (BytesIO(b"\xff\xd8\xff" + b"\0" * 12_000), "b.jpg")]
    answer = client.post(place, data={"kind": "audiovisual", "add": "1", "key": "together", "files": files})
    page = answer.get_data(as_text=True)
    assert "“b.jpg”" in page and "请单独上传" in page and "good.jpg" in evidence_of(world)


def test_a_case_keeps_the_good_files_and_names_the_others(client: Any, world: World) -> None:
    place = f"/cases/{world.ids['case_id']}/evidence"
    sent = dict(Fields(client.get(place).get_data(as_text=True)).pairs) | {"kind": "audiovisual", "key": "case-key"}
    files = [(BytesIO(picture(colour="red")), "good.jpg"), (BytesIO(b""), "leer.jpg")]
    page = client.post(place, data=sent | {"files": files}, follow_redirects=True).get_data(as_text=True)
    titles = [row.filename for row in db.session.scalars(select(Evidence).where(Evidence.case_id.is_not(None)))]
    assert "good.jpg" in titles and "“leer.jpg”" in page


def test_more_files_than_the_form_takes_are_refused_with_the_number(client: Any, world: World) -> None:
    place = f"/inspections/{world.ids['draft_id']}/evidence"
    files = [(BytesIO(picture()), f"{n}.jpg") for n in range(limits.FILES + 1)]
    page = client.post(place, data={"kind": "audiovisual", "add": "1", "key": "many", "files": files})
    assert str(limits.FILES) in page.get_data(as_text=True) and "error-summary" in page.get_data(as_text=True)


TOO_MUCH = {
    "a request of more than 256 MB": (limits.REQUEST + 1, "application/x-www-form-urlencoded", "256 MB"),
    "a form of more than 4 MB": (limits.FORM + 1, "application/x-www-form-urlencoded", "4 MB"),
    "a field of more than 4 MB beside files": (limits.FORM + 1, "multipart/form-data; boundary=b", "4 MB"),
}


@pytest.mark.parametrize("case", TOO_MUCH)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_too_much_at_once_is_told_with_the_limit_in_the_users_language(
    client: Any, world: World, case: str, language: str
) -> None:
    size, kind, limit = TOO_MUCH[case]
    client.post("/language", data={"language": language})
    body = Endless(b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n' if "multi" in kind else b"text=", size)
    answer = client.post("/complaints/new", input_stream=body, content_length=body.size, content_type=kind)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 413 and limit in page
    assert ("Nothing was changed" if language == "en" else "数据未作任何改动") in page
    assert not body.read(1), "all of it is received, or no browser would show the answer"
    assert verify() == []


def test_many_small_fields_beside_files_count_together(client: Any, world: World) -> None:
    body = b"".join(part(f"f{n}", "x" * 400_000) for n in range(12)) + b"--b--\r\n"
    answer = client.post("/complaints/new", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413


CUT = {
    "without its end": (part("text", "x"), "multipart/form-data; boundary=b"),
    "in the middle of a file": (file_part("a.jpg") + b"\xff\xd8", "multipart/form-data; boundary=b"),
    "without a boundary": (b"x", "multipart/form-data"),
    "in no encoding": (b"text=\xff\xfe", "application/x-www-form-urlencoded"),
    "with a field without a name": (
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
        "multipart/form-data; boundary=b",
    ),
}


@pytest.mark.parametrize("how", CUT)
def test_a_form_that_did_not_arrive_whole_is_not_taken_for_an_empty_one(client: Any, world: World, how: str) -> None:
    body, kind = CUT[how]
    answer = client.post("/complaints/new", data=body, content_type=kind)
    assert answer.status_code == 400 and "不完整" in answer.get_data(as_text=True)


def test_an_address_that_is_too_long_is_told_with_the_limit(client: Any, world: World) -> None:
    answer = client.get("/cases", query_string="q=" + "x" * limits.QUERY)
    assert answer.status_code == 414 and str(limits.QUERY) in answer.get_data(as_text=True)
    assert client.get("/cases", query_string="q=" + "x" * 1000).status_code == 200


def test_a_picture_that_claims_more_pixels_than_memory_holds_is_refused_by_its_head(app: Flask) -> None:
    bomb = png_claiming(30_000, 30_000)
    assert len(bomb) < 300_000
    with app.test_request_context(), pytest.raises(Exception, match="50 百万像素"):
        check(Upload("bomb.png", bomb))


def test_limits_fit_into_each_other(app: Flask) -> None:
    assert limits.FILE < limits.FILES_TOGETHER < limits.REQUEST and limits.FILE * limits.FILES < limits.REQUEST
    assert app.config["MAX_CONTENT_LENGTH"] == limits.REQUEST
    assert app.config["MAX_FORM_MEMORY_SIZE"] == limits.FORM and app.config["MAX_FORM_PARTS"] == limits.FIELDS


@pytest.mark.parametrize("query", ["q=%00", "q=a&q=%00", "%00=", "q=a&%00=1"])
def test_no_part_of_an_address_holds_what_no_database_can(sign_in: Any, session: Any, query: str) -> None:
    client = sign_in(factories.user(Role.INSPECTOR))
    assert client.get(f"/inspections/list.csv?{query}").status_code == 400
