"""The list of violations and laws: found by words and filters, said in words where nothing is."""

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from inspectorate.lawbook import queries
from inspectorate.lawbook.queries import Wanted, results

if TYPE_CHECKING:
    from tests.client import IsolatedClient

pytestmark = pytest.mark.one_database


def codes(page: str) -> list[str]:
    """The violations that a page lists."""
    links = html.fromstring(page).xpath("//td[contains(@class, 'cell-title')]//a/@href")
    return [link.rpartition("/")[2] for link in links]


def test_without_words_the_laws_stand_by_their_rank(inspector: Any, client: "IsolatedClient") -> None:
    page = client.get("/law").text
    ranks = [page.index(f'aria-labelledby="level-{number}-title"') for number in (1, 2, 3)]
    assert ranks == sorted(ranks)
    assert "/law/apl" in page and "/law/mir" in page


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("q=医疗美容 无证", "MC-001"),
        ("q=mc001", "MC-001"),
        ("q=黑诊所", "MC-001"),
        ("law=bhl&article=99", "MC-001"),
        ("law=bhl&article=第九十九条", "MC-001"),
        ("q=医师法第59条", "MC-005"),
        ("domain=food&sector=market&q=健康证", "FD-017"),
        ("subject=person&q=非医师", "MC-005"),
        ("category=unlicensed_practice&q=医疗美容", "MC-001"),
    ],
)
def test_a_violation_is_found_by(asked: str, code: str, inspector: Any, client: "IsolatedClient") -> None:
    assert code in codes(client.get(f"/law?{asked}").text)


def test_filters_leave_out_what_they_name_otherwise() -> None:
    found = [
        entry
        for page in (1, 2, 3)
        for entry in results(Wanted(domain="food", sector="market", subject="org"), None, page).entries
    ]
    assert found and {entry.domain for entry in found} == {"food"}
    assert all("market" in entry.sectors and entry.subject == "org" for entry in found)


def test_the_own_sector_comes_first_among_equals_and_forces_nothing() -> None:
    wanted = Wanted(law="doctors")
    by_health = results(Wanted(words="广告"), "health", 1).entries
    by_market = results(Wanted(words="广告"), "market", 1).entries
    assert "market" in by_market[0].sectors
    assert {entry.code for entry in by_health} and results(wanted, "market", 1).number > 0


def test_the_pages_of_a_list_hold_every_violation_once() -> None:
    first = results(Wanted(), None, 1)
    every = [entry.code for page in range(1, first.last + 1) for entry in results(Wanted(), None, page).entries]
    assert len(every) == len(set(every)) == first.number


def test_a_page_that_there_is_not_is_the_nearest(inspector: Any, client: "IsolatedClient") -> None:
    last = results(Wanted(words="医"), "health", 9999)
    assert last.page == last.last
    for page in ("-5", "0", "9999", "eleven", "9" * 400):
        assert client.get(f"/law?q=医&page={page}").status_code == 200


def test_what_nobody_knows_resembles_nothing_and_is_said_so(inspector: Any, client: "IsolatedClient") -> None:
    assert "法规库中没有符合条件的违法行为" in client.get("/law?q=龘龘龘").text


def test_a_description_finds_what_resembles_it_and_is_told_so(inspector: Any, client: "IsolatedClient") -> None:
    page = client.get("/law?q=现场查见一名女子正在为顾客注射玻尿酸，当事人不能出示任何证照").text
    assert "相近" in page and codes(page)


@pytest.mark.parametrize("asked", ["domain=x", "sector='--", "law=../..", "subject=cat", "category=%3Cb%3E"])
def test_a_filter_that_the_catalogue_does_not_know_is_not_set(
    asked: str, inspector: Any, client: "IsolatedClient"
) -> None:
    answer = client.get(f"/law?q=医&{asked}")
    assert answer.status_code == 200
    assert codes(answer.text) == codes(client.get("/law?q=医").text)


@pytest.mark.parametrize("article", ["-1", "0", "99999", "第九", "x", "九百九十九千"])
def test_an_article_that_is_none_is_refused_at_its_field_or_finds_nothing(
    article: str, inspector: Any, client: "IsolatedClient"
) -> None:
    page = client.get(f"/law?law=apl&article={article}").text
    assert "请填写条的序号" in page or "没有符合条件" in page
    assert f'value="{article}"' in page


def test_the_select_of_laws_is_drawn_for_what_was_chosen(inspector: Any, client: "IsolatedClient") -> None:
    for chosen in ("bhl", "food", ""):
        page = html.fromstring(client.get(f"/law?law={chosen}").text)
        assert page.xpath("//select[@name='law']//option[@selected]/@value") == [chosen]


def test_the_masthead_finds_violations_and_laws(inspector: Any, client: "IsolatedClient") -> None:
    page = client.get("/search?q=医疗废物").text
    assert "/law/medwaste" in page
    assert "/law/violations/" in page


def test_laws_are_found_by_all_words_of_their_title() -> None:
    assert [law.id for law in queries.laws_named("行政 处罚法", 5)] == ["apl"]
    assert queries.laws_named("", 5) == []
    assert len(queries.laws_named("条例", 3)) == 3
