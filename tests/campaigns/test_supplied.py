"""Screens of a table to which departments have reported: where each figure comes from, and what stands behind it."""

import csv
import re
from datetime import date
from typing import Any

import pytest

from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.permissions import Role
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.returns import actions
from inspectorate.returns.periods import period_of
from inspectorate.returns.reading import read_values
from tests import factories
from tests.campaigns.test_views import RECORDS, TABLE, words
from tests.campaigns.world import CAMPAIGN, Builder

PERIOD = period_of(date(2021, 6, 1), date(2021, 12, 31))
AD = f"{RECORDS}?row=inspected&col=ad"


@pytest.fixture
def reported(session: Any) -> None:
    """One inspection in West Lake, and what its market office and Hangzhou's drug office sent."""
    build = Builder()
    build.inspection(build.subject("org", name="甲诊所"), category="illegal_ad")
    for region, sector, cells in (
        ("330106", "market", {"inspected": {"ad": 7}, "fine_sum": {"ad": "1.20005"}}),
        ("330100", "drug", {"inspected": {"ad": 2, "drug": 4}}),
    ):
        agency = factories.agency(region, sector, name={"market": "西湖市场局", "drug": "杭州药监局"}[sector])
        given = read_values(shipped_form(CAMPAIGN), {"cells": cells, "foot": {"in": 5 if sector == "market" else 0}})
        actions.file_department(
            SYSTEM, CAMPAIGN, CAMPAIGN, region, PERIOD, given, date(2021, 12, 1), agency_id=agency.id
        )


def office(sign_in: Any, region: str = "330000", sector: str = "health") -> Any:
    return sign_in(factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency(region, sector)))


@pytest.mark.one_database
def test_the_table_tells_of_each_figure_how_much_of_it_was_reported(reported: None, sign_in: Any) -> None:
    html = office(sign_in).get(TABLE).get_data(as_text=True)
    titles = re.findall(r'class="reported" title="([^"]+)">([\d.]+)<', html)
    assert ("系统记录 1，各部门报送 9（药品监管 2、市场监管 7）", "10") in titles
    assert ("系统记录 0，各部门报送 1.2001（市场监管 1.2001）", "1.2001") in titles
    assert ("系统记录 0，各部门报送 5（药品监管 0、市场监管 5）", "5") in titles
    page = words(office(sign_in).get(TABLE))
    assert "市场监管 西湖市场局 违法医疗美容广告、投诉举报 药品监管 杭州药监局 违法医疗美容广告、非法制售" in page


@pytest.mark.one_database
def test_behind_a_figure_stand_its_records_and_its_returns_by_region(reported: None, sign_in: Any) -> None:
    page = words(office(sign_in).get(AD))
    assert "表中数字 10 个 系统记录 1 个 各部门报送 9 个 核对结果 相符" in page
    assert "西湖市场局 市场监管 西湖区" in page and "甲诊所" in page
    assert "杭州市 10" in page
    city = words(office(sign_in, "330100").get(AD))
    assert "杭州市本级 2" in city and "西湖区 8" in city
    county = words(office(sign_in, "330106").get(AD))
    assert "杭州药监局" not in county and "表中数字 8 个" in county


@pytest.mark.one_database
def test_a_figure_of_the_footer_leads_to_its_returns_too(reported: None, sign_in: Any) -> None:
    page = words(office(sign_in).get(f"{RECORDS}?foot=in"))
    assert "表中数字 5 系统记录 0 各部门报送 5" in page and "西湖市场局" in page


@pytest.mark.one_database
def test_another_department_sees_the_figures_and_opens_only_its_own_returns(reported: None, sign_in: Any) -> None:
    client = office(sign_in, "330100", "drug")
    html = client.get(AD).get_data(as_text=True)
    assert "甲诊所" not in html and "西湖市场局" in html
    links = re.findall(r'href="/returns/\d+">([^<]+)<', html)
    assert links == ["杭州药监局"] or links == []


@pytest.mark.one_database
def test_the_list_for_auditors_holds_records_and_returns(reported: None, sign_in: Any) -> None:
    client = office(sign_in)
    text = client.get(f"{RECORDS}/list.csv?row=inspected&col=ad").get_data(as_text=True)
    lines = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    assert [line[-1] for line in lines[1:]] == ["1", "2", "7"]
    assert {line[5] for line in lines[2:]} == {"杭州药监局", "西湖市场局"}
    amounts = client.get(f"{RECORDS}/list.csv?row=fine_sum&col=ad").get_data(as_text=True)
    assert "12000.50" in amounts or "12000.5" in amounts


@pytest.mark.one_database
def test_a_department_s_return_counts_its_region_as_taking_part(session: Any, sign_in: Any) -> None:
    agency = factories.agency("331102", "market")
    given = read_values(shipped_form(CAMPAIGN), {"cells": {"inspected": {"ad": 1}}})
    actions.file_department(SYSTEM, CAMPAIGN, CAMPAIGN, "331102", PERIOD, given, date(2021, 12, 1), agency_id=agency.id)
    page = words(office(sign_in).get(TABLE))
    assert "使用本系统或者已报送" in page and "丽水市" not in page.partition("未计入")[2]
