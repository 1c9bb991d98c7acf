"""XLSX: a sheet a type, the field names in the first row, nested fields with dots."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.interchange.samples import AGENCY, CASE, COMPLAINT, ESTABLISHMENT, EXAMPLES, INSPECTION, OFFICERS, lines

CASE_ROW = {
    "key": "C1",
    "number": CASE["number"],
    "campaign": CASE["campaign"],
    "category": CASE["category"],
    "inspection": "I1",
    "agency": "A1",
    "region": "330106",
    "filed_on": date(2021, 7, 5),
    "closed_on": datetime(2021, 9, 30),
    "respondents.subject": "E1",
    "respondents.violations.code": "MC-001",
    "respondents.violations.facts": "收费三万六千八百元。",
    "respondents.violations.illegal_income": 36800,
    "respondents.decision.number": "杭西卫医罚〔2021〕2号",
    "respondents.decision.decided_on": "2021-08-20",
    "respondents.decision.served_on": "2021-08-22",
    "respondents.decision.order_correction": True,
    "respondents.decision.penalties.1.kind": "warning",
    "respondents.decision.penalties.2.kind": "fine",
    "respondents.decision.penalties.2.amount": 184000.0,
    "respondents.decision.penalties.3.kind": "confiscate_income",
    "respondents.decision.penalties.3.amount": "36800.00",
}
SHEETS: dict[str, list[dict[str, Any]]] = {
    "case": [CASE_ROW],
    "agency": [AGENCY],
    "officer": OFFICERS,
    "establishment": [
        {name: value for name, value in ESTABLISHMENT.items() if name not in ("licences", "attributes")}
        | {
            "licences.1.kind": "medical_practice",
            "licences.1.number": "PDY17293",
            "licences.1.issued_on": date(2020, 5, 1),
            "licences.1.expires_on": "2025-04-30",
        }
    ],
    "person": [{"key": "P1", "name": "邓娟", "region": "330106"}],
    "inspection": [
        {name: value for name, value in INSPECTION.items() if name not in ("officers", "findings")}
        | {"officers": "O1、O2", "findings.violation": "MC-001", "findings.facts": "二楼操作间为顾客注射玻尿酸。"}
    ],
    "complaint": [COMPLAINT],
}


def workbook(folder: Path, sheets: dict[str, list[dict[str, Any]]]) -> bytes:
    """An XLSX file."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        heads = list(dict.fromkeys(head for row in rows for head in row if head != "type"))
        sheet.append(heads)
        for row in rows:
            sheet.append([row.get(head) for head in heads])
    path = folder / "made.xlsx"
    book.save(path)
    return path.read_bytes()


def test_a_workbook_loads_as_the_same_records(load: Any, export: Any, tmp_path: Path) -> None:

    done = load(workbook(tmp_path, SHEETS), name="records.xlsx")
    assert done.exit_code == 0, done.stderr
    assert export().decode() == lines(EXAMPLES)


def test_a_refusal_names_sheet_row_and_field(load: Any, tmp_path: Path) -> None:
    done = load(workbook(tmp_path, {"agency": [AGENCY, AGENCY | {"key": "A2", "sector": "x"}]}), name="records.xlsx")
    assert done.exit_code == 1
    assert done.stderr.startswith("sheet agency, row 3: sector: 'x' is not one of")


def test_an_unknown_column_is_refused(load: Any, tmp_path: Path) -> None:
    done = load(workbook(tmp_path, {"agency": [AGENCY | {"colour": "red"}]}), name="records.xlsx")
    assert "sheet agency, row 2: colour: unknown field" in done.stderr


def test_an_unknown_sheet_stops_the_reading(load: Any, tmp_path: Path) -> None:
    done = load(workbook(tmp_path, {"Sheet1": [AGENCY]}), name="records.xlsx")
    assert done.exit_code == 1
    assert "the sheet 'Sheet1' is none of form, campaign" in done.stderr


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"type,key\nagency,A1\n"])
def test_a_file_that_only_bears_the_name_of_a_workbook_is_refused(load: Any, content: bytes) -> None:
    done = load(content, name="records.xlsx")
    assert done.exit_code == 1
    assert "not an XLSX workbook" in done.stderr


def test_rows_and_columns_that_are_empty_are_passed_over(load: Any, records: Any, tmp_path: Path) -> None:
    done = load(workbook(tmp_path, {"agency": [AGENCY, {}, AGENCY | {"key": "A2"}], "case": []}), name="records.xlsx")
    assert done.exit_code == 0, done.stderr
    assert [one["key"] for one in records()] == ["A1", "A2"]


def test_further_respondents_are_numbered(load: Any, records: Any, tmp_path: Path) -> None:
    row = {
        "key": "C1",
        "agency": "A1",
        "region": "330106",
        "respondents.1.subject": "E1",
        "respondents.2.subject": "P1",
    }
    row |= {"respondents.2.violations.1.code": "MC-005", "respondents.2.violations.2.code": "MC-007"}
    done = load(workbook(tmp_path, {**SHEETS, "person": [EXAMPLES[4]], "case": [row]}), name="records.xlsx")
    assert done.exit_code == 0, done.stderr
    (case,) = records("--type", "case")
    assert [one["subject"] for one in case["respondents"]] == ["E1", "P1"]
    assert [one["code"] for one in case["respondents"][1]["violations"]] == ["MC-005", "MC-007"]
