"""Citations as one text: each title once, and of an article named before only the paragraph or the item."""

from collections.abc import Iterable

from .statutes import Citation


def listed(citations: Iterable[Citation], *, full: bool = False) -> str:
    """Citations as one text, title and article once: 《行政处罚法》第三十条第一款、第二款，《食品安全法》第五条."""
    written: list[str] = []
    previous: Citation | None = None
    for citation in citations:
        if previous is not None and citation.law == previous.law:
            written.append(f"、{_place_after(previous, citation)}")
        else:
            written.append(("，" if written else "") + citation.zh(full=full))
        previous = citation
    return "".join(written)


def _place_after(previous: Citation, citation: Citation) -> str:
    """The place in the same law, without what reads on from the citation before: 第二款 after 第五十八条第一款."""
    if (previous.article, previous.suffix) == (citation.article, citation.suffix):
        if previous.paragraph and citation.paragraph and previous.paragraph != citation.paragraph:
            return citation.place().removeprefix(citation._replace(paragraph=None, item=None).place())
        if previous.paragraph == citation.paragraph and previous.item and citation.item:
            return citation.place().removeprefix(citation._replace(item=None).place())
    return citation.place()


def listed_by_law(citations: Iterable[Citation], *, full: bool = False) -> list[str]:
    """One text per law in the order of their first citation, in it each citation once in the order of the law:
    《食品安全法》第五条、第六条."""
    gathered: dict[str, dict[Citation, None]] = {}
    for citation in citations:
        gathered.setdefault(citation.law, {})[citation] = None
    return [listed(sorted(cited, key=_order), full=full) for cited in gathered.values()]


def _order(citation: Citation) -> tuple[int, int, int, int]:
    return citation.article, citation.suffix or 0, citation.paragraph or 0, citation.item or 0
