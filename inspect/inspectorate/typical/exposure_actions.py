"""Use cases of exposure lists: keeping a decision off them, and putting it back."""

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..audit.actions import record
from ..campaigns.queries import campaign_for
from ..cases.models import Case, Decision
from ..errors import NotFound, Refusal
from ..extensions import db
from ..turns import take_turn
from . import queries
from .models import ExposureLeftOut

KINDS = ("repaired", "stayed", "other")


def leave_out(actor: Actor, campaign_id: str, case_id: int, party_id: int | None, kind: str, reason: str) -> None:
    """Keep the decision on a party of a case off the exposure lists. Raises NotFound, Refusal."""
    case, decision = _decision(actor, campaign_id, case_id, party_id)
    words = reason.strip()
    if kind not in KINDS:
        raise Refusal(_("Choose why the decision is not shown."), field="kind")
    if len(words) < 2:
        raise Refusal(_("Write what the reason rests on, such as the number of the notice."), field="reason")
    take_turn("exposure", str(decision.id), actor.region_code)
    row = _row(decision, actor)
    if row is None:
        row = ExposureLeftOut(decision=decision, region_code=actor.region_code)
        db.session.add(row)
    row.kind, row.reason, row.made_at, row.made_by = kind, words, clock.now(), actor.name
    db.session.flush()
    record(case, "typical:exposure:leave_out", actor, reason=words)


def put_back(actor: Actor, campaign_id: str, case_id: int, party_id: int | None) -> None:
    """Let the own office show a decision again. Raises NotFound, Refusal."""
    case, decision = _decision(actor, campaign_id, case_id, party_id)
    row = _row(decision, actor)
    if row is None:
        raise Refusal(_("It was not your office that kept this decision off the list."))
    db.session.delete(row)
    db.session.flush()
    record(case, "typical:exposure:put_back", actor)


def _decision(actor: Actor, campaign_id: str, case_id: int, party_id: int | None) -> tuple[Case, Decision]:
    """The decision on a party, the first by default, of a case in scope. Raises NotFound."""
    case = queries.any_case(actor, campaign_for(actor, campaign_id).id, case_id)
    for party in case.respondents:
        if party.decision and party.decision.decided_on and party_id in (None, party.id):
            return case, party.decision
    raise NotFound


def _row(decision: Decision, actor: Actor) -> ExposureLeftOut | None:
    return db.session.scalar(
        select(ExposureLeftOut).where(
            ExposureLeftOut.decision_id == decision.id, ExposureLeftOut.region_code == actor.region_code
        )
    )
