"""The table against itself: the form's own checks, parts against wholes, totals against what they add up."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from ...campaigns.engine.checks import Outcome, evaluate
from ...campaigns.engine.printing import print_value
from ...campaigns.words import in_words
from ..reading import label_at
from ..settling import unexplained
from ..tables import Table
from .finding import ERROR, WARNING, Finding


def of_form(table: Table) -> Iterator[Finding]:
    """Each place at which a check of the form, or a part of a whole (其中), fails."""
    for outcome in evaluate(table.filled):
        words = in_words(outcome, table.form)
        for failure in outcome.failures:
            text = f"{failure.label}：{words}" if failure.label else words
            key = f"check:{outcome.rule}@{failure.at or 'foot'}"
            yield Finding(key, outcome.level, text, _way_out(outcome), failure.addresses)


def _way_out(outcome: Outcome) -> object:
    if outcome.text:
        return outcome.text
    if outcome.level == ERROR:
        return _l("Open the figures that disagree and mend the record, or the return, that is wrong.")
    return _l("Look at the figures that disagree; mend what is wrong, or write why it is right.")


def residues(table: Table) -> Iterator[Finding]:
    """Totals that somebody reported with more, or less, than their parts."""
    for one in unexplained(table.form, table.filled.returns):
        part = table.filled.slots[one.address].part
        left = one.stated - one.summed  # type: ignore[operator]
        yield Finding(
            one.key,
            WARNING,
            _l(
                "%(place)s: the reported total differs from its parts by %(left)s.",
                place=label_at(table.form, one.address),
                left=print_value(left, part),
            ),
            _l("Ask the office that reported it for the missing parts, or write what the difference is."),
            (one.address,),
        )
