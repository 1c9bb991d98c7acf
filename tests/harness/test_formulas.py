"""No file that we give holds a formula, whatever somebody has typed: opened as it is, or converted by LibreOffice."""

import csv
import io
import logging
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.accounts.permissions import Role
from inspectorate.complaints.models import Complaint
from inspectorate.exports import Column, harmless, write_csv, write_xlsx
from inspectorate.inspections.models import Inspection
from tests import factories
from tests.harness.reach import address, formats, rules
from tests.harness.scale import FULL
from tests.harness.test_access import world
from tests.harness.world import CAMPAIGN, TODAY, World, keep

__all__ = ["world"]

EVIL = ["=1+1", "=cmd|'/c calc'!A0", "+SUM(1,1)", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
        "\u3000=1+1", "＝1+1", "\ufeff=1+1", "\u200b@SUM(1)",
        '=HYPERLINK("http://x/","y")', '=DDE("cmd";"/c calc";"x")']  # fmt: skip
FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def runs(text: str) -> bool:
    """Whether a spreadsheet may take the text of a CSV cell for a formula; numbers are none."""
    return bool(FORMULA.match(text)) and not NUMBER.fullmatch(text)


def cells(content: bytes) -> list[str]:
    """The cells of a CSV file."""
    return [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in line]


def formulas(content: bytes) -> list[Any]:
    """The formulas and links of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    filled = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [cell.value for cell in filled if cell.data_type == "f" or cell.hyperlink]


@given(st.builds(str.__add__, st.sampled_from(EVIL), st.text(max_size=20)) | st.text(max_size=30))
def test_no_text_stays_a_formula(text: str) -> None:
    assert not runs(harmless(text)) and harmless(text).endswith(text)


@given(
    st.lists(st.sampled_from(EVIL) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=9)
)
def test_no_list_holds_a_formula_in_either_format(texts: list[str]) -> None:
    columns = [Column("=1+1", lambda row: row), Column("x", lambda row: len(row))]
    file = io.BytesIO()
    write_csv(file, columns, texts)
    assert not [cell for cell in cells(file.getvalue()) if runs(cell)]
    file = io.BytesIO()
    write_xlsx(file, "=1+1", columns, texts)
    assert not formulas(file.getvalue())


def typed(world: World) -> None:
    """Every text of the world's records, typed by somebody with a grudge; and one record for each of the formulas."""
    case = world.walk.case
    respondent = case.respondents[0].subject
    assert case.inspection is not None
    case.name, case.number, respondent.name, respondent.address = EVIL[0], EVIL[1], EVIL[2], EVIL[3]
    case.inspection.number = EVIL[4]
    for text in EVIL:
        place = factories.establishment(name=text, address=text, phone=text, legal_representative=text)
        factories.person(name=text, employer=text, phone=text)
        own = {"agency": world.office.agency, "region_code": "330106", "sector": "health"}
        factories.add(Complaint(number=text, text=text, outcome=text, subject_text=text, received_on=TODAY, **own))
        factories.add(Inspection(number=text, inspected_on=TODAY, reason="routine", state="submitted",
                                       subject=place, campaign=CAMPAIGN, category=text, **own))  # fmt: skip
    keep()


@pytest.mark.one_database
def test_no_file_that_the_application_gives_holds_a_formula(
    app: Flask, client: Any, world: World, tmp_path: Path, record_property: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    typed(world)
    client.sign_in(world.person("own", Role.SUPERVISOR))
    given_out, seen = 0, 0
    for rule in [rule for rule in rules(app) if "format" in rule.arguments]:
        for format in set(formats(rule)) & {"csv", "xlsx"}:
            answer = client.get(address(app, rule, world.ids, format))
            assert answer.status_code == 200, rule.endpoint
            content, given_out = answer.get_data(), given_out + 1
            found = [cell for cell in cells(content) if runs(cell)] if format == "csv" else formulas(content)
            assert not found, (rule.endpoint, format, found)
            seen += sum(text.strip()[:4] in content.decode("utf-8-sig", "replace") for text in EVIL)
            if FULL and shutil.which("soffice"):
                assert not formulas(converted(content, format, tmp_path)), (rule.endpoint, format)
    assert seen > len(EVIL)
    record_property("found", f"formulas: none in {given_out} files with {len(EVIL)} texts that would be one")


def converted(content: bytes, format: str, folder: Path) -> bytes:
    """The file as a workbook after LibreOffice has opened it and saved it anew."""
    source, target = folder / f"list.{format}", folder / "out"
    source.write_bytes(content)
    way = ["--infilter=CSV:44,34,76"] if format == "csv" else []
    command = ["soffice", "--headless", *way, "--convert-to", "xlsx", "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (target / "list.xlsx").read_bytes()
