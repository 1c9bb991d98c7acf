"""What templates need besides the areas' own data: icons, days and amounts in words, problems of a form, geometry."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from flask import Flask, request, url_for
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField
from wtforms.widgets import HiddenInput

from . import clock
from .documents import amounts
from .fields import blank_row
from .law.statutes import Citation, UnknownLaw, parse_citation
from .money import yuan

LONG = 15
"""Options from which on a select is searched by typing."""

_BLANK = re.compile(r'(<option[^>]*value="">)(</option>)')
_SYMBOL = re.compile(r'<symbol[^>]*?viewBox="([^"]+)" id="([^"]+)">(.*?)</symbol>', re.DOTALL)


@lru_cache(maxsize=1)
def _symbols() -> dict[str, tuple[str, str]]:
    """Bootstrap's icons by name, read once: a page carries the few it shows instead of fetching the megabyte of all."""
    sprite = files("flask_bootstrap").joinpath("static/bootstrap5/icons/bootstrap-icons.svg").read_text()
    return {name: (box, body) for box, name, body in _SYMBOL.findall(sprite)}


def icon(name: str) -> Markup:
    """The icon as inline SVG, hidden from screen readers: the word beside it says what it means."""
    box, body = _symbols()[name]
    attributes = 'class="bi" width="16" height="16" fill="currentColor" aria-hidden="true" focusable="false"'
    return Markup(f'<svg {attributes} viewBox="{box}">{body}</svg>')


def language() -> str:
    """The page's language as the ``lang`` attribute wants it."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh-CN"


def day(value: date | datetime | None) -> str:
    """``2021年7月2日``, in English ``2 July 2021``; nothing for None."""
    if value is None:
        return ""
    wall = clock.local(value).date() if isinstance(value, datetime) else value
    return f"{wall.day} {wall:%B} {wall.year}" if language() == "en" else f"{wall.year}年{wall.month}月{wall.day}日"


def days(first: date | None, last: date | None = None) -> Markup:
    """``2021年6月1日至12月31日``, no day broken over two lines; one day alone when both are the same."""
    if first is None or last is None or first == last:
        return Markup('<span class="unbroken">{}</span>').format(day(first or last))
    begin, end, joint = day(first), day(last), "至"
    if language() == "en":
        joint = " – "
        begin = begin.removesuffix(f" {first.year}") if first.year == last.year else begin
    elif first.year == last.year:
        end = end.removeprefix(f"{last.year}年")
    return Markup('<span class="unbroken">{}</span>{}<span class="unbroken">{}</span>').format(begin, joint, end)


def moment(value: datetime | None) -> str:
    """Day and time on a Chinese wall clock: ``2021年7月2日 09:30``."""
    return "" if value is None else f"{day(value)} {clock.local(value):%H:%M}"


def capitals(fen: int | None) -> str:
    """``18400000`` fen as ``人民币壹拾捌万肆仟元整``; nothing for None or what no document can carry."""
    if fen is None or not 0 <= fen <= amounts.LARGEST_FEN:
        return ""
    return f"人民币{amounts.capitals(fen)}"


class Problem(NamedTuple):
    """One error of a form: the field's id to jump to, its label and what to do."""

    target: str
    label: str
    message: str


def problems_of(form: Any) -> list[Problem]:
    """Every error of a form, of its rows and of the form as a whole, in the order of the page."""
    whole = [Problem("", "", str(message)) for message in getattr(form, "form_errors", [])]
    return whole + [problem for field in form for problem in _field_problems(field)]


def own_errors(rows: FieldList) -> list[Any]:
    """The errors of a list of rows itself, without those of its rows."""
    return [reason for reason in rows.errors if not isinstance(reason, dict | list | tuple)]


def _field_problems(field: Any) -> Iterator[Problem]:
    if isinstance(field, FieldList):
        yield from (_problem(field, reason) for reason in own_errors(field))
        for number, entry in enumerate(field.entries, 1):
            for inner in _field_problems(entry):
                label = f"{field.label.text} {number}"
                if inner.label and not _has_one_part(entry):
                    label += f" · {inner.label}"
                yield Problem(inner.target, label, inner.message)
    elif isinstance(field, FormField):
        for part in field.form:
            yield from _field_problems(part)
    else:
        yield from (_problem(field, reason) for reason in field.errors)


def _has_one_part(entry: Any) -> bool:
    """Whether a row asks one thing only: its number then says enough."""
    return isinstance(entry, FormField) and sum(not isinstance(part.widget, HiddenInput) for part in entry.form) == 1


