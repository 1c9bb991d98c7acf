"""One small world with a record of every kind, in 330106 and health, each bearing a name that nothing else bears.

``紫藤`` marks what the registry and campaigns share between sectors, ``青鸾`` what only the own sector may see. Nothing
in it came past the record, so ``verify()`` is empty on it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from inspectorate import clock, files
from inspectorate.accounts.actor import SYSTEM, Actor, actor_of
from inspectorate.accounts.models import Agency, User
from inspectorate.accounts.permissions import Role
from inspectorate.audit.actions import record
from inspectorate.campaigns.actions import categories_of, choose_for_region, create_campaign
from inspectorate.campaigns.facts import Further
from inspectorate.campaigns.forms_known import FORMS
from inspectorate.campaigns.queries import campaign_for, form
from inspectorate.complaints.actions import accept_complaint, receive_complaint
from inspectorate.complaints.rules import ComplaintFacts
from inspectorate.documents.models import Document
from inspectorate.extensions import db
from inspectorate.formdesk.actions import begin
from inspectorate.inspections.models import Evidence
from inspectorate.procedure.states import State
from inspectorate.registry.models import Connection
from inspectorate.reporting.actions import begin_account
from inspectorate.reporting.models import Bulletin
from inspectorate.returns.actions import open_department, open_level, submit
from inspectorate.returns.actions.links import make as make_link
from inspectorate.returns.periods import period_of
from inspectorate.standards.actions import load_standard
from inspectorate.standards.models import LocalStandard
from inspectorate.typical.actions import choose
from tests import factories
from tests.cases import walk
from tests.harness.joint_world import joint_rows
from tests.inspections.scene import Scene, moment, picture
from tests.standards.sample import rule_text, standard_text

NOW = datetime(2026, 7, 15, 2, 30, tzinfo=UTC)
TODAY = date(2026, 7, 15)

SHARED_NAME, OWN_NAME = "紫藤", "青鸾"
FORM = "medical_cosmetology_2021"
PERIOD = period_of(date(2021, 6, 1), date(2021, 12, 31))
CAMPAIGN = "wisteria_2026"

CHOICE: dict[str, Any] = {
    "id": "grades", "label": "等级", "filter": "grade", "least": 1, "most": 2, "among": [["none", "none"], ["A", "A"]],
}  # fmt: skip

PLACES = {
    "own": ("330106", "health"),
    "neighbour": ("330105", "health"),
    "above": ("330100", "health"),
    "nation": ("000000", "health"),
    "province": ("440106", "health"),
    "sector": ("330106", "market"),
}
"""From where somebody looks at the records of 330106 and health."""


@dataclass
class World:
    """The people by place and role, and the records by the names that addresses give them."""

    office: walk.Office
    people: dict[tuple[str, Role], User]
    walk: walk.Walk
    ids: dict[str, Any]

    def person(self, place: str, role: Role) -> User:
        """Who holds a role at a place."""
        return self.people[place, role]


def keep(_session: Any = None) -> None:
    """Commit with a record entry for whatever factories have made."""
    record(db.session.query(Agency).order_by(Agency.id).first(), "accounts:agency:add", SYSTEM)
    db.session.commit()


def build(monkeypatch: Any, state: State = State.EXECUTION) -> World:
    """The world, with its case in a state."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(walk, "save", keep)
    office = walk.office()
    people = _people(office)
    keep()
    going = _case(office, state)
    ids = _inspections(office, going) | _complaint(office, people) | _campaign(people, going) | _draft(people)
    ids |= _return(people)
    assert going.case.inspection is not None
    ids |= joint_rows(office.agency, CAMPAIGN, SHARED_NAME, OWN_NAME, going.case.inspection)
    place = going.case.respondents[0].subject
    staff = factories.person(name=f"欧阳{SHARED_NAME}")
    connection = factories.add(Connection(establishment_id=place.id, person_id=staff.id, relation="practitioner"))
    paper = db.session.query(Document).filter_by(case_id=going.case.id).order_by(Document.id).first()
    ids |= {
        "case_id": going.case.id,
        "respondent_id": going.party.id,
        "subject_id": place.id,
        "person_id": staff.id,
        "connection_id": connection.id,
        "document_id": paper.id if paper else 0,
        "agency_id": office.agency.id,
        "officer_id": office.second.id,
        "user_id": office.handler_user.id,
        "standard_id": local_standard(office.agency).id,
    }
    keep()
    return World(office, people, going, ids)


def standard_of(name: str = f"{OWN_NAME}裁量基准", region: str = "330106") -> str:
    """The file of a local standard about a violation of no case here."""
    rule = rule_text("WP-004", light="share = [0, 50]", heavy="share = [50, 100]")
    return standard_text(region, name=name, rules=rule)


def local_standard(agency: Agency, **told: str) -> LocalStandard:
    """Such a standard, loaded for an office."""
    return load_standard(SYSTEM, standard_of(**told), "standard.toml", agency)


def _people(office: walk.Office) -> dict[tuple[str, Role], User]:
    known = {
        Role.INSPECTOR: office.handler_user,
        Role.LEGAL_REVIEWER: office.reviewer_user,
        Role.SUPERVISOR: office.head_user,
    }
    found = {}
    for place, (region, sector) in PLACES.items():
        agency = office.agency if place == "own" else factories.agency(region, sector)
        for role in Role:
            mine = known.get(role) if place == "own" else None
            found[place, role] = mine or factories.user(role, agency=agency, name=f"{place}-{role.value}")
    return found


