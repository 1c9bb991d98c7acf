"""Workbooks that people send back changed, broken or hostile: each is refused at its cell, with the reason."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from inspectorate import limits
from inspectorate.campaigns.engine.definition import FormDefinition
from inspectorate.campaigns.engine.figures import Address, Value
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.errors import Refusal
from inspectorate.returns.workbook.marking import COLOUR, marked
from tests.campaigns.conftest import HEAD
from tests.returns.workbooks import changed, identity_of, planned, read_back, written

FORM = """
head = "___省"
[report]
signers = ["签发人"]
[[col]]
id = "a"
label = "甲"
[[col]]
id = "x"
up = "a"
label = "机构"
[[col]]
id = "y"
up = "a"
label = "人员"
[[col]]
id = "b"
label = "乙"
[[col]]
id = "all"
label = "合计"
total = ["x", "y", "b"]
[[row]]
id = "visits"
label = "检查户次"
m = "visits"
[[row]]
id = "units"
label = "检查户数"
m = "units_inspected"
cells = ["a", "b"]
[[row]]
id = "fine"
label = "罚款(万元)"
m = "fine_sum"
unit = "万元"
[[row]]
id = "kg"
label = "重量"
m = "seized_kg"
na = ["y"]
[[foot]]
kind = "counts"
text = "投诉{in}件;办结{closed}件。"
in = "complaint_in"
closed = "complaint_closed"
"""
VALUES: dict[Address, Value] = {("visits", "x"): 3, ("visits", "b"): 4, ("fine", "x"): 22_080_000}


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return parse(HEAD + FORM)


@pytest.fixture(scope="module")
def names(form: FormDefinition) -> dict[Address, str]:
    return dict(planned(form).names())


def told(form: FormDefinition, change: Callable[[Any], Any]) -> list[tuple[str, str]]:
    """(cell, reason) of each problem after a change."""
    read = read_back(changed(written(planned(form, VALUES)), change), form)
    assert read.problems, "the change was taken"
    return [(one.at, str(one.reason)) for one in read.problems]


def test_the_sheet_of_these_tests_stands_where_they_write(names: dict[Address, str]) -> None:
    assert names["visits", "x"] == "B5" and names["fine", "b"] == "D7" and names["kg", "x"] == "B8"
    assert names["visits", "all"] == "E5" and names["units", "a"] == "B6"


NUMBERS = [
    ("text", "B5", "三", "text, not a number"),
    ("a dash", "B5", "无", "Write 0"),
    ("a comma that parts no thousands", "B5", "12,5", "comma"),
    ("another unit", "B7", "5000元", "Convert it"),
    ("negative", "B5", -1, "below zero"),
    ("negative text", "B5", "－1", "below zero"),
    ("a fraction of a count", "B5", 1.5, "whole numbers"),
    ("a hair above a count", "B5", 3.0001, "whole numbers"),
    ("a day", "B5", datetime(2021, 3, 22), "made a date"),
    ("a boolean", "B5", True, "TRUE or FALSE"),
    ("an error", "B5", "#REF!", "error"),
    ("a formula", "B5", "=1+2", "formula"),
    ("a formula in the footer", "E13", "=1+2", "formula"),
    ("below a fen", "B7", 1.1234567, "fen"),
    ("too much money", "B7", 10**9, "Check the unit"),
    ("too large a count", "B5", 10**12, "at most"),
    ("too fine a quantity", "B8", 0.1234567, "decimals"),
    ("exponents", "B5", "1e5", "text"),
    ("not a number", "B5", "nan", "text"),
    ("a figure where nothing applies", "C8", 0, "Nothing applies"),
    ("a changed total", "E5", "=SUM(B5:C5)", "formula"),
]


@pytest.mark.parametrize(("cell", "value", "reason"), [n[1:] for n in NUMBERS], ids=[n[0] for n in NUMBERS])
def test_what_is_no_figure_is_refused_at_its_cell(form: FormDefinition, cell: str, value: Any, reason: str) -> None:
    found = told(form, lambda sheet: sheet.__setitem__(cell, value))
    assert [at for at, _ in found] == [cell] and reason in found[0][1]


def test_the_refusal_names_row_and_column_in_the_words_of_the_sheet(form: FormDefinition) -> None:
    read = read_back(changed(written(planned(form)), lambda sheet: sheet.__setitem__("C7", -1)), form)
    assert str(read.problems[0]).startswith("C7 罚款(万元) × 甲·人员: ")


TAKEN = [
    ("full-width digits", "B5", "１２", 12),
    ("thousands separators", "B5", "1,234", 1234),
    ("blanks", "B5", " 12 ", 12),
    ("the place's own unit", "B7", "22.08万元", 22_080_000),
    ("a whole number with decimals", "B5", 12.0, 12),
    ("fifteen digits of a float", "B7", 0.1 + 0.2, 300_000),
    ("zero", "B5", 0, 0),
]


@pytest.mark.parametrize(("cell", "value", "kept"), [t[1:] for t in TAKEN], ids=[t[0] for t in TAKEN])
def test_what_can_mean_one_number_only_is_taken(form: FormDefinition, cell: str, value: Any, kept: int) -> None:
    read = read_back(changed(written(planned(form)), lambda sheet: sheet.__setitem__(cell, value)), form)
    assert not read.problems
    assert list(read.given.cells.values()) == [kept]
    assert [one.at for one in read.given.remarks] == [cell] * (isinstance(value, str))


def test_a_typed_total_is_kept_to_be_compared(form: FormDefinition) -> None:
    read = read_back(changed(written(planned(form)), lambda sheet: sheet.__setitem__("E5", 9)), form)
    assert read.given.cells == {("visits", "all"): 9}


def test_a_total_that_its_parts_do_not_give_is_refused(form: FormDefinition) -> None:
    def stale(xml: bytes) -> bytes:
        return re.sub(rb'(r="E5".*?)<v>7</v>', rb"\1<v>8</v>", xml)

    content = with_part(written(planned(form, VALUES)), SHEET, stale)
    found = read_back(content, form).problems
    assert [one.at for one in found] == ["E5"] and "8" in str(found[0].reason) and "7" in str(found[0].reason)


STRUCTURE = [
    ("a column inserted", lambda s: s.insert_cols(3), "D3", "stands in"),
    ("a column deleted", lambda s: s.delete_cols(3), "C4", "belongs here"),
    ("a row inserted", lambda s: s.insert_rows(6), "A6", "A7"),
    ("a row deleted", lambda s: s.delete_rows(6), "A6", "belongs here"),
    ("rows exchanged", lambda s: (s.__setitem__("A5", "检查户数"), s.__setitem__("A6", "检查户次")), "A5", "A6"),
    ("a heading renamed", lambda s: s.__setitem__("A7", "罚没(万元)"), "A7", "罚款(万元)"),
    ("a heading emptied", lambda s: s.__setitem__("B4", None), "B4", "机构"),
    ("cells unmerged", lambda s: s.unmerge_cells("B6:C6"), "B6", "Merge them again"),
    ("cells merged", lambda s: s.merge_cells("B5:C5"), "B5", "Part them"),
    ("a hidden row with a figure", lambda s: setattr(s.row_dimensions[5], "hidden", True), "B5", "hidden"),
    ("a hidden column with a figure", lambda s: setattr(s.column_dimensions["D"], "hidden", True), "D5", "hidden"),
    ("a figure beside the form", lambda s: s.__setitem__("H5", 4), "H5", "outside"),
    ("a figure far below", lambda s: s.__setitem__("A900", 4), "A900", "outside"),
    ("a hidden sheet", lambda s: hide(s.parent.create_sheet("底稿")), "", "hidden sheet"),
    ("another sheet", lambda s: s.parent.create_sheet("底稿").append([1]), "", "no part"),
    ("the sheet hidden", lambda s: setattr(s, "sheet_state", "hidden"), "", "is hidden"),
]


def hide(sheet: Any) -> None:
    sheet.append([1])
    sheet.sheet_state = "hidden"


@pytest.mark.parametrize(("change", "cell", "reason"), [s[1:] for s in STRUCTURE], ids=[s[0] for s in STRUCTURE])
def test_a_sheet_that_is_no_longer_the_forms_is_refused(
    form: FormDefinition, change: Callable[[Any], Any], cell: str, reason: str
) -> None:
    found = told(form, change)
    assert any(at == cell and reason in why for at, why in found), found


def test_a_renamed_sheet_and_empty_ones_beside_it_are_no_matter(form: FormDefinition) -> None:
    def change(sheet: Any) -> None:
        sheet.title = "6月"
        sheet.parent.create_sheet("Sheet2")

    assert not read_back(changed(written(planned(form, VALUES)), change), form).problems


IDENTITIES = [
    ({"region": "330200"}, "region"),
    ({"agency": "M2"}, "agency"),
    ({"campaign": "d"}, "campaign"),
    ({"period": "2021-06-01/2021-06-30"}, "period"),
    ({"sha256": "2" * 64}, "has been changed"),
    ({"members": ()}, "lines of this blank"),
]


@pytest.mark.parametrize(("fields", "reason"), IDENTITIES, ids=[reason for _, reason in IDENTITIES])
def test_the_file_of_another_return_is_refused_as_a_whole(
    form: FormDefinition, fields: dict[str, Any], reason: str
) -> None:
    read = read_back(written(planned(form, VALUES, **fields)), form)
    assert len(read.problems) == 1 and reason in str(read.problems[0]) and not read.given.cells


def test_another_forms_file_is_refused_as_a_whole(form: FormDefinition) -> None:
    read = read_back(written(planned(shipped_form("medical_cosmetology_2021"))), form)
    assert len(read.problems) == 1 and "medical_cosmetology_2021" in str(read.problems[0])


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part rewritten, or added where it has none."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
HOSTILE: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("nothing", lambda c: b"", "empty"),
    ("a CSV file", lambda c: "检查户次,3\n".encode(), "CSV"),
    ("JSON", lambda c: b'{"cells": {}}', "JSON"),
    ("a PDF", lambda c: b"%PDF-1.7", "PDF"),
    ("an old workbook", lambda c: b"\xd0\xcf\x11\xe0" + bytes(600), ".xls"),
    ("a password", lambda c: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ("a web page", lambda c: b"<html><table></table></html>", "web page"),
    ("zeros", lambda c: bytes(5000), "no workbook"),
    ("a cut file", lambda c: c[: len(c) // 2], "damaged"),
    ("a flipped part", lambda c: with_part(c, SHEET, lambda x: x[:300]), "damaged"),
    ("a Word file", lambda c: renamed(c, "xl/", "word/"), "Word"),
    ("a binary workbook", lambda c: renamed(c, "xl/workbook.xml", "xl/workbook.bin"), "xlsb"),
    ("another archive", lambda c: renamed(c, "xl/", "y/"), "no workbook"),
    ("macros", lambda c: with_part(c, "xl/vbaProject.bin", lambda x: b"x"), "macros"),
    ("an embedded object", lambda c: with_part(c, "xl/embeddings/a.bin", lambda x: b"x"), "embedded"),
    ("external links", lambda c: with_part(c, "xl/externalLinks/externalLink1.xml", lambda x: b"<x/>"), "other files"),
    ("entities", lambda c: with_part(c, SHEET, lambda x: x.replace(b"?>", b"?>" + BOMB, 1)), "entities"),
    ("entities in UTF-16", lambda c: with_part(c, "xl/styles.xml", lambda x: BOMB.decode().encode("utf-16")), "entit"),
    ("a bomb", lambda c: with_part(c, "xl/media/a.xml", lambda x: b" " * (limits.RETURN_UNPACKED + 1)), "unpacked"),
    ("a merged ocean", lambda c: with_part(c, SHEET, lambda x: x.replace(
        b"<mergeCells count", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><mergeCells count')), "cells"),
    ("a hundred thousand cells", lambda c: with_part(c, SHEET, lambda x: x.replace(
        b"</sheetData>", b'<row r="99">' + b'<c r="A99"/>' * 100_000 + b"</row></sheetData>")), "cells"),
    ("a million tags", lambda c: with_part(c, "xl/styles.xml", lambda x: x + b"<x/>" * 1_000_000), "far more"),
    ("too large", lambda c: c + bytes(limits.RETURN_FILE), "larger"),
]  # fmt: skip


def renamed(content: bytes, old: str, new: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            target.writestr(part.replace(old, new), source.read(part))
    return buffer.getvalue()


@pytest.mark.parametrize(("change", "reason"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_what_is_no_return_is_refused_in_words_and_quickly(
    form: FormDefinition, change: Callable[[bytes], bytes], reason: str
) -> None:
    content = change(written(planned(form, VALUES)))
    before = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_back(content, form)
    assert reason in str(refused.value)
    assert time.process_time() - before < 5


def test_any_part_that_is_cut_off_is_refused_or_read_but_never_an_error(form: FormDefinition) -> None:
    content = written(planned(form, VALUES))
    for part in zipfile.ZipFile(io.BytesIO(content)).namelist():
        for cut in (lambda x: x[: len(x) // 2], lambda x: b"<x/>", lambda x: b""):
            try:
                read_back(with_part(content, part, cut), form)
            except Refusal as refused:
                assert str(refused)


def test_a_copy_without_our_marker_is_taken_only_with_every_heading(form: FormDefinition) -> None:
    typed = changed(written(planned(form, VALUES)), lambda sheet: sheet.parent.remove(sheet.parent["inspectorate"]))
    assert read_back(typed, form).given.cells == VALUES
    renamed_ = changed(typed, lambda sheet: sheet.__setitem__("A7", "罚没"))
    found = read_back(renamed_, form).problems
    assert not found[0].at and "Take the blank" in str(found[0]) and found[1].at == "A7"


def test_a_copy_typed_from_the_print_may_stand_lower_and_bear_the_counts_in_its_sentence(form: FormDefinition) -> None:
    book = openpyxl.Workbook()
    lines = [
        [], ["附件1"], [], ["表"], ["", "甲", "", "乙", "合计"], ["", "机构", "人员"], ["检查户次", 3, 5, 4, 12],
        ["检查户数", 2, None, 1], ["罚款(万元)", "22.08"], ["重量", 1.5, "—"], ["投诉：12 件；办结__件。签发人：李明"],
    ]  # fmt: skip
    for line in lines:
        book.worksheets[0].append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    plain = parse(HEAD + FORM.replace("投诉{in}", "投诉:{in}"))
    read = read_back(buffer.getvalue(), plain)
    assert not read.problems
    assert read.given.cells["fine", "x"] == 22_080_000 and read.given.cells["visits", "all"] == 12
    assert read.given.foot == {"in": 12}


def test_the_marked_copy_colours_each_wrong_cell_says_why_and_can_be_sent_again(form: FormDefinition) -> None:
    def spoil(sheet: Any) -> None:
        sheet["B5"], sheet["C7"] = "三", -1

    content = changed(written(planned(form, VALUES)), spoil)
    read = read_back(content, form)
    copy = marked(content, read.sheet, read.problems, read.names)
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]
    assert {c.coordinate for row in sheet.iter_rows() for c in row if c.comment} == {"B5", "C7"}
    assert sheet["C7"].fill.fgColor.rgb == COLOUR and "below zero" in sheet["C7"].comment.text

    def mend(sheet: Any) -> None:
        sheet["B5"], sheet["C7"] = 3, None

    again = changed(copy, mend)
    assert read_back(again, form).given.cells == VALUES
    spoiled = changed(copy, lambda sheet: sheet.__setitem__("B5", 3))
    read = read_back(spoiled, form)
    sheet = openpyxl.load_workbook(io.BytesIO(marked(spoiled, read.sheet, read.problems, read.names))).worksheets[0]
    assert sheet["B5"].comment is None and sheet["C7"].comment is not None


def test_the_marked_copy_of_anothers_return_says_so_in_its_first_cell(form: FormDefinition) -> None:
    content = written(planned(form, VALUES, region="330200"))
    read = read_back(content, form)
    sheet = openpyxl.load_workbook(io.BytesIO(marked(content, read.sheet, read.problems, read.names))).worksheets[0]
    assert "330200" in sheet["A1"].comment.text


def test_a_blank_without_region_is_taken_for_any(form: FormDefinition) -> None:
    content = written(planned(form, VALUES, region="", agency="", campaign="", period="", members=()))
    assert read_back(content, form).given.cells == VALUES
    assert identity_of(form).region
