"""总结: figures in the text, own words that stay, what is lacking, and where each figure comes from."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from inspectorate.accounts.permissions import Role
from inspectorate.errors import NotFound, Refusal, Stale
from inspectorate.reporting import actions, queries
from inspectorate.reporting.account import BLANK, SECTIONS, account_of, completeness, letter_of, pictures_of
from inspectorate.reporting.cases import typical_cases
from inspectorate.reporting.fields import ADDED, fields_of, filled_in, runs_of, unknown_in
from inspectorate.reporting.gathering import Gathered
from inspectorate.reporting.letter import Figure
from inspectorate.reporting.render.docx import letter_docx
from inspectorate.typical.actions import choose
from tests.campaigns.world import CAMPAIGN
from tests.reporting.conftest import TODAY

BASE = f"/campaigns/{CAMPAIGN}/account"


@pytest.fixture
def office(offices: Any) -> Any:
    return offices.actor("330100")


@pytest.fixture
def report(office: Any, facts: Any) -> Any:
    return actions.begin_account(office, facts)


def now(report: Any, facts: Any) -> Any:
    """The report as it reads now."""
    return account_of(Gathered(facts, report.region_code, TODAY), report)


def whole(office: Any, report: Any, facts: Any) -> Any:
    """The same with its pictures and cases."""
    gathered = Gathered(facts, report.region_code, TODAY)
    return account_of(gathered, report), pictures_of(gathered), typical_cases(office, facts, report.region_code)


def written(office: Any, report: Any, facts: Any, name: str, text: str) -> None:
    actions.write_section(office, facts, name, text, TODAY, version=queries.section(report, name).version)


def test_figures_are_filled_in_and_change_with_the_records_while_own_words_stay(
    office: Any, report: Any, facts: Any, offices: Any
) -> None:
    written(office, report, facts, "work", "本局检查{visits}户次，警告{warning}个，其中{warning@unlicensed_org}个。")
    before = now(report, facts)
    assert filled_in(before.texts["work"], before.fields) == "本局检查3户次，警告1个，其中1个。"
    offices.build.inspection(offices.build.subject("org"), inspected_on=date(2021, 8, 9))
    after = now(report, facts)
    assert filled_in(after.texts["work"], after.fields) == "本局检查4户次，警告1个，其中1个。"
    assert after.own == {"work"}


@pytest.mark.one_database
def test_every_figure_of_the_text_is_one_with_its_cells(office: Any, report: Any, facts: Any) -> None:
    found = now(report, facts)
    for name in SECTIONS:
        assert not unknown_in(found.texts[name], found.fields), name
        pieces = runs_of(found.texts[name], found.fields)
        assert "".join(text for text, _field in pieces) == filled_in(found.texts[name], found.fields)
    table = found.tables[0]
    for field in found.fields.values():
        if field.form_id and field.listed:
            values: list[Any] = [table.filled.value(cell) or 0 for cell in field.cells]
            assert field.cells and all(cell in table.filled.slots for cell in field.cells)
            assert field.words == "—" or sum(values) == 0 or field.words not in ("0", "")


@pytest.mark.one_database
def test_a_sum_whose_columns_may_overlap_is_called_so_and_not_proposed(office: Any, report: Any, facts: Any) -> None:
    found = now(report, facts)
    assert found.fields["inspected"].label.endswith(ADDED) and not found.fields["warning"].label.endswith(ADDED)
    assert "{inspected}" not in found.texts["results"] and "{fine_sum}" in found.texts["results"]


def test_a_name_that_stands_for_no_figure_is_refused_and_nothing_is_saved(office: Any, report: Any, facts: Any) -> None:
    with pytest.raises(Refusal, match="\\{nonsense\\}"):
        written(office, report, facts, "plans", "共{nonsense}件，{visits}户次")
    assert queries.section(report, "plans").text == ""


@pytest.mark.one_database
def test_empty_words_bring_the_proposed_ones_back(office: Any, report: Any, facts: Any) -> None:
    written(office, report, facts, "plans", "自己的打算。")
    written(office, report, facts, "plans", "  ")
    found = now(report, facts)
    assert BLANK in found.texts["plans"] and not found.own


def test_there_is_one_report_of_a_region_and_only_its_office_writes_it(offices: Any, report: Any, facts: Any) -> None:
    with pytest.raises(Refusal, match="已经开始起草"):
        actions.begin_account(offices.actor("330100"), facts)
    for other in (offices.actor("330106"), offices.actor("330000"), offices.actor("330100", "market")):
        with pytest.raises(NotFound):
            actions.write_section(other, facts, "plans", "改", TODAY, version=1)
    with pytest.raises(Stale):
        actions.write_section(offices.actor("330100"), facts, "plans", "改", TODAY, version=0)
    with pytest.raises(NotFound):
        actions.write_section(offices.actor("330100"), facts, "nothing", "改", TODAY, version=1)


def test_the_list_says_what_is_lacking_until_nothing_is(
    office: Any, report: Any, facts: Any, offices: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [check.done for check in completeness(now(report, facts))] == [
        False, False, True, False, False, False, False
    ]  # fmt: skip
    assert letter_of(*whole(office, report, facts)).draft
    for name in ("problems", "plans", "lasting"):
        written(office, report, facts, name, "本局所写。")
    choose(office, CAMPAIGN, offices.case.id)
    actions.write_letter(
        office, facts, addressee="浙江省卫生健康委员会", number="", dated_on=TODAY, version=report.version
    )
    found = now(report, facts)
    assert [check.done for check in completeness(found)] == [False, True, True, True, True, True, True]
    monkeypatch.setattr("inspectorate.reporting.gathering.Table.is_frozen", True)
    assert all(check.done for check in completeness(found))
    letter = letter_of(found, (), ())
    assert not letter.draft and letter.addressee == "浙江省卫生健康委员会" and "2021年9月10日" in letter.dated


def test_figures_come_from_what_was_reported_where_a_table_was(
    office: Any, report: Any, facts: Any, offices: Any
) -> None:
    from inspectorate.returns import actions as returns
    from inspectorate.returns.periods import period_of
    from inspectorate.returns.rules import State

    row = returns.open_level(office, CAMPAIGN, facts.forms[0], "330100", period_of(facts.date_from, facts.date_to))
    returns.sign(offices.actor_of_head("330100"), row.id, TODAY)
    returns.submit(office, row.id, TODAY, reasons={"missing": "尚未报送"})
    words = now(report, facts).texts["results"]
    assert "据系统内记录，立案{filed}件" in words, "not from the table that was reported: both are said"
    reported = fields_of(Gathered(facts, "330100", TODAY))["warning"]
    decided = offices.build.case(offices.build.subject("org"))
    offices.build.decide(decided.respondents[0], ("warning", None))
    assert fields_of(Gathered(facts, "330100", TODAY))["warning"] == reported and reported.snapshot is not None
    row.state = State.RETURNED
    assert fields_of(Gathered(facts, "330100", TODAY))["warning"].words == "2", "sent back, it says nothing any more"


@pytest.mark.one_database
def test_the_word_file_has_the_sections_in_order_the_pictures_and_masked_cases(
    office: Any, report: Any, facts: Any, offices: Any
) -> None:
    choose(office, CAMPAIGN, offices.case.id)
    letter = letter_of(*whole(office, report, facts))
    document = Document(BytesIO(letter_docx(letter)))
    words = [paragraph.text for paragraph in document.paragraphs]
    numbered = [text for text in words if text[:2] in ("一、", "二、", "三、", "四、", "五、", "六、")]
    assert numbered == [f"{n}、{name}" for n, name in zip("一二三四五六", list(SECTIONS.values())[1:], strict=True)]
    pictures = [block for block in letter.blocks if isinstance(block, Figure)]
    assert len(document.inline_shapes) == len(pictures) == 4
    assert document.inline_shapes[0]._inline.docPr.get("descr"), "the ear is told too"
    assert not any("美芮" in text for text in words) and "（草稿）" in words


@pytest.mark.one_database
def test_the_report_is_begun_written_and_printed_on_screen(browse: Callable[..., Any], offices: Any) -> None:
    city, county, above = browse("330100"), browse("330106"), browse("330000", Role.AUDITOR)
    assert "尚未起草" in city.get(BASE).text
    assert "已按系统拟写" in city.post(f"{BASE}/begin", follow_redirects=True).text
    assert "已经开始起草" in city.post(f"{BASE}/begin", follow_redirects=True).text
    page = city.get(BASE).text
    assert "实时数字" in page and "name=visits" in page
    refused = city.post(f"{BASE}/sections/plans", data={"version": "1", "text": "共{foo}件"})
    assert "{foo}" in refused.text and "不对应任何数字" in refused.text
    city.post(f"{BASE}/sections/plans", data={"version": "1", "text": "共查{visits}户次"})
    assert "共查" in city.get(BASE).text
    assert "警告数" in city.get(f"{BASE}/figures?name=warning").text
    assert "/records?row=warning" in city.get(f"{BASE}/figures?name=warning").text.replace("&amp;", "&")
    assert city.get(f"{BASE}/figures?name=nothing").status_code == 404
    assert city.get(f"{BASE}/sections/nothing").status_code == 404
    assert above.get(f"{BASE}?region=330100").status_code == 200 and "共查" in above.get(f"{BASE}?region=330100").text
    assert "共查" not in county.get(BASE).text and county.get(f"{BASE}?region=330100").status_code == 404
    assert county.get(f"{BASE}/file.docx").status_code == 404 and city.get(f"{BASE}/file.docx").data[:2] == b"PK"
    assert city.post(f"{BASE}/letter", data={"version": "1", "dated_on": "abc"}).status_code == 200
