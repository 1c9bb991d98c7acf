"""The schema of attributes by kind, and what it makes of values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.codes import KINDS, SUBKINDS
from inspectorate.registry.attributes import (
    attributes_of,
    check_attributes,
    unknown_attributes,
    value_in_words,
)  # fmt: skip
from inspectorate.registry.kinds import EXPECTED, GROUPS, LICENCES, RELATIONS
from inspectorate.registry.words import KINDS as KIND_WORDS
from inspectorate.registry.words import LICENCES as LICENCE_WORDS
from inspectorate.registry.words import RELATIONS as RELATION_WORDS
from inspectorate.registry.words import SUBKINDS as SUBKIND_WORDS


def test_every_kind_subkind_licence_and_part_has_its_words() -> None:
    assert set(KINDS) == set(KIND_WORDS) == {kind for group in GROUPS.values() for kind in group}
    assert {subkind for of_kind in SUBKINDS.values() for subkind in of_kind} == set(SUBKIND_WORDS)
    assert {kind for of_party in LICENCES.values() for kind in of_party} == set(LICENCE_WORDS)
    assert set(RELATIONS) == set(RELATION_WORDS)
    assert set().union(*EXPECTED.values()) <= set(LICENCES["org"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_names_each_attribute_once_and_knows_what_it_compares_with(kind: str) -> None:
    schema = attributes_of(kind)
    names = [one.name for one in schema]
    assert len(names) == len(set(names))
    assert {one.at_most for one in schema if one.at_most} <= set(names)
    assert all(one.values for one in schema if one.type in ("choice", "names", "graded"))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("medical_institution", {"departments", "procedures"}),
        ("canteen", {"seats", "meals_per_day", "host", "host_site"}),
        ("catering", {"seats", "meals_per_day", "host_site"}),
        ("workplace", {"industry", "hazards", "workers_exposed", "workers_migrant", "size"}),
        ("technical_institution", {"qualification", "system"}),
        ("school", {"has_canteen"}),
        ("courier", {"locality"}),
    ],
)
def test_what_forms_filter_and_sum_by_is_asked_for(kind: str, names: set[str]) -> None:
    assert names <= {one.name for one in attributes_of(kind)}


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("catering", {"seats": 12.5}, "attribute_seats"),
        ("catering", {"seats": "12"}, "attribute_seats"),
        ("catering", {"seats": True}, "attribute_seats"),
        ("catering", {"grade": "Z"}, "attribute_grade"),
        ("catering", {"online": "yes"}, "attribute_online"),
        ("catering", {"kitchen_area": -0.5}, "attribute_kitchen_area"),
        ("catering", {"host_site": "x" * 301}, "attribute_host_site"),
        ("medical_institution", {"departments": "内科"}, "attribute_departments"),
        ("medical_institution", {"departments": [""]}, "attribute_departments"),
        ("medical_institution", {"procedures": [{"name": "吸脂术", "level": 9}]}, "attribute_procedures"),
        ("medical_institution", {"procedures": [{"level": 1}]}, "attribute_procedures"),
        ("workplace", {}, "attribute_industry"),
        ("workplace", {"industry": "coal", "workers": 10, "workers_exposed": 11}, "attribute_workers_exposed"),
        ("canteen", {"host": ""}, "attribute_host"),
    ],
)
def test_a_value_that_the_schema_does_not_allow_is_refused_at_its_field(
    kind: str, values: dict[str, object], field: str
) -> None:
    assert [one.field for one in check_attributes(kind, values)] == [field]


def test_sound_values_pass_and_names_beyond_the_usual_ones_too() -> None:
    values = {"departments": ["内科", "睡眠医学科"], "procedures": [{"name": "吸脂术", "level": 2}], "beds": 0}
    assert not list(check_attributes("medical_institution", values))
    assert unknown_attributes("medical_institution", {**values, "wifi": True}) == {"wifi": True}


@given(st.dictionaries(
    st.sampled_from([one.name for one in attributes_of("workplace")] + ["other"]),
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5),
))  # fmt: skip
def test_whatever_a_sender_gives_is_judged_and_put_into_words(values: dict[str, object]) -> None:
    for objection in check_attributes("workplace", values):
        assert objection.field and str(objection)
    for one in attributes_of("workplace"):
        assert isinstance(value_in_words(one, values.get(one.name)), str)


def test_values_read_as_people_write_them() -> None:
    by_name = {one.name: one for one in attributes_of("medical_institution")}
    assert value_in_words(by_name["procedures"], [{"name": "吸脂术", "level": 2}, {"name": "光子嫩肤"}]) == (
        "吸脂术（二级）；光子嫩肤"
    )
    assert value_in_words(by_name["departments"], ["内科", "外科"]) == "内科、外科"
    assert value_in_words(by_name["beds"], 1200) == "1,200 张"
    assert value_in_words(by_name["locality"], "rural", "en") == "Rural"
