"""The summary as one JSON document: what records give, what returns add, and both, keyed by row and column."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ...returns.rules import State
from ..coverage import Chain
from ..engine.checks import Outcome
from ..engine.figures import Address, Empty, Filled, Value
from ..engine.printing import print_rate, print_value
from ..engine.vocabulary import Kind
from ..summary import Summary

Cells = dict[str, dict[str, Any]]


def as_json(summary: Summary) -> dict[str, Any]:
    """The document of the contract. Counts are numbers; money and rates strings as printed; not applicable is null."""
    document: dict[str, Any] = {
        "form": summary.form.id,
        "campaign": summary.campaign_id,
        "region": summary.scope.region,
        "from": summary.scope.start.isoformat() if summary.scope.start else None,
        "to": summary.scope.end.isoformat() if summary.scope.end else None,
        "cells": cells(summary.recorded),
        "returns": returned(summary),
        "total": cells(summary.filled),
        "foot": dict(summary.filled.foot),
        "coverage": {
            "expected": summary.coverage.expected,
            "reported": summary.coverage.reported,
            "late": len(summary.chain.late) if summary.chain else summary.coverage.late,
            "missing": list(summary.coverage.missing),
        },
        "checks": [_check(outcome) for outcome in summary.checks],
    }
    if summary.foot_returns:
        document["foot_returns"] = dict(summary.foot_returns)
    if summary.suppliers:
        document["suppliers"] = _suppliers(summary)
    if summary.chain:
        document["chain"] = _chain(summary.chain)
    if summary.by:
        document["by"] = summary.by
        document["parts"] = [
            {
                "key": part.key,
                "label": part.label,
                "cells": cells(Filled(summary.form, part.filled.records)),
                "returns": figures(Filled(summary.form, None, part.filled.returns)),
                "total": cells(part.filled),
                "foot": dict(part.filled.foot),
            }
            for part in summary.parts
        ]
    return document


def returned(summary: Summary) -> Cells:
    """What returns add, totals and rates of their own included; empty where nobody has filed any."""
    return figures(summary.returned)


def figures(filled: Filled) -> Cells:
    """The figures there are, by row id, then column id; without those that are not applicable."""
    found = {
        row: {col: value for col, value in line.items() if value is not None} for row, line in cells(filled).items()
    }
    return {row: line for row, line in found.items() if line}


def _suppliers(summary: Summary) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Who added to each figure by returns; the footer under `FOOT`."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for address, offices in summary.suppliers.items():
        found.setdefault(address[0], {})[address[1]] = [
            {"sector": one.sector, "offices": one.offices, "name": one.name} for one in offices
        ]
    return found


def _chain(chain: Chain) -> dict[str, Any]:
    counts = {
        str(state): chain.count(state) for state in (State.SUBMITTED, State.ACCEPTED, State.RETURNED, State.FROZEN)
    }
    return {**counts, "late": list(chain.late), "missing": list(chain.missing)}


def cells(filled: Filled) -> Cells:
    """Every figure by row id, then column id; what is blank or not reported is left out."""
    found: Cells = {}
    for address in _addresses(filled):
        figure = filled.figure(address)
        if figure.empty is Empty.NOT_APPLICABLE:
            found.setdefault(address[0], {})[address[1]] = None
        elif figure.value is not None:
            found.setdefault(address[0], {})[address[1]] = _printed(filled, address, figure.value)
    return found


def _addresses(filled: Filled) -> Iterable[Address]:
    yield from filled.slots
    yield from filled.rate_slots


def _printed(filled: Filled, address: Address, value: Value) -> Any:
    rate = filled.rate_slots.get(address)
    if rate is not None:
        return print_rate(Fraction(value), rate.places)
    part = filled.slots[address].part
    if part.kind in (Kind.MONEY, Kind.TEXT) or isinstance(value, str):
        return print_value(value, part)
    number = Fraction(value)
    return int(number) if number.denominator == 1 else float(Decimal(print_value(value, part)))


def _check(outcome: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = {"rule": outcome.rule, "level": outcome.level, "holds": outcome.holds}
    if outcome.text:
        found["text"] = outcome.text
    if outcome.failures:
        found["fails_at"] = [failure.at for failure in outcome.failures]
    return found
