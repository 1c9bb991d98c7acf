"""Somebody who has signed in, and invented texts of two versions of a law."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inspectorate.law.numerals import chinese
from inspectorate.law.texts import Article, Item, Paragraph, Text, store
from tests.law.texts.layouts import content_of, stand_in

if TYPE_CHECKING:
    from tests.client import IsolatedClient

ITEMS = (Item(1, "第一种灯笼；"), Item(2, "第二种灯笼。"))
LISTED = Paragraph("下列灯笼不得悬挂：", ITEMS)
AFTER = Paragraph("违反前款规定的，取下灯笼。")


@pytest.fixture
def inspector(session: Any, client: "IsolatedClient") -> Any:
    """An inspector of a health office, signed in."""
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    found = user(Role.INSPECTOR)
    client.sign_in(found)
    return found


@pytest.fixture
def no_texts(tmp_path: Path) -> Iterator[Path]:
    """A folder of texts that is empty."""
    before = store.folder()
    folder = tmp_path / "law-texts"
    folder.mkdir()
    store.use(folder)
    yield folder
    store.use(before)


@pytest.fixture
def texts(no_texts: Path) -> Path:
    """Both versions of 反不正当竞争法: article 9 has items, article 8 says something else in the newer one."""
    keep(no_texts, altered(stand_in("auc", "2019-04-23"), 8, (Paragraph("旧灯笼应当挂好。"),)))
    newer = altered(stand_in("auc", "2025-06-27"), 8, (Paragraph("新灯笼应当挂好。"),))
    keep(no_texts, altered(newer, 9, (LISTED, AFTER)))
    return no_texts


@pytest.fixture
def long_text(no_texts: Path) -> Path:
    """The ecological code, with its 1,242 articles in chapters of a hundred."""
    text = stand_in("eec", "2026-03-12")
    articles = tuple(
        article._replace(heading=(f"第{chinese(number // 100 + 1)}章　灯笼",))
        for number, article in enumerate(text.articles)
    )
    keep(no_texts, Text(text.law, text.adopted, text.title, (), articles))
    return no_texts


def altered(text: Text, number: int, paragraphs: tuple[Paragraph, ...]) -> Text:
    """The text with other words in one article."""

    def words(article: Article) -> Article:
        return article._replace(paragraphs=paragraphs) if article.number == number else article

    return Text(text.law, text.adopted, text.title, (), tuple(map(words, text.articles)))


def keep(folder: Path, text: Text) -> None:
    """As if it had been loaded."""
    (folder / f"{text.law}@{text.adopted}.md").write_bytes(content_of(text))
