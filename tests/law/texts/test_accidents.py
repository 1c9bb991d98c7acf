"""Whatever happens to a text in copying: it is read, or refused by line, and no loss goes by unseen."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspectorate.law.texts import Text, Unreadable, read_text
from inspectorate.law.texts.reading import parse, read_content
from tests.harness.scale import count
from tests.law.texts.layouts import FOLDER, LAYOUTS, statutes

NAME = "lantern@2019-03-01.md"

NOISE = (
    "第",
    "条",
    "第三条 ",
    "**",
    "**第二条**",
    "（二）",
    "#",
    "## 第九章 乱",
    "<p>",
    "---",
    "|",
    "\x00",
    "；",
    "&emsp;",
    "附件：",
)


def mutated(source: str, dice: random.Random) -> str:
    """The source after a few accidents: lines lost, twice, swapped or joined, noise, words cut out."""
    lines = source.split("\n")
    for _ in range(dice.randint(1, 4)):
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
            case 4:
                place = dice.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + dice.choice(NOISE) + lines[at][place:]
            case _:
                lines[at] = lines[at][: dice.randint(0, len(lines[at]))]
        lines = lines or [""]
    return "\n".join(lines)


def test_a_mutated_text_is_read_or_refused_and_nothing_else_happens() -> None:
    dice = random.Random(20261122)
    sources = [path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))]
    outcomes = {"read": 0, "refused": 0}
    for _ in range(count(1500, 20_000)):
        source = mutated(dice.choice(sources), dice)
        try:
            text = parse(source, NAME)
        except Unreadable as refused:
            outcomes["refused"] += 1
            assert 0 <= refused.line <= source.count("\n") + 1 and refused.reason
        else:
            outcomes["read"] += 1
            keys = [article.key for article in text.articles]
            assert keys == sorted(set(keys)) and all(article.paragraphs for article in text.articles)
    assert min(outcomes.values()) > 100, outcomes


@given(st.text())
def test_any_text_at_all_is_read_or_refused(source: str) -> None:
    try:
        parse(source, NAME)
    except Unreadable as refused:
        assert str(refused).startswith(NAME)


@given(st.binary())
def test_any_octets_at_all_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_content(content, "food@2021-04-29.md")


@settings(max_examples=count(40, 400))
@given(statutes(), st.sampled_from(LAYOUTS), st.data())
def test_no_article_is_lost_swapped_or_doubled_unseen(
    text: Text, layout: Callable[[Text], str], data: st.DataObject
) -> None:
    articles = list(text.articles)
    at = data.draw(st.integers(0, len(articles) - 1))
    match data.draw(st.sampled_from(["lost", "swapped", "doubled"])):
        case "lost":
            del articles[at]
        case "swapped":
            other = data.draw(st.integers(0, len(articles) - 1))
            articles[at], articles[other] = articles[other], articles[at]
        case _:
            articles.insert(at, articles[at])
    broken = replace(text, articles=tuple(articles))
    if not articles or _in_order(broken):  # the last one of a number can go without a trace in the text itself
        return
    source = layout(broken)
    if re.search(r"^#+ 第[二三]章", source, re.M) and not re.search(r"^#+ 第一章", source, re.M):
        return  # looks like a later part of a law, which may begin with any article
    with pytest.raises(Unreadable):
        parse(source, NAME)


def _in_order(text: Text) -> bool:
    last = (0, 0)
    for article in text.articles:
        if article.key not in ((last[0] + 1, 0), (last[0], last[1] + 1)):
            return False
        last = article.key
    return True


# --- real texts ---------------------------------------------------------------------------------------------------

ARTICLE_LINE = re.compile(
    r"^(?:&emsp;)*(?:\*\*(?:<span[^>]*>)?)?第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十])?[<*\s&]"
)


def accidents(lines: list[str], dice: random.Random) -> Iterator[tuple[str, list[str]]]:
    """What can happen to a text in copying, each a loss that a reader would overlook."""
    starts = [place for place, line in enumerate(lines) if ARTICLE_LINE.match(line)]
    heads = [place for place, line in enumerate(lines) if line.startswith("#")][1:]
    at = dice.randrange(len(starts) - 1)
    one, following, other = starts[at], starts[at + 1], dice.choice([each for each in starts if each != starts[at]])
    yield "an article lost", lines[:one] + lines[following:]
    yield (
        "the heading of an article lost",
        [*lines[:one], re.sub("第.*?条", "", lines[one], count=1), *lines[one + 1 :]],
    )
    yield "an article twice", lines[:following] + lines[one:]
    swapped = list(lines)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    yield "two articles swapped", swapped
    yield "the end lost", lines[:following]
    yield "markup", [*lines[:one], f"{lines[one]}<br/>", *lines[one + 1 :]]
    if heads:
        head = dice.choice(heads)
        after = next(place for place in range(head + 1, len(lines)) if lines[place].strip())
        yield "a heading run into what follows", [*lines[:head], lines[head] + lines[after], *lines[after + 1 :]]


def test_no_accident_to_a_real_text_goes_by_unseen(shared_folder: Path) -> None:
    dice = random.Random(37)
    for path in dice.sample(sorted((shared_folder / "law-texts").glob("*.md")), count(20, 85)):
        lines = path.read_text("utf-8").split("\n")
        for _ in range(count(1, 20)):
            for accident, broken in accidents(lines, dice):
                with pytest.raises(Unreadable):
                    read_text("\n".join(broken), path.name)
                    pytest.fail(f"{path.name}: {accident} went by unseen")
