"""Use cases of complaints: received, accepted and assigned, closed, replied to; withdrawn instead of deleted."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from ..accounts.actor import Actor
from ..accounts.permissions import Permission as P
from ..accounts.queries import own_agency, own_officers
from ..accounts.scope import check_version
from ..audit.actions import record
from ..audit.capture import has_changes
from ..campaigns.queries import campaign
from ..columns import new_key
from ..documents.actions import issue_document
from ..documents.models import Document
from ..documents.queries import current_document
from ..documents.series import new_complaint_number
from ..errors import Forbidden, NotFound, Refusal, refuse
from ..extensions import db
from ..masking import kept
from ..objections import N_, Objection
from ..registry import queries as registry
from ..registry.models import Subject
from ..registry.rules import check_region
from ..turns import take_turn
from . import queries, rules
from .models import Complaint
from .rules import ComplaintFacts
from .snapshots import intake_record


def receive_complaint(
    actor: Actor, today: date, facts: ComplaintFacts, *, key: str | None = None, source: str = "local"
) -> Complaint:
    """Write down a complaint that came in and give it its number. The same ``key`` sent twice makes one.

    Raises Refusals for whatever is missing or contradictory, Forbidden for those who only read complaints.
    """
    if not (actor.may(P.COMPLAINT_HANDLE) or actor.may(P.COMPLAINT_ASSIGN)):
        raise Forbidden
    if key and (found := _sent_before(actor, source, key)):
        return found
    _refuse(actor, facts, today)
    authority = own_agency(actor).authority
    complaint = Complaint(
        source=source,
        key=key or new_key(),
        number=new_complaint_number(authority, (facts.received_on or today).year),
        agency=authority,
        sector=actor.sector or authority.sector,
    )
    _write(actor, complaint, facts)
    db.session.add(complaint)
    db.session.flush()
    record(complaint, "complaints:complaint:receive", actor)
    return complaint


def change_complaint(
    actor: Actor, complaint_id: int, today: date, facts: ComplaintFacts, *, version: int | None = None
) -> Complaint:
    """Mend what was written down, as long as the complaint is open. For the handler and those who assign.

    A telephone that comes back masked stays.
    """
    complaint = _own(actor, complaint_id, version)
    if rules.state_of(complaint) not in (rules.State.RECEIVED, rules.State.HANDLING):
        raise Refusal(_("Only an open complaint can be changed. Open it again first."))
    facts = facts._replace(reporter_phone=kept("reporter_phone", facts.reporter_phone, complaint.reporter_phone))
    _refuse(actor, facts, today, complaint)
    _write(actor, complaint, facts)
    return _saved(actor, complaint, "complaints:complaint:change")


def show_reporter(actor: Actor, complaint_id: int, reason: str) -> Complaint:
    """Let those who may know the reporter see the telephone in full; the reason is recorded.

    Raises Refusal without a reason, Forbidden, NotFound.
    """
    complaint = queries.complaint(actor, complaint_id)
    if not queries.may_see_reporter(actor, complaint):
        raise Forbidden
    if not reason.strip():
        raise Refusal(_("Choose why you want to see the numbers."), field="reason")
    record(complaint, "complaints:reporter:show", actor, reason=reason.strip())
    return complaint


def accept_complaint(
    actor: Actor,
    complaint_id: int,
    today: date,
    *,
    accepted_on: date | None,
    handler_id: int | None,
    version: int | None = None,
) -> Complaint:
    """Accept a complaint and give it to an officer of the own authority, or to another one while it is open."""
    complaint = _assignable(actor, complaint_id, version)
    refuse(rules.check_acceptance(complaint, accepted_on, today))
    officer = next((one for one in own_officers(actor, today) if one.id == handler_id), None)
    if officer is None:
        raise Refusal(_("Choose an officer of the own authority with a valid certificate."), field="handler_id")
    complaint.accepted_on, complaint.handler = accepted_on, officer
    return _saved(actor, complaint, "complaints:complaint:accept", officer.name)


def close_complaint(
    actor: Actor,
    complaint_id: int,
    today: date,
    *,
    closed_on: date | None,
    outcome: str,
    penalised: bool,
    version: int | None = None,
) -> Complaint:
    """Close a complaint with what came of it. For the handler and those who assign."""
    complaint = _own(actor, complaint_id, version)
    refuse(rules.check_closing(complaint, closed_on, outcome, today))
    complaint.closed_on, complaint.outcome, complaint.penalised = closed_on, outcome.strip(), penalised
    return _saved(actor, complaint, "complaints:complaint:close")


def reply_to_complaint(
    actor: Actor,
    complaint_id: int,
    today: date,
    *,
    replied_on: date | None,
    reply: str,
    satisfied: bool | None,
    version: int | None = None,
) -> Complaint:
    """Record the reply and, now or later, whether the reporter is satisfied (None: not said)."""
    complaint = _own(actor, complaint_id, version)
    refuse(rules.check_reply(complaint, replied_on, reply, today))
    complaint.replied_on, complaint.reply, complaint.satisfied = replied_on, reply.strip(), satisfied
    return _saved(actor, complaint, "complaints:complaint:reply")


def reopen_complaint(actor: Actor, complaint_id: int, *, reason: str, version: int | None = None) -> Complaint:
    """Open a complaint again that was closed by mistake; what was closed stays in the record."""
    complaint = _assignable(actor, complaint_id, version)
    refuse(rules.check_reopening(complaint, reason))
    complaint.closed_on, complaint.penalised = None, False
    return _saved(actor, complaint, "complaints:complaint:reopen", reason.strip())


def withdraw_complaint(actor: Actor, complaint_id: int, *, reason: str, version: int | None = None) -> Complaint:
    """Withdraw a complaint entered by mistake or twice; it stays readable and no longer counts."""
    complaint = _assignable(actor, complaint_id, version)
    refuse(rules.check_withdrawal(complaint, reason))
    complaint.withdrawn_reason = reason.strip()
    return _saved(actor, complaint, "complaints:complaint:withdraw", reason.strip())


def issue_intake_record(actor: Actor, complaint_id: int, today: date) -> Document:
    """The 案件受理记录 (D18) of an accepted complaint; the only paper that names the reporter. Issued once."""
    complaint = _own(actor, complaint_id, None)
    if complaint.accepted_on is None or complaint.agency is None:
        raise Refusal(_("Accept the complaint first: the record bears the day of acceptance."))
    take_turn("intake record", str(complaint.id))
    issued = current_document(complaint, "D18")
    if issued:
        return issued
    data = intake_record(complaint, today)
    return issue_document(actor, complaint, "D18", data, agency=complaint.agency, on=today, today=today)


def _own(actor: Actor, complaint_id: int, version: int | None) -> Complaint:
    """The complaint for its handler or for those who assign in its authority. Raises NotFound, Forbidden, Stale."""
    complaint = queries.complaint(actor, complaint_id)
    if not queries.may_work_on(actor, complaint):
        raise Forbidden
    check_version(complaint, version)
    return complaint


def _assignable(actor: Actor, complaint_id: int, version: int | None) -> Complaint:
    complaint = queries.complaint(actor, complaint_id)
    if not queries.may_assign(actor, complaint):
        raise Forbidden
    check_version(complaint, version)
    return complaint


def _sent_before(actor: Actor, source: str, key: str) -> Complaint | None:
    take_turn("complaint", source, key)
    found = db.session.scalar(select(Complaint.id).where(Complaint.source == source, Complaint.key == key))
    return queries.complaint(actor, found) if found else None


def _refuse(actor: Actor, facts: ComplaintFacts, today: date, old: Complaint | None = None) -> None:
    objections = [*rules.check_receipt(facts, today), *check_region(facts.region_code, actor.region_code, today)]
    target = (facts.campaign, facts.category)
    if old is None or target != (old.campaign, old.category) or facts.received_on != old.received_on:
        objections += _check_campaign(facts)
    if facts.subject_id is not None and _subject(actor, facts.subject_id) is None:
        text = N_("This establishment or person is not in your region. Choose another one.")
        objections.append(Objection(text, "subject_id"))
    refuse(objections)


def _check_campaign(facts: ComplaintFacts) -> list[Objection]:
    """A complaint counts for a campaign that ran on the day of receipt, and for one of its categories."""
    if facts.campaign is None or facts.received_on is None:
        return []
    known = campaign(facts.campaign)
    if known is None:
        return [Objection(N_("There is no such campaign. Choose one of the list."), "target")]
    if not known.runs_on(facts.received_on):
        span = {"title": known.title, "start": known.date_from.isoformat(), "end": known.date_to.isoformat()}
        text = N_("%(title)s ran from %(start)s to %(end)s; the complaint came on another day. Choose none.")
        return [Objection(text, "target", span)]
    if facts.category is not None and facts.category not in [category.code for category in known.categories]:
        return [Objection(N_("The campaign has no such category. Choose one of the list."), "target")]
    return []


def _subject(actor: Actor, subject_id: int) -> Subject | None:
    try:
        return registry.subject(actor, subject_id)
    except NotFound:
        return None


def _write(actor: Actor, complaint: Complaint, facts: ComplaintFacts) -> None:
    complaint.subject = _subject(actor, facts.subject_id) if facts.subject_id is not None else None
    complaint.received_on = facts.received_on or complaint.received_on
    for column in ("channel", "region_code", "subject_text", "campaign", "category", "anonymous", "reporter_name"):
        setattr(complaint, column, getattr(facts, column))
    complaint.reporter_phone, complaint.text = facts.reporter_phone, facts.text.strip()


def _saved(actor: Actor, complaint: Complaint, event: str, reason: str | None = None) -> Complaint:
    if has_changes(db.session()):
        record(complaint, event, actor, reason=reason)
    return complaint
