"""From what an area hands over to what is frozen: complete, of the right shape, hashed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..errors import Refusal, Refusals, refuse
from .fields import Problem, problems_in, required_fields
from .performance import performance_of
from .rules import objections_to_record
from .values import address_of, is_given, total_charged
from .vocabulary import all_fields

FIELD_RECORDS = frozenset({"D01", "E03"})
"""Kinds that say only what was seen."""

ALWAYS_KEPT = frozenset({"party.kind", "agency.series"})
"""What decides how every paper speaks and is headed, though no layout prints it as a field."""


def completed(kind: str, data: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The snapshot of a document: what its layout prints of the data, with what follows from it.

    Raises KeyError for a key that no document knows.
    """
    wanted = {requirement.field.key for requirement in required_fields(kind)} | ALWAYS_KEPT
    for key in data:
        all_fields()[key]
    snapshot = {key: value for key, value in data.items() if key in wanted and is_given(value)}
    snapshot["doc.date"] = on.isoformat()
    return {**_of_the_penalties(snapshot), **snapshot}


def _of_the_penalties(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What a decision says of its penalties as a whole: sums in fen, what the money is called, way and term."""
    penalties = snapshot.get("dec.penalties") or []
    total = total_charged(penalties)
    fine = total_charged([one for one in penalties if isinstance(one, dict) and one["kind"] == "fine"])
    dues = "没收的违法所得" if not fine else "罚没款" if total > fine else "罚款"
    followed = {
        "dec.total": total,
        "dec.fine": fine,
        "dec.dues": dues if total else "",
        "dec.performance": performance_of(penalties, address_of(snapshot)),
    }
    return {key: value for key, value in followed.items() if value}


def refuse_incomplete(kind: str, snapshot: Mapping[str, Any]) -> None:
    """Raises Refusals naming every field that a document of this kind lacks or that has the wrong shape."""
    problems = [_in_words(problem) for problem in problems_in(kind, snapshot)]
    if problems:
        raise Refusals(problems)
    if kind in FIELD_RECORDS:
        refuse(objections_to_record(str(snapshot.get("insp.record", "")).split("\n")))


def snapshot_hash(template_version: str, snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of template version and data in canonical JSON (sorted keys, no spaces, UTF-8)."""
    content = {"data": snapshot, "template": template_version}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _in_words(problem: Problem) -> Refusal:
    label = problem.field.label
    if not problem.missing:
        return Refusal(_("“%(label)s” cannot be printed as it is.", label=label), field=problem.field.key)
    if problem.field.origin == "agency":
        message = _("“%(label)s” is missing. Enter it in the agency's record.", label=label)
    else:
        message = _("“%(label)s” is missing. The document cannot be issued without it.", label=label)
    return Refusal(message, field=problem.field.key)
