"""The statutes themselves: their texts read, kept, an article found as in force on a day, versions compared.

No text comes with the program. ``flask law load-texts`` reads a folder of them into ``DATA_DIR/law-texts``.
"""

from .articles import Found, article_on
from .changes import Change, Kind, Piece, changes, touched
from .model import Article, Item, Paragraph, Text
from .reading import Unreadable, read_text
from .store import all_loaded, loaded, text_of, use

__all__ = [
    "Article",
    "Change",
    "Found",
    "Item",
    "Kind",
    "Paragraph",
    "Piece",
    "Text",
    "Unreadable",
    "all_loaded",
    "article_on",
    "changes",
    "loaded",
    "read_text",
    "text_of",
    "touched",
    "use",
]
