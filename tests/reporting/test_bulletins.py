"""通报: drafted, issued once and for ever, read below; what it says."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy import update

from inspectorate.accounts.permissions import Role
from inspectorate.audit.verification import verify
from inspectorate.errors import Forbidden, NotFound, Refusal, Stale
from inspectorate.extensions import db
from inspectorate.reporting import actions, queries
from inspectorate.reporting.bulletin import compose, days_in, letter_of, months_of
from inspectorate.reporting.letter import Grid, Heading, Passage
from inspectorate.reporting.models import Bulletin
from inspectorate.reporting.render.docx import letter_docx
from inspectorate.reporting.render.html import letter_html
from inspectorate.returns.canonical import sha256
from inspectorate.typical.actions import choose
from tests.campaigns.world import CAMPAIGN
from tests.reporting.conftest import TODAY

AUGUST, JULY = date(2021, 8, 1), date(2021, 7, 1)
BASE = f"/campaigns/{CAMPAIGN}/bulletins"


def draft(offices: Any, facts: Any, month: date = AUGUST, region: str = "330100") -> Bulletin:
    office = offices.actor(region)
    row = actions.begin_bulletin(office, facts, month, TODAY)
    return actions.write_bulletin(office, facts, row.id, opening="", requirements="加快进度。", version=None)


def test_an_issued_bulletin_never_changes_again(offices: Any, facts: Any) -> None:
    office, row = offices.actor("330100"), draft(offices, facts)
    issued = actions.issue_bulletin(office, facts, row.id, TODAY)
    before = dict(issued.content)
    offices.build.inspection(offices.build.subject("org"), inspected_on=date(2021, 8, 9))
    assert compose(office, row, facts, TODAY)["overall"] != before["overall"], "the records have moved on"
    assert issued.content == before and issued.sha256 == sha256(before)
    with pytest.raises(Refusal, match="不再变更"):
        actions.write_bulletin(office, facts, row.id, opening="", requirements="改", version=None)
    with pytest.raises(Refusal, match="不再变更"):
        actions.issue_bulletin(office, facts, row.id, TODAY)


def test_numbers_follow_each_other_by_the_order_of_issue(offices: Any, facts: Any) -> None:
    office = offices.actor("330100")
    august, july = draft(offices, facts), draft(offices, facts, JULY)
    assert august.number is None
    numbers = [actions.issue_bulletin(office, facts, row.id, TODAY).number for row in (july, august)]
    other = actions.issue_bulletin(offices.actor("330000"), facts, draft(offices, facts, region="330000").id, TODAY)
    assert numbers == [1, 2] and other.number == 1, "each region counts its own"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("region", "month", "reason"),
    [("330106", AUGUST, "没有下级"), ("330100", date(2021, 5, 1), "尚无此月份"),
     ("330100", date(2021, 10, 1), "尚无此月份"),
     ("330100", date(2021, 8, 2), "尚无此月份")],
)  # fmt: skip
def test_a_bulletin_is_about_a_month_of_the_campaign_and_has_readers(
    offices: Any, facts: Any, region: str, month: date, reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        actions.begin_bulletin(offices.actor(region), facts, month, TODAY)


def test_there_is_one_for_a_month_and_it_is_not_issued_before_its_end_or_without_requirements(
    offices: Any, facts: Any
) -> None:
    office, row = offices.actor("330100"), draft(offices, facts, date(2021, 9, 1))
    with pytest.raises(Refusal, match="已有通报"):
        actions.begin_bulletin(office, facts, date(2021, 9, 1), TODAY)
    with pytest.raises(Refusal, match="尚未结束"):
        actions.issue_bulletin(office, facts, row.id, TODAY)
    empty = actions.begin_bulletin(office, facts, AUGUST, TODAY)
    with pytest.raises(Refusal, match="尚未填写工作要求"):
        actions.issue_bulletin(office, facts, empty.id, TODAY)
    with pytest.raises(Stale):
        actions.issue_bulletin(office, facts, row.id, TODAY, version=row.version - 1)


def test_drafts_are_seen_by_their_office_and_issued_ones_above_and_below(offices: Any, facts: Any) -> None:
    row = draft(offices, facts)
    near = [offices.actor(region) for region in ("330106", "330000", "000000")]
    away = [offices.actor("330200"), offices.actor("440106")]
    other = offices.actor("330100", "market")
    for actor in (*near, *away, other):
        with pytest.raises(NotFound):
            queries.bulletin(actor, CAMPAIGN, row.id)
        assert row not in queries.bulletins(actor, CAMPAIGN)
    actions.issue_bulletin(offices.actor("330100"), facts, row.id, TODAY)
    for actor in (*near, other):
        assert queries.bulletin(actor, CAMPAIGN, row.id) is row
        assert queries.bulletins(actor, CAMPAIGN) == [row]
        assert not queries.may_write(actor, row)
    for actor in away:
        assert queries.bulletins(actor, CAMPAIGN) == []
        with pytest.raises(NotFound):
            queries.bulletin(actor, CAMPAIGN, row.id)
    with pytest.raises((Forbidden, NotFound)):
        actions.issue_bulletin(other, facts, row.id, TODAY)


def test_a_month_is_cut_to_the_days_of_the_campaign(facts: Any) -> None:
    assert months_of(facts, TODAY) == [date(2021, month, 1) for month in (9, 8, 7, 6)]
    assert months_of(facts, date(2021, 5, 31)) == []
    assert months_of(facts, date(2022, 3, 1))[0] == date(2021, 12, 1)
    assert days_in(facts, date(2021, 6, 1)) == (date(2021, 6, 1), date(2021, 6, 30))


def test_the_letter_says_figures_ranks_late_tables_and_masked_cases(offices: Any, facts: Any) -> None:
    office = offices.actor("330100")
    choose(office, CAMPAIGN, offices.case.id)
    row = draft(offices, facts)
    letter = letter_of(compose(office, row, facts, TODAY), row)
    headings = [block.text for block in letter.blocks if isinstance(block, Heading) and block.level == 1]
    assert [text[:2] for text in headings] == ["一、", "二、", "三、", "四、", "五、", "六、"][: len(headings)]
    assert headings[-1].endswith("工作要求") and any("典型案例" in text for text in headings)
    regions = next(block for block in letter.blocks if isinstance(block, Grid))
    # one of the two places of 330105 was inspected twice in August: 户, not 户次
    assert {line[0]: list(line[1:4]) for line in regions.rows}["西湖区"] == ["0", "1", "0"]
    text = "\n".join(block.text for block in letter.blocks if isinstance(block, Passage | Heading))
    assert "美芮" not in text and "2户次" in text
    assert letter.draft and letter.masthead is None and letter.note == ""
    issued = actions.issue_bulletin(office, facts, row.id, TODAY)
    letter = letter_of(issued.content, issued)
    assert letter.masthead and "第1期" in letter.masthead[1] and not letter.draft and str(issued.sha256) in letter.note


@pytest.mark.one_database
def test_docx_and_page_print_the_same_words_and_equal_letters_are_equal_files(offices: Any, facts: Any) -> None:
    office, row = offices.actor("330100"), draft(offices, facts)
    letter = letter_of(actions.issue_bulletin(office, facts, row.id, TODAY).content, row)
    made = letter_docx(letter)
    document = Document(BytesIO(made))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert letter.title in words and letter.masthead and letter.masthead[0] in words
    assert {table.rows[0].cells[0].text for table in document.tables} <= {"地区", "报表"}
    page = letter_html(letter)
    assert all(block.text in page and block.text in words for block in letter.blocks if isinstance(block, Passage))
    assert letter_docx(letter) == made


@pytest.mark.one_database
def test_a_bulletin_is_written_issued_and_read_on_screen(browse: Callable[..., Any], offices: Any) -> None:
    city, county = browse("330100"), browse("330106", Role.INSPECTOR)
    assert "尚无通报" in county.get(BASE).text
    page = city.post(f"{BASE}/new", data={"month": "2021-08-01"})
    assert page.status_code == 302
    place = page.location
    assert county.get(place).status_code == 404
    assert "尚无此月份" in city.post(f"{BASE}/new", data={"month": "2019-01-01"}).text
    assert city.post(f"{BASE}/new", data={"month": "!"}).status_code == 200
    assert "尚未填写工作要求" in city.post(f"{place}/issue", data={}, follow_redirects=True).text
    city.post(f"{place}/words", data={"version": "1", "requirements": "按时报送。"})
    assert "按时报送。" in city.get(place).text
    assert "已印发" in city.post(f"{place}/issue", data={}, follow_redirects=True).text
    assert "按时报送。" in county.get(place).text and "印发后未变更" in county.get(place).text
    assert county.get(f"{place}/file.docx").data[:2] == b"PK" and county.get(f"{place}/file.txt").status_code == 404
    assert city.get(f"{place}/words").status_code == 403
    assert city.post(f"{BASE}/{10**6}/issue").status_code == 404
    assert list(verify()) == []


def test_what_was_changed_behind_the_application_is_told(browse: Callable[..., Any], offices: Any, facts: Any) -> None:
    row = draft(offices, facts)
    actions.issue_bulletin(offices.actor("330100"), facts, row.id, TODAY)
    db.session.commit()
    number = row.id
    changed = {**row.content, "requirements": "别的要求"}
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(update(Bulletin).values(content=changed))
    assert "与其校验值不符" in browse("330100").get(f"{BASE}/{number}").text


@pytest.mark.one_database
def test_tables_late_and_missing_are_named_and_those_of_earlier_months_apart(
    offices: Any, facts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspectorate.reporting import bulletin
    from inspectorate.reporting.lateness import Awaited

    september, july = date(2021, 9, 5), date(2021, 7, 5)
    delayed = [
        Awaited("330106", "西湖区", "月报（8月）", september, None, 5),
        Awaited("330105", "拱墅区", "月报（8月）", september, date(2021, 9, 8), 3),
        Awaited("330102", "上城区", "月报（6月）", july, None, 67),
        Awaited("330108", "滨江区", "月报（6月）", july, date(2021, 7, 6), 1),
    ]
    monkeypatch.setattr(bulletin, "reporting", lambda *asked: ([], delayed))
    row = draft(offices, facts)
    content = compose(offices.actor("330100"), row, facts, TODAY)
    assert content["returns"] == [["月报（8月）", "2021年9月5日", "西湖区", "拱墅区（3天）"]]
    assert content["still_missing"] == ["上城区"]
    words = [block.text for block in letter_of(content, row).blocks if isinstance(block, Passage)]
    assert any("至今未报的：上城区" in text for text in words)
