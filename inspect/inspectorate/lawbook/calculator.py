"""The calculator: from what was typed to the lawful range, under the law of the act and under that of the decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from flask_wtf import FlaskForm

from ..law.applicable import Comparison, compare
from ..law.facts import UNKNOWN, Facts, NoRange
from ..law.jurisdiction import level_needed
from ..law.ranges import PenaltyRange
from ..law.statutes import Citation
from ..law.violations import Violation
from ..screens import language


class Outcome(NamedTuple):
    """What came out: both laws side by side, and who decides a fine of the greatest sum that is possible."""

    act_on: date
    decided_on: date
    comparison: Comparison
    level: str | None
    level_basis: Citation | None

    @property
    def sides(self) -> list[tuple[str, date, PenaltyRange | NoRange]]:
        """The law of the act and that of the decision; one of them alone where they are the same rule."""
        act = ("act", self.act_on, self.comparison.at_act)
        decision = ("decision", self.decided_on, self.comparison.at_decision)
        return [act] if self.one_rule else [act, decision]

    @property
    def one_rule(self) -> bool:
        """Whether the rule is the same on both days, and gives a range."""
        then, now = self.comparison.at_act, self.comparison.at_decision
        if isinstance(then, NoRange) or isinstance(now, NoRange):
            return False
        return then.violation is now.violation


def bases_of(entry: Violation) -> tuple[str, ...]:
    """Every base that a fine of some edition may need; illegal income always, for it is confiscated in any case."""
    needed = (base for edition in reversed(entry.editions) for base in edition.bases)
    return tuple(dict.fromkeys((*needed, "illegal_income")))


def outcome(entry: Violation, form: Any, sector: str | None) -> Outcome | None:
    """What the law gives for a form that was filled in; None where it cannot: the reasons then stand at its fields."""
    facts = Facts(form.subject.data, form.tier.data, _bases(entry, form))
    try:
        compared = compare(entry, facts, form.act.data, form.decided.data)
    except NoRange as refusal:
        _object(form, refusal)
        return None
    found, level, basis = compared.shown, None, None
    if found and found.fine:
        level, basis = level_needed(found, found.fine.max, sector or entry.sectors[0])
    return Outcome(form.act.data, form.decided.data, compared, level, basis)


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
