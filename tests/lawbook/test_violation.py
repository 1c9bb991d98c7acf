"""The page of a violation and its calculator: what may be imposed, and refusals in words at the field."""

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from lxml import html

from inspectorate.law.examples import disagreement
from inspectorate.law.facts import Facts
from inspectorate.law.ranges import range_for
from inspectorate.law.violations import catalogue, violation
from inspectorate.lawbook.penalties import editions_of, worked_examples
from inspectorate.money import yuan

if TYPE_CHECKING:
    from tests.client import IsolatedClient

pytestmark = pytest.mark.one_database

TODAY = date(2026, 11, 22)
ASKED = {"act": "20260301", "decided": "20260401", "tier": "base", "subject": "org", "illegal_income": "36800"}


def calculation(client: "IsolatedClient", code: str = "MC-001", **changes: str | None) -> str:
    """The page with the calculator filled in; None leaves a field out."""
    values = {name: value for name, value in (ASKED | changes).items() if value is not None}
    answer = client.get(f"/law/violations/{code}?{urlencode(values)}")
    assert answer.status_code == 200
    return answer.text


def told(page: str, name: str) -> str:
    """What is said at a field of the calculator."""
    return "".join(html.fromstring(page).xpath(f"//p[@id='{name}-error']//text()"))


def test_every_violation_has_its_page(inspector: Any, client: "IsolatedClient") -> None:
    for code in [*list(catalogue())[::40], "MC-001", "FD-001"]:
        page = client.get(f"/law/violations/{code}")
        assert page.status_code == 200 and catalogue()[code].title_zh in page.text


def test_every_edition_of_every_violation_has_a_row_for_each_tier() -> None:
    for entry in catalogue().values():
        shown = editions_of(entry, TODAY)
        assert len(shown) == len(entry.editions)
        assert all([row.tier for row in one.rows] == [tier.name for tier in one.violation.tiers] for one in shown)


def test_the_edition_of_today_comes_first() -> None:
    entry = violation("MC-001")
    assert entry.earlier
    assert editions_of(entry, TODAY)[0].violation is entry
    assert editions_of(entry, date(2021, 1, 1))[0].violation is entry.earlier[-1]


def test_a_code_is_found_whatever_its_case_and_a_wrong_one_is_not_found(
    inspector: Any, client: "IsolatedClient"
) -> None:
    assert client.get("/law/violations/mc-001").status_code == 200
    for code in ("MC-9999", "x", "MC-001x", "%3Cb%3E"):
        assert client.get(f"/law/violations/{code}").status_code == 404


def test_a_rule_that_was_not_compared_says_so(inspector: Any, client: "IsolatedClient") -> None:
    unsure = next((entry for entry in catalogue().values() if entry.checked == "unverified"), None)
    if unsure is not None:
        assert "尚未与法律文本核对" in client.get(f"/law/violations/{unsure.code}").text
    assert "尚未与法律文本核对，使用前" not in client.get("/law/violations/MC-001").text


def test_the_calculator_gives_the_range_with_its_articles_on_the_day(inspector: Any, client: "IsolatedClient") -> None:
    page = calculation(client)
    assert "184,000.00" in page and "736,000.00" in page
    assert "/law/bhl/99?" in page and "on=2026-03-01" in page
    assert "行政处罚法》第三十七条" in page


def test_the_address_of_a_calculation_can_be_copied(inspector: Any, client: "IsolatedClient") -> None:
    page = html.fromstring(calculation(client))
    (link,) = page.xpath("//input[@id='calculation-link']/@value")
    assert "illegal_income=36800" in link
    again = html.fromstring(client.get(link.partition("localhost")[2]).text)
    assert again.xpath("//input[@name='illegal_income']/@value") == ["36800"]


def test_both_laws_are_shown_where_the_rule_changed_between_act_and_decision(
    inspector: Any, client: "IsolatedClient"
) -> None:
    page = calculation(client, act="20210301")
    assert "行为时（2021年3月1日）的规定" in page and "作出决定时（2026年4月1日）的规定" in page
    assert "on=2021-03-01" in page and "on=2026-04-01" in page


