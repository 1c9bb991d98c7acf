"""Laws, articles and changes: with the text of the very version, and without it never with that of another."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from inspectorate.law.statutes import Citation, law, laws
from inspectorate.law.violations import catalogue
from inspectorate.lawbook.articles import article_page
from inspectorate.lawbook.law_pages import ON_ONE_PAGE, law_page
from inspectorate.lawbook.tied import tied_to

if TYPE_CHECKING:
    from tests.client import IsolatedClient

pytestmark = pytest.mark.one_database

TODAY = date(2026, 11, 22)


# ---------------------------------------------------------------- an article


def test_an_article_tells_its_version_and_what_hangs_on_it(
    inspector: Any, client: "IsolatedClient", no_texts: Path
) -> None:
    page = client.get("/law/bhl/99?paragraph=1&on=2026-03-01")
    assert page.status_code == 200
    assert "《基本医疗卫生与健康促进法》第九十九条第一款" in page.text
    assert "/law/violations/MC-001" in page.text


def test_an_article_before_its_law_says_so(inspector: Any, client: "IsolatedClient") -> None:
    assert "均未施行" in client.get("/law/bhl/99?on=1990-01-01").text


def test_the_cited_paragraph_and_item_are_marked(inspector: Any, client: "IsolatedClient", texts: Path) -> None:
    page = html.fromstring(client.get("/law/auc/9?paragraph=2").text)
    (marked,) = page.xpath("//*[@aria-current='location']")
    assert "取下灯笼" in marked.text_content() and "所引条款" in marked.text_content()
    page = html.fromstring(client.get("/law/auc/9?paragraph=1&item=2").text)
    (marked,) = page.xpath("//*[@aria-current='location']")
    assert marked.tag == "li" and "第二种" in marked.text_content() and "第一种" not in marked.text_content()


def test_a_part_that_the_article_lacks_is_said_and_all_of_it_shown(
    inspector: Any, client: "IsolatedClient", texts: Path
) -> None:
    page = client.get("/law/auc/9?paragraph=7").text
    assert "没有所引的款或者项" in page and "取下灯笼" in page


def test_the_article_is_that_of_the_day(inspector: Any, client: "IsolatedClient", texts: Path) -> None:
    assert "旧灯笼" in client.get("/law/auc/8?on=2020-01-01").text
    assert "新灯笼" in client.get("/law/auc/8?on=2026-01-01").text


def test_no_article_of_another_version_is_shown_where_the_text_is_missing(
    inspector: Any, client: "IsolatedClient", texts: Path
) -> None:
    (texts / "auc@2025-06-27.md").unlink()
    page = client.get("/law/auc/8?on=2026-01-01").text
    assert "灯笼" not in page
    assert "未装入 2025-06-27 版本" in page and "2019-04-23" in page


def test_an_article_has_neighbours_and_other_versions(inspector: Any, client: "IsolatedClient", texts: Path) -> None:
    page = html.fromstring(client.get("/law/auc/8?on=2026-01-01").text)
    assert [link.partition("?")[0] for link in page.xpath("//nav//a[@rel]/@href")] == ["/law/auc/7", "/law/auc/9"]
    assert page.xpath("//a[contains(@href, '/law/auc/changes')]")


def test_another_version_reads_the_same_only_where_its_text_does(texts: Path) -> None:
    def alike(number: int, on: date) -> bool:
        others = article_page(Citation("auc", number), on).others
        return next(one.same for one in others if one.loaded)

    for on in (date(2020, 1, 1), TODAY):
        assert alike(7, on) and not alike(8, on)


def test_an_article_of_a_renumbered_version_is_never_called_the_same(no_texts: Path) -> None:
    for one in article_page(Citation("mir", 43), date(2022, 3, 1)).others:
        assert not one.same


@pytest.mark.parametrize("on", ["tomorrow", "20261399", "' OR 1", "9" * 500])
def test_a_day_that_is_none_is_named_and_today_taken(on: str, inspector: Any, client: "IsolatedClient") -> None:
    answer = client.get("/law/apl/42", query_string={"on": on})
    assert answer.status_code == 200 and "不是日期" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        *("/law/nothing/1", "/law/apl/900", "/law/apl/0", "/law/apl/42?paragraph=0", "/law/apl/42?suffix=3"),
        *("/law/nothing", "/law/apl?version=1066", "/law/nothing/changes", "/law/apl/changes?from=x", "/law/%3Cb%3E"),
    ],
)
def test_what_there_is_not_is_not_found(address: str, inspector: Any, client: "IsolatedClient") -> None:
    assert client.get(address).status_code == 404


def test_every_article_cited_by_the_catalogue_has_its_page(no_texts: Path) -> None:
    cited = {one for entry in catalogue().values() for one in entry.cited}
    assert all(article_page(one, TODAY) for one in sorted(cited, key=str)[::5])


def test_what_hangs_on_an_article_is_of_the_edition_of_the_day() -> None:
    for entry in catalogue().values():
        for edition in entry.editions[:1]:
            day = edition.until or TODAY
            tied = tied_to(edition.basis[0], day)
            holds = edition.holds(edition.basis[0], day) and entry.edition_on(day) is edition
            assert (entry in tied.basis) == holds, entry.code


# ---------------------------------------------------------------- a law


def test_every_law_has_its_page_in_every_version(no_texts: Path) -> None:
    for known in laws().values():
        for version in known.versions:
            page = law_page(known.id, version.name, None, "", TODAY)
            assert version.in_force_from <= page.on <= (version.in_force_to or page.on)


def test_a_law_without_a_text_lists_what_is_cited_of_it(
    inspector: Any, client: "IsolatedClient", no_texts: Path
) -> None:
    page = client.get("/law/mir").text
    assert "未装入该版本的法律文本" in page and "/law/violations/MC-002" in page


def test_a_law_with_its_text_shows_every_article(inspector: Any, client: "IsolatedClient", texts: Path) -> None:
    page = html.fromstring(client.get("/law/auc").text)
    assert len(page.xpath("//article[contains(@class, 'statute-article')]")) == law("auc").current.articles
    older = client.get("/law/auc?version=2019-04-23").text
    assert "旧灯笼" in older and "旧版本" in older


def test_a_search_in_a_law_finds_its_articles_and_marks_the_words(
    inspector: Any, client: "IsolatedClient", texts: Path
) -> None:
    page = html.fromstring(client.get("/law/auc?q=新灯笼").text)
    assert [one.get("id") for one in page.xpath("//article[contains(@class, 'statute-article')]")] == ["art-8"]
    assert page.xpath("//mark/text()") == ["新灯笼"]
    assert "没有同时包含这些词语" in client.get("/law/auc?q=<b>").text


def test_a_long_law_shows_one_chapter_at_a_time_and_finds_in_all(
    inspector: Any, client: "IsolatedClient", long_text: Path
) -> None:
    page = html.fromstring(client.get("/law/eec?part=3").text)
    shown = page.xpath("//article[contains(@class, 'statute-article')]/@id")
    assert 0 < len(shown) <= ON_ONE_PAGE and shown[0] == "art-201"
    assert client.get("/law/eec?q=第1241号").text.count('id="art-1241"') == 1
    for part in ("0", "999"):
        assert client.get(f"/law/eec?part={part}").status_code == 404


def test_the_parts_of_a_law_hold_every_article_once(long_text: Path) -> None:
    page = law_page("eec", None, None, "", TODAY)
    numbers = [article.number for part in page.parts for article in part.articles]
    assert numbers == list(range(1, 1243))


# ---------------------------------------------------------------- changes


def test_changes_are_marked_by_element_and_word(inspector: Any, client: "IsolatedClient", texts: Path) -> None:
    page = html.fromstring(client.get("/law/auc/changes?from=2019-04-23&to=2025-06-27").text)
    (section,) = page.xpath("//section[.//a[text()='第八条']]")
    assert [one.text_content() for one in section.xpath(".//del")] == ["删去： 旧"]
    assert [one.text_content() for one in section.xpath(".//ins")] == ["增加： 新"]


def test_the_older_version_stands_first_whatever_was_asked(
    inspector: Any, client: "IsolatedClient", texts: Path
) -> None:
    page = html.fromstring(client.get("/law/auc/changes?from=2025-06-27&to=2019-04-23").text)
    assert [one.text_content() for one in page.xpath("//section[.//a[text()='第八条']]//del")] == ["删去： 旧"]


def test_a_change_names_the_violations_that_it_touches(inspector: Any, client: "IsolatedClient", texts: Path) -> None:
    page = html.fromstring(client.get("/law/auc/changes?from=2019-04-23&to=2025-06-27&touching=1").text)
    sections = page.xpath("//section[contains(@class, 'change')]")
    assert sections and all(one.xpath(".//a[contains(@href, '/law/violations/')]") for one in sections)


def test_changes_can_be_narrowed_to_one_kind(inspector: Any, client: "IsolatedClient", texts: Path) -> None:
    page = html.fromstring(client.get("/law/auc/changes?from=2019-04-23&to=2025-06-27&kind=new").text)
    kinds = {one.text_content() for one in page.xpath("//h2[contains(@class, 'change-title')]/span[@class]")}
    assert kinds == {"新增"}
    assert client.get("/law/auc/changes?kind=nonsense&page=-3").status_code == 200


def test_without_both_texts_the_catalogue_tells_what_it_knows(
    inspector: Any, client: "IsolatedClient", no_texts: Path
) -> None:
    page = client.get("/law/auc/changes?from=2019-04-23&to=2025-06-27").text
    assert "方可逐条逐字对照" in page and "条序不同" in page


def test_a_law_of_one_version_has_nothing_to_compare(inspector: Any, client: "IsolatedClient") -> None:
    alone = next(known.id for known in laws().values() if len(known.versions) == 1)
    assert "没有可以对照的版本" in client.get(f"/law/{alone}/changes").text


def test_the_library_is_in_the_navigation_of_everybody_and_eight_entries_are_enough(
    session: Any, client: "IsolatedClient"
) -> None:
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    for role in Role:
        client.sign_in(user(role))
        page = html.fromstring(client.get("/law").text)
        entries = page.xpath("//nav[contains(@class, 'side')]/ul/li[not(@class='side-more')]/a/@href")
        assert "/law" in entries and len(entries) <= 8
