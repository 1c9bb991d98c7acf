"""The calculator: from what was typed to the lawful range, under the law of the act and under that of the decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from flask_wtf import FlaskForm

from ..law.facts import UNKNOWN, Facts, NoRange
from ..law.ranges import PenaltyRange, range_for
from ..law.violations import Violation
from ..screens import language


class Outcome(NamedTuple):
    """What came out. ``act``, ``decision``: the law of which day."""

    act_on: date
    decided_on: date
    found: PenaltyRange


def bases_of(entry: Violation) -> tuple[str, ...]:
    """Every base that a fine of some edition may need; illegal income always, for it is confiscated in any case."""
    needed = (base for edition in reversed(entry.editions) for base in edition.bases)
    return tuple(dict.fromkeys((*needed, "illegal_income")))


def outcome(entry: Violation, form: Any) -> Outcome | None:
    """The range for a form that was filled in; None where it cannot be given: the reasons then stand at its fields."""
    facts = Facts(form.subject.data, form.tier.data, _bases(entry, form))
    try:
        found = range_for(entry, facts, form.act.data)
    except NoRange as refusal:
        _object(form, refusal)
        return None
    return Outcome(form.act.data, form.decided.data, found)


def _bases(entry: Violation, form: FlaskForm) -> Mapping[str, Any]:
    given: dict[str, Any] = {}
    for name in bases_of(entry):
        if form[f"{name}_unknown"].data:
            given[name] = UNKNOWN
        elif form[name].data is not None:
            given[name] = form[name].data
    return given


FIELDS = {"on": "act"}
"""Fields that the calculator calls otherwise than the law."""


def _object(form: Any, refusal: NoRange) -> None:
    """Put a refusal at its field, else above the form."""
    said = refusal.en if language() == "en" else refusal.zh
    field = form._fields.get(FIELDS.get(refusal.field, refusal.field))
    if field is None:
        form.form_errors.append(said)
    else:
        field.errors = [*field.errors, said]
