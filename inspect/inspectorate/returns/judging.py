"""What stands in the way of a return: errors that block, warnings that need a written reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import force_locale

from ..objections import N_, Objection
from .checking import ERROR, Finding, findings
from .rules import check_reason

__all__ = ["ERROR", "Finding", "as_document", "findings", "objections"]


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
    """The warnings with what was written about them, as they travel upward: in Chinese whoever submits."""
    with force_locale("zh"):
        return [
            {"key": one.key, "level": one.level, "text": str(one.text), "reason": reasons.get(one.key),
             "at": [list(address) for address in one.addresses],
             "records": [[link.words, link.kind, link.id] for link in one.links]}
            for one in found
        ]  # fmt: skip