def _case(office: walk.Office, state: State) -> walk.Walk:
    going = walk.Walk(office)
    report, subject = going.case.inspection, going.case.respondents[0].subject
    assert report is not None
    subject.name, subject.address = f"{SHARED_NAME}医疗美容门诊部", f"{SHARED_NAME}路1号"
    report.number, report.seen = f"{OWN_NAME}检1号", [f"{OWN_NAME}治疗室有注射器"]
    report.findings[0].facts = f"{OWN_NAME}无证注射"
    going.case.name, going.case.campaign, going.case.category = f"{OWN_NAME}无证行医案", CAMPAIGN, "unlicensed_practice"
    keep()
    going.until(state)
    keep()
    return going


def _inspections(office: walk.Office, going: walk.Walk) -> dict[str, Any]:
    """A draft under an approval and a piece of evidence that is a file; the submitted report is the case's."""
    scene = Scene(office.agency, office.handler_user, office.second, office.head_user, going.party.subject)
    draft = scene.draft()
    scene.save_findings(draft, seen=[f"{OWN_NAME}候诊区"])
    waiting = scene.approval(state="requested", items=f"{OWN_NAME}事项")
    report = going.case.inspection
    assert report is not None

    def photo(**owner: int) -> int:
        columns = {"kind": "audiovisual", "title": f"{OWN_NAME}照片", "filename": "a.jpg", "media_type": "image/jpeg"}
        stored = {"sha256": files.put(picture()), "captured_at": moment(TODAY, 9, 0)}
        made: Evidence = factories.add(Evidence(**columns, **stored, **owner))
        return made.id

    ids = {"inspection_id": report.id, "draft_id": draft.id, "approval_id": waiting.id}
    ids |= {"evidence_id": photo(inspection_id=report.id), "draft_evidence_id": photo(inspection_id=draft.id)}
    ids["case_evidence_id"] = photo(case_id=going.case.id)
    keep()
    return ids


def _complaint(office: walk.Office, people: dict[tuple[str, Role], User]) -> dict[str, Any]:
    head, inspector = actor_of(office.head_user), actor_of(office.handler_user)
    facts = ComplaintFacts(
        received_on=date(2026, 7, 1),
        channel="hotline",
        region_code="330106",
        text=f"{OWN_NAME}无证行医",
        subject_text=f"{OWN_NAME}诊所",
        reporter_name=f"{OWN_NAME}女士",
        reporter_phone="13600000000",
    )
    made = receive_complaint(inspector, TODAY, facts, key="world-complaint")
    accept_complaint(head, made.id, TODAY, accepted_on=date(2026, 7, 2), handler_id=inspector.officer_id)
    keep()
    return {"complaint_id": made.id}


def _campaign(people: dict[tuple[str, Role], User], going: walk.Walk) -> dict[str, Any]:
    definition = form(FORM)
    assert definition is not None
    create_campaign(
        SYSTEM,
        code=CAMPAIGN,
        title=f"{SHARED_NAME}行动",
        region_code="330106",
        date_from=date(2026, 1, 1),
        date_to=date(2026, 12, 31),
        forms=[FORM],
        categories=[{"code": code, "label": code} for code in categories_of(definition)],
        further=Further(choices=[CHOICE]),
    )
    choose_for_region(actor_of(people["own", Role.CAMPAIGN_OFFICE]), CAMPAIGN, CHOICE["id"], ["none", "A"])
    keep()
    if going.case.respondents[0].decision and going.case.respondents[0].decision.decided_on:
        choose(actor_of(people["own", Role.CAMPAIGN_OFFICE]), CAMPAIGN, going.case.id)
    ids = {"campaign_id": CAMPAIGN, "form_id": FORM, "choice_id": CHOICE["id"]}
    return ids | _reporting(actor_of(people["own", Role.CAMPAIGN_OFFICE]))


def _reporting(office: Actor) -> dict[str, Any]:
    """A campaign report that has been begun, and the draft of a bulletin."""
    campaign = campaign_for(office, CAMPAIGN)
    begin_account(office, campaign)
    place: dict[str, Any] = {"region_code": office.region_code, "agency_id": office.authority_id}
    words = {"opening": "", "requirements": f"{OWN_NAME}要求"}
    draft = Bulletin(campaign=CAMPAIGN, month=date(2026, 6, 1), **place, **words)
    factories.add(draft)
    record(draft, "reporting:bulletin:begin", office)
    return {"bulletin_id": draft.id, "section": "plans"}


def _return(people: dict[tuple[str, Role], User]) -> dict[str, Any]:
    """The county's table of a campaign of the nation, submitted to the city."""
    office = actor_of(people["own", Role.CAMPAIGN_OFFICE])
    row = open_level(office, FORM, FORM, "330106", PERIOD)
    submit(office, row.id, TODAY)
    market = open_department(office, FORM, FORM, "330106", PERIOD, sector="market")
    link, code = make_link(office, market.id, TODAY, TODAY)
    keep()
    return {"return_id": row.id, "number": 1, "link_id": link.id, "link_code": code}


def _draft(people: dict[tuple[str, Role], User]) -> dict[str, Any]:
    """A form that the own campaign office is making, and a part of each kind of it."""
    text = (FORMS / f"{FORM}.toml").read_text(encoding="utf-8").replace("处理情况", OWN_NAME)
    draft = begin(actor_of(people["own", Role.CAMPAIGN_OFFICE]), text)
    keep()
    return {"drafted_id": draft.id, "axis": "rows", "node_id": "fine_count", "piece": "check", "place": 0}
