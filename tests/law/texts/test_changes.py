"""What changed between two versions: nothing is lost, renumbered articles are recognised, changed words are told."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspectorate.law.texts import Article, Change, Kind, Paragraph, Text, changes, touched
from inspectorate.law.texts.changes import compared, plain
from inspectorate.law.texts.reading import read_file
from tests.harness.scale import count
from tests.law.texts.layouts import invented, statutes


def text(*words: str, first: int = 1) -> Text:
    articles = [Article(number, None, (), (Paragraph(each),), 0) for number, each in enumerate(words, first)]
    return Text("lantern", "2019-03-01", "灯笼法", (), tuple(articles))


def kinds(old: Text, new: Text) -> list[tuple[str, int | None, int | None]]:
    return [(str(each.kind), each.old and each.old.number, each.new and each.new.number) for each in changes(old, new)]


HANG = "夜间行路的人应当提灯笼，灯笼应当点亮。"
WATER = "放在水上的灯笼不得点蜡烛，由掌灯部门收走。"
FINE = "违反本法规定的，由掌灯部门处五百元以上一千元以下的罚款；情节严重的，处五千元以下的罚款。"
OTHER = "学校每年举办一次放风筝的比赛，胜者得奖。"


def test_nothing_changed_between_a_text_and_itself() -> None:
    found = changes(invented("lantern"), invented("lantern"))
    assert {each.kind for each in found} == {Kind.SAME} and not any(each.pieces for each in found)


def test_an_inserted_article_moves_those_behind_it() -> None:
    assert kinds(text(HANG, WATER, FINE), text(HANG, OTHER, WATER, FINE)) == [
        ("same", 1, 1),
        ("new", None, 2),
        ("moved", 2, 3),
        ("moved", 3, 4),
    ]


def test_an_article_that_is_gone_stands_where_it_stood() -> None:
    assert kinds(text(HANG, OTHER, WATER), text(HANG, WATER)) == [("same", 1, 1), ("gone", 2, None), ("moved", 3, 2)]
    assert kinds(text(OTHER, WATER), text(WATER))[0] == ("gone", 1, None)


def test_another_rule_under_an_old_number_is_no_change_of_it() -> None:
    assert sorted(kinds(text(HANG, WATER), text(HANG, OTHER))) == [("gone", 2, None), ("new", None, 2), ("same", 1, 1)]


def test_a_moved_article_tells_the_words_that_changed_too() -> None:
    found = changes(text(HANG, FINE), text(HANG, OTHER, FINE.replace("五千元", "一万元")))
    moved = next(each for each in found if each.kind is Kind.MOVED)
    assert [piece for piece in moved.pieces if piece.sign != "="] == [("-", "五千"), ("+", "一万")]


def test_blanks_and_the_width_of_brackets_are_no_change() -> None:
    old = text("灯笼(含 纸灯):挂好;")
    assert [each.kind for each in changes(old, text("灯笼（含纸灯）：挂好；"))] == [Kind.SAME]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("处五万元以下的罚款。", "处十万元以下的罚款。", "处[-五][+十]万元以下的罚款。"),
        ("提灯，点亮。", "提灯，点亮，挂好。", "提灯，点亮[+，挂好]。"),
        ("甲。乙。", "甲。", "甲。[-乙。]"),
        ("甲。", "甲。乙。", "甲。[+乙。]"),
        ("全不相干的话。", "另外一句。", "[-全不相干的话。][+另外一句。]"),
    ],
)
def test_what_went_stands_before_what_came(before: str, after: str, pieces: str) -> None:
    shown = "".join(each.text if each.sign == "=" else f"[{each.sign}{each.text}]" for each in compared(before, after))
    assert shown == pieces


@given(st.text("甲乙丙丁，。\n", max_size=60), st.text("甲乙丙丁，。\n", max_size=60))
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = compared(before, after)
    assert "".join(each.text for each in pieces if each.sign != "+") == before
    assert "".join(each.text for each in pieces if each.sign != "-") == after
    assert all(each.text for each in pieces)


@settings(max_examples=count(40, 400))
@given(statutes(), statutes())
def test_every_article_of_both_is_told_of_once(old: Text, new: Text) -> None:
    found = changes(old, new)
    assert [each.new.key for each in found if each.new] == [article.key for article in new.articles]
    assert sorted(each.old.key for each in found if each.old) == sorted(article.key for article in old.articles)
    for each in found:
        assert _holds(each), each
    assert len({each.key for each in found}) == len(found)


def _holds(change: Change) -> bool:
    if change.kind in (Kind.NEW, Kind.GONE):
        return (change.old is None) == (change.kind is Kind.NEW) and (change.new is None) != (change.old is None)
    assert change.old and change.new
    same_words, same_number = plain(change.old) == plain(change.new), change.old.key == change.new.key
    if change.kind is Kind.MOVED:
        return not same_number and same_words == (not change.pieces)
    return same_number and same_words == (change.kind is Kind.SAME)


# --- the reference ----------------------------------------------------------------------------------------------

PAIRS = {
    "auc": ("2019-04-23", "2025-06-27"),
    "device": ("2021-02-09", "2024-12-06"),
    "express": ("2019-03-02", "2025-04-13"),
    "food": ("2021-04-29", "2025-09-12"),
    "idp": ("2013-06-29", "2025-04-30"),
}


def both(folder: Path, law_id: str) -> tuple[Text, Text]:
    old, new = PAIRS[law_id]
    return read_file(folder / f"{law_id}@{old}.md"), read_file(folder / f"{law_id}@{new}.md")


def test_the_laws_known_in_two_versions_are_compared_within_two_seconds(shared_folder: Path) -> None:
    folder = shared_folder / "law-texts"
    started = time.process_time()
    for law_id in PAIRS:
        old, new = both(folder, law_id)
        touched(changes(old, new), old, new)
    assert time.process_time() - started < 2


def test_renumbered_articles_of_the_law_against_unfair_competition_are_recognised(shared_folder: Path) -> None:
    old, new = both(shared_folder / "law-texts", "auc")
    moved = {each.old.number: each.new.number for each in changes(old, new) if each.old and each.new}
    assert {7: 8, 8: 9, 18: 23, 19: 24, 20: 25, 33: 41}.items() <= moved.items()


def test_the_small_revision_of_the_device_regulation_changed_two_articles(shared_folder: Path) -> None:
    old, new = both(shared_folder / "law-texts", "device")
    assert [each.kind for each in changes(old, new) if each.kind is not Kind.SAME] == [Kind.CHANGED] * 2


def test_violations_are_touched_by_the_articles_that_they_cite_in_either_version(shared_folder: Path) -> None:
    old, new = both(shared_folder / "law-texts", "idp")
    found = changes(old, new)
    touching = touched(found, old, new)
    by_key = {each.key: each for each in found}
    assert touching and all(by_key[key].kind is not Kind.SAME for key in touching)
    medical = touching["new", 104, 0]
    assert medical and all(any(cited.law == "idp" for cited in entry.cited) for entry in medical)
    unknown = replace(new, adopted="1900-01-01")
    assert touched(found, replace(old, adopted="1900-01-01"), unknown) == {}
