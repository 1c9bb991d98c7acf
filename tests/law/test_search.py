"""Finding a violation as an inspector would look for it."""

from datetime import date

import pytest

from inspectorate.law.datafile import read
from inspectorate.law.resemblance import LONGEST_DESCRIPTION, resembling
from inspectorate.law.search import MOST_RESEMBLING, search
from inspectorate.law.violations import catalogue


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("MC-001", "MC-001"),
        ("mc001", "MC-001"),
        ("医疗美容 无", "MC-001"),
        ("许可证 医疗美容 开展", "MC-001"),
        ("黑诊所", "MC-001"),
        ("无证 医疗美容", "MC-001"),
        ("非法行医", "MC-005"),
        ("医师法 第五十九条", "MC-005"),
        ("医师法第59条", "MC-005"),
        ("《医师法》第五十九条", "MC-005"),
        ("中华人民共和国食品安全法 122条", "FD-001"),
        ("留样", "FD-018"),
        ("健康证", "FD-017"),
        ("职业 健康检查", "WP-004"),
        ("粉尘 尘肺", "WP-160"),
        ("医废 分类", "MC-026"),
        ("胎儿 性别", "MD-212"),
    ],
)
def test_the_violation_is_among_the_first_found(words: str, code: str) -> None:
    assert code in [entry.code for entry in search(words)[:5]]


def test_an_exact_title_word_comes_before_an_abbreviation() -> None:
    assert search("无证经营快递")[0].code == "PL-115"


def test_every_word_must_be_found_where_any_violation_has_them_all() -> None:
    for entry in search("医疗废物 消毒"):
        assert "消毒" in entry.title_zh + entry.title_en or "医疗废物" in entry.title_zh


def test_where_nothing_has_all_the_words_those_with_some_are_shown() -> None:
    found = search("食堂 健康证")
    assert {"FD-001", "FD-017"} <= {entry.code for entry in found}


def test_words_found_nowhere_find_nothing() -> None:
    assert search("量子纠缠") == []


def test_without_words_the_filters_alone_decide() -> None:
    assert len(search()) == len(catalogue())
    assert {entry.domain for entry in search(domain="food")} == {"food"}
    assert all("police" in entry.sectors for entry in search(sector="police"))
    assert {entry.category for entry in search(category="illegal_ad")} == {"illegal_ad"}
    assert all("bhl" in {citation.law for citation in entry.basis} for entry in search(law="bhl"))
    assert len(search(limit=7)) == 7


def test_what_was_not_in_force_that_day_is_left_out() -> None:
    assert "MC-007" not in {entry.code for entry in search("超出注册地点", on=date(2021, 7, 1))}
    assert "MC-007" in {entry.code for entry in search("超出注册地点", on=date(2026, 1, 1))}


@pytest.mark.parametrize("words", ["9" * 100_000, "九" * 100_000, "第" * 100_000, "9条 " * 20_000])
def test_words_without_end_are_looked_through_at_once(words: str) -> None:
    search(words)


def test_every_word_of_the_trade_stands_for_words_that_some_title_has() -> None:
    titles = [entry.title_zh.casefold() for entry in catalogue().values()]
    meant = {word for meanings in read("search_words.toml")["words"].values() for word in meanings}
    assert sorted(word for word in meant if not any(word.casefold() in title for title in titles)) == []


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("使用了非卫生技术人员为病人做医疗卫生技术工作", "MC-009"),
        ("门店没有医疗机构执业许可证，给顾客补牙", "MD-302"),
        ("货架上有超过保质期的馒头在销售", "FD-009"),
        ("多年没有定期检测评价作业场所的危害因素", "WP-012"),
        ("采购医疗器械没有建立进货查验记录", "DD-069"),
    ],
)
def test_a_description_finds_what_it_resembles_though_no_word_of_it_is_found(description: str, code: str) -> None:
    assert code in [entry.code for entry in search(description)[:3]]


def test_a_description_keeps_to_the_filters_and_finds_few() -> None:
    found = search("门店没有医疗机构执业许可证，给顾客做双眼皮手术", sector="market")
    assert found and all("market" in entry.sectors for entry in found)
    assert len(search("职业病危害因素的各种各样的违法行为都在这里")) <= MOST_RESEMBLING


def test_likeness_falls_down_the_list_and_is_whole_for_a_title() -> None:
    title = catalogue()["MC-009"].title_zh
    found = resembling(title)
    assert found[0].violation.code == "MC-009" and found[0].likeness == pytest.approx(1)
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    assert resembling("") == resembling("abc 123") == []
    assert resembling(title + "。" * LONGEST_DESCRIPTION)[0].violation.code == "MC-009"
