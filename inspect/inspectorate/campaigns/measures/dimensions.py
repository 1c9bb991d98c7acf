"""Filters as columns to group by: one statement answers all cells, each cell picks the groups that it lets through.

The same `Dimension.matches` decides for the table and for the list of records behind a figure.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from ...accounts.regions import covers, significant
from ...codes import KINDS
from ..engine.definition import Condition
from ..engine.vocabulary import ATTRIBUTE_PREFIX
from .scope import is_asked_region
from .tables import (
    AGENCY,
    CASE,
    CASE_FINDING,
    DECISION,
    FINDING,
    INSPECTION,
    LICENCE,
    PENALTY,
    RESPONDENT,
    SUBJECT,
    Base,
)
from .tags import codes_of

HEAVIEST = "heaviest"
"""The filter into which forms with `penalties = "heaviest"` turn their filters by penalty."""

CHOSEN = "chosen."
"""Before the name of a filter: what each province has chosen to let through."""

LADDER = (
    "warning", "criticism", "fine", "confiscate_income", "confiscate_goods", "suspend_licence", "downgrade_licence",
    "restrict_business", "suspend_business", "revoke_licence", "close_business", "practice_ban", "detention",
)  # fmt: skip
"""Kinds of penalty from the lightest to the heaviest: the order of 行政处罚法 9, as statistics follow it."""

_COMPARE = {">=": ge, "<=": le, "==": eq, ">": gt, "<": lt}
_ATTRIBUTE_FILTERS = ("size", "grade", "industry", "host")


class Dimension(NamedTuple):
    """One thing that a filter looks at, as a column of a statement.

    ``needs``: joins. ``of_subject``: a property of the subject, so that each subject has one value of it.
    ``exact``: equality with one text value may be looked up without trying every group.
    """

    id: str
    expression: Any
    needs: frozenset[str] = frozenset()
    of_subject: bool = False
    exact: bool = True

    @property
    def is_flag(self) -> bool:
        """Whether it says yes or no to exactly one filter."""
        return self.id.startswith("flag:")

    def matches(self, condition: Condition, value: Any) -> bool:
        """Whether a group with this value is let through."""
        if self.is_flag:
            return bool(value)
        if self.id.startswith("region:"):
            return value is not None and any(
                covers(str(wanted), str(value).ljust(6, "0")) for wanted in condition.values
            )
        if self.id.startswith(ATTRIBUTE_PREFIX):
            return attribute_matches(condition, value)
        return plain(value) in [plain(wanted) for wanted in condition.values]


def plain(value: Any) -> str:
    """A value as text, the same from both databases."""
    return "" if value is None else str(value)


def attribute_matches(condition: Condition, value: Any) -> bool:
    """Whether an attribute of a subject has the wanted value, contains it, or compares as wanted."""
    members = _members(value)
    if condition.comparison is not None:
        operator, bound = condition.comparison
        return any(_compare(operator, member, bound) for member in members)
    return any(_equal(wanted, member) for wanted in condition.values for member in members or [None])


def _members(value: Any) -> list[Any]:
    """The single values of an attribute; a list (hazards of a workplace) has several."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError):
            return list(json.loads(value))
    return [value]


def _compare(operator: str, member: Any, bound: Decimal) -> bool:
    number = as_number(member)
    return number is not None and bool(_COMPARE[operator](number, bound))


