"""The page of an article: the version that applies on a day, and what the system itself does under it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..errors import NotFound
from ..law.statutes import Citation, Law, LawVersion, law, laws, version_in_force
from ..law.violations import Violation, catalogue
from ..procedure.rulebook import Rule, rules


class ArticlePage(NamedTuple):
    """``version``: None before the first known one. ``violated``, ``basis``: the catalogue entries that cite it."""

    citation: Citation
    law: Law
    version: LawVersion | None
    holds: bool
    rules: Sequence[Rule]
    violated: Sequence[Violation]
    basis: Sequence[Violation]


def article_page(citation: Citation, on: date) -> ArticlePage:
    """Everything that is known of an article. Raises NotFound for a law or an article that the catalogue lacks."""
    if citation.law not in laws():
        raise NotFound
    found = law(citation.law)
    version = version_in_force(citation.law, on)
    if not (version or found.current).has_article(citation):
        raise NotFound
    return ArticlePage(
        citation,
        found,
        version,
        version is not None and version.holds(citation),
        [rule for rule in rules().values() if _touch(citation, rule.citation)],
        [entry for entry in catalogue().values() if any(_touch(citation, one) for one in entry.violated)],
        [entry for entry in catalogue().values() if any(_touch(citation, one) for one in entry.basis)],
    )


def _touch(asked: Citation, cited: Citation) -> bool:
    return asked.contains(cited) or cited.contains(asked)
