"""Invented statutes, and how each layout would write them."""

from collections.abc import Callable, Iterator
from pathlib import Path

from hypothesis import strategies as st

from inspectorate.law.numerals import chinese
from inspectorate.law.statutes import LawVersion, law
from inspectorate.law.texts import Article, Item, Paragraph, Text
from inspectorate.law.texts.reading import parse

FOLDER = Path(__file__).resolve().parents[1] / "data" / "texts"

Write = Callable[[Article], str]


def invented(name: str) -> Text:
    """One of the invented statutes of tests/law/data/texts."""
    path = next(FOLDER.glob(f"{name}@*.md"))
    return parse(path.read_text("utf-8"), path.name)


def stand_in(law_id: str, version: str, *, words: str = "灯笼应当挂好。") -> Text:
    """A text of invented words with the title and the numbers of a version of the catalogue."""
    known = next(each for each in law(law_id).versions if each.name == version)
    numbers = [(number, 0) for number in range(1, (known.articles or 3) + 1)]
    keys = sorted([*numbers, *(known.inserted if known.articles else ())])
    articles = (Article(number, suffix or None, (), (Paragraph(f"第{number}号{words}"),), 0) for number, suffix in keys)
    return Text(law_id, version, law(law_id).title, (), tuple(articles))


def content_of(text: Text) -> bytes:
    """The text as a file in the plain layout."""
    return plain(text).encode()


def version_with_text() -> LawVersion:
    """A short version of the catalogue, to stand in for."""
    return law("toxicdrug").current


# ---------------------------------------------------------------- layouts


def bold(text: Text) -> str:
    """As in collections for web sites: front matter, bold headings, blank lines between."""
    return _document(text, lambda article: f"**{_number(article)}**　", front="---\nsidebar: auto\n---\n\n", gap="\n\n")


def plain(text: Text) -> str:
    """As in collections of files: a mark below the history, headings without bold, half-width brackets."""
    document = _document(text, lambda article: f"{_number(article)} ", mark="<!-- INFO END -->\n\n", gap="\n\n")
    return document.replace("（", "(").replace("）", ")")


def anchored(text: Text) -> str:
    """As on a single page: anchors, entities for blanks, two blanks at the end of each line."""

    def heading(article: Article) -> str:
        number = _number(article)
        anchor = number.removeprefix("第").replace("条", "")
        return f'**<span id="{anchor}">{number}</span>**&emsp; '

    return _document(text, heading, before="&emsp;&emsp;", gap="  \n")


LAYOUTS = (bold, plain, anchored)


def _number(article: Article) -> str:
    suffix = f"之{chinese(article.suffix)}" if article.suffix else ""
    return f"第{chinese(article.number)}条{suffix}"


def _document(
    text: Text, number: Write, *, front: str = "", mark: str = "", before: str = "", gap: str = "\n\n"
) -> str:
    lines = [f"# {text.title}", *text.history]
    body = [mark.strip()] if mark else []
    shown: tuple[str, ...] = ()
    for article in text.articles:
        body += _headings(shown, article.heading)
        shown = article.heading
        first, *others = list(_words(article))
        body.append(f"{before}{number(article)}{first}")
        body += [f"{before}{line}" for line in others]
    return front + gap.join([*lines, *body, *text.annex]) + "\n"


def _headings(shown: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[str]:
    same = 0
    while same < min(len(shown), len(wanted)) and shown[same] == wanted[same]:
        same += 1
    for depth in range(same, len(wanted)):
        yield f"{'#' * (depth + 2)} {wanted[depth].replace('　', ' ')}"


def _words(article: Article) -> Iterator[str]:
    for paragraph in article.paragraphs:
        yield paragraph.text
        for item in paragraph.items:
            yield f"（{chinese(item.number)}）{item.text}"
            yield from item.points


# ---------------------------------------------------------------- invented at random

_words_of = st.text("灯笼应当挂在门前不得点燃风雨夜路行人", min_size=1, max_size=12)
_points = st.lists(_words_of, max_size=2).map(
    lambda words: tuple(f"{number}. {each}；" for number, each in enumerate(words, 1))
)
_items = st.lists(st.tuples(_words_of, _points), min_size=1, max_size=4).map(
    lambda each: (
        *(Item(number, f"{text}；", points) for number, (text, points) in enumerate(each[:-1], 1)),
        Item(len(each), f"{each[-1][0]}。"),
    )
)
_paragraph = st.one_of(
    _words_of.map(lambda words: Paragraph(f"{words}。")),
    st.builds(lambda words, items: Paragraph(f"{words}：", items), _words_of, _items),
)
_paragraphs = st.lists(_paragraph, min_size=1, max_size=3).map(tuple)


@st.composite
def statutes(draw: st.DrawFn) -> Text:
    """A statute of up to a dozen articles in up to three chapters, some with 之一."""
    articles: list[Article] = []
    number = 0
    chapters = draw(st.integers(0, 3))
    for chapter in range(1, max(chapters, 1) + 1):
        heading = (f"第{chinese(chapter)}章　{draw(_words_of)}",) if chapters else ()
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            articles.append(Article(number, None, heading, draw(_paragraphs), 0))
            for suffix in range(1, draw(st.integers(0, 2)) + 1):
                articles.append(Article(number, suffix, heading, draw(_paragraphs), 0))
    return Text("lantern", "2019-03-01", "灯笼管理法", ("2019年3月1日灯笼会议通过",), tuple(articles))
