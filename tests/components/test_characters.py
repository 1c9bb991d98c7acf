"""What a form sends can be printed: on paper, in Word and in Excel."""

import io

from docx import Document
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.characters import printable
from inspectorate.requests import PrintableRequest


class Echo(Flask):
    request_class = PrintableRequest


def test_breaks_of_word_processors_become_line_ends_and_what_nobody_sees_is_left_out() -> None:
    assert printable("现场\x0b见\r\x0c针\x07剂\x00\ufffe3支\t甲\n") == "现场\n见\n针剂3支\t甲\n"


def test_signs_that_turn_a_text_round_are_left_out() -> None:
    assert printable("罚款\u202e0005\u202c元 \u20665000\u2069 \u202a甲\u202d乙") == "罚款0005元 5000 甲乙"


@given(st.text())
def test_word_can_hold_every_printable_text(text: str) -> None:
    kept = printable(text)
    Document().add_paragraph().add_run(kept)
    assert printable(kept) == kept


def test_both_ways_of_sending_a_form_are_cleaned_and_files_are_not_touched() -> None:
    app = Echo(__name__)

    @app.post("/")
    def echo() -> str:
        return "|".join([*request.form.getlist("a"), *(file.read().hex() for file in request.files.values())])

    client = app.test_client()
    assert client.post("/", data={"a": ["甲\x00", "乙\x0b丙"]}).text == "甲|乙\n丙"
    sent = {"a": "甲\x07", "file": (io.BytesIO(b"\x00\x0b"), "x.bin")}
    assert client.post("/", data=sent, content_type="multipart/form-data").text == "甲|000b"
