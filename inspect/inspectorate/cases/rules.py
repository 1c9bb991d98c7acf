"""Pure rules of the case file: its name, what is owed, what a notice told."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from ..procedure.facts import PenaltyLine
from ..procedure.states import BEFORE_DECISION, State

SUSPECTED = "涉嫌"

PAYABLE = frozenset({"fine", "confiscate_income"})
"""Penalties that are paid in money; the amount of confiscated goods is their value."""

WITH_AMOUNT = PAYABLE | {"confiscate_goods"}


class Charged(Protocol):
    """The columns of a finding that the notice tells the party."""

    violation: str
    facts: str
    tier: str | None


def case_name(party: str, acts: Sequence[str], others: int = 0) -> str:
    """案件名称 without 涉嫌: 某某门诊部无医疗机构执业许可证开展医疗美容案; ``others`` further parties are 等."""
    act = acts[0] if acts else "违法行为"
    return f"{party}{'等' if others else ''}{act}{'等' if len(acts) > 1 else ''}案"


def shown_name(name: str, party: str | None, state: str) -> str:
    """The name as it is shown: with 涉嫌 behind the party before the decision, without it after (domain.md, Cases)."""
    if state not in BEFORE_DECISION or SUSPECTED in name:
        return name
    for head in (f"{party}等", party):
        if head and name.startswith(head):
            return f"{head}{SUSPECTED}{name.removeprefix(head)}"
    return SUSPECTED + name


def is_open(state: str) -> bool:
    """Whether the case still goes on."""
    return state not in {State.CLOSED, State.NOT_FILED, State.WITHDRAWN, State.TERMINATED}


def digest_of(findings: Iterable[Charged]) -> str:
    """What the notice told of facts and articles, as a hash: a change of them needs a new notice (行政处罚法44)."""
    told = [[finding.violation, finding.facts, finding.tier] for finding in findings]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def lines_of(rows: Iterable[Any]) -> tuple[PenaltyLine, ...]:
    """Penalties as the procedure sees them, from rows or from what a notice kept."""
    return tuple(
        PenaltyLine(row["kind"], row.get("amount_fen"))
        if isinstance(row, Mapping)
        else PenaltyLine(row.kind, row.amount_fen)
        for row in rows
    )


def owed_fen(lines: Iterable[PenaltyLine]) -> int:
    """Fines and confiscated income, in fen."""
    return sum(line.amount_fen or 0 for line in lines if line.kind in PAYABLE)


def has_other_than_money(lines: Iterable[PenaltyLine]) -> bool:
    """Whether something besides paying must be carried out; a warning is carried out by telling it."""
    return any(line.kind not in PAYABLE | {"warning", "criticism"} for line in lines)
