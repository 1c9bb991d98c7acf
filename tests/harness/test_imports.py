"""Files from strangers: whatever is in them, the command answers soon, in little memory, with a line that says why.

Each is read by a process of its own that may take so much memory and time and no more.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from inspectorate.audit.verification import verify
from inspectorate.extensions import db
from tests.harness import bounded
from tests.harness.bounded import Done
from tests.harness.hostile_files import with_long_part, with_parts, workbook
from tests.harness.scale import count
from tests.interchange.samples import AGENCY, CASE, COMPLAINT, ESTABLISHMENT, INSPECTION, OFFICERS, PERSON

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'.encode()
TAIL = b"</sheetData></worksheet>"
BAD = json.dumps({**AGENCY, "region": "nowhere"}, ensure_ascii=False)


@pytest.fixture
def command(session: Any, app: Flask, tmp_path: Path) -> Callable[..., Done]:
    """``command("import", "a.jsonl", content)`` runs a command on a file; no traceback, and the record is intact."""

    def run(*words: Any) -> Done:
        *arguments, name, content = words
        path = tmp_path / name
        with path.open("wb") as file:
            for piece in [content] if isinstance(content, bytes) else content:
                file.write(piece)
        db.session.remove()
        done = bounded.run(app, [*arguments, str(path)], tmp_path)
        assert not done.trouble, done.trouble[-2000:]
        assert verify() == []
        return done

    return run


@pytest.fixture
def answer(command: Callable[..., Done]) -> Callable[..., str]:
    """What a command says of a file that it refuses: a few lines, none of them long."""

    def run(*words: Any) -> str:
        done = command(*words)
        assert done.code == 1 and done.out == "", done
        assert max(map(len, done.err.splitlines())) < 1000
        return done.err

    return run


LINES: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"hello", "line 1: is not JSON"),
    "an array": (b"[]", "line 1: expected one JSON object"),
    "a number": (b"1e999999", "line 1: expected one JSON object"),
    "NaN": (b'{"type": NaN}', "NaN is not a number"),
    "bad UTF-8": (b'{"type": "\xff\xfe"}', "line 1: is not UTF-8"),
    "UTF-16": ('{"type": "agency"}'.encode("utf-16"), "is not UTF-8 but UTF-16"),
    "cut off": (b'{"type": "agency", "key": "A', "line 1: is not JSON"),
    "a long number": (b'{"type": ' + b"9" * 5000 + b"}", "line 1: is not JSON"),
    "nested deeply": (b"[" * 900_000, "line 1: is not JSON"),
    "a field twice": (b'{"type": "agency", "type": "case"}', "the field 'type' is there twice"),
    "a line of 100 MB": (b"x" * 100_000_000, "line 1 is longer than 1000000 bytes"),
    "a workbook by another name": (workbook([["key"]]), "is an XLSX or ZIP file"),
    "NUL": (b"\0" * 5000, "line 1: is not JSON"),
    "a surrogate": (json.dumps({**AGENCY, "name": "\ud800"}).encode(), "name: contains control characters"),
    "an amount beyond reason": (b'{"type": "case", "key": 1e999999}', "key: expected text, got a number"),
    "a name of a field beyond reason": (b'{"type": "agency", "' + b"x" * 900_000 + b'": 1}', "unknown field"),
    "a circle": (
        b"\n".join(
            json.dumps({**AGENCY, "key": one, "acts_for": other}).encode()
            for one, other in (("A1", "A2"), ("A2", "A1"))
        ),
        "there is no agency",
    ),
}


@pytest.mark.one_database
@pytest.mark.parametrize("what", LINES)
def test_a_file_of_lines_is_refused_in_one_line(answer: Any, what: str) -> None:
    content, words = LINES[what]
    assert words in answer("import", "records.jsonl", content)


def test_a_hundred_thousand_bad_rows_are_counted_and_the_first_thousand_listed(
    command: Callable[..., Done], record_property: Callable[[str, object], None]
) -> None:
    rows = count(5_000, 100_000)
    done = command("import", "records.jsonl", (f"{BAD}\n".encode() for _ in range(rows)))
    told = done.err.splitlines()
    assert done.code == 1 and len(told) == 1_002
    assert told[0].startswith("line 1: region: 'nowhere' is not a region")
    assert told[-2:] == [f"… and {rows - 1_000} more refusals", f"nothing was loaded: {rows} refusals"]
    record_property("found", f"{rows:,} bad rows refused in {done.seconds:.0f} s")


ODD: list[Any] = [
    None,
    True,
    -1,
    1.5,
    "",
    "x" * 5000,
    [],
    [[]],
    {},
    {"": None},
    "2026-02-30",
    "\u202e",
    [None],
    "\ud800",
]


def test_rows_with_anything_in_any_field_are_refused_or_loaded(command: Callable[..., Done]) -> None:
    samples = [AGENCY, *OFFICERS, ESTABLISHMENT, PERSON, INSPECTION, CASE, COMPLAINT]
    odd = [{**sample, name: value} for sample in samples for name in sample for value in ODD]
    odd += [_deep(sample, value) for sample in (INSPECTION, CASE) for value in ODD]
    for way in ((), ("--partial",), ("--dry-run",)):
        done = command("import", *way, "records.jsonl", "\n".join(map(json.dumps, [*samples, *odd])).encode())
        assert (done.code in (0, 1) and "more refusals" in done.err) or "refus" in done.err or "line" in done.err


def _deep(value: Any, odd: Any) -> Any:
    """The record with everything at its leaves replaced below its first level."""
    if isinstance(value, dict):
        return {name: _deep(inner, odd) if isinstance(inner, list | dict) else inner for name, inner in value.items()}
    return [odd if not isinstance(inner, list | dict) else _deep(inner, odd) for inner in value] or [odd]


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 108)
) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/passwd">]>'
BOOK = workbook([["key", "name"], ["A1", "局"]], "agency")
ROW_2 = b'<row r="2"><c r="A2"><v>1</v></c></row>'
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c></row>'


def _sheet(body: bytes, before: bytes = b"") -> bytes:
    return with_parts(BOOK, {SHEET: b'<?xml version="1.0"?>' + before + HEAD.partition(b"?>")[2] + body + TAIL})


def _strings(body: bytes, before: bytes = b"") -> bytes:
    head = b'<?xml version="1.0"?>' + before + f'<sst xmlns="{MAIN}">'.encode()
    return with_parts(BOOK, {"xl/sharedStrings.xml": head + body + b"</sst>"})


BOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "gigabytes of zeros in a sheet": (
        lambda: with_long_part(BOOK, SHEET, HEAD, b"0" * 1_000_000, count(500, 4_000), TAIL),
        "MB when unpacked",
    ),
    "a row without end": (
        lambda: with_long_part(BOOK, SHEET, HEAD + b"<row>", b'<c r="A1"><v>0</v></c>' * 50_000, 200, b"</row>" + TAIL),
        "a row of more than",
    ),
    "elements without a row": (
        lambda: with_long_part(BOOK, SHEET, HEAD, b"<x/>" * 250_000, 100, TAIL),
        "a row of more than",
    ),
    "a cell of 300 MB": (
        lambda: with_long_part(BOOK, SHEET, HEAD + b"<row><c><v>", b"9" * 1_000_000, 300, b"</v></c></row>" + TAIL),
        "a row of more than",
    ),
    "entities in a sheet": (lambda: _sheet(b"<row><c><v>&k;</v></c></row>", ENTITIES), "entities"),
    "entities in the texts": (lambda: _strings(b"<si><t>&k;</t></si>", ENTITIES), "entities"),
    "a file of the machine": (lambda: _sheet(b"<row><c><v>&k;</v></c></row>", OUTSIDE), "entities"),
    "texts of a gigabyte": (
        lambda: with_long_part(BOOK, "xl/sharedStrings.xml", b"<sst>", b"<si><t>x</t></si>" * 60_000, 60, b"</sst>"),
        "xl/sharedStrings.xml is larger than 50 MB",
    ),
    "styles without end": (
        lambda: with_long_part(BOOK, "xl/styles.xml", b"<styleSheet>", b"<xf/>" * 200_000, 20, b"</styleSheet>"),
        "xl/styles.xml is larger than 10 MB",
    ),
    "a claim to all rows and columns": (
        lambda: _sheet(CELL + b'<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"/></row>'),
        "",
    ),
    "a row number beyond all": (lambda: _sheet(CELL + ROW_2 + b'<row r="99999999999"><c><v>1</v></c></row>'), ""),
    "a cell with no place": (lambda: _sheet(b'<row r="x"><c r="??"><v>1</v></c></row>'), ""),
    "a text that is not there": (lambda: _sheet(b'<row><c t="s"><v>99999</v></c></row>'), "cannot be read"),
    "numbers beyond all": (
        lambda: _sheet(CELL + b'<row><c><v>1e999999</v></c></row><row><c><v>NaN</v></c></row>'),
        "",
    ),
    "a date beyond all": (lambda: _sheet(CELL + b'<row><c t="d"><v>99999-99-99</v></c></row>'), ""),
    "a sheet cut off": (lambda: with_parts(BOOK, {SHEET: HEAD + b"<row><c>"}), "not an XLSX workbook"),
    "no sheet at all": (lambda: with_parts(BOOK, {SHEET: b""}), ""),
    "a wrong sheet": (lambda: workbook([["a"]], "Tabelle1"), "the sheet 'Tabelle1' is none of"),
    "thousands of parts": (
        lambda: with_parts(BOOK, {f"xl/x{n}.xml": b"" for n in range(3_000)}),
        "files, at most 2000",
    ),
    "a CSV": (lambda: "key,name\nA1,局\n".encode(), "not an XLSX workbook"),
    "nothing": (lambda: b"", "not an XLSX workbook"),
    "an old or encrypted file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "with a password"),
    "a ZIP cut off": (lambda: BOOK[: len(BOOK) // 2], "not an XLSX workbook"),
    "a ZIP with a password": (lambda: _locked(BOOK), "has a password"),
    "no workbook in the ZIP": (lambda: with_parts(BOOK, {"xl/workbook.xml": b"<x/>"}), "not an XLSX workbook"),
    "heads beyond all": (
        lambda: workbook([["." * 100, "findings.999999.x", "a.b.c.d.e"], [1, 2, 3]], "inspection"),
        "is missing",
    ),
    "links, macros and formulas": (
        lambda: with_parts(
            workbook([["key", "name", "region", "sector"], ["A1", "=1+1", "=[1]x!A1", "health"]], "agency"),
            {"xl/externalLinks/externalLink1.xml": b"<x/>", "xl/vbaProject.bin": b"MZ"},
        ),
        "region",
    ),
}  # fmt: skip


def _locked(book: bytes) -> bytes:
    """Every part marked as encrypted, in its own head and in the directory."""
    marked = bytearray(book)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(sign)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(sign, at + 4)
    return bytes(marked)


@pytest.mark.one_database
@pytest.mark.parametrize("what", BOOKS)
def test_a_workbook_is_refused_in_one_line(answer: Any, what: str) -> None:
    make, words = BOOKS[what]
    told = answer("import", "records.xlsx", make())
    assert words in told and told.count("\n") < 1_003


FORM = '[form]\nid = "x"\ntitle = "x"\n'
ROW = '[[row]]\nid = "r"\nlabel = "r"\n'
FORMS: dict[str, tuple[bytes, str]] = {
    "no TOML": (b"hello", "不是有效的 TOML"),
    "bad UTF-8": (b"\xff\xfe", "不是 UTF-8"),
    "nested deeply": (b"x = " + b"[" * 90_000, "nested too deeply"),
    "a long number": (b"x = " + b"9" * 90_000, "不是有效的 TOML"),
    "too long": (b"# " + b"x" * 5_000_000, "200000"),
    "brackets in a rule": (
        (FORM + ROW + '[[check]]\nid = "c"\nrule = "' + "(" * 49 + "r" + ")" * 49 + ' > 0"\n').encode(),
        "form.toml:",
    ),
    "brackets without end": (
        (FORM + ROW + '[[check]]\nid = "c"\nrule = "' + "(" * 5_000 + '"\n').encode(),
        "form.toml:",
    ),
    "rows without end": ((FORM + "".join(f'[[row]]\nid = "r{n}"\n' for n in range(9_000))).encode(), "500"),
    "rows below each other": (
        (FORM + ROW + "".join(f'[[row]]\nid = "r{n}"\nup = "r{n - 1 if n else ""}"\n' for n in range(400))).encode(),
        "表头超过",
    ),
    "a template of templates": (
        (FORM + '[[template]]\nid = "t"\nnodes = [' + '{id = "n"},' * 9_000 + "]\n" + ROW + 'repeat = "t"\n').encode(),
        "500",
    ),
    "wrong kinds everywhere": (b"form = 1\nrow = 2\ncol = [[[]]]\ncheck = {}\nperiod = nan\n", "form.toml:"),
    "unknown words without end": (
        (FORM + ROW + "".join(f"zeichen{n} = 1\n" for n in range(9_000))).encode(),
        "未知的键",
    ),
    "a day that is none": (
        (FORM + ROW + '[period]\nkind = "campaign"\nfrom = 0000-00-00\n').encode(),
        "不是有效的 TOML",
    ),
}  # fmt: skip


@pytest.mark.one_database
@pytest.mark.parametrize("what", FORMS)
def test_a_form_is_refused_with_file_and_line(answer: Any, what: str) -> None:
    content, words = FORMS[what]
    assert words in answer("campaign", "load-form", "form.toml", content)
