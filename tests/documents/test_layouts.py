import pytest

from inspectorate.documents.fields import problems_in, required_fields
from inspectorate.documents.layouts import LayoutError, holds, kinds, layout, read_layout
from tests.documents.samples import snapshot

NEEDED_NOW = {"D01", "D03", "D04", "D18", "D19", "D23", "D24", "D25", "D27", "D28", "D29", "D30", "D34", "D37", "D43"}

# What a 现场笔录 may draw on: who, where, when, what was seen. Not findings, law, discretion or decision.
FACTS_ONLY = {"agency", "respondent", "inspection", "evidence", "document", "config", "computed", "hand"}


def test_the_kinds_of_the_main_path_have_layouts():
    assert set(kinds()) >= NEEDED_NOW


@pytest.mark.parametrize("kind", kinds())
def test_every_layout_is_read_and_belongs_to_its_file(kind):
    assert layout(kind).kind == kind
    assert layout(kind).template_version == f"{kind}/{layout(kind).version}"


@pytest.mark.parametrize("kind", kinds())
def test_complete_data_lack_nothing(kind):
    assert list(problems_in(kind, snapshot(kind))) == []


@pytest.mark.parametrize("kind", kinds())
def test_whatever_is_demanded_is_missed(kind):
    complete = snapshot(kind)
    for requirement in required_fields(kind):
        key = requirement.field.key
        if requirement.required and not requirement.when and key in complete:
            missing = {problem.field.key for problem in problems_in(kind, {**complete, key: None})}
            assert key in missing or key.startswith(("doc.", "dec.total", "dec.fine"))


@pytest.mark.parametrize("kind", ["D01", "E03"])
def test_a_field_record_draws_on_nothing_but_facts(kind):
    assert {requirement.field.origin for requirement in required_fields(kind)} <= FACTS_ONLY


def test_a_demand_holds_only_under_its_condition():
    with_money = snapshot("D34")
    without = {key: value for key, value in with_money.items() if key not in ("dec.total", "agency.bank", "dec.fine")}
    assert [problem.field.key for problem in problems_in("D34", {**with_money, "agency.bank": None})] == ["agency.bank"]
    assert list(problems_in("D34", without)) == []


def test_a_value_of_the_wrong_shape_is_named():
    problems = list(problems_in("D34", snapshot("D34", dec__date="18/7/2025")))
    assert [(problem.field.label, problem.missing) for problem in problems] == [("决定日期", False)]


def test_a_key_that_no_document_knows_is_a_slip_of_the_program():
    with pytest.raises(KeyError, match=r"party\.nmae"):
        list(problems_in("D34", {"party.nmae": "x"}))


def test_an_unknown_kind_or_version_is_not_found():
    with pytest.raises(KeyError):
        layout("D99")
    with pytest.raises(KeyError):
        layout("D34", 99)


@pytest.mark.parametrize(
    ("when", "data", "answer"),
    [
        ("", {}, True),
        ("insp.escort", {"insp.escort": "张三"}, True),
        ("insp.escort", {}, False),
        ("!insp.escort", {}, True),
        ("pn.hearing", {"pn.hearing": False}, False),
        ("party.kind=person", {"party.kind": "person"}, True),
        ("party.kind=person", {}, False),
        ("party.kind!=person", {"party.kind": "org"}, True),
        ("case.correction & !case.prior_order", {"case.correction": "x"}, True),
        ("case.correction & !case.prior_order", {"case.correction": "x", "case.prior_order": "y"}, False),
        ("dec.total", {"dec.total": 0}, True),
    ],
)
def test_a_condition_asks_for_values(when, data, answer):
    assert holds(when, data) is answer


GOOD = """
kind = "X01"
title = "试"
version = 1
look = "letter"
series = ""
served = false
number = { form = "none" }
copies = { n = 1 }
page_numbers = "none"
certainty = "invented"
head = [[{ k = "party.name" }]]
body = [{ text = "{party.name}" }]
sign = []
"""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"letter"', '"poster"', "poster"),
        ("{party.name}", "{party.nmae}", "party.nmae"),
        ("{party.name}", "{party.name", "match"),
        ('k = "party.name"', 'k = "party.nmae"', "party.nmae"),
        ('k = "party.name"', 'k = "party.name", with = "1/2"', "with"),
        ("sign = []", 'sign = [{ who = "a", side = "top" }]', "top"),
        ('title = "试"', "", "title"),
        ("version = 1", "version = 1\ncolour = 2", "colour"),
        ('text = "{party.name}"', 'use = "nothing"', "nothing"),
        ('text = "{party.name}"', 'text = "a", when = "party.nmae"', "party.nmae"),
        ('form = "none"', 'form = "条形码"', "条形码"),
    ],
)
def test_a_wrong_layout_is_refused_with_file_and_reason(tmp_path, old, new, reason):
    path = tmp_path / "X01.toml"
    path.write_text(GOOD)
    assert read_layout(path).kind == "X01"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(LayoutError, match=rf"X01\.toml: .*{reason}"):
        read_layout(path)
