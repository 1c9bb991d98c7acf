"""The decision: proposed by the handlers as the notice told it or lower, approved by the head, issued, served."""

from datetime import date

from flask_babel import lazy_gettext as _

from ...accounts.actor import Actor
from ...audit.actions import record
from ...errors import Refusal
from ...procedure.articles import apl
from ...procedure.states import Action
from ..assessment import assess_party
from ..models import Case, Respondent
from ..papers import issue_for
from .notice import ServiceStep, serve_papers
from .steps import give_opinion, load, refuse_objections, renew_clock, respondent_of, take, touch


def propose_decision(actor: Actor, case_id: int, today: date, *, version: int | None = None) -> Case:
    """Send the decision to the head (行政处罚法57(1)); refused while notice or defence is not settled (62)."""
    case = load(actor, case_id, version)
    take(case, Action.PROPOSE_DECISION, actor, today)
    record(case, "cases:decision:propose", actor)
    return case


def approve_decision(
    actor: Actor, case_id: int, today: date, *, opinion: str | None = None, version: int | None = None
) -> Case:
    """Decide: the 决定书 gets its number, the versions of the laws applied are kept with it (行政处罚法37, 57, 59)."""
    case = load(actor, case_id, version)
    take(case, Action.APPROVE_DECISION, actor, today)
    for party in case.respondents:
        assert party.decision is not None
        party.decision.decided_on = today
        party.decision.law_versions = _versions(party, today)
    give_opinion(case, actor, "decision", "approved", opinion or "同意", today)
    renew_clock(case, today)
    record(case, "cases:decision:approve", actor, reason=opinion)
    for party in case.respondents:
        assert party.decision is not None
        party.decision.number = issue_for(actor, party, "D34", today).number
    record(case, "cases:decision:issue", actor)
    return case


def return_decision(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """The head sends the decision back, with the reason."""
    case = load(actor, case_id, version)
    take(case, Action.RETURN_DECISION, actor, today, reason=reason)
    give_opinion(case, actor, "decision", "returned", reason, today)
    record(case, "cases:decision:return", actor, reason=reason)
    return case


def serve_decision(
    actor: Actor, case_id: int, respondent_id: int, service: ServiceStep, today: date, *, version: int | None = None
) -> Case:
    """Record the service of the decision; payment and remedies run from here (行政处罚法61, 67(3))."""
    case = load(actor, case_id, version)
    party = respondent_of(case, respondent_id)
    refuse_objections(case, Action.SERVE_DECISION, actor, today, on=service.served_on, respondent=party)
    assert party.decision is not None
    if party.decision.served_on:
        raise Refusal(_("The decision has been served on this party already."), citation=apl(61, 1))
    serve_papers(actor, party, ("D34",), service, today)
    party.decision.served_on = service.served_on
    if all(other.decision and other.decision.served_on for other in case.respondents):
        take(case, Action.SERVE_DECISION, actor, today)
    touch(case)
    record(case, "cases:decision:serve", actor)
    return case


def _versions(party: Respondent, today: date) -> dict[str, str]:
    found = [one.found for one in assess_party(party, today).values()]
    return {law: version for one in found if one for law, version in one.versions.items()}
