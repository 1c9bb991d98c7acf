"""The page of pictures: each beside its table, bars that lead on, and nobody beyond the own region."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from inspectorate.accounts.permissions import Role
from inspectorate.reporting import maps
from tests.campaigns.world import CAMPAIGN

PAGE = f"/campaigns/{CAMPAIGN}/pictures"


def rows_of(page: Any, part: str) -> list[list[str]]:
    return [[cell.text_content().strip() for cell in row] for row in page.xpath(f"//section[@id='{part}']//tbody/tr")]


def test_each_picture_has_a_name_a_sentence_and_its_table(browse: Callable[..., Any]) -> None:
    page = html.fromstring(browse("330100").get(PAGE).text)
    parts = page.xpath("//section[contains(@class, 'part')]/@id")
    assert {"regions", "weeks", "violations", "penalties"} <= set(parts)
    for drawing in page.xpath("//*[local-name()='svg' and @class='chart']"):
        names = drawing.get("aria-labelledby"), drawing.get("aria-describedby")
        assert all(page.xpath(f"//*[@id='{name}']")[0].text for name in names)
        assert drawing.xpath("ancestor::section//table")
    assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id")), "every id once"


def test_a_bar_leads_to_the_table_of_its_region_and_the_figures_are_those_of_the_records(browse: Any) -> None:
    page = html.fromstring(browse("330100").get(PAGE).text)
    figures = {row[0]: row[1:] for row in rows_of(page, "regions")}
    assert figures["西湖区"][:4] == ["1", "1", "0", "220,800.00"]
    links = page.xpath("//section[@id='regions']//*[local-name()='a']/@href")
    assert any(re.search(r"/tables/.*region=330106", link) for link in links)
    assert rows_of(page, "penalties")[0][1:] in (["1", "184,000.00"], ["1", "36,800.00"], ["1", ""])


@pytest.mark.one_database
def test_regions_are_compared_by_the_figure_that_was_chosen(browse: Callable[..., Any]) -> None:
    browser = browse("330100")
    assert "各地立案数" in browser.get(f"{PAGE}?figure=filed").text
    assert "各地检查户数" in browser.get(f"{PAGE}?figure=nonsense").text


@pytest.mark.one_database
def test_a_county_has_no_regions_to_compare_but_its_weeks(browse: Callable[..., Any]) -> None:
    page = html.fromstring(browse("330106").get(PAGE).text)
    assert not page.xpath("//section[@id='regions']") and page.xpath("//section[@id='weeks']")


@pytest.mark.one_database
def test_where_nothing_is_recorded_the_page_says_so(browse: Callable[..., Any]) -> None:
    page = browse("440000").get(PAGE).text
    assert "此期间没有记录" in page and "Traceback" not in page


@pytest.mark.one_database
@pytest.mark.parametrize("region", ["330105", "440000", "999999"])
def test_pictures_of_a_neighbour_are_not_found(browse: Callable[..., Any], region: str) -> None:
    assert browse("330106").get(f"{PAGE}?region={region}").status_code == 404


@pytest.mark.one_database
def test_the_map_stands_where_boundaries_are_known(browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def known(region: str, codes: list[str]) -> maps.Outlines:
        return maps.Outlines(100, {code: (((0, 0), (9, 0), (9, 9)),) for code in codes})

    monkeypatch.setattr(maps, "outlines", known)
    page = html.fromstring(browse("330100", Role.AUDITOR).get(PAGE).text)
    assert page.xpath("//section[@id='map']//*[local-name()='path' and @fill-rule]")
    assert "不得对外公开" in page.xpath("//section[@id='map']")[0].text_content()
