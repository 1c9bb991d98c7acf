"""Form definitions: every shipped one loads, every mistake is refused with its line and a reason."""

import re
from pathlib import Path
from typing import Any

import pytest

from inspectorate.campaigns.engine.parsing import load, parse
from inspectorate.campaigns.engine.problems import DefinitionError
from inspectorate.campaigns.forms_known import shipped_form, shipped_ids

GOOD = """\
schema = 1
[form]
id = "f"
title = "表"
[period]
kind = "campaign"
from = 2021-06-01
to = 2021-12-31
[[col]]
id = "a"
label = "甲"
where = { category = "x", party = "org" }
[[col]]
id = "b"
label = "乙"
[[row]]
id = "n"
label = "件数"
m = "cases_filed"
unit = "件"
[[row]]
id = "money"
label = "金额"
m = "fine_sum + confiscate_sum"
unit = "万元"
[[check]]
rule = "money > 0 implies n > 0"
level = "error"
"""


def test_the_good_definition_is_good() -> None:
    assert parse(GOOD).measures_on == "rows"


@pytest.mark.parametrize("form_id", shipped_ids())
def test_every_shipped_form_loads_under_its_own_name(form_id: str) -> None:
    assert shipped_form(form_id).id == form_id


def test_every_form_of_the_reference_folder_loads(shared_folder: Path) -> None:
    found = sorted((shared_folder / "forms").glob("*.toml"))
    assert found
    for path in found:
        assert load(path).title


MISTAKES = [
    ('id = "f"', 'id = "f f"', 3, "cannot be an id"),
    ('title = "表"', "", 2, "“title” is missing"),
    ('kind = "campaign"', 'kind = "weekly"', 6, "known: campaign, month"),
    ('kind = "campaign"', "", 5, "“kind” is missing"),
    ("to = 2021-12-31", "to = 2021-05-31", 8, "before"),
    ("to = 2021-12-31", 'to = "2021-12-31"', 8, "a date"),
    ("schema = 1", "schema = 2", 1, "schema = 1"),
    ('label = "甲"', 'labell = "甲"', 11, "did you mean “label”"),
    ('label = "甲"', "label = 1", 11, "text in quotes"),
    ('category = "x"', 'categry = "x"', 12, "did you mean “category”"),
    ('party = "org"', 'party = "organisation"', 12, "not a value of this filter"),
    ('id = "b"', 'id = "a"', 14, "already used in line 10"),
    ('label = "乙"', 'up = "c"', 15, "not on this axis"),
    ('label = "乙"', 'up = "b"', 15, "circle"),
    ('label = "乙"', 'total = ["a", "c"]', 15, "“c”, which is not on this axis"),
    ('label = "乙"', 'total = ["b"]', 15, "contains itself"),
    ('label = "乙"', 'cells = ["x"]', 15, "not on the other axis"),
    ('label = "乙"', 'm = "visits"', 19, "both axes carry measures"),
    ('label = "乙"', 'expand = "cities"', 15, "unknown value “cities”"),
    ('label = "乙"', 'expand = "list"', 15, "belong together"),
    ('label = "乙"', 'repeat = "t"', 15, "unknown template “t”"),
    ('label = "乙"', 'source = "paper"', 15, "unknown value “paper”"),
    ('m = "cases_filed"', 'm = "case_filed"', 19, "did you mean “cases_filed”"),
    ('m = "cases_filed"', 'm = "sum:"', 19, "unknown measure"),
    ('m = "cases_filed"', 'm = "cases_filed + fine_sum"', 19, "adds amounts and counts"),
    ('m = "cases_filed"', 'pair = ["visits"]', 19, "exactly two"),
    ('m = "cases_filed"', 'm = "visits"\npair = ["visits", "fine_sum"]', 20, "exclude each other"),
    ('unit = "件"', 'unit = "万元"', 20, "counts and cannot be printed"),
    ('unit = "万元"', 'unit = "件"', 25, "not a unit of money"),
    ('rule = "money > 0 implies n > 0"', 'rule = "mony > 0"', 27, "did you mean “money”"),
    ('rule = "money > 0 implies n > 0"', 'rule = "money >"', 27, "too early"),
    ('rule = "money > 0 implies n > 0"', 'rule = "money > a"', 27, "mixes rows and columns"),
    ('level = "error"', 'level = "fatal"', 28, "known: error, warn"),
    ('level = "error"', "", 26, "“level” is missing"),
    ("[[check]]", "[[chek]]", 26, "did you mean “check”"),
    ("[[check]]", "[check]", 26, "[[check]]"),
    ('title = "表"', "title = 表", 4, "not valid TOML"),
]


@pytest.mark.parametrize(("good", "bad", "line", "reason"), MISTAKES)
def test_a_mistake_is_refused_with_its_line_and_reason(good: str, bad: str, line: int, reason: str) -> None:
    assert good in GOOD
    with pytest.raises(DefinitionError) as refused:
        parse(GOOD.replace(good, bad, 1), "f.toml")
    told = refused.value.lines()
    assert any(text.startswith(f"f.toml:{line}:") and reason in text for text in told), told


def test_all_mistakes_are_told_at_once() -> None:
    bad = GOOD.replace('label = "甲"', "labell = 1").replace('label = "件数"', "lable = 1")
    with pytest.raises(DefinitionError) as refused:
        parse(bad)
    assert [problem.line for problem in refused.value.problems] == [11, 18]