def _problem(field: Any, reason: Any) -> Problem:
    return Problem(field.id, str(field.label.text), str(reason))


def article_url(cited: Citation | str, on: date | str | None = None) -> str | None:
    """Where an article is shown; None for a text that is no citation of a known law."""
    try:
        found = parse_citation(cited) if isinstance(cited, str) else cited
    except (ValueError, UnknownLaw):
        return None
    place: dict[str, Any] = {**found.as_dict(), "on": on}
    return url_for("lawbook.article", **place)


def long_list(select: Any) -> bool:
    """Whether a select has so many options, in groups or not, that one would rather type."""
    choices = select.choices or []
    groups = choices.values() if isinstance(choices, dict) else [choices]
    return sum(map(len, groups)) > LONG


def with_blank_named(select: Markup) -> Markup:
    """A select whose empty option says what to do: an option without words is none to the ear."""
    words = escape(gettext("Please choose"))
    return Markup(_BLANK.sub(rf"\g<1>{words}\2", str(select)))


def url_with(**changes: Any) -> str:
    """This page's address with parameters changed (None removes one); a list starts anew unless its place is given."""
    arguments = MultiDict(request.args)
    for name in ("after", "before"):
        arguments.poplist(name)
    for name, value in changes.items():
        arguments.poplist(name)
        if value is not None:
            arguments[name] = str(value)
    assert request.endpoint is not None
    values: dict[str, Any] = {**arguments.to_dict(flat=False), **(request.view_args or {})}
    return url_for(request.endpoint, **values)


class Scale(NamedTuple):
    """Where the ends of a statutory range and an amount stand on a line from 0 to 100."""

    low: float
    high: float
    mark: float | None
    outside: bool


def scale_of(minimum_fen: int, maximum_fen: int, amount_fen: int | None) -> Scale:
    """Geometry of a fine on its range; the line shows a tenth more on both sides, and reaches to a fine outside."""
    points = [minimum_fen, maximum_fen] + ([] if amount_fen is None else [amount_fen])
    margin = max((max(points) - min(points)) // 10, 1)
    start, end = max(min(points) - margin, 0), max(points) + margin

    def place(fen: int) -> float:
        return round(100 * (fen - start) / (end - start), 2)

    outside = amount_fen is not None and not minimum_fen <= amount_fen <= maximum_fen
    return Scale(place(minimum_fen), place(maximum_fen), None if amount_fen is None else place(amount_fen), outside)


class ClockBar(NamedTuple):
    """A deadline as a bar from 0 to 100: how much has run, which parts were paused, and how many days are left."""

    elapsed: float
    pauses: tuple[tuple[float, float], ...]
    days_left: int


def clock_bar(
    started_on: date, due_on: date, today: date, pauses: tuple[tuple[date, date | None], ...] = ()
) -> ClockBar:
    """Geometry of a clock in calendar days; ``days_left`` is negative when it has run out."""
    length = max((due_on - started_on).days, 1)

    def place(on: date) -> float:
        return round(100 * min(max((on - started_on).days / length, 0), 1), 2)

    spans = tuple((place(begin), place(end or today)) for begin, end in pauses)
    return ClockBar(place(today), spans, (due_on - today).days)


def short_hash(digest: str) -> str:
    """The first and last characters of a SHA-256, enough to compare by eye."""
    return f"{digest[:8]}…{digest[-8:]}"


def file_size(octets: int) -> str:
    """``2.4 MB``; units of 1000 as files are sold."""
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if octets >= size:
            return f"{octets / size:.1f} {unit}"
    return f"{octets} B"


def lines(text: str | None) -> Markup:
    """Text with its line breaks kept, everything else escaped."""
    return Markup("<br>").join(escape(line) for line in (text or "").splitlines())


def listed(values: Iterable[str]) -> str:
    """``甲、乙``, in English ``A, B``."""
    return (", " if language() == "en" else "、").join(values)


def init_screens(app: Flask) -> None:
    """Registers filters and globals of the templates."""
    app.jinja_env.filters.update(
        yuan=lambda fen: "" if fen is None else yuan(fen),
        capitals=capitals,
        day=day,
        moment=moment,
        listed=listed,
        short_hash=short_hash,
        file_size=file_size,
        lines=lines,
    )
    app.jinja_env.globals.update(
        icon=icon,
        language=language,
        problems_of=problems_of,
        own_errors=own_errors,
        url_with=url_with,
        with_blank_named=with_blank_named,
        long_list=long_list,
        article_url=article_url,
        scale_of=scale_of,
        clock_bar=clock_bar,
        blank_row=blank_row,
        days=days,
        today=clock.today,
        now=clock.now,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
