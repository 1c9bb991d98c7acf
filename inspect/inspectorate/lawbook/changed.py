"""The page of what changed between two versions of a law, and which violations a change touches."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..errors import NotFound
from ..law.statutes import Citation, Law, LawVersion, law, laws
from ..law.texts import Article, Change, Kind, changes, loaded, text_of, touched
from ..law.violations import Violation
from .law_pages import day_of, version_named
from .tied import tied_to

PART = 40
"""Articles on one page."""


class Line(NamedTuple):
    """One article that is not the same in both versions; ``touches``: the violations that rest on it."""

    change: Change
    old: Citation | None
    new: Citation | None
    touches: Sequence[Violation]


class ChangesPage(NamedTuple):
    """``before`` is the older version whatever was asked for first; both are the same where the law has only one.

    ``lines`` is None where the text of one of the two is not loaded; then ``differing`` are the provisions of which
    the catalogue itself knows that they read otherwise in the older, with what hangs on each today. ``numbers`` count
    all articles, ``touching`` those that changed and on which a violation rests; ``page`` of ``last`` is shown.
    """

    law: Law
    before: LawVersion
    after: LawVersion
    loaded: Sequence[str]
    lines: Sequence[Line] | None
    numbers: Mapping[Kind, int]
    touching: int
    page: int
    last: int
    differing: Sequence[tuple[Citation, Sequence[Violation]]]


class Wanted(NamedTuple):
    """Versions by name, the older and the newer; only changes of this kind, or (``touching``) only of violations."""

    first: str | None = None
    second: str | None = None
    kind: str | None = None
    touching: bool = False
    page: int = 1


def changes_page(law_id: str, wanted: Wanted, today: date) -> ChangesPage:
    """The two versions named, else the current one and the one before. Raises NotFound."""
    first, second = wanted.first, wanted.second
    if law_id not in laws():
        raise NotFound
    known = law(law_id)
    after = version_named(known, second) if second else known.current
    before = version_named(known, first) if first else _one_before(known, after)
    before, after = sorted((before, after), key=known.versions.index)
    old, new = text_of(law_id, before.name), text_of(law_id, after.name)
    lines, numbers, touching, page, last = None, dict.fromkeys(Kind, 0), 0, 1, 1
    if old and new and before is not after:
        found = changes(old, new)
        concerned = touched(found, old, new)
        for change in found:
            numbers[change.kind] += 1
        every = [_line(law_id, change, concerned) for change in found if change.kind is not Kind.SAME]
        touching = sum(bool(line.touches) for line in every)
        lines = [line for line in every if _is_wanted(line, wanted)]
        last = max(-(-len(lines) // PART), 1)
        page = min(max(wanted.page, 1), last)
        lines = lines[(page - 1) * PART : page * PART]
    return ChangesPage(
        law=known,
        before=before,
        after=after,
        loaded=loaded(law_id),
        lines=lines,
        numbers=numbers,
        touching=touching,
        page=page,
        last=last,
        differing=[(one, _resting(one, day_of(after, today))) for one in before.differs] if lines is None else [],
    )


def _is_wanted(line: Line, wanted: Wanted) -> bool:
    return (wanted.kind not in set(Kind) or line.change.kind == wanted.kind) and (
        bool(line.touches) or not wanted.touching
    )


def _one_before(known: Law, version: LawVersion) -> LawVersion:
    place = known.versions.index(version)
    return known.versions[max(place - 1, 0)]


def _line(law_id: str, change: Change, concerned: Mapping[tuple[str, int, int], Sequence[Violation]]) -> Line:
    touches = concerned.get(change.key, ())
    return Line(change, _citation(law_id, change.old), _citation(law_id, change.new), touches)


def _citation(law_id: str, article: Article | None) -> Citation | None:
    return Citation(law_id, article.number, suffix=article.suffix) if article else None


def _resting(citation: Citation, on: date) -> list[Violation]:
    tied = tied_to(citation, on)
    return list({entry.code: entry for entry in (*tied.violated, *tied.basis)}.values())
