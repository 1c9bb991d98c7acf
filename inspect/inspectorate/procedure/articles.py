"""Short ways to write the articles that the procedure stands on."""

from ..law.statutes import Citation


def apl(article: int, paragraph: int | None = None, item: int | None = None) -> Citation:
    """An article of the 行政处罚法 (2021)."""
    return Citation(law="apl", article=article, paragraph=paragraph, item=item)


def hap(article: int, paragraph: int | None = None) -> Citation:
    """An article of the 卫生健康行政处罚程序规定 (2025)."""
    return Citation(law="hap", article=article, paragraph=paragraph)
