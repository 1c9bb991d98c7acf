"""The pictures of a campaign in a region, each with its figures as a table: one place for screens and for letters."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..campaigns.progress import Counted
from ..codes import PENALTIES
from ..law.violations import catalogue
from ..money import yuan
from ..screens import day
from .drawing.charts import Bar, Series, bars, columns
from .drawing.regions import Place, regions
from .drawing.shapes import Drawing, Fill
from .events import Kind, Week
from .lateness import Standing
from .maps import Outlines

MOST_VIOLATIONS = 10
"""Kinds of violations with a bar of their own; the others share one."""

FIGURES: Mapping[str, LazyString] = {
    "inspected": _l("Subjects inspected"),
    "filed": _l("Cases filed"),
    "closed": _l("Cases closed"),
    "fined": _l("Fined and confiscated, yuan"),
    "transferred": _l("Handed to the police or court"),
    "complaints": _l("Complaints received"),
}
"""What regions can be compared by."""


class Cell(NamedTuple):
    """A cell of the table beside a picture."""

    text: str
    href: str | None = None


class Picture(NamedTuple):
    """A picture, the heads of its table (the first names the lines), its lines, and a remark below."""

    key: str
    drawing: Drawing
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows


def written(figure: str, value: int) -> str:
    """A figure of `FIGURES` as it is printed; fen in yuan."""
    return yuan(value) if figure == "fined" else f"{value:,}"


def by_region(figure: str, shares: Sequence[Counted], link: Callable[[str], str] | None = None) -> Picture:
    """One figure in each region directly below, in the order of their codes. ``link``: a region's own page."""
    label = str(FIGURES[figure])
    href: Callable[[str], str | None] = link or (lambda code: None)
    lines = [
        Bar(one.name, getattr(one, figure), written(figure, getattr(one, figure)), href(one.code)) for one in shares
    ]
    told = _("%(figure)s in %(count)s regions, one bar each.", figure=label, count=len(lines))
    heads = [_("Region"), *(str(words) for words in FIGURES.values())]
    rows = [
        [Cell(one.name, href(one.code)), *(Cell(written(key, getattr(one, key))) for key in FIGURES)] for one in shares
    ]
    return Picture("regions", bars(_("%(figure)s by region", figure=label), told, lines), heads, rows)


def by_week(weeks: Sequence[Week]) -> Picture:
    """Inspections, cases filed and decisions in each week."""
    kinds = [("visits", _("Inspections"), Fill.SOLID), ("filed", _("Cases filed"), Fill.DIAGONAL),
             ("decided", _("Decisions"), Fill.DOTS)]  # fmt: skip
    series = []
    for key, label, fill in kinds:
        values = [getattr(week, key) for week in weeks]
        heading = _("%(what)s (in all %(count)s)", what=label, count=f"{sum(values):,}")
        series.append(Series(label, heading, values, fill))
    told = _("Columns for %(count)s weeks: inspections, cases filed, decisions.", count=len(weeks))
    steps = [f"{week.monday.month}.{week.monday.day}" for week in weeks]
    heads = [_("Week from"), *(label for _key, label, _fill in kinds)]
    rows = [[Cell(day(week.monday)), *(Cell(f"{getattr(week, key):,}") for key, *_rest in kinds)] for week in weeks]
    busy = any(any(one.values) for one in series)
    return Picture("weeks", columns(_("Week by week"), told, steps, series), heads, rows if busy else [])


def of_violations(found: Sequence[Kind]) -> Picture:
    """What the cases that were filed are about."""
    known = catalogue()
    named = [(known[one.code].title_zh if one.code in known else one.code, one.number) for one in found]
    shown, others = named[:MOST_VIOLATIONS], sum(count for _name, count in named[MOST_VIOLATIONS:])
    lines = [Bar(name, count, f"{count:,}") for name, count in shown]
    if others:
        lines.append(Bar(_("Others"), others, f"{others:,}", fill=Fill.DIAGONAL))
    told = _("The most frequent violations in the cases filed, one bar each.")
    heads = [_("Violation"), _("Charges"), _("Share")]
    return Picture("violations", bars(_("Violations in the cases filed"), told, lines), heads, _shares(named))


def of_penalties(found: Sequence[Kind]) -> Picture:
    """Which penalties were imposed, by the number of decisions that impose them."""
    lines = [Bar(PENALTIES.get(one.code, one.code), one.number, f"{one.number:,}") for one in found]
    told = _("The kinds of penalties by the number of decisions, one bar each.")
    heads = [_("Penalty"), _("Decisions"), _("Amount, yuan")]
    rows = [
        [
            Cell(PENALTIES.get(one.code, one.code)),
            Cell(f"{one.number:,}"),
            Cell(yuan(one.amount_fen) if one.amount_fen else ""),
        ]
        for one in found
    ]
    note = _("A decision that imposes several penalties is counted under each of them.")
    return Picture("penalties", bars(_("Penalties imposed"), told, lines), heads, rows, note)


def of_delays(league: Sequence[Standing]) -> Picture:
    """The regions by how many of their tables came late or have not come, the most first."""
    slow = [one for one in league if one.late or one.missing]
    lines = [
        Bar(
            one.name,
            one.late + one.missing,
            _("%(missing)s missing, %(late)s late", missing=one.missing, late=one.late),
            fill=Fill.CROSSED if one.missing else Fill.SOLID,
        )
        for one in slow
    ]
    told = _("Tables late or missing by region; crossed bars: some have not come yet.")
    heads = [_("Region"), _("Tables due"), _("On time"), _("Came late"), _("Missing"), _("Longest delay, days")]
    rows = [
        [Cell(one.name), *(Cell(str(number)) for number in (one.due, one.on_time, one.late, one.missing, one.longest))]
        for one in league
    ]
    return Picture("delays", bars(_("Late and missing tables"), told, lines), heads, rows)


def _shares(named: Sequence[tuple[str, int]]) -> list[list[Cell]]:
    total = sum(count for _name, count in named)
    return [[Cell(name), Cell(f"{count:,}"), Cell(f"{count / total:.1%}")] for name, count in named]


def map_of(
    figure: str, shares: Sequence[Counted], outlines: Outlines, link: Callable[[str], str] | None = None
) -> Picture:
    """The same figure on the map; its table is that of `by_region`."""
    label, highest = str(FIGURES[figure]), max((getattr(one, figure) for one in shares), default=0)
    places = [
        Place(
            outlines.rings[one.code],
            getattr(one, figure),
            f"{one.name}：{written(figure, getattr(one, figure))}",
            link(one.code) if link else None,
        )
        for one in shares
    ]
    ends = [highest * quarter // 4 for quarter in range(5)]
    legend = {Fill.EMPTY: written(figure, 0)}
    for fill in (Fill.DOTS, Fill.DIAGONAL, Fill.CROSSED, Fill.SOLID):
        if ends[fill] > ends[fill - 1]:
            legend[fill] = _("up to %(figure)s", figure=written(figure, ends[fill]))
    told = _("%(figure)s on the map, the darker the more; the figures stand in the table by region.", figure=label)
    title = _("%(figure)s on the map", figure=label)
    drawing = regions(title, told, outlines.height, places, outlines.lines, legend)
    note = _("The map shows roughly where regions lie. It is for work inside the office and may not be published.")
    rows = [[Cell(one.name, place.href), Cell(written(figure, getattr(one, figure)))]
            for one, place in zip(shares, places, strict=True)]  # fmt: skip
    return Picture("map", drawing, [_("Region"), label], rows, note)
