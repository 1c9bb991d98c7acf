"""Investigation: the days and amounts of each finding, evidence, transfer, and ways out of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import lazy_gettext as _

from ...accounts.actor import Actor
from ...accounts.scope import check_version
from ...audit.actions import record
from ...errors import NotFound, Refusal, Refusals
from ...inspections import evidence
from ...inspections.models import Evidence
from ...inspections.uploads import Upload
from ...law.words import BASES, COUNTED, term
from ...money import MOST_FEN
from ...procedure.articles import apl
from ...procedure.states import BEFORE_DECISION, FINAL, Action, State
from ..assessment import COLUMN_BASES, known_violation
from ..models import Case, CaseFinding
from ..rules import is_open
from .filing import refuse_unless_handler
from .steps import give_opinion, load, take, touch

WRITABLE = frozenset({State.INTAKE, State.INVESTIGATION})
"""Facts and amounts change while the case is prepared or investigated; later only after it was returned."""


class CriminalFine(NamedTuple):
    """罚金 that a court imposed for the act; what is not given is None, and refused."""

    amount_fen: int | None
    court: str | None
    judgement: str | None
    judged_on: date | None


class FindingStep(NamedTuple):
    """What the investigation found about one violation. ``bases``: fen or counts, or the word ``unknown``.

    ``act_number``: findings of one party that bear the same number are one act (行政处罚法29).
    """

    finding_id: int
    facts: str
    act_from: date | None
    act_to: date | None
    harm: bool
    tier: str | None
    liability: str | None
    bases: Mapping[str, int | str]
    refunded_fen: int | None = None
    act_number: int | None = None
    criminal: CriminalFine | None = None


class EvidenceStep(NamedTuple):
    """Files of one kind of evidence, or, without files, a thing or a paper kept elsewhere."""

    kind: str
    files: Sequence[Upload] = ()
    title: str | None = None
    proves: str | None = None


def save_findings(
    actor: Actor, case_id: int, steps: Sequence[FindingStep], today: date, *, version: int | None = None
) -> Case:
    """Save facts, days, tiers and amounts. Raises Refusals with the fields ``findings-<n>-…``."""
    case = _writable(actor, case_id, version)
    known = {finding.id: finding for party in case.respondents for finding in party.findings}
    refusals: list[Refusal] = []
    for place, step in enumerate(steps):
        if step.finding_id not in known:
            raise NotFound
        refusals += _refusals(known[step.finding_id], step, place, today)
        refusals += _criminal_refusals(step.criminal, place, today) if step.criminal else []
    refusals += _act_refusals(known, steps)
    if refusals:
        raise Refusals(refusals)
    for step in steps:
        _write(known[step.finding_id], step)
    touch(case)
    record(case, "cases:findings:save", actor)
    return case


def _refusals(finding: CaseFinding, step: FindingStep, place: int, today: date) -> list[Refusal]:
    found: list[Refusal] = []

    def wrong(field: str, message: str) -> None:
        found.append(Refusal(message, field=f"findings-{place}-{field}"))

    if step.act_from and step.act_from > today:
        wrong("act_from", _("The day of the act lies in the future. Correct it."))
    if step.act_to and step.act_to > today:
        wrong("act_to", _("The day on which the act ended lies in the future. Correct it."))
    if step.act_from and step.act_to and step.act_to < step.act_from:
        wrong("act_to", _("The act ends before it begins. Correct one of the days."))
    if step.act_to and not step.act_from:
        wrong("act_from", _("Enter when the act began."))
    entry = known_violation(finding.violation)
    if step.tier and entry and step.tier not in entry.tiers_by_name:
        wrong("tier", _("This violation has no such tier. Choose one of the list."))
    for name, value in step.bases.items():
        if isinstance(value, int) and not 0 <= value <= MOST_FEN:
            words = term(BASES, name).zh
            wrong("bases", _("The amount “%(name)s” is not between 0 and one trillion yuan. Check it.", name=words))
    income = step.bases.get("illegal_income")
    if step.refunded_fen and (not isinstance(income, int) or step.refunded_fen > income):
        wrong("refunded", _("More is refunded than the illegal income amounts to. Correct one of the amounts."))
    return found


def _criminal_refusals(fine: CriminalFine, place: int, today: date) -> list[Refusal]:
    """A fine that forbids another one is told whole (行政处罚法35(2))."""
    wanted = [
        ("criminal_fine", not fine.amount_fen or fine.amount_fen < 0, _("Enter the fine that the court imposed.")),
        ("criminal_court", not (fine.court or "").strip(), _("Name the court.")),
        ("criminal_judgement", not (fine.judgement or "").strip(), _("Enter the number of the judgement.")),
        ("criminal_judged_on", fine.judged_on is None, _("Enter the day of the judgement.")),
        (
            "criminal_judged_on",
            fine.judged_on is not None and fine.judged_on > today,
            _("The day of the judgement lies in the future. Correct it."),
        ),
    ]
    return [
        Refusal(message, field=f"findings-{place}-{field}", citation=apl(35, 2))
        for field, wrong, message in wanted
        if wrong
    ]


def _act_refusals(known: Mapping[int, CaseFinding], steps: Sequence[FindingStep]) -> list[Refusal]:
    """One act needs two findings of the same party at least."""
    acts = Counter((known[step.finding_id].respondent_id, step.act_number) for step in steps)
    message = _(
        "One act that breaks several rules needs two violations of the party. Give the other one this number too."
    )
    return [
        Refusal(message, field=f"findings-{place}-act_number", citation=apl(29))
        for place, step in enumerate(steps)
        if step.act_number is not None and acts[known[step.finding_id].respondent_id, step.act_number] < 2
    ]


def _write(finding: CaseFinding, step: FindingStep) -> None:
    if finding.act_number != step.act_number:
        finding.governs, finding.governs_reason = False, None
    finding.act_number = step.act_number
    fine = step.criminal or CriminalFine(None, None, None, None)
    finding.criminal_fine_fen, finding.criminal_judged_on = fine.amount_fen, fine.judged_on
    finding.criminal_court, finding.criminal_judgement = _text(fine.court), _text(fine.judgement)
    finding.facts = step.facts.strip()
    finding.act_from, finding.act_to, finding.harm = step.act_from, step.act_to, step.harm
    finding.tier, finding.liability = step.tier or None, step.liability or None
    finding.refunded_fen = step.refunded_fen
    further: dict[str, int | str] = {}
    for column in COLUMN_BASES.values():
        setattr(finding, column, None)
    for name, value in step.bases.items():
        if isinstance(value, int) and name in COLUMN_BASES and name not in COUNTED:
            setattr(finding, COLUMN_BASES[name], value)
        else:
            further[name] = value
    finding.bases = further


def _text(typed: str | None) -> str | None:
    return (typed or "").strip() or None


def add_evidence(
    actor: Actor, case_id: int, step: EvidenceStep, *, key: str, version: int | None = None
) -> list[Evidence]:
    """Add evidence of one of the eight kinds (行政处罚法46) until the case is decided; sent twice it is added once."""
    rows, refused = add_what_can_be_taken(actor, case_id, step, key=key, version=version)
    if refused:
        raise Refusals(refused)
    return rows


def add_what_can_be_taken(
    actor: Actor, case_id: int, step: EvidenceStep, *, key: str, version: int | None = None
) -> tuple[list[Evidence], list[Refusal]]:
    """As ``add_evidence``, but a file that cannot be taken keeps no other back: what was added, and the refusals."""
    case = load(actor, case_id)
    refuse_unless_handler(case, actor)
    if known := evidence.sent_before(key):
        return known, []
    check_version(case, version)
    if State(case.state) not in BEFORE_DECISION - FINAL:
        raise Refusal(_("The case is decided; evidence is no longer added."), citation=apl(40))
    touch(case)
    return evidence.add_what_can_be_taken(
        actor, case, step.files, kind=step.kind, title=step.title, proves=step.proves, key=key
    )


def withdraw_evidence(
    actor: Actor, case_id: int, evidence_id: int, *, reason: str | None, version: int | None = None
) -> Evidence:
    """Evidence is never deleted: it is withdrawn with a reason and no longer counts (行政处罚法46(3))."""
    case = load(actor, case_id, version)
    refuse_unless_handler(case, actor)
    if case.state not in WRITABLE:
        raise Refusal(_("Evidence is withdrawn during the investigation only."), citation=apl(46, 3))
    touch(case)
    return evidence.withdraw_evidence(actor, case, evidence_id, reason=reason)


def record_transfer(
    actor: Actor, case_id: int, on: date, today: date, *, reason: str, version: int | None = None
) -> Case:
    """The day on which the case was handed to the judicial organs (行政处罚法27(1)); not a state: it may go on here."""
    case = load(actor, case_id, version)
    refuse_unless_handler(case, actor)
    refusals = []
    if case.filed_on is None or not is_open(case.state):
        refusals.append(Refusal(_("Only an open, filed case is transferred."), citation=apl(27, 1)))
    elif on < case.filed_on:
        refusals.append(Refusal(_("The transfer lies before the filing of the case. Check the day."), field="on"))
    if on > today:
        refusals.append(Refusal(_("The day of the transfer lies in the future."), field="on"))
    if not reason.strip():
        refusals.append(Refusal(_("Write what crime is suspected, and to whom the case went."), field="reason"))
    if refusals:
        raise Refusals(refusals)
    case.transferred_judicial_on = on
    record(case, "cases:transfer:record", actor, reason=reason.strip())
    return case


def terminate_case(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """End a filed case without a decision; the head decides, with the reason (行政处罚法57(1))."""
    case = load(actor, case_id, version)
    take(case, Action.TERMINATE, actor, today, reason=reason)
    give_opinion(case, actor, "termination", "approved", reason, today)
    record(case, "cases:case:terminate", actor, reason=reason)
    return case


def resume_investigation(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """Take the case back to mend or add facts; review and notice begin anew (行政处罚法40, 44)."""
    case = load(actor, case_id, version)
    take(case, Action.RESUME_INVESTIGATION, actor, today, reason=reason)
    record(case, "cases:investigation:resume", actor, reason=reason)
    return case


def _writable(actor: Actor, case_id: int, version: int | None) -> Case:
    case = load(actor, case_id, version)
    refuse_unless_handler(case, actor)
    if case.state not in WRITABLE:
        message = _("Facts and amounts are settled with the report. Resume the investigation to change them.")
        raise Refusal(message, citation=apl(44))
    return case
