"""Use cases of typical cases: choosing, ordering, sending up and back, rewriting the account, how names are shown."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _

from .. import clock
from ..accounts.actor import Actor
from ..accounts.regions import region_name
from ..accounts.scope import check_version
from ..audit.actions import record
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.queries import campaign_for
from ..cases.models import Case
from ..errors import NotFound, Refusal, Refusals
from ..extensions import db
from ..turns import take_turn
from . import queries
from .account import proposed_account
from .completeness import missing
from .masking import USUAL
from .material import USUAL_TEMPLATE, changed_since, digest_of, entry_of, to_look_at
from .models import TypicalAccount, TypicalCase, TypicalMaterial

PERSONS = ("surname", "initial", "full")
PLACES = ("kind", "place", "full")


def choose(actor: Actor, campaign_id: str, case_id: int) -> TypicalCase:
    """Take a decided case of the own scope into the region's typical cases; one that an office below has nominated
    comes with its account. Raises NotFound, Refusal."""
    campaign = campaign_for(actor, campaign_id)
    case = queries.decided_case(actor, campaign_id, case_id)
    take_turn("typical", campaign_id, actor.region_code)
    rows = queries.positions(campaign_id, actor.region_code)
    if case_id in rows:
        raise Refusal(_("This case has been chosen already."))
    below = queries.nomination(actor, campaign, case_id)
    last = max((row.position for row in rows.values()), default=0)
    row = TypicalCase(campaign=campaign_id, region_code=actor.region_code, case_id=case.id, position=last + 1)
    if below is not None:
        row.nominated_from, row.digest = below.region_code, below.digest
        row.account, row.names, row.looked_at = below.account, list(below.names), list(below.looked_at)
        row.accounts = [_version(actor, 1, below.account, proposed_account(case))] if below.account else []
    if queries.settings(campaign_id, actor.region_code) is None:
        usual = {"persons": USUAL.persons, "places": USUAL.places}
        db.session.add(TypicalMaterial(campaign=campaign_id, region_code=actor.region_code, **usual))
    db.session.add(row)
    db.session.flush()
    record(case, "typical:case:choose", actor, reason=campaign.title)
    return row


def drop(actor: Actor, campaign_id: str, case_id: int) -> None:
    """Take a case out of the region's typical cases; a nominated one is called back first. Raises NotFound, Refusal."""
    row = _editable(actor, campaign_id, case_id)
    case = db.session.get_one(Case, row.case_id)
    db.session.delete(row)
    db.session.flush()
    record(case, "typical:case:drop", actor, reason=_title(actor, campaign_id))


def move(actor: Actor, campaign_id: str, case_id: int, *, up: bool = True) -> None:
    """Let a case change places with the one that the actor sees above (or below) it; others keep theirs.

    Raises NotFound.
    """
    take_turn("typical", campaign_id, actor.region_code)
    row = queries.choice(actor, campaign_id, case_id)
    other = queries.neighbour(actor, row, up=up)
    if other is not None:
        row.position, other.position = other.position, row.position
    db.session.flush()
    record(db.session.get_one(Case, row.case_id), "typical:case:order", actor, reason=_title(actor, campaign_id))


def nominate(actor: Actor, campaign_id: str, case_id: int) -> None:
    """Send a chosen case to the office above. Raises NotFound, Refusal, Refusals: what it lacks."""
    campaign, row = campaign_for(actor, campaign_id), _editable(actor, campaign_id, case_id)
    if queries.office_above(campaign, actor.region_code) is None:
        raise Refusal(_("No office above takes part in this campaign: print the material instead."))
    _check_fit(actor, campaign, case_id)
    case = db.session.get_one(Case, row.case_id)
    row.state, row.nominated_at, row.nominated_by = "nominated", clock.now(), actor.name
    row.digest = digest_of(case)
    row.returned_at = row.returned_by = row.returned_reason = None
    db.session.flush()
    record(case, "typical:case:nominate", actor, reason=campaign.title)


def _check_fit(actor: Actor, campaign: CampaignFacts, case_id: int) -> None:
    """Complete, unchanged and looked at. Raises Refusals."""
    chosen = queries.line(actor, campaign.id, case_id).chosen
    problems = [*missing(chosen.case), *changed_since(chosen)]
    if not problems:
        style = queries.style_of(campaign.id, actor.region_code)
        problems = to_look_at(chosen, entry_of(1, chosen, USUAL_TEMPLATE, style))
    if problems:
        raise Refusals(problems)


