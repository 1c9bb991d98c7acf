"""Forms of the browser. They change nothing and live in the address, so that what was found can be sent to others."""

import re
from collections.abc import Container, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, widgets
from wtforms.validators import InputRequired, Length, Optional

from ..fields import DayField, MoneyField, NotBefore, SelectField, StrippedField, Tokenless
from ..law.numerals import chinese, number_of
from ..law.statutes import laws
from ..law.violations import Violation
from ..law.words import BASES, COUNTED, DOMAINS, SECTORS, SUBJECTS, Term, term
from ..screens import language
from .calculator import bases_of
from .queries import LEVELS, LONGEST, Wanted, categories
from .shown import in_words, tier_name


class Select(widgets.Select):
    """A select that is drawn once for each value and language: its options are the catalogue's, and do not change."""

    def __call__(self, field: Any, **attributes: Any) -> Any:
        """Draw it, or take what was drawn."""
        chosen = field.data if field.data in known_values(field.name) else ""
        return _drawn(field.name, chosen, language(), tuple(sorted(attributes.items())))


@lru_cache(512)
def _drawn(name: str, chosen: str, _language: str, attributes: tuple[tuple[str, Any], ...]) -> Any:
    form = SearchForm(MultiDict({name: chosen}))
    form[name].choices = _choices(name)
    return widgets.Select()(form[name], **dict(attributes))


def _choices(name: str) -> Any:
    every: tuple[str, Any] = ("", _l("any"))
    if name == "law":
        levels = {level: [law for law in laws().values() if law.level == level] for level in LEVELS}
        return {"": [every]} | {level: [(law.id, law.short_title) for law in found] for level, found in levels.items()}
    if name == "category":
        return [every, *categories().items()]
    return [every, *((key, in_words(word)) for key, word in _TERMS[name].items())]


_TERMS: dict[str, Mapping[str, Term]] = {
    "domain": DOMAINS,
    "sector": SECTORS,
    "subject": {name: SUBJECTS[name] for name in ("org", "person")},
}


def known_values(name: str) -> Container[str]:
    """What a filter may be."""
    if name == "law":
        return laws()
    return categories() if name == "category" else _TERMS[name]


def _filter(label: Any) -> Any:
    """A filter says what it may be as it is drawn; one that the catalogue does not know is not set."""
    return SelectField(label, choices=(), validate_choice=False, widget=Select())


class ArticleField(MoneyField):
    """The number of an article, typed as 59, 五十九 or 第五十九条; ``data`` is a number or None."""

    def show(self, value: int) -> str:
        """As it is typed."""
        return str(value)

    def read(self, text: str) -> int:
        """Raises ValueError."""
        number = number_of(text.strip().removeprefix("第").removesuffix("条"))
        chinese(number)
        return number

    def complaint(self) -> Any:
        """What to write instead."""
        return _l("Write the number of an article, for example 59 or 第五十九条.")


class SearchForm(Tokenless):
    """The filter bar of the browser."""

    q = StrippedField(_l("Words, code or article"), validators=[Optional(), Length(max=LONGEST)])
    domain = _filter(_l("Field"))
    sector = _filter(_l("Punished by"))
    law = _filter(_l("Law"))
    article = ArticleField(_l("Article"), validators=[Optional()])
    subject = _filter(_l("Who is punished"))
    category = _filter(_l("Category of the campaign"))

    def wanted(self) -> Wanted:
        """What is searched for."""
        filters = (*_TERMS, "law", "category")
        chosen = {name: self[name].data if self[name].data in known_values(name) else None for name in filters}
        return Wanted(words=(self.q.data or "")[:LONGEST], article=self.article.data, **chosen)


class CountField(MoneyField):
    """A number of heads, months or days; ``data`` is a whole number or None."""

    def show(self, value: int) -> str:
        """As it is typed."""
        return str(value)

    def read(self, text: str) -> int:
        """Raises ValueError."""
        plain = text.strip().replace(",", "")
        if not re.fullmatch(r"[0-9]{1,9}", plain):
            raise ValueError(f"not a number of heads: {text!r}")
        return int(plain)

    def complaint(self) -> Any:
        """What to write instead."""
        return _l("Write a whole number that is not below zero, for example 12.")


class _Calculator(Tokenless):
    """The fields that every violation asks for; its bases are added for each."""

    act = DayField(
        _l("Day of the act"),
        description=_l("Of one that went on for some time, the day on which it ended."),
        validators=[InputRequired(_l("Write the day of the act: the law of that day applies."))],
    )
    decided = DayField(
        _l("Day of the decision"),
        validators=[InputRequired(_l("Write the day of the decision, or today.")), NotBefore("act")],
    )
    tier = SelectField(
        _l("Tier"), validate_choice=False, validators=[InputRequired(_l("Choose the tier that the facts belong to."))]
    )
    subject = SelectField(
        _l("Who is punished"), validate_choice=False, validators=[InputRequired(_l("Choose who is punished."))]
    )


def calculator_form(entry: Violation, arguments: Any, today: date) -> Any:
    """The calculator of a violation, filled in from the address; as it is opened first, for an act of today."""
    fields: dict[str, Any] = {}
    for name in bases_of(entry):
        kind = CountField if name in COUNTED else MoneyField
        fields[name] = kind(in_words(term(BASES, name)), validators=[Optional()])
        fields[f"{name}_unknown"] = BooleanField(_l("cannot be calculated"))
    form = type("CalculatorForm", (_Calculator,), fields)(arguments if filled_in(arguments) else None)
    form.tier.choices = _tiers(entry)
    form.subject.choices = [(name, in_words(SUBJECTS[name])) for name in _subjects(entry)]
    if not filled_in(arguments):
        form.act.data = form.decided.data = today
        form.tier.data = entry.default_tier or entry.tiers[0].name
        form.subject.data = entry.subject
    return form


def filled_in(arguments: Any) -> bool:
    """Whether the address carries a calculation."""
    return any(name in arguments for name in ("act", "decided", "tier", "subject"))


def _tiers(entry: Violation) -> list[tuple[str, str]]:
    """Those of all editions: an earlier one may have had others."""
    tiers = {tier.name: tier for edition in entry.editions for tier in edition.tiers}
    ordered = [tiers[name] for name in dict.fromkeys((*entry.tiers_by_name, *tiers))]
    return [(tier.name, in_words(tier_name(tier))) for tier in ordered]


def _subjects(entry: Violation) -> list[str]:
    """Whom some tier of some edition lets be punished."""
    named = [entry.subject]
    for edition in entry.editions:
        named += [tier.subject for tier in edition.tiers if tier.subject]
        named += ["responsible"] if edition.reaches_responsible_persons else []
    return list(dict.fromkeys(named))
