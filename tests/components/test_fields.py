"""Fields read what people type, and keep it when they cannot."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms.validators import InputRequired

from inspectorate import create_app, limits, screens
from inspectorate.fields import (
    DayField,
    MomentField,
    MoneyField,
    NumberField,
    StrippedField,
    blank_row,
    parse_day,
    rows_changed,
)
from inspectorate.rows import Rows, TooManyRows

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture(scope="module")
def bare_app() -> "Flask":
    """The application without a database: none of these tests reads one."""
    return create_app({"SECRET_KEY": "test", "WTF_CSRF_ENABLED": False, "TESTING": True})


@pytest.fixture
def forms(bare_app: "Flask") -> Iterator[Any]:
    """Builds a form of the test's fields from what was posted."""
    from flask_wtf import FlaskForm
    from wtforms import Form, FormField, StringField

    class Row(Form):
        name = StringField()

    class Typed(FlaskForm):
        day = DayField()
        moment = MomentField()
        money = MoneyField()
        number = NumberField()
        text = StrippedField()
        people = Rows(FormField(Row), most=3)

    def build(**posted: str) -> Typed:
        context = bare_app.test_request_context(method="POST", data=posted)
        context.push()
        opened.append(context)
        return Typed()

    opened: list[Any] = []
    yield build
    for context in reversed(opened):
        context.pop()


@pytest.mark.parametrize(
    "typed", ["20210702", "2021-07-02", "2021-7-2", "2021/7/2", "2021.7.2", "2021年7月2日", " 2021 年 7 月 2 日 "]
)
def test_a_day_is_read_in_every_way_people_write_it(typed: str) -> None:
    assert parse_day(typed) == date(2021, 7, 2)


@pytest.mark.parametrize("typed", ["", "2021", "202172", "2021-02-30", "20210230", "2.7.2021", "yesterday", "２０２１"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_day(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_survives_all_its_spellings(day: date) -> None:
    spellings = (f"{day:%Y%m%d}", day.isoformat(), f"{day.year}/{day.month}/{day.day}")
    assert {parse_day(text) for text in spellings} == {day}


def test_a_wall_clock_time_becomes_an_instant(forms: Any) -> None:
    for typed in ("2021-07-02 09:30", "20210702 0930", "2021-07-02T09:30", "2021年7月2日 9时30分"):
        assert forms(moment=typed).moment.data == datetime(2021, 7, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["2021-07-02", "2021-07-02 24:10", "2021-07-02 9", "0930"])
def test_a_time_without_day_or_out_of_the_clock_is_refused(forms: Any, typed: str) -> None:
    form = forms(moment=typed)
    assert not form.validate()
    assert form.moment.data is None
    assert form.moment._value() == typed


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("36800", 3680000), ("36,800.00", 3680000), ("¥0.05", 5), ("12 元", 1200), ("  ", None), ("", None)],
)
def test_an_amount_is_read_in_fen(forms: Any, typed: str, fen: int | None) -> None:
    form = forms(money=typed)
    assert form.validate()
    assert form.money.data == fen


@pytest.mark.parametrize("typed", ["-5", "1.234", "abc", "3,68,00", "1e5"])
def test_a_wrong_amount_is_refused_and_stays_in_the_field(forms: Any, typed: str) -> None:
    form = forms(money=typed)
    assert not form.validate()
    assert form.money.data is None
    assert form.money._value() == typed


def test_a_number_beyond_reason_is_refused(forms: Any) -> None:
    assert not forms(number="9" * 40).validate()
    assert str(forms(number="-12.50").number.data) == "-12.50"


def test_only_spaces_are_nothing(forms: Any) -> None:
    assert forms(text="   ").text.data is None
    assert forms(text=" 西湖区 ").text.data == "西湖区"


@pytest.mark.parametrize("name", ["day", "moment", "money", "number", "text"])
def test_only_spaces_are_no_answer_to_what_must_be_answered(forms: Any, name: str) -> None:
    form = forms(**{name: " \t"})
    form[name].validators = [InputRequired("Answer.")]
    assert not form.validate()
    assert form[name].errors == ["Answer."]


def test_a_row_is_added_and_the_typed_ones_stay(forms: Any) -> None:
    form = forms(**{"people-0-name": "沈立群", "add_row": "people"})
    assert rows_changed(form)
    assert [row.form.name.data for row in form.people] == ["沈立群", None]


def test_the_right_row_is_removed(forms: Any) -> None:
    form = forms(**{"people-0-name": "a", "people-1-name": "b", "people-2-name": "c", "remove_row": "people-1"})
    assert rows_changed(form)
    assert [row.form.name.data for row in form.people] == ["a", "c"]


def test_no_row_is_added_beyond_the_most(forms: Any) -> None:
    form = forms(**{f"people-{n}-name": "x" for n in range(3)}, add_row="people")
    assert rows_changed(form)
    assert len(form.people) == 3


def test_an_ordinary_submission_changes_no_rows(forms: Any) -> None:
    assert not rows_changed(forms(**{"people-0-name": "x"}))


def test_rows_beyond_the_limit_stay_and_the_error_says_how_many_have_to_go(forms: Any) -> None:
    form = forms(**{f"people-{n}-name": f"第{n}人" for n in range(5)})
    assert not form.validate()
    assert [row.form.name.data for row in form.people] == [f"第{n}人" for n in range(5)]
    assert screens.own_errors(form.people) == ["此处最多 3 行，请删除其中 2 行。"]


def test_as_many_rows_as_the_limit_says_are_taken(forms: Any) -> None:
    assert forms(**{f"people-{n}-name": "x" for n in range(3)}).validate()


def test_a_record_with_more_rows_than_the_form_takes_is_shown(forms: Any) -> None:
    form = type(forms())(formdata=None, data={"people": [{"name": str(n)} for n in range(10)]})
    assert len(form.people) == 10


def test_more_rows_than_are_ever_read_are_refused(forms: Any) -> None:
    with pytest.raises(TooManyRows):
        forms(**{f"people-{n}-name": "x" for n in range(limits.ROWS + 1)})


@pytest.mark.parametrize("number", ["²", "٣", "-1", "01", "9" * 60, "", "a"])
def test_a_row_that_is_not_numbered_as_rows_are_is_none(forms: Any, number: str) -> None:
    assert len(forms(**{f"people-{number}-name": "x"}).people) == 0


def test_the_blank_row_bears_a_place_for_its_number(forms: Any) -> None:
    row = blank_row(forms().people)
    assert row.form.name.name == "people-__row__-name"
    assert row.form.name.id == "people-__row__-name"
