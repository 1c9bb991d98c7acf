"""Invented texts of both versions of 反不正当竞争法, and of a law with more than a thousand articles."""

from pathlib import Path

from inspectorate.law.numerals import chinese
from inspectorate.law.texts import Article, Item, Paragraph, Text
from tests.law.texts.layouts import content_of, stand_in

ITEMS = (Item(1, "第一种灯笼；"), Item(2, "第二种灯笼。"))
LISTED = Paragraph("下列灯笼不得悬挂：", ITEMS)
AFTER = Paragraph("违反前款规定的，取下灯笼。")


def keep_both_versions(folder: Path) -> None:
    """Article 9 has items, article 8 says something else in the newer one."""
    keep(folder, altered(stand_in("auc", "2019-04-23"), 8, (Paragraph("旧灯笼应当挂好。"),)))
    newer = altered(stand_in("auc", "2025-06-27"), 8, (Paragraph("新灯笼应当挂好。"),))
    keep(folder, altered(newer, 9, (LISTED, AFTER)))


def keep_long(folder: Path) -> None:
    """The ecological code, with its 1,242 articles in chapters of a hundred."""
    text = stand_in("eec", "2026-03-12")
    articles = tuple(
        article._replace(heading=(f"第{chinese(number // 100 + 1)}章　灯笼",))
        for number, article in enumerate(text.articles)
    )
    keep(folder, Text(text.law, text.adopted, text.title, (), articles))


def altered(text: Text, number: int, paragraphs: tuple[Paragraph, ...]) -> Text:
    """The text with other words in one article."""

    def words(article: Article) -> Article:
        return article._replace(paragraphs=paragraphs) if article.number == number else article

    return Text(text.law, text.adopted, text.title, (), tuple(map(words, text.articles)))


def keep(folder: Path, text: Text) -> None:
    """As if it had been loaded."""
    (folder / f"{text.law}@{text.adopted}.md").write_bytes(content_of(text))
