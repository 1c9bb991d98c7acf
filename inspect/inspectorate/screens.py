"""What templates need besides the areas' own data: icons, days and amounts in words, problems of a form, pictures' geometry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from flask import Flask, request, url_for
from flask_babel import get_locale
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from . import clock
from .fields import blank_row
from .money import yuan

_SYMBOL = re.compile(r'<symbol[^>]*?viewBox="([^"]+)" id="([^"]+)">(.*?)</symbol>', re.DOTALL)


@lru_cache(maxsize=1)
def _symbols() -> dict[str, tuple[str, str]]:
    """Bootstrap's icons by name, read once: a page then carries the few it shows instead of fetching the megabyte of all."""
    sprite = files("flask_bootstrap").joinpath("static/bootstrap5/icons/bootstrap-icons.svg").read_text()
    return {name: (box, body) for box, name, body in _SYMBOL.findall(sprite)}


def icon(name: str) -> Markup:
    """The icon as inline SVG, hidden from screen readers: the word beside it says what it means."""
    box, body = _symbols()[name]
    return Markup(
        f'<svg class="bi" viewBox="{box}" width="16" height="16" fill="currentColor" aria-hidden="true" focusable="false">{body}</svg>'
    )


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


def moment(value: datetime | None) -> str:
    """Day and time on a Chinese wall clock: ``2021年7月2日 09:30``."""
    return "" if value is None else f"{day(value)} {clock.local(value):%H:%M}"


_DIGITS, _PLACES, _GROUPS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿", "万亿")


def _group_in_capitals(number: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return words


def _whole_in_capitals(number: int) -> str:
    words, gap = "", False
    for group in range(3, -1, -1):
        part = number // 10000**group % 10000
        if part:
            words += ("零" if words and (gap or part < 1000) else "") + _group_in_capitals(part) + _GROUPS[group]
        gap = not part
    return words


def capitals(fen: int | None) -> str:
    """``18400000`` fen as ``人民币壹拾捌万肆仟元整``; nothing for None."""
    if fen is None:
        return ""
    whole, jiao, cent = abs(fen) // 100, abs(fen) // 10 % 10, abs(fen) % 10
    words = f"{_whole_in_capitals(whole)}元" if whole else ("" if fen else "零元")
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif cent and whole:
        words += "零"
    words += f"{_DIGITS[cent]}分" if cent else "整"
    return f"人民币{'负' if fen < 0 else ''}{words}"


@dataclass(frozen=True)
class Problem:
    """One error of a form: the field's id to jump to, its label and what to do."""

    target: str
    label: str
    message: str


def problems_of(form: Any) -> list[Problem]:
    """Every error of a form, of its rows and of the form as a whole, in the order of the page."""
    whole = [Problem("", "", str(message)) for message in getattr(form, "form_errors", [])]
    return whole + [problem for field in form for problem in _field_problems(field)]


def _field_problems(field: Any) -> Iterator[Problem]:
    if hasattr(field, "entries") and hasattr(field, "append_entry"):
        for number, entry in enumerate(field.entries, 1):
            for problem in _field_problems(entry):
                yield Problem(
                    problem.target, f"{field.label.text} {number} · {problem.label}".rstrip(" ·"), problem.message
                )
        yield from (
            Problem(field.id, str(field.label.text), str(message))
            for message in field.errors
            if isinstance(message, str) or hasattr(message, "_func")
        )
    elif hasattr(field, "form"):
        for inner in field.form:
            yield from _field_problems(inner)
    else:
        yield from (Problem(field.id, str(field.label.text), str(message)) for message in field.errors)


def url_with(**changes: Any) -> str:
    """This page's address with parameters changed (None removes one); the place in the list starts anew unless it is given."""
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


@dataclass(frozen=True)
class Scale:
    """Where the ends of a statutory range and an amount stand on a line from 0 to 100."""

    low: float
    high: float
    mark: float | None
    outside: bool


def scale_of(minimum_fen: int, maximum_fen: int, amount_fen: int | None) -> Scale:
    """Geometry of a fine on its range; the line shows a tenth of the range on both sides, and more when the fine lies outside."""
    points = [minimum_fen, maximum_fen] + ([] if amount_fen is None else [amount_fen])
    margin = max((max(points) - min(points)) // 10, 1)
    start, end = max(min(points) - margin, 0), max(points) + margin

    def place(fen: int) -> float:
        return round(100 * (fen - start) / (end - start), 2)

    outside = amount_fen is not None and not minimum_fen <= amount_fen <= maximum_fen
    return Scale(place(minimum_fen), place(maximum_fen), None if amount_fen is None else place(amount_fen), outside)


@dataclass(frozen=True)
class ClockBar:
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


def init_screens(app: Flask) -> None:
    """Registers filters and globals of the templates."""
    app.jinja_env.filters.update(
        yuan=lambda fen: "" if fen is None else yuan(fen),
        capitals=capitals,
        day=day,
        moment=moment,
        short_hash=short_hash,
        file_size=file_size,
        lines=lines,
    )
    app.jinja_env.globals.update(
        icon=icon,
        language=language,
        problems_of=problems_of,
        url_with=url_with,
        scale_of=scale_of,
        clock_bar=clock_bar,
        blank_row=blank_row,
        today=clock.today,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
