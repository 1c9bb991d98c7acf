"""Opening a case: from an inspection, a complaint or by hand; its parties and charges; filing and its approval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from flask_babel import lazy_gettext as _

from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.queries import own_agency, own_officers
from ...accounts.scope import scoped_get
from ...audit.actions import record
from ...complaints.models import Complaint
from ...errors import Forbidden, Refusal, Refusals
from ...extensions import db
from ...inspections.models import Inspection
from ...inspections.targets import known_target
from ...law.violations import catalogue
from ...procedure.articles import apl
from ...procedure.states import Action, State
from ...registry.models import Subject
from ...turns import take_turn
from ..assessment import known_violation
from ..models import Case, CaseFinding, CaseHandler, Respondent
from ..papers import assign_number, issue_for_each
from ..rules import case_name, is_open
from ..words import ORIGINS, STATES
from .steps import give_opinion, load, renew_clock, take, touch


@dataclass(frozen=True)
class Charge:
    """A violation charged to a party, with the facts as known; ``finding_id`` names a charge that is there already."""

    violation: str
    facts: str
    finding_id: int | None = None


class PartyCharges(NamedTuple):
    """One party and what it is charged with."""

    subject_id: int
    charges: Sequence[Charge] = ()


@dataclass(frozen=True)
class Intake:
    """The case as it is opened. ``name`` empty: built from party and violation."""

    origin: str
    received_on: date | None
    summary: str | None
    handler_ids: Sequence[int]
    parties: Sequence[PartyCharges]
    name: str | None = None
    campaign: str | None = None
    category: str | None = None
    major: bool = False
    extra: dict[str, str] = field(default_factory=dict)


def open_case(
    actor: Actor,
    intake: Intake,
    today: date,
    *,
    key: str,
    inspection_id: int | None = None,
    complaint_id: int | None = None,
) -> Case:
    """Begin a case; sent twice under one ``key`` it is begun once. Raises Refusals, NotFound, Forbidden."""
    if not actor.may(Permission.CASE_HANDLE):
        raise Forbidden
    take_turn("case", key)
    if known := db.session.query(Case).filter_by(source="local", key=key).one_or_none():
        return load(actor, known.id)
    team = own_agency(actor)
    agency = team.authority
    inspection = scoped_get(Inspection, inspection_id, actor) if inspection_id else None
    complaint = scoped_get(Complaint, complaint_id, actor) if complaint_id else None
    _refuse_foreign(inspection, actor)
    case = Case(
        key=key,
        agency=agency,
        region_code=inspection.region_code if inspection else agency.region_code,
        sector=agency.sector,
        origin=intake.origin,
        inspection=inspection,
        complaint_id=complaint.id if complaint else None,
        state=State.INTAKE,
        name="",
        created_by_id=actor.user_id,
    )
    db.session.add(case)
    _fill(case, actor, intake, today)
    db.session.flush()
    record(case, "cases:case:open", actor)
    return case


def revise_intake(actor: Actor, case_id: int, intake: Intake, today: date, *, version: int | None = None) -> Case:
    """Change a case that has not been submitted yet. Raises Refusals, Stale, NotFound."""
    case = load(actor, case_id, version)
    refuse_unless_handler(case, actor)
    if case.state != State.INTAKE:
        raise Refusal(_("Parties and handlers are settled with the filing. Return the case first to change them."))
    _fill(case, actor, intake, today)
    touch(case)
    record(case, "cases:case:revise", actor)
    return case


def rename_case(actor: Actor, case_id: int, name: str, *, version: int | None = None) -> None:
    """Write the name of the case by hand; without 涉嫌, which is put there while nothing is decided.

    Raises Refusal once the case has ended: the file is closed as its papers name it.
    """
    case = load(actor, case_id, version)
    refuse_unless_handler(case, actor)
    refuse_ended(case)
    plain = name.strip().replace("涉嫌", "")
    if not plain:
        raise Refusal(_("Write the name of the case: party, violation, 案."), field="name")
    case.name = plain
    record(case, "cases:case:rename", actor)


def refuse_ended(case: Case) -> None:
    """Nothing is written in a file that is closed. Raises Refusal."""
    if not is_open(case.state):
        message = _("The case is “%(state)s”; its file is closed and keeps its name.", state=STATES[State(case.state)])
        raise Refusal(message)


def propose_filing(actor: Actor, case_id: int, today: date, *, version: int | None = None) -> Case:
    """Submit the 立案报告 for approval (行政处罚法54(2))."""
    case = load(actor, case_id, version)
    take(case, Action.PROPOSE_FILING, actor, today)
    record(case, "cases:filing:propose", actor)
    return case


def approve_filing(
    actor: Actor, case_id: int, today: date, *, opinion: str | None = None, version: int | None = None
) -> Case:
    """File the case: its number is given, the ninety days begin (行政处罚法54(2), 60)."""
    case = load(actor, case_id, version)
    take(case, Action.APPROVE_FILING, actor, today)
    case.filed_on = today
    renew_clock(case, today)
    give_opinion(case, actor, "filing", "approved", opinion or "同意立案", today)
    assign_number(case, today)
    record(case, "cases:filing:approve", actor, reason=opinion)
    issue_for_each(actor, case, "D19", today)
    return case


def return_filing(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """Send the case back to its handlers, with the reason."""
    case = _answer(actor, case_id, today, Action.RETURN_FILING, "returned", reason, version)
    record(case, "cases:filing:return", actor, reason=reason)
    return case


def refuse_filing(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """不予立案, with the reason."""
    case = _answer(actor, case_id, today, Action.REFUSE_FILING, "refused", reason, version)
    record(case, "cases:filing:refuse", actor, reason=reason)
    return case


def withdraw_case(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """Withdraw a case that was opened by mistake; it stays in the file with its reason."""
    case = load(actor, case_id, version)
    take(case, Action.WITHDRAW, actor, today, reason=reason)
    record(case, "cases:case:withdraw", actor, reason=reason)
    return case


def _answer(
    actor: Actor, case_id: int, today: date, action: Action, outcome: str, reason: str, version: int | None
) -> Case:
    case = load(actor, case_id, version)
    take(case, action, actor, today, reason=reason)
    give_opinion(case, actor, "filing", outcome, reason, today)
    return case


# ---------------------------------------------------------------- filling in


def _fill(case: Case, actor: Actor, intake: Intake, today: date) -> None:
    refusals = [*_origin_refusals(intake, today), *_charge_refusals(intake)]
    if refusals:
        raise Refusals(refusals)
    if intake.campaign and not known_target(intake.campaign, intake.category, case.region_code):
        raise Refusal(_("Choose a campaign and its target from the list."), field="target")
    case.origin, case.received_on = intake.origin, intake.received_on
    case.summary = (intake.summary or "").strip() or None
    case.campaign, case.category = intake.campaign, intake.category
    case.major = intake.major
    _set_handlers(case, actor, intake.handler_ids)
    _set_parties(case, actor, intake.parties)
    case.name = (intake.name or "").strip().replace("涉嫌", "") or name_of(case)


def name_of(case: Case) -> str:
    """The name built from the first party and what it is charged with."""
    if not case.respondents:
        return case_name("", ())
    first = case.respondents[0]
    entries = [known_violation(finding.violation) for finding in first.findings]
    acts = [entry.title_zh for entry in entries if entry]
    return case_name(first.subject.name, acts, others=len(case.respondents) - 1)


def _origin_refusals(intake: Intake, today: date) -> Iterable[Refusal]:
    if intake.origin not in ORIGINS:
        yield Refusal(_("Choose where the case comes from."), field="origin")
    if intake.received_on is None:
        yield Refusal(_("Enter the day on which the case was taken in."), field="received_on")
    elif intake.received_on > today:
        yield Refusal(_("The day of intake lies in the future. Enter the day it happened."), field="received_on")
    if not intake.parties:
        yield Refusal(_("The case names no party. Choose one."), field="parties", citation=apl(54, 2))


def _charge_refusals(intake: Intake) -> Iterable[Refusal]:
    seen: set[int] = set()
    for place, party in enumerate(intake.parties):
        if party.subject_id in seen:
            yield Refusal(_("This party is named twice. Put all charges under one entry."), field=f"parties-{place}")
        seen.add(party.subject_id)
        codes: set[str] = set()
        for row, charge in enumerate(party.charges):
            if charge.violation not in catalogue():
                message = _(
                    "The catalogue has no violation “%(code)s”. Choose one from the list.", code=charge.violation
                )
                yield Refusal(message, field=f"charges-{row}-violation")
            elif charge.violation in codes:
                message = _("This violation is charged twice. Put all its facts under one entry.")
                yield Refusal(message, field=f"charges-{row}-violation")
            codes.add(charge.violation)


def _set_handlers(case: Case, actor: Actor, officer_ids: Sequence[int]) -> None:
    """承办人 are officers of the own authority; certificates are judged when the case is submitted (行政处罚法42)."""
    own = {officer.id: officer for officer in own_officers(actor)}
    refusals = []
    for place, officer_id in enumerate(officer_ids):
        if officer_id not in own:
            refusals.append(Refusal(_("Choose officers of your own authority."), field=f"handlers-{place}-officer_id"))
        elif officer_id in officer_ids[:place]:
            name = own[officer_id].name
            message = _("%(name)s is named twice as case handler. Choose another inspector.", name=name)
            refusals.append(Refusal(message, field=f"handlers-{place}-officer_id", citation=apl(42, 1)))
    if refusals:
        raise Refusals(refusals)
    kept = {row.officer_id: row for row in case.handlers}
    case.handlers[:] = [
        kept.get(officer_id) or CaseHandler(officer=own[officer_id], position=0) for officer_id in officer_ids
    ]
    for position, row in enumerate(case.handlers):
        row.position = position


def _set_parties(case: Case, actor: Actor, parties: Sequence[PartyCharges]) -> None:
    kept = {party.subject_id: party for party in case.respondents}
    rows = []
    for position, given in enumerate(parties):
        row = kept.get(given.subject_id)
        if row is None:
            row = Respondent(subject=scoped_get(Subject, given.subject_id, actor), position=position)
        row.position = position
        _set_charges(row, given.charges)
        rows.append(row)
    case.respondents[:] = rows


def _set_charges(party: Respondent, charges: Sequence[Charge]) -> None:
    kept = {finding.id: finding for finding in party.findings}
    rows = []
    for position, charge in enumerate(charges):
        row = kept.get(charge.finding_id) if charge.finding_id else None
        if row is None:
            row = CaseFinding(position=position, violation=charge.violation, facts="", harm=False, grounds=[], bases={})
        row.position, row.violation, row.facts = position, charge.violation, charge.facts.strip()
        rows.append(row)
    party.findings[:] = rows


def refuse_unless_handler(case: Case, actor: Actor) -> None:
    """Who opened the case or handles it may write it."""
    handlers = {row.officer_id for row in case.handlers}
    if case.created_by_id != actor.user_id and actor.officer_id not in handlers:
        raise Refusal(_("Only a handler of this case may change it. Ask one of them."), citation=apl(42, 1))


def _refuse_foreign(inspection: Inspection | None, actor: Actor) -> None:
    if inspection is None:
        return
    if inspection.agency.authority.id != actor.authority_id:
        raise Refusal(_("The inspection belongs to another authority. Transfer the case to it instead."))
    if inspection.state != "submitted":
        raise Refusal(_("The field report is not submitted yet. Submit it first."))
