"""What departments, indicators, monthly returns and choices of a campaign must be: pure checks."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ..codes import SECTORS
from ..objections import N_, Objection
from .engine.definition import FormDefinition
from .engine.vocabulary import FILTERS
from .facts import Choice, Further, choice, indicator
from .quotients import asked

LATEST_DAY = 28
"""A day that every month has."""


def check_further(further: Further, forms: Mapping[str, FormDefinition]) -> list[Objection]:
    """Everything that is wrong with what a campaign says of its departments, targets, months and choices."""
    return [
        *_departments(further),
        *_indicators(further, forms),
        *_months(further),
        *_template(further, forms),
        *_choices(further),
    ]


def _departments(further: Further) -> Iterator[Objection]:
    for one in further.departments:
        if one.get("sector") not in SECTORS:
            message = N_("There is no department “%(sector)s”. Choose one.")
            yield Objection(message, "departments", {"sector": str(one.get("sector") or "")})
        if not str(one.get("name") or "").strip():
            yield Objection(N_("Each department needs a name."), "departments")
    sectors = [one.get("sector") for one in further.departments]
    if len(set(sectors)) < len(sectors):
        yield Objection(N_("A department stands here twice. Remove one of them."), "departments")


def _indicators(further: Further, forms: Mapping[str, FormDefinition]) -> Iterator[Objection]:
    for one in further.indicators:
        label = str(one.get("label") or "")
        form = forms.get(str(one.get("form") or ""))
        if form is None:
            message = N_("The indicator “%(label)s” is of a form that the campaign does not use. Choose another.")
            yield Objection(message, "indicators", {"label": label})
            continue
        try:
            Decimal(str(one.get("target") or 0))
            asked(indicator(one), form)
        except InvalidOperation:
            message = N_("The target of “%(label)s” is no number. Write it as 95 or 97.5.")
            yield Objection(message, "indicators", {"label": label})
        except ValueError as error:
            message = N_("The form cannot answer the indicator “%(label)s” (%(reason)s). Name a rate or figures of it.")
            yield Objection(message, "indicators", {"label": label, "reason": str(error)})


def _months(further: Further) -> Iterator[Objection]:
    if not all(isinstance(day, int) and 1 <= day <= LATEST_DAY for day in further.monthly_due.values()):
        yield Objection(N_("Monthly returns are due on a day from 1 to 28 of the following month."), "monthly_due")


def _template(further: Further, forms: Mapping[str, FormDefinition]) -> Iterator[Objection]:
    if further.template and further.template not in forms:
        yield Objection(N_("The template of the typical cases must be one of the campaign's forms."), "template")


def _choices(further: Further) -> Iterator[Objection]:
    for one in further.choices:
        try:
            read = choice(one)
            sound = read.filter in FILTERS and 1 <= read.least <= read.most <= len(read.among)
        except (KeyError, TypeError, ValueError):
            sound = False
        if not sound:
            message = N_("Of “%(label)s” at least one and at most as many as are named may be chosen.")
            yield Objection(message, "choices", {"label": str(one.get("label") or "")})


def check_choice(choice: Choice, values: Sequence[str]) -> list[Objection]:
    """Whether a province may choose so."""
    known = dict(choice.among)
    found = [
        Objection(N_("“%(value)s” cannot be chosen here."), "values", {"value": value})
        for value in values
        if value not in known
    ]
    if not choice.least <= len(set(values)) <= choice.most:
        message = N_("Choose from %(least)s to %(most)s of them.")
        found.append(Objection(message, "values", {"least": str(choice.least), "most": str(choice.most)}))
    return found
