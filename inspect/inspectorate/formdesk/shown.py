"""Definitions as pages show them: the sheet, its mistakes with the way to them, and each line in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from ..campaigns.engine.definition import FormDefinition, Node
from ..campaigns.engine.expansion import expand
from ..campaigns.engine.figures import Filled
from ..campaigns.engine.layout import Layout, lay_out
from ..campaigns.places import heading
from ..campaigns.summary import members, summarise
from ..campaigns.words import rule_words
from . import outline, queries, spots, words
from .models import FormDraft
from .source import Source
from .spots import Mistake, Spot

AXES = {name: axis for axis, name in outline.AXES.items()}


class Told(NamedTuple):
    """A mistake in words, the page on which it is mended, and the place in the definition."""

    where: str
    text: str
    url: str
    spot: Spot


class Preview(NamedTuple):
    """The sheet as it will print, or what keeps it from being one."""

    layout: Layout | None
    mistakes: Sequence[Told] = ()
    warnings: Sequence[str] = ()
    figures: bool = False


def sheet(form: FormDefinition, region_code: str, today: date, *, figures: bool = False) -> Layout:
    """The form blank, or with the figures of a region."""
    if figures:
        return summarise(form, region_code, today=today).layout()
    local = expand(form, members(form, region_code, today.year))
    drawn = lay_out(Filled(local, None))
    return drawn._replace(head=heading(drawn.head, region_code))


def preview(draft: FormDraft, text: str, region_code: str, today: date, *, figures: bool = False) -> Preview:
    """What a definition prints; ``text`` may be one that has not been saved."""
    read = spots.read(text)
    if read.form is None:
        source = Source(text)
        return Preview(None, [_told(draft, source, one) for one in read.mistakes])
    return Preview(
        sheet(read.form, region_code, today, figures=figures),
        (),
        [one.spoken(_) for one in read.form.warnings],
        figures,
    )


def _told(draft: FormDraft, source: Source, mistake: Mistake) -> Told:
    spot, tables = mistake.spot, source.many(mistake.spot.table)
    own = tables[spot.place].get("label") or tables[spot.place].get("id") if spot.place < len(tables) else None
    where = " ".join(str(part) for part in (words.TABLES.get(spot.table), own) if part)
    return Told(where, mistake.problem._replace(place="").spoken(_), place_of(draft, source, spot), spot)


def place_of(draft: FormDraft, source: Source, spot: Spot) -> str:
    """The page on which a place of the definition is mended."""
    tables = source.many(spot.table)
    if spot.table in AXES and spot.place < len(tables):
        node_id = str(tables[spot.place].get("id"))
        return url_for("formdesk.node", drafted_id=draft.id, axis=AXES[spot.table], node_id=node_id)
    if spot.table in AXES:
        return url_for("formdesk.outline", drafted_id=draft.id, axis=AXES[spot.table])
    if spot.table in ("form", "period", "report", "evidence"):
        return url_for("formdesk.about", drafted_id=draft.id)
    if spot.place < len(tables) and spot.table != "known":
        return url_for("formdesk.part", drafted_id=draft.id, piece=spot.table, place=spot.place)
    return url_for("formdesk.text", drafted_id=draft.id)


class InWords(NamedTuple):
    """A line of a form: its headings, what it counts and by which day, under which filters, and what is special."""

    label: str
    counts: str
    meaning: str
    filters: str
    unit: str
    marks: str


def lines_of(form: FormDefinition, name: str) -> list[InWords]:
    """The lines of an axis in words."""
    tree = form.cols if name == "cols" else form.rows
    measured = form.measures_on == name
    known = queries.categories()
    paths = [" · ".join(one.label for one in tree.path(node.id) if one.label) for node in tree]
    return [_in_words(node, path, measured, known) for node, path in zip(tree, paths, strict=True)]


def _in_words(node: Node, label: str, measured: bool, categories: Mapping[str, str]) -> InWords:
    counted = [part.measure for part in node.parts if part.measure] if measured else []
    meaning = list(dict.fromkeys(text for measure in counted for text in words.definitions(measure)))
    return InWords(
        label=label or node.id,
        counts=f" {node.sep} ".join(map(words.measure_words, counted)),
        meaning="；".join(meaning),
        filters="；".join(words.filter_words(one, categories) for one in node.where),
        unit=" / ".join(dict.fromkeys(part.unit for part in node.parts if part.unit)) if measured else "",
        marks="、".join(words.node_marks(node)),
    )


_SHOWN = {"id", "title", "annex", "issuer", "head", "corner", "annulled", "penalties"}


def described(form: FormDefinition) -> list[tuple[str, str]]:
    """What the author wrote beside, of which nothing is computed."""
    beside = {**form.about, **form.period.more, **form.report.more}
    return [(str(words.DESCRIBED.get(key, key)), str(value)) for key, value in beside.items() if key not in _SHOWN]


def checks_of(form: FormDefinition) -> list[tuple[str, str, str | None]]:
    """The checks in words: rule, level, what to do."""
    return [(rule_words(check.rule, form), check.level, check.text) for check in form.checks]
