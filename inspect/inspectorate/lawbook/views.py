"""Screens of the law browser. They show what ships with the program and the texts that were loaded, to everybody."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from flask import render_template, request
from markupsafe import Markup

from .. import clock
from ..accounts.permissions import Permission
from ..errors import NotFound
from ..fields import parse_day
from ..law.numerals import chinese
from ..law.statutes import Citation
from ..law.violations import Violation
from ..law.words import BASES, COUNTED, DOMAINS, LEVELS, SECTORS, SUBJECTS, VERIFICATIONS, term
from ..screens import language
from ..web import Area, current_actor
from . import changed, queries
from .articles import article_page
from .calculator import Outcome, bases_of, outcome
from .forms import SearchForm, calculator_form, filled_in
from .law_pages import law_page
from .local import Narrowed, local_rules, narrowed
from .penalties import editions_of, worked_examples
from .shown import in_words, marked, range_words, sectors_of, tied_words

bp = Area("lawbook", __name__)

MOST_ARTICLES = 9999
"""No law has more; Chinese numerals are written up to here."""

TABLES = {
    "domain": DOMAINS,
    "sector": SECTORS,
    "subject": SUBJECTS,
    "verification": VERIFICATIONS,
    "level": LEVELS,
}


@bp.context_processor
def words_of_the_law() -> dict[str, object]:
    """Terms of the catalogue in the language of the screen: ``word("sector", "health")``, and ``in_words(term)``."""
    return {
        "word": lambda table, name: in_words(term(TABLES[table], name)),
        "in_words": in_words,
        "numeral": chinese,
        "sectors_of": sectors_of,
        "base_word": lambda name: in_words(term(BASES, name)),
        "units": {name: in_words(unit) for name, unit in COUNTED.items()},
    }


@bp.route("/law", permission=Permission.SIGNED_IN)
def index() -> str:
    """Violations by words and filters; without any, the laws by their rank."""
    form, today = SearchForm(request.args), clock.today()
    form.validate()
    wanted = form.wanted()
    found = queries.results(wanted, current_actor().sector, request.args.get("page", 1, type=int))
    return render_template(
        "lawbook/index.html",
        form=form,
        applied=wanted.applied(),
        found=found,
        levels={} if wanted.applied() or found.page > 1 else queries.laws_by_level(),
        rows=[_row(entry, language(), request.script_root, today) for entry in found.entries],
    )


@lru_cache(4096)
def _row(entry: Violation, _language: str, _root: str, today: date) -> Markup:
    """A row of the list: nothing in it is of whoever asks."""
    state = queries.in_force_word(entry, today)
    return Markup(render_template("lawbook/row.html", entry=entry, state=state, range_words=range_words))


@bp.route("/law/violations/<code>", permission=Permission.SIGNED_IN)
def violation(code: str) -> str:
    """A violation: what it is, what it may cost, and the calculator."""
    entry, today = queries.known_violation(code), clock.today()
    if entry is None:
        raise NotFound
    return render_template(
        "lawbook/violation.html",
        entry=entry,
        editions=editions_of(entry, today),
        examples=worked_examples(entry),
        state_word=queries.in_force_word(entry, today),
        categories=queries.categories(),
        calculation=_calculation(entry, today),
        local=local_rules(current_actor(), entry.code, today),
    )


class Calculation(NamedTuple):
    """The calculator as it stands: ``outcome`` None before it was filled in, and where it cannot be given.

    ``standard``: the local one that governs, and what its tiers leave of the range; empty where there is none.
    """

    form: Any
    bases: Sequence[str]
    filled_in: bool
    outcome: Outcome | None
    standard: str
    narrowed: Sequence[Narrowed]


def _calculation(entry: Violation, today: date) -> Calculation:
    form = calculator_form(entry, request.args, today)
    sent = filled_in(request.args)
    actor = current_actor()
    found = outcome(entry, form, actor.sector) if sent and form.validate() else None
    standard, tiers = narrowed(actor, found.comparison.shown, found.decided_on) if found else ("", [])
    return Calculation(form, bases_of(entry), sent, found, standard, tiers)


@bp.route("/law/<law>", permission=Permission.SIGNED_IN)
def law(law: str) -> str:
    """A law in one of its versions: articles by chapter with what hangs on each."""
    words = request.args.get("q", "").strip()[: queries.LONGEST]
    page = law_page(law, request.args.get("version"), request.args.get("part", type=int), words, clock.today())
    show = partial(marked, asked=words) if words else None
    return render_template("lawbook/law.html", page=page, asked=words, show=show, tied_words=tied_words)


@bp.route("/law/<law>/<int:article>", permission=Permission.SIGNED_IN)
def article(law: str, article: int) -> str:
    """An article, on the day ``on`` or today; citations everywhere open it beside the page."""
    place = {name: request.args.get(name, type=int) for name in ("paragraph", "item", "suffix")}
    if any(not 0 < number <= MOST_ARTICLES for number in (article, *place.values()) if number is not None):
        raise NotFound
    on, misread = _asked_day(request.args.get("on", ""))
    page = article_page(Citation(law, article, **place), on)
    return render_template("lawbook/article.html", page=page, on=on, misread=misread)


def _asked_day(text: str) -> tuple[date, str]:
    """The day that is asked for, today for none; and what was written where it is no day."""
    if not text.strip():
        return clock.today(), ""
    try:
        return parse_day(text), ""
    except ValueError:
        return clock.today(), text[:40]


@bp.route("/law/<law>/changes", permission=Permission.SIGNED_IN)
def changes(law: str) -> str:
    """What changed between two versions, article by article."""
    asked = request.args
    wanted = changed.Wanted(
        asked.get("from"), asked.get("to"), asked.get("kind"), "touching" in asked, asked.get("page", 1, type=int)
    )
    return render_template("lawbook/changes.html", page=changed.changes_page(law, wanted, clock.today()), wanted=wanted)
