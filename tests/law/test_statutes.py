"""Laws, versions and citations."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import Citation, UnknownLaw, law, laws, parse_citation, version_in_force
from inspectorate.law.listing import listed, listed_by_law
from inspectorate.law.numerals import chinese, number_of
from inspectorate.law.statutes import citations_in, holds_on


@pytest.mark.parametrize(
    ("number", "written"),
    [
        *((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (124, "一百二十四")),
        *((1001, "一千零一"), (1010, "一千零一十"), (1198, "一千一百九十八"), (1242, "一千二百四十二"), (2000, "二千")),
    ],
)
def test_numbers_are_written_as_statutes_write_them(number: int, written: str) -> None:
    assert chinese(number) == written
    assert number_of(written) == number


@given(st.integers(1, 9999))
def test_every_number_reads_back_as_itself(number: int) -> None:
    assert number_of(chinese(number)) == number


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_number_that_no_article_has_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no article"):
        chinese(number)


@pytest.mark.parametrize(
    ("citation", "short", "full"),
    [
        (
            Citation("apl", 42, 1, 2),
            "《行政处罚法》第四十二条第一款第（二）项",
            "《中华人民共和国行政处罚法》第四十二条第一款第（二）项",
        ),
        (
            Citation("bhl", 99),
            "《基本医疗卫生与健康促进法》第九十九条",
            "《中华人民共和国基本医疗卫生与健康促进法》第九十九条",
        ),
        (
            Citation("crim", 336, 1, suffix=1),
            "《刑法》第三百三十六条之一第一款",
            "《中华人民共和国刑法》第三百三十六条之一第一款",
        ),
        (
            Citation("odp", 72, item=11),
            "《职业病防治法》第七十二条第（十一）项",
            "《中华人民共和国职业病防治法》第七十二条第（十一）项",
        ),
    ],
)
def test_a_citation_is_written_as_documents_write_it(citation: Citation, short: str, full: str) -> None:
    assert citation.zh() == short
    assert citation.zh(full=True) == full
    assert parse_citation(short) == parse_citation(full) == citation


@given(
    st.builds(
        Citation,
        law=st.sampled_from(["apl", "food", "mir", "crim", "eec"]),
        article=st.integers(1, 1242),
        paragraph=st.none() | st.integers(1, 12),
        item=st.none() | st.integers(1, 30),
        suffix=st.none() | st.integers(1, 9),
    )
)
def test_every_citation_reads_back_as_itself(citation: Citation) -> None:
    assert parse_citation(citation.zh()) == citation
    assert parse_citation(citation.zh(full=True)) == citation
    assert Citation.from_dict(citation.as_dict()) == citation


@pytest.mark.parametrize(
    "text",
    [
        "《行政处罚法》第42条第1款第2项",
        "《行政处罚法》第四十二条第一款第二项",
        "《行政处罚法》第四十二条第一款（二）项",
    ],
)
def test_other_ways_of_writing_are_read_too(text: str) -> None:
    assert parse_citation(text) == Citation("apl", 42, 1, 2)


def test_what_is_no_citation_is_refused_with_an_example() -> None:
    with pytest.raises(ValueError, match="write it as"):
        parse_citation("行政处罚法四十二条")


def test_a_law_that_the_catalogue_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownLaw, match="不存在的法"):
        parse_citation("《不存在的法》第一条")
    with pytest.raises(UnknownLaw, match="nowhere"):
        law("nowhere")


def test_citations_are_found_in_running_text() -> None:
    text = "违反《食品安全法》第三十五条第一款，依据《食品安全法》第一百二十二条第一款和《不存在的法》第一条"
    assert citations_in(text) == [Citation("food", 35, 1), Citation("food", 122, 1)]


def test_each_citation_of_a_written_list_is_found() -> None:
    cited = [Citation("apl", 58, 1), Citation("apl", 58, 2, 1), Citation("apl", 58, 2, 3), Citation("food", 122, 1)]
    cited += [Citation("food", 123), Citation("crim", 133, suffix=1)]
    assert citations_in(f"依据{listed(cited)}的规定，食品、药品第一季度") == cited


def test_a_list_of_citations_writes_each_title_once() -> None:
    assert listed([Citation("apl", 30), Citation("apl", 31), Citation("food", 5)]) == (
        "《行政处罚法》第三十条、第三十一条，《食品安全法》第五条"
    )


def test_citations_gathered_by_law_stand_behind_one_title_and_each_once() -> None:
    cited = [Citation("food", 5), Citation("apl", 30), Citation("food", 6), Citation("food", 5)]
    assert listed_by_law(cited) == ["《食品安全法》第五条、第六条", "《行政处罚法》第三十条"]


@pytest.mark.parametrize(
    ("cited", "text"),
    [
        ([Citation("food", 126, 2), Citation("food", 126, 1)], "第一百二十六条第一款、第二款"),
        ([Citation("food", 34, None, 3), Citation("food", 34, None, 5)], "第三十四条第（三）项、第（五）项"),
        ([Citation("food", 5, 1, 2), Citation("food", 5, 2)], "第五条第一款第（二）项、第二款"),
        ([Citation("food", 5, 1, 2), Citation("food", 5, 1, 4)], "第五条第一款第（二）项、第（四）项"),
        ([Citation("food", 5, 1), Citation("food", 5, 1, 4)], "第五条第一款、第五条第一款第（四）项"),
        ([Citation("food", 5), Citation("food", 5, 2)], "第五条、第五条第二款"),
        ([Citation("food", 5, 2), Citation("food", 5, 2, suffix=1)], "第五条第二款、第五条之一第二款"),
        ([Citation("food", 9, 1), Citation("food", 5, 2)], "第五条第二款、第九条第一款"),
    ],
)
def test_paragraphs_of_one_article_are_listed_in_its_order_and_name_it_once(cited, text) -> None:
    assert listed_by_law(cited) == [f"《食品安全法》{text}"]


def test_the_version_in_force_is_the_latest_that_had_begun() -> None:
    def name(on: date) -> str | None:
        version = version_in_force("food", on)
        return version and version.name

    assert name(date(2018, 12, 28)) is None
    assert name(date(2021, 4, 28)) == "2018-12-29"
    assert name(date(2021, 4, 29)) == "2021-04-29"
    assert name(date(2025, 11, 30)) == "2021-04-29"
    assert name(date(2025, 12, 1)) == "2025-09-12"


def test_a_version_ends_the_day_before_the_next_begins() -> None:
    *_, first, second = law("food").versions
    assert first.in_force_to == date(2025, 11, 30)
    assert second.in_force_to is None


def test_an_article_changed_in_one_item_still_holds_in_its_other_items() -> None:
    day = date(2024, 1, 1)
    assert holds_on(Citation("food", 124, 1, 1), day)
    assert not holds_on(Citation("food", 124, 1, 6), day)
    # The whole article contains the changed item, so it does not read the same.
    assert not holds_on(Citation("food", 124), day)


def test_every_law_names_itself_and_its_current_version() -> None:
    assert len(laws()) >= 97
    for entry in laws().values():
        assert entry.title and entry.short_title
        assert entry.current.in_force_to is None or entry.repealed_on
        assert not entry.common_title.startswith("中华人民共和国")
