"""What is written into a return's workbook is what is read from it, for every form."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.forms_known import shipped_form, shipped_ids
from tests.campaigns.conftest import HEAD
from tests.campaigns.test_layout import trees
from tests.harness.scale import FULL, count
from tests.returns.workbooks import figures_for, numbered, planned, read_back, written

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@pytest.mark.parametrize("form_id", shipped_ids())
@settings(max_examples=count(1, 30), deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_figures_come_back_as_they_were_written(form_id: str, data: Any) -> None:
    form = shipped_form(form_id)
    values = data.draw(figures_for(planned(form).form))
    read = read_back(written(planned(form, values)), form)
    assert not read.problems
    assert read.given.draft() == values


@settings(max_examples=count(6, 300), deadline=None, suppress_health_check=SLOW)
@given(cols=trees("c"), rows=trees("r"), data=st.data())
def test_random_forms_come_back_too(cols: str, rows: str, data: Any) -> None:
    form = parse(HEAD + cols + rows)
    values = data.draw(figures_for(planned(form).form))
    read = read_back(written(planned(form, values)), form)
    assert not read.problems
    assert read.given.draft() == values


def test_the_same_blank_is_the_same_file() -> None:
    form = shipped_form("medical_cosmetology_2021")
    assert written(planned(form)) == written(planned(form))


def test_an_empty_blank_has_no_figures_and_no_problems() -> None:
    for form_id in shipped_ids() if FULL else ("medical_cosmetology_2021", "catering_daily_inspection"):
        read = read_back(written(planned(shipped_form(form_id))), shipped_form(form_id))
        assert not read.problems and not read.given.draft(), form_id


def test_the_period_of_the_blank_is_that_of_the_return() -> None:
    form = shipped_form("medical_cosmetology_2021")
    given_ = read_back(written(planned(form)), form).given
    assert (str(given_.start), str(given_.end)) == ("2021-06-01", "2021-12-31")


if FULL and shutil.which("soffice"):

    def test_figures_and_totals_survive_libreoffice(tmp_path: Path) -> None:
        written_as: dict[str, Any] = {}
        for form_id in shipped_ids():
            form = shipped_form(form_id)
            written_as[form_id] = numbered(planned(form).form)
            (tmp_path / f"{form_id}.xlsx").write_bytes(written(planned(form, written_as[form_id])))
        command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
        subprocess.run([*command, *map(str, tmp_path.glob("*.xlsx"))], check=True, capture_output=True)
        for form_id, values in written_as.items():
            read = read_back((tmp_path / "saved" / f"{form_id}.xlsx").read_bytes(), shipped_form(form_id))
            assert not read.problems and read.given.draft() == values, form_id