def as_number(value: Any) -> Decimal | None:
    """An attribute's value as an exact number; None for what is none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _equal(wanted: Any, member: Any) -> bool:
    if isinstance(wanted, bool):
        return is_true(member) is wanted if member is not None else not wanted
    if wanted == "none" and member in (None, ""):
        return True
    if isinstance(wanted, int | Decimal):
        return as_number(member) == Decimal(wanted)
    return member is not None and plain(member) == wanted


def is_true(value: Any) -> bool:
    """A yes from JSON, as either database writes it."""
    return value is True or plain(value).lower() in ("1", "true")


def dimension(base: Base, condition: Condition) -> Dimension | None:
    """The column that a filter looks at in records of this kind; None where they know no such thing."""
    key = condition.key
    if key.startswith(ATTRIBUTE_PREFIX) or key in _ATTRIBUTE_FILTERS:
        return attribute(key.removeprefix(ATTRIBUTE_PREFIX))
    if key == HEAVIEST:
        return _heaviest(base)
    if key.startswith(CHOSEN):
        return _chosen(base, condition)
    if key in ("category", "agency", "reason"):
        column = base.record.c.get("agency_id" if key == "agency" else key)
        return None if column is None else Dimension(key, column)
    if key == "party":
        return Dimension("party", SUBJECT.c.party, frozenset({"subject"}), of_subject=True)
    if key == "subject_kind":
        return _kind(condition)
    if key in ("region", "agency_level", "handled_by"):
        return _place(base, condition)
    return _flag(base, condition)


def attribute(name: str) -> Dimension:
    """An attribute of the subject as text."""
    column = SUBJECT.c.attributes[name].as_string()
    return Dimension(f"{ATTRIBUTE_PREFIX}{name}", column, frozenset({"subject"}), of_subject=True, exact=False)


def _kind(condition: Condition) -> Dimension:
    """A kind and a subkind are two columns; a list of both looks at them together."""
    subject = frozenset({"subject"})
    kinds = [value in KINDS for value in condition.values]
    if all(kinds):
        return Dimension("kind", SUBJECT.c.kind, subject, of_subject=True)
    if not any(kinds):
        return Dimension("subkind", SUBJECT.c.subkind, subject, of_subject=True)
    wanted = [str(value) for value in condition.values]
    either = or_(SUBJECT.c.kind.in_(wanted), SUBJECT.c.subkind.in_(wanted))
    return _yes_no(f"kind:{','.join(sorted(wanted))}", either, subject, of_subject=True)


def _place(base: Base, condition: Condition) -> Dimension:
    if condition.key == "region":
        digits = max((len(significant(str(value))) for value in condition.values), default=6)
        column = base.record.c.region_code
        return Dimension(f"region:{digits}", column if digits == 6 else func.substr(column, 1, digits))
    if base.name == "register":
        column, needs = SUBJECT.c.region_code, frozenset[str]()
    else:
        column, needs = AGENCY.c.region_code, frozenset({"agency"})
    if condition.key == "handled_by":
        return _yes_no("self", is_asked_region(column), needs)
    level = case((column.like("%0000"), "province"), (column.like("%00"), "city"), else_="county")
    return Dimension("agency_level", level, needs)


def _flag(base: Base, condition: Condition) -> Dimension | None:
    name = f"{condition.key}={','.join(sorted(map(str, condition.values)))}"
    wanted = [str(value) for value in condition.values]
    if condition.key == "tag":
        return _tag(base, name, wanted)
    if condition.key == "penalty" and base.name in ("case", "decision"):
        found = select(PENALTY.c.id).join(DECISION, DECISION.c.id == PENALTY.c.decision_id)
        found = found.where(DECISION.c.respondent_id == RESPONDENT.c.id, DECISION.c.decided_on.is_not(None))
        found = found.where(PENALTY.c.kind.in_(wanted)).correlate(RESPONDENT)
        return _yes_no(name, exists(found), frozenset({"respondent"}))
    if condition.key == "licence":
        return _licence(name, wanted)
    if condition.key == "transferred_to" and base.name in ("case", "decision") and wanted == ["judicial"]:
        return _yes_no(name, CASE.c.transferred_judicial_on.is_not(None), frozenset())
    return None


def _chosen(base: Base, condition: Condition) -> Dimension:
    """`33:coal` lets coal through in the province 33, `*:coal` in each province that no other value names.

    A complaint about nobody whom the registry knows is let through.
    """
    by_province: dict[str, list[str]] = {}
    for one in condition.values:
        province, _, wanted = str(one).partition(":")
        by_province.setdefault(province, []).append(wanted)
    usual = by_province.pop("*", [])
    value = attribute(condition.key.removeprefix(CHOSEN)).expression
    of = func.substr(base.record.c.region_code, 1, 2)
    clauses = [and_(of == province, _is_among(value, wanted)) for province, wanted in by_province.items()]
    clauses.append(and_(of.not_in(list(by_province)), _is_among(value, usual)))
    if base.name == "complaint":
        clauses.append(SUBJECT.c.id.is_(None))
    return _yes_no(f"{condition.key}={','.join(map(str, condition.values))}", or_(*clauses), frozenset({"subject"}))


def _is_among(value: Any, wanted: list[str]) -> Any:
    return or_(value.in_(wanted), value.is_(None)) if "none" in wanted else value.in_(wanted)


def _heaviest(base: Base) -> Dimension | None:
    """The heaviest kind of penalty that a decision imposes on its party."""
    if base.name != "decision":
        return None
    each = PENALTY.alias("each")
    rank = case({kind: number for number, kind in enumerate(LADDER)}, value=each.c.kind)
    heaviest = select(func.max(rank)).where(each.c.decision_id == DECISION.c.id).correlate(DECISION).scalar_subquery()
    return Dimension(HEAVIEST, case(dict(enumerate(LADDER)), value=heaviest))


def _tag(base: Base, name: str, wanted: list[str]) -> Dimension | None:
    codes = sorted({code for tag in wanted for code in codes_of(tag)})
    if base.name == "inspection":
        found = select(FINDING.c.id).where(FINDING.c.inspection_id == INSPECTION.c.id, FINDING.c.violation.in_(codes))
        return _yes_no(name, exists(found.correlate(INSPECTION)), frozenset())
    if base.name in ("case", "decision"):
        charged = select(CASE_FINDING.c.id).where(
            CASE_FINDING.c.respondent_id == RESPONDENT.c.id, CASE_FINDING.c.violation.in_(codes)
        )
        return _yes_no(name, exists(charged.correlate(RESPONDENT)), frozenset({"respondent"}))
    return None


def _licence(name: str, wanted: list[str]) -> Dimension:
    """`kind|state` as joined by `joined_licences`: a licence of the kind, in the state, on the period's last day."""
    return _yes_no(name, or_(*map(_holds, wanted)), frozenset({"subject"}), of_subject=True)