def test_an_amount_that_cannot_be_calculated_may_be_ticked(inspector: Any, client: "IsolatedClient") -> None:
    page = calculation(client, illegal_income=None, illegal_income_unknown="y")
    assert "50,000.00" in page and "无法计算" in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"illegal_income": "-1"}, "illegal_income", "不得小于零"),
        ({"illegal_income": "10000000000000"}, "illegal_income", "最多一万亿元"),
        ({"illegal_income": "三万"}, "illegal_income", "以元为单位"),
        ({"illegal_income": "1.234"}, "illegal_income", "以元为单位"),
        ({"illegal_income": None}, "illegal_income", "请填写违法所得"),
        ({"act": "yesterday"}, "act", "不是有效日期"),
        ({"act": ""}, "act", "请填写违法行为发生日"),
        ({"decided": "20260101"}, "decided", "早于"),
        ({"tier": "no-such-tier"}, "tier", "处罚档次"),
        ({"tier": ""}, "tier", "请选择"),
        ({"subject": "cat"}, "subject", "处罚对象"),
        ({"subject": "responsible"}, "subject", "责任人员"),
    ],
)
def test_the_calculator_refuses_at_the_field_and_keeps_what_was_typed(
    changes: dict[str, str | None], field: str, words: str, inspector: Any, client: "IsolatedClient"
) -> None:
    page = calculation(client, **changes)
    assert words in told(page, field), told(page, field)
    assert "calculation-link" not in page
    kept = html.fromstring(page).xpath("//input[@name='illegal_income']/@value")
    assert kept == [changes.get("illegal_income", "36800") or ""] or kept == []


def test_a_day_before_every_law_is_answered_in_words(inspector: Any, client: "IsolatedClient") -> None:
    page = calculation(client, act="19500101", decided="19500102")
    assert "未收录" in page or "尚未施行" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_values_are_answered(language: str, inspector: Any, client: "IsolatedClient") -> None:
    client.post("/language", data={"language": language})
    for value in ("' OR 1=1", "<script>", "9" * 3000, "\u202e", "１２", "nan", "1e9"):
        for name in ASKED:
            assert "<script>alert" not in calculation(client, **{name: value})


def test_every_worked_example_works_again_from_its_link(inspector: Any, client: "IsolatedClient") -> None:
    for code in ("MC-001", "FD-001", "MC-005"):
        for one in worked_examples(violation(code)):
            page = client.get(f"/law/violations/{code}?{urlencode(one.arguments)}").text
            assert disagreement(one.example) is None
            fine = one.example.fine
            assert "calculation-link" in page
            assert fine is None or (yuan(fine.min) in page and yuan(fine.max) in page)


def test_the_figures_are_those_of_the_library(inspector: Any, client: "IsolatedClient") -> None:
    found = range_for(violation("FD-001"), Facts(bases={"goods_value": 1_234_567}), date(2026, 3, 1))
    page = calculation(client, "FD-001", illegal_income=None, goods_value="12345.67")
    assert found.fine and yuan(found.fine.min) in page and yuan(found.fine.max) in page


def test_a_local_standard_narrows_the_range_beside_the_statutory_one(inspector: Any, client: "IsolatedClient") -> None:
    from inspectorate import clock
    from inspectorate.standards.models import LocalStandard
    from tests.factories import add, agency

    text = (
        'name = "灯笼裁量基准"\nnumber = "灯卫规〔2025〕1号"\nissued_by = "灯笼委"\n'
        'region = "330000"\nsector = "health"\nfrom = 2025-01-01\n[[rule]]\nviolation = "MC-001"\n'
        '[[rule.tier]]\nname = "较轻"\ncriteria = "初次"\ntimes = [5, 10]\n'
        '[[rule.tier]]\nname = "较重"\ncriteria = "再次"\ntimes = [10, 20]\n'
    )
    add(
        LocalStandard(
            name="灯笼裁量基准",
            document_number="灯卫规〔2025〕1号",
            issuer="灯笼委",
            region_code="330000",
            sector="health",
            in_force_from=date(2025, 1, 1),
            definition=text,
            agency=agency("330000"),
            loaded_at=clock.now(),
        )
    )
    page = calculation(client)
    assert "灯笼裁量基准" in page and "初次" in page
    assert "368,000.00" in page