def test_descriptive_tables_keep_keys_that_nobody_knows() -> None:
    form = parse(
        GOOD.replace('title = "表"', 'title = "表"\nprinted_by = "某厂"').replace(
            "[[col]]", "[report]\nfax = true\n[[col]]", 1
        )
    )
    assert form.about["printed_by"] == "某厂"
    assert form.report.more["fax"] is True


FOOT = GOOD + '[[foot]]\nkind = "counts"\ntext = "投诉{in}件"\n'


@pytest.mark.parametrize(
    ("more", "line", "reason"),
    [
        ("", 31, "asks for {in}"),
        ('in = "complaints"\n', 32, "unknown measure “complaints”"),
        ('in = "complaint_in"\nout = "visits"\n', 33, "no such {name}"),
        ("in = 1\n", 32, "name of a measure"),
    ],
)
def test_a_footer_needs_a_measure_for_each_of_its_blanks_and_no_other(more: str, line: int, reason: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse(FOOT + more, "f.toml")
    assert any(text.startswith(f"f.toml:{line}:") and reason in text for text in refused.value.lines())


def test_five_header_levels_are_one_too_many() -> None:
    nodes = "".join(f'[[col]]\nid = "c{n}"\n' + (f'up = "c{n - 1}"\n' if n else "") for n in range(5))
    with pytest.raises(DefinitionError, match="more than 4 header levels"):
        parse(f'[form]\nid = "f"\ntitle = "t"\n{nodes}[[row]]\nid = "r"\nm = "visits"\n')


def test_a_memo_line_cannot_be_totalled() -> None:
    text = GOOD.replace('label = "甲"', "memo = true").replace('label = "乙"', 'total = ["a"]')
    with pytest.raises(DefinitionError, match="memo line"):
        parse(text)


def test_a_total_of_different_units_is_refused() -> None:
    text = GOOD.replace("[[check]]", '[[row]]\nid = "t"\ntotal = ["n", "money"]\nunit = "件"\n[[check]]')
    with pytest.raises(DefinitionError, match="another unit"):
        parse(text)


def test_filters_are_inherited_from_every_heading() -> None:
    form = parse(GOOD.replace('label = "乙"', 'up = "a"\nwhere = { subject_kind = "clinic" }'))
    assert [(c.key, c.values) for c in form.cols["b"].where] == [
        ("category", ("x",)), ("party", ("org",)), ("subject_kind", ("clinic",)),
    ]  # fmt: skip


def test_measure_and_unit_are_inherited_but_not_by_totals_elsewhere() -> None:
    form = parse(GOOD.replace("[[check]]", '[[row]]\nid = "part"\nup = "money"\n[[check]]'))
    assert form.rows["part"].parts[0].unit == "万元"
    assert not form.rows.has_own_line(form.rows["money"])


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DefinitionError, match="UTF-8"):
        load(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load(path).id == "f"


def test_the_shipped_forms_have_the_structure_of_the_reference(shared_folder: Path) -> None:
    for path in sorted((shared_folder / "forms").glob("*.toml")):
        ours, theirs = shipped_form(path.stem), load(path)
        for part in ("period", "report", "checks", "rates", "feet", "attachments", "known"):
            assert getattr(ours, part) == getattr(theirs, part)
        for axis in ("rows", "cols"):
            pairs = zip(getattr(ours, axis), getattr(theirs, axis), strict=True)
            assert all(a._replace(line=None) == b._replace(line=None) for a, b in pairs)


def test_titles_and_headings_are_those_of_chinese_papers() -> None:
    for form_id in shipped_ids():
        form = shipped_form(form_id)
        assert not re.search("[A-Za-z]{3}", form.title + (form.head or ""))


def test_a_due_day_that_no_calendar_has_is_refused() -> None:
    text = GOOD.replace(
        "[[col]]", '[report]\ndue = { h1 = "07-10", h2 = "01-10 (next year)", city = "11-31" }\n[[col]]', 1
    )
    with pytest.raises(DefinitionError) as caught:
        parse(text)
    assert caught.value.lines() == ["form.toml:10: [report]: “due”: “11-31” for “city” is no day of the calendar"]


def test_what_refers_to_rows_that_cannot_be_read_is_not_told_beside_the_mistake() -> None:
    circle = GOOD.replace('label = "件数"', 'label = "件数"\nup = "money"').replace(
        'label = "金额"', 'label = "金额"\nup = "n"'
    )
    with pytest.raises(DefinitionError) as caught:
        parse(circle)
    assert all("circle" in line for line in caught.value.lines())


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ('unit = "户次/万元"', ["户次", "万元"]),
        ('unit = "万元"', [None, "万元"]),
        ('label = "罚款(万元)"', [None, "万元"]),
        ('label = "罚款（千元）"', [None, "千元"]),
        ("", [None, "元"]),
    ],
)
def test_the_unit_of_an_amount_is_the_one_that_the_paper_prints(written: str, units: list[str | None]) -> None:
    title = "" if "label" in written else 'label = "罚款"'
    pair = f'{title}\npair = ["fine_count", "fine_sum"]\n{written}'
    form = parse(GOOD.replace('label = "件数"\nm = "cases_filed"\nunit = "件"', pair).replace("n > 0", "n.1 > 0"))
    assert [part.unit for part in form.rows["n"].parts] == units
    assert len(form.warnings) == (units[1] == "元")


def test_a_part_that_calls_itself_one_is_not_called_so_twice(sheet: Any) -> None:
    assert sheet(
        """
        [[row]]
        id = "w"
        label = "劳动者"
        m = "visits"
        [[row]]
        id = "w1"
        up = "w"
        label = "其中:接触"
        subset = true
        """,
        {},
    )[1:] == [["劳动者", "0"], ["其中:接触", "0"]]