def _holds(wanted: str) -> Any:
    kind, _, state = wanted.partition("|")
    held = select(LICENCE.c.id).where(LICENCE.c.subject_id == SUBJECT.c.id).correlate(SUBJECT)
    if kind:
        held = held.where(LICENCE.c.kind == kind)
    runs = or_(LICENCE.c.expires_on.is_(None), LICENCE.c.expires_on >= bindparam("end"))
    return {
        "": exists(held),
        "valid": exists(held.where(runs)),
        "expired": and_(exists(held), ~exists(held.where(runs))),
        "none": ~exists(held),
    }[state]


def _yes_no(name: str, clause: Any, needs: Iterable[str], *, of_subject: bool = False) -> Dimension:
    return Dimension(f"flag:{name}", case((clause, 1), else_=0), frozenset(needs), of_subject)


def joined_licences(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """`licence` and `licence_state` speak of one and the same licence: they become one filter `kind|state`."""
    conditions = tuple(conditions)
    kinds = [c.values for c in conditions if c.key == "licence"]
    states = [c.values for c in conditions if c.key == "licence_state"]
    if not kinds and not states:
        return conditions
    others = tuple(c for c in conditions if c.key not in ("licence", "licence_state"))
    pairs = [[f"{kind}|{state}" for kind in some for state in any_of]
             for some in kinds or [("",)] for any_of in states or [("",)]]  # fmt: skip
    return (*others, *(Condition("licence", tuple(either)) for either in pairs))
