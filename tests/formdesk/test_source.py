"""A definition is written as it was read, and what is changed in it is changed alone."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspectorate.campaigns.forms_known import FORMS
from inspectorate.formdesk import writing
from inspectorate.formdesk.source import Source
from tests.formdesk.sameness import SHIPPED, same
from tests.harness.scale import count

SHARED = sorted(Path(__file__).parents[3].joinpath("shared/forms").glob("*.toml"))


@pytest.mark.parametrize("path", [*SHIPPED, *SHARED], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_form_is_written_just_as_it_was_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    source = Source(text)
    assert source.kept
    assert source.text == text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_form_written_anew_has_the_same_definition(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    anew = writing.definition(tomllib.loads(text))
    assert tomllib.loads(anew) == tomllib.loads(text)
    assert same(text, anew)


words = st.text(max_size=30)
values = st.recursive(
    st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False) | words | st.dates(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(words.filter(bool), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=count(50, 2000), deadline=None)
@given(values)
def test_any_value_is_read_back_as_it_was_written(value: object) -> None:
    assert tomllib.loads(writing.key_line("k", value)) == {"k": value}


@settings(max_examples=count(20, 500), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["label", "unit", "cells", "places", "where"]), values), max_size=6))
def test_what_is_changed_stands_in_the_text_and_all_else_is_as_it_was(changes: list[tuple[str, object]]) -> None:
    text = (FORMS / "medical_cosmetology_2021.toml").read_text(encoding="utf-8")
    source = Source(text)
    expected = tomllib.loads(text)
    for key, value in changes:
        source.many("row")[3].put(key, value)
        expected["row"][3][key] = value
    assert source.document == expected
    assert Source(source.text).text == source.text


COMMENTED = """# a form of ours
schema = 1
[form]
id = "f"   # how it is called
title = "表"
# the lines
[[row]]
id = "a"
m = "visits"  # 户次
cells = [
    "x",  # not the second
]
# the second
[[row]]
id = "b"
# trailing words
"""


def test_comments_stay_beside_what_they_speak_of() -> None:
    source = Source(COMMENTED)
    first, second = source.many("row")
    first.put("m", "cases_filed")
    source.arrange("row", [second, first])
    assert 'm = "cases_filed"  # 户次\n' in source.text
    assert source.text.index("# the lines") < source.text.index('id = "b"')
    assert source.text.startswith("# a form of ours\n") and source.text.endswith("# trailing words\n")
    source.remove([first])
    assert '"a"' not in source.text and "# the lines" in source.text


FORM = '[form]\nid = "f"\ntitle = "表"\n'
NESTED = [
    'form.id = "f"\nform.title = "表"\n',
    FORM + "[report]\n[report.due]\ncity = 2021-01-01\n",
    'row = [{id = "a"}]\n' + FORM,
    FORM + "[report]\ndue.city = 2021-01-01\nseal = true\ndue.county = 2021-01-02\n",
    FORM + '"{" = 1\nhead = "x"\n',
]


@pytest.mark.parametrize("text", NESTED)
def test_what_nests_its_tables_otherwise_is_written_anew_and_says_so(text: str) -> None:
    source = Source(text)
    assert not source.kept
    assert source.document == {"schema": 1} | tomllib.loads(text)


def test_a_new_table_stands_where_its_kind_usually_does() -> None:
    source = Source('schema = 1\n[form]\nid = "f"\ntitle = "表"\n[[row]]\nid = "a"\n[evidence]\ncertain = []\n')
    source.add("col", {"id": "c", "label": None})
    source.add("check", {"rule": "a > 0", "level": "warn"})
    source.one("period").put("kind", "year")
    assert [table.name for table in source.tables] == ["form", "period", "col", "row", "check", "evidence"]
    assert source.many("col")[0].values == {"id": "c"}