def recall(actor: Actor, campaign_id: str, case_id: int) -> None:
    """Call a nomination back that the office above has not taken. Raises NotFound, Refusal."""
    campaign = campaign_for(actor, campaign_id)
    row = queries.choice(actor, campaign_id, case_id)
    if row.state != "nominated":
        raise Refusal(_("This case has not been sent up, or it has been returned already."))
    if queries.taken_above(campaign, row):
        raise Refusal(_("The office above has taken this case into its list. Ask it to send the case back."))
    row.state, row.nominated_at, row.nominated_by = "chosen", None, None
    db.session.flush()
    record(db.session.get_one(Case, row.case_id), "typical:case:recall", actor, reason=campaign.title)


def nominated(actor: Actor, campaign: CampaignFacts, case_id: int) -> tuple[Case, TypicalCase]:
    """A case that an office below has sent to the actor's, with the row there. Raises NotFound, Refusal."""
    case, row = queries.any_case(actor, campaign.id, case_id), queries.nomination(actor, campaign, case_id)
    if row is None:
        raise Refusal(_("No office below has sent this case to yours, or it has been called back or returned."))
    return case, row


def send_back(actor: Actor, campaign_id: str, case_id: int, reason: str) -> None:
    """Return a nomination to the office that sent it; a case that was taken goes out of the own list with it.

    Raises NotFound, Refusal.
    """
    campaign = campaign_for(actor, campaign_id)
    case, below = nominated(actor, campaign, case_id)
    words = reason.strip()
    if len(words) < 2:
        raise Refusal(_("Write why the case goes back: the office below reads it."), field="reason")
    own = queries.positions(campaign_id, actor.region_code).get(case_id)
    if own is not None and own.state == "nominated":
        raise Refusal(_("You have sent this case up yourself. Call it back first."))
    if own is not None:
        db.session.delete(own)
    below.state, below.returned_at, below.returned_by = "returned", clock.now(), actor.name
    below.returned_reason = words
    db.session.flush()
    record(case, "typical:case:return", actor, reason=f"{region_name(below.region_code)}：{words}")


def write_account(
    actor: Actor,
    campaign_id: str,
    case_id: int,
    text: str,
    names: Sequence[str] = (),
    looked_at: Collection[str] = (),
    *,
    version: int | None = None,
) -> None:
    """The account of a chosen case as the office wants it, empty for the proposed text; further names to mask, and the
    remarks that somebody has looked at. The text is kept as a new version where it differs.

    Raises NotFound, Stale, Refusal.
    """
    row = _editable(actor, campaign_id, case_id)
    check_version(row, version)
    case = queries.line(actor, campaign_id, case_id).case
    draft = proposed_account(case)
    written = text.replace("\r\n", "\n").strip()
    account = None if not written or written == draft else written
    if account != row.account:
        number = max((one.number for one in row.accounts), default=0) + 1
        row.accounts.append(_version(actor, number, account, draft))
    row.account, row.names, row.looked_at = account, list(names), sorted(looked_at)
    row.digest = digest_of(case) if account is not None or row.digest is not None else None
    db.session.flush()
    record(case, "typical:case:account", actor, reason=_title(actor, campaign_id))


def _version(actor: Actor, number: int, text: str | None, draft: str) -> TypicalAccount:
    return TypicalAccount(number=number, text=text, draft=draft, written_at=clock.now(), written_by=actor.name)


def _editable(actor: Actor, campaign_id: str, case_id: int) -> TypicalCase:
    """The row of a case that does not lie with the office above. Raises NotFound, Refusal."""
    row = queries.choice(actor, campaign_id, case_id)
    if row.state == "nominated":
        raise Refusal(_("This case lies with the office above. Call it back before you change it."))
    return row


def show_names(actor: Actor, campaign_id: str, *, persons: str, places: str, version: int | None = None) -> None:
    """How the region's material shows names. Raises NotFound where nothing has been chosen, Refusal, Stale."""
    campaign = campaign_for(actor, campaign_id)
    if persons not in PERSONS:
        raise Refusal(_("Choose how persons are shown."), field="persons")
    if places not in PLACES:
        raise Refusal(_("Choose how institutions are shown."), field="places")
    row = queries.settings(campaign.id, actor.region_code)
    if row is None:
        raise NotFound
    check_version(row, version)
    row.persons, row.places = persons, places
    db.session.flush()
    record(row, "typical:material:names", actor, reason=campaign.title)


def _title(actor: Actor, campaign_id: str) -> str:
    return campaign_for(actor, campaign_id).title
