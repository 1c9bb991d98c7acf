"""What templates show: days, icons, problems of a form, and pictures that are true to their numbers."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from inspectorate import create_app, screens
from inspectorate.errors import Refusal

if TYPE_CHECKING:
    from flask import Flask

FEN = st.integers(min_value=0, max_value=10**13)


@pytest.fixture(scope="module")
def bare_app() -> "Flask":
    return create_app({"SECRET_KEY": "test", "WTF_CSRF_ENABLED": False, "TESTING": True})


def test_an_instant_is_shown_as_the_chinese_day_it_fell_on(bare_app: "Flask") -> None:
    with bare_app.test_request_context():
        assert screens.day(datetime(2021, 7, 1, 16, 30, tzinfo=UTC)) == "2021年7月2日"
        assert screens.moment(datetime(2021, 7, 1, 16, 30, tzinfo=UTC)) == "2021年7月2日 00:30"


@pytest.mark.parametrize(
    ("language", "last", "shown"),
    [
        ("zh", date(2021, 12, 31), "2021年6月1日至12月31日"),
        ("zh", date(2022, 1, 5), "2021年6月1日至2022年1月5日"),
        ("zh", date(2021, 6, 1), "2021年6月1日"),
        ("zh", None, "2021年6月1日"),
        ("en", date(2021, 12, 31), "1 June – 31 December 2021"),
        ("en", date(2022, 1, 5), "1 June 2021 – 5 January 2022"),
    ],
)
def test_days_are_told_without_saying_a_year_twice(
    bare_app: "Flask", language: str, last: date | None, shown: str
) -> None:
    with bare_app.test_request_context(), force_locale(language):
        assert screens.days(date(2021, 6, 1), last).striptags() == shown


def test_an_icon_is_drawn_in_the_page_and_hidden_from_the_ear() -> None:
    drawn = screens.icon("house")
    assert 'aria-hidden="true"' in drawn
    assert "<path" in drawn
    assert "xlink" not in drawn


def test_every_icon_that_a_template_names_is_there() -> None:
    named = re.compile(r"""icon\("([a-z0-9-]+)"\)""")
    templates = Path(__file__).resolve().parents[2] / "templates"
    for path in templates.rglob("*.html"):
        for name in named.findall(path.read_text()):
            assert screens.icon(name), f"{path.name}: {name}"


@given(FEN, FEN, FEN)
def test_a_fine_stands_inside_its_range_on_the_picture_exactly_when_it_lies_inside(a: int, b: int, fine: int) -> None:
    low, high = sorted((a, b))
    place = screens.scale_of(low, high, fine)
    assert place.mark is not None
    assert 0 <= place.low <= place.high <= 100
    assert 0 <= place.mark <= 100
    assert place.outside == (not low <= fine <= high)
    if not place.outside:
        assert place.low <= place.mark <= place.high


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 400), st.integers(-30, 500))
def test_a_clock_is_full_exactly_when_it_has_run_out(start: date, length: int, passed: int) -> None:
    due, today = start + timedelta(length), start + timedelta(passed)
    bar = screens.clock_bar(start, due, today)
    assert bar.days_left == length - passed
    assert (bar.elapsed == 100) == (passed >= length)
    assert (bar.elapsed == 0) == (passed <= 0)


@given(st.integers(1, 60), st.integers(0, 60))
def test_a_pause_lies_within_the_bar(begin: int, length: int) -> None:
    start = date(2026, 1, 1)
    pause = (start + timedelta(begin), start + timedelta(begin + length))
    ((left, right),) = screens.clock_bar(start, start + timedelta(90), start + timedelta(80), (pause,)).pauses
    assert 0 <= left <= right <= 100


def test_an_open_pause_reaches_to_today() -> None:
    start, today = date(2026, 1, 1), date(2026, 1, 11)
    ((_, right),) = screens.clock_bar(start, date(2026, 1, 21), today, ((date(2026, 1, 6), None),)).pauses
    assert right == 50


@given(FEN)
def test_capitals_name_the_currency(fen: int) -> None:
    assert screens.capitals(fen).startswith("人民币")


def test_what_no_document_can_carry_has_no_capitals() -> None:
    assert screens.capitals(None) == screens.capitals(-1) == ""


def test_changing_a_parameter_keeps_the_others_and_starts_the_list_anew(bare_app: "Flask") -> None:
    with bare_app.test_request_context("/search?q=clinic&after=x&sort=name"):
        assert screens.url_with(sort="-name") == "/search?q=clinic&sort=-name"
        assert screens.url_with(sort=None, after="y") == "/search?q=clinic&after=y"


def test_a_size_is_told_in_a_unit_that_fits() -> None:
    assert [screens.file_size(size) for size in (999, 2400, 2_400_000)] == ["999 B", "2.4 kB", "2.4 MB"]


@given(st.text(st.sampled_from("<>&\n文a")))
def test_lines_are_kept_and_everything_else_is_escaped(text: str) -> None:
    shown = screens.lines(text)
    assert "<" not in shown.replace("<br>", "")
    assert shown.count("<br>") == max(len(text.splitlines()) - 1, 0)


def test_every_problem_is_told_with_its_place_and_refusals_with_their_reason(bare_app: "Flask") -> None:
    from flask_wtf import FlaskForm
    from wtforms import FieldList, Form, FormField, StringField
    from wtforms.validators import InputRequired

    class Row(Form):
        facts = StringField("事实", validators=[InputRequired("请填写事实。")])

    class Report(FlaskForm):
        name = StringField("名称", validators=[InputRequired("请填写名称。")])
        findings = FieldList(FormField(Row), label="发现", min_entries=1)

    with bare_app.test_request_context(method="POST", data={"findings-0-facts": ""}):
        form = Report()
        assert not form.validate()
        form.form_errors.append(Refusal("两名执法人员"))
        problems = [(problem.target, problem.label, problem.message) for problem in screens.problems_of(form)]
    assert problems == [
        ("", "", "两名执法人员"),
        ("name", "名称", "请填写名称。"),
        ("findings-0-facts", "发现 1", "请填写事实。"),
    ]


def test_an_empty_option_says_what_to_do_and_others_stay_as_they_are(bare_app: "Flask") -> None:
    select = Markup('<select><option selected value=""></option><option value="a">&lt;甲&gt;</option></select>')
    with bare_app.test_request_context():
        shown = screens.with_blank_named(select)
    assert shown == '<select><option selected value="">请选择</option><option value="a">&lt;甲&gt;</option></select>'
