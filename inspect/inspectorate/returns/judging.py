"""What stands in the way of a return: errors that block, warnings that need a written reason."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..campaigns.engine.checks import evaluate
from ..campaigns.engine.figures import Address
from ..campaigns.words import in_words
from ..objections import N_, Objection
from .models import Return
from .rules import check_reason
from .tables import Table

ERROR = "error"


class Finding(NamedTuple):
    """A check that does not hold at one place: under which ``key`` a reason explains it, what it says, which cells."""

    key: str
    level: str
    text: str
    way_out: str | None
    addresses: tuple[Address, ...]


def findings(row: Return, table: Table, today: date) -> list[Finding]:
    """Everything that does not add up in the table of a return, errors first."""
    found = list(_of_form(table))
    return sorted(found, key=lambda one: one.level != ERROR)


def _of_form(table: Table) -> Iterator[Finding]:
    for outcome in evaluate(table.filled):
        for failure in outcome.failures:
            at = (failure.label and f"{failure.label}：") or ""
            text = f"{at}{in_words(outcome, table.form)}"
            key = f"check:{outcome.rule}@{failure.at or 'foot'}"
            yield Finding(key, outcome.level, text, outcome.text, failure.addresses)


def objections(found: Sequence[Finding], reasons: Mapping[str, str], *, explain: bool = True) -> Iterator[Objection]:
    """Why it cannot be submitted: each error, and each warning without a reason.

    ``explain=False``: it came by a command that cannot ask back; its warnings are explained on the way up.
    """
    for one in found:
        if one.level == ERROR:
            place = "@".join(one.addresses[0]) if one.addresses else ""
            way_out = f"{one.text}。{one.way_out}" if one.way_out else one.text
            yield Objection(N_("It does not add up: %(text)s"), f"cell:{place}", {"text": way_out})
        elif explain and check_reason(reasons.get(one.key)):
            yield Objection(N_("Write why this is so: %(text)s"), f"reason:{one.key}", {"text": one.text})


def as_document(found: Sequence[Finding], reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """The warnings with what was written about them, as they travel upward."""
    return [
        {"key": one.key, "level": one.level, "text": str(one.text), "reason": reasons.get(one.key),
         "at": [list(address) for address in one.addresses]}
        for one in found
    ]  # fmt: skip
