"""The measures once more, slow and obviously right: plain loops over plain records, as the contract's table reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inspectorate.accounts.regions import covers
from inspectorate.campaigns.engine.definition import Condition, FormDefinition
from inspectorate.campaigns.engine.figures import Filled
from inspectorate.registry.models import Subject


@dataclass
class World:
    """All records there are."""

    inspections: list[Any] = field(default_factory=list)
    cases: list[Any] = field(default_factory=list)
    complaints: list[Any] = field(default_factory=list)


@dataclass
class Asked:
    region: str
    start: date
    end: date
    campaign: str | None
    annulled: bool = False
    heaviest: bool = False

    def concerns(self, record: Any) -> bool:
        return covers(self.region, record.region_code) and (self.campaign is None or record.campaign == self.campaign)

    def happened(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


Fits = Callable[[Any, Subject | None], bool]


def fits(conditions: Iterable[Condition]) -> Fits:
    """A test of a record and the subject that it is about."""

    def test(record: Any, subject: Subject | None) -> bool:
        for condition in conditions:
            if condition.key == "category" and record.category not in condition.values:
                return False
            if condition.key == "party" and (subject is None or subject.party not in condition.values):
                return False
            if condition.key == "subject_kind" and not _kind(subject, condition.values):
                return False
            if condition.key == "reason" and getattr(record, "reason", None) not in condition.values:
                return False
            if condition.key == "region" and not any(covers(str(v), record.region_code) for v in condition.values):
                return False
        return True

    return test


def _kind(subject: Any, values: Iterable[Any]) -> bool:
    return subject is not None and any(
        value in (getattr(subject, "kind", None), getattr(subject, "subkind", None)) for value in values
    )


def measure(name: str, world: World, asked: Asked, ok: Fits, among: set[str] | None = None) -> int:
    """One figure."""
    inspections = [
        i for i in world.inspections
        if i.state == "submitted" and asked.concerns(i) and asked.happened(i.inspected_on) and ok(i, i.subject)
        and among is None
    ]  # fmt: skip
    if name == "units_inspected":
        return len({i.subject.id for i in inspections})
    if name == "visits":
        return len(inspections)
    if name == "visits_found":
        return sum(bool(i.findings) for i in inspections)
    if name == "inspector_turns":
        return sum(len(i.officers) for i in inspections)
    if name == "violations":
        return sum(len(i.findings) for i in inspections)
    if name == "order_correction":
        return sum(i.order_correction for i in inspections) + len(new_orders(world, asked, ok))
    if name in ("cases_filed", "cases_closed", "transfer_judicial"):
        day = {"cases_filed": "filed_on", "cases_closed": "closed_on", "transfer_judicial": "transferred_judicial_on"}
        return len([c for c in live_cases(world, asked) if asked.happened(getattr(c, day[name])) and _some(c, ok)])
    if name.startswith("complaint_"):
        return len([k for k in world.complaints if complaint_counts(k, name, asked) and ok(k, k.subject)])
    return penalty_measure(name, world, asked, ok, among)


def _some(case: Any, ok: Fits) -> bool:
    return any(ok(case, r.subject) for r in case.respondents) or (not case.respondents and ok(case, None))


def live_cases(world: World, asked: Asked) -> list[Any]:
    drafts = ("intake", "filing_proposed", "not_filed", "withdrawn")
    return [c for c in world.cases if c.state not in drafts and asked.concerns(c)]


def decided(world: World, asked: Asked, ok: Fits) -> list[Any]:
    return [
        r for c in live_cases(world, asked) for r in c.respondents
        if r.decision and asked.happened(r.decision.decided_on) and ok(c, r.subject)
        and (asked.annulled or r.decision.annulled_on is None)
    ]  # fmt: skip


def new_orders(world: World, asked: Asked, ok: Fits) -> list[Any]:
    def ordered_before(respondent: Any) -> bool:
        i = respondent.case.inspection
        return bool(i and i.state == "submitted" and i.order_correction and i.subject.id == respondent.subject.id)

    return [r for r in decided(world, asked, ok) if r.decision.order_correction and not ordered_before(r)]


LADDER = [
    "warning", "criticism", "fine", "confiscate_income", "confiscate_goods", "suspend_licence", "downgrade_licence",
    "restrict_business", "suspend_business", "revoke_licence", "close_business", "practice_ban", "detention",
]  # fmt: skip


def counted_kinds(respondent: Any, asked: Asked) -> set[str]:
    """The kinds under which a decided respondent counts: all of them, or only the heaviest."""
    kinds = {p.kind for p in respondent.decision.penalties}
    return {max(kinds, key=LADDER.index)} if asked.heaviest and kinds else kinds


def penalty_measure(name: str, world: World, asked: Asked, ok: Fits, among: set[str] | None = None) -> int:
    """``among``: the kinds of penalty that a filter lets through."""
    respondents = [r for r in decided(world, asked, ok) if among is None or counted_kinds(r, asked) & among]
    if name == "decisions":
        return sum(bool(r.decision.penalties) for r in respondents)
    kinds = {
        "warning": "warning", "fine_count": "fine", "revoke": "revoke_licence", "suspend": "suspend_business",
        "fine_sum": "fine", "confiscate_sum": "confiscate_income", "seized_value": "confiscate_goods",
    }  # fmt: skip
    if name.endswith(("_sum", "_value")):
        found = [p for r in respondents for p in r.decision.penalties if p.kind == kinds[name]]
        return sum(p.amount_fen or 0 for p in found)
    return len({r.subject.id if name == "suspend" else r.id
                for r in respondents if kinds[name] in counted_kinds(r, asked)})  # fmt: skip


def complaint_counts(k: Any, name: str, asked: Asked) -> bool:
    if k.withdrawn_reason is not None or not asked.concerns(k):
        return False
    return {
        "complaint_in": asked.happened(k.received_on),
        "complaint_closed": asked.happened(k.closed_on),
        "complaint_penalised": asked.happened(k.closed_on) and k.penalised,
        "complaint_replied": asked.happened(k.replied_on),
        "complaint_satisfied": asked.happened(k.replied_on) and k.satisfied is True,
    }[name]


def penalties(conditions: Iterable[Condition]) -> set[str] | None:
    """The kinds of penalty that the filters let through; None: all."""
    named = [set(map(str, c.values)) for c in conditions if c.key == "penalty"]
    return set.intersection(*named) if named else None


def table(form: FormDefinition, world: World, asked: Asked) -> tuple[dict[Any, int], dict[str, int]]:
    """Every counted cell of a form and every count of its footer."""
    blank = Filled(form, {})
    cells = {
        address: sum(
            measure(t.name, world, asked, fits(slot.conditions), penalties(slot.conditions))
            for t in slot.part.measure.terms
        )
        for address, slot in blank.slots.items()
        if blank.countable(slot) and slot.part.measure
    }
    foot = {name: measure(m.terms[0].name, world, asked, fits(())) for name, m in form.foot_counts.items()}
    return cells, foot
