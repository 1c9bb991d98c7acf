"""What entries are about: the names of subjects, and the subjects that bear a name or a number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, null, or_, select, union_all

from ..accounts.actor import Actor
from ..accounts.models import Agency, Officer, User
from ..accounts.regions import region_name
from ..accounts.scope import in_scope
from ..campaigns.models import Campaign, LoadedForm
from ..cases.models import SEARCHED as CASES
from ..cases.models import Case, Respondent
from ..complaints.models import SEARCHED as COMPLAINTS
from ..complaints.models import Complaint
from ..documents.models import Document
from ..documents.queries import SHIELDED
from ..extensions import db
from ..inspections.models import SEARCHED as INSPECTIONS
from ..inspections.models import EntryApproval, Inspection
from ..joint.models import Activity, JointMeeting, Liaison, RecheckOrder, RecheckTask, Resolution
from ..paging import Key
from ..registry.models import SEARCHED as REGISTRY
from ..registry.models import Subject
from ..reporting.models import Bulletin, CampaignAccount
from ..returns.models import Return
from ..search.finding import arranged, bearing
from ..search.searched import Searched
from ..standards.models import LocalStandard
from ..typical.models import TypicalMaterial
from .coded import decoded

MOST = 100
"""Subjects of one kind that words are looked for in: the latest that bear them."""

Chain = tuple[str, int]
"""Kind and id of a subject: each has a chain of entries."""


class Named(NamedTuple):
    """A subject as people know it, by number and name; ``key`` is what the address of its page calls it.

    None where the page is not for all who read the record: documents that name a reporter.
    """

    name: str
    key: int | str | None


def names(actor: Actor, chains: Iterable[Chain]) -> Mapping[Chain, Named]:
    """What subjects within the actor's scope are called, by one statement whatever they are."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, subject_id in chains:
        ids[kind].add(subject_id)
    found = union_all(*(query.where(row_id.in_(ids[kind])) for kind, row_id, query in _namings(actor)))
    return {(kind, row_id): _named(kind, row_id, *told) for kind, row_id, *told in db.session.execute(found)}


def _named(kind: str, row_id: int, number: str | None, name: str | None) -> Named:
    if kind == "campaign":
        return Named(name or "", number or "")
    if kind == "return":
        return Named(_together(region_name(name or ""), number), row_id)
    if kind == "document":
        return Named(_together(decoded(kind, "kind", name or ""), number), None if name in SHIELDED else row_id)
    return Named(_together(number, name), row_id)


def _together(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))


def _namings(actor: Actor) -> Iterator[tuple[str, Any, Select[Any]]]:
    """Of each kind the id, and a query for kind, id, number and name; documents are called by their kind,
    returns by their form and region."""
    in_agency, unnumbered = in_scope(Agency, actor), cast(null(), String)

    def asked(kind: str, model: Any, number: Any, name: Any) -> tuple[str, Any, Select[Any]]:
        query = select(literal(kind), model.id, number, name).select_from(model)
        if hasattr(model, "region_code") and model is not Campaign:
            return kind, model.id, query.where(in_scope(model, actor))
        return kind, model.id, query.join(model.agency).where(in_agency) if hasattr(model, "agency") else query

    def at_a_place(kind: str, model: Any, number: Any, name: Any) -> tuple[str, Any, Select[Any]]:
        kind, row_id, query = asked(kind, model, number, name)
        return kind, row_id, query.outerjoin(model.subject)

    yield asked("agency", Agency, unnumbered, Agency.name)
    yield asked("officer", Officer, unnumbered, Officer.name)
    yield asked("user", User, unnumbered, User.display_name)
    yield asked("access", User, unnumbered, User.display_name)
    yield asked("subject", Subject, unnumbered, Subject.name)
    yield at_a_place("entry_approval", EntryApproval, unnumbered, Subject.name)
    yield at_a_place("inspection", Inspection, Inspection.number, Subject.name)
    yield at_a_place("complaint", Complaint, Complaint.number, func.coalesce(Subject.name, Complaint.subject_text))
    yield asked("case", Case, Case.number, func.coalesce(_first_party(), Case.name))
    yield asked("document", Document, Document.number, Document.kind)
    yield asked("standard", LocalStandard, LocalStandard.document_number, LocalStandard.name)
    yield asked("liaison", Liaison, unnumbered, Liaison.name)
    yield asked("joint_meeting", JointMeeting, cast(JointMeeting.ordinal, String), JointMeeting.place)
    yield asked("resolution", Resolution, unnumbered, Resolution.text)
    yield asked("recheck_order", RecheckOrder, unnumbered, RecheckOrder.title)
    yield at_a_place("recheck_task", RecheckTask, unnumbered, Subject.name)
    yield asked("activity", Activity, unnumbered, Activity.title)
    yield asked("campaign", Campaign, Campaign.code, Campaign.title)
    yield asked("loaded_form", LoadedForm, unnumbered, LoadedForm.code)
    yield asked("typical_material", TypicalMaterial, TypicalMaterial.campaign, TypicalMaterial.region_code)
    yield asked("return", Return, Return.form, Return.region_code)
    yield asked("bulletin", Bulletin, unnumbered, Bulletin.campaign)
    yield asked("campaign_account", CampaignAccount, unnumbered, CampaignAccount.campaign)


def _first_party() -> Any:
    return (
        select(Subject.name)
        .join(Respondent, Respondent.subject_id == Subject.id)
        .where(Respondent.case_id == Case.id)
        .order_by(Respondent.position, Respondent.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def bearers(actor: Actor, words: str) -> Mapping[str, Sequence[int]]:
    """The subjects that words name, by kind: the latest ``MOST`` of each, found by indexes or in short tables.

    With an establishment or a person come the approvals of entry there; with a case or an inspection, its documents.
    """
    subjects = [
        *_borne(actor, REGISTRY, words, department="org"),
        *_borne(actor, REGISTRY, words, department="person"),
    ]
    cases, inspections = _borne(actor, CASES, words), _borne(actor, INSPECTIONS, words)
    people = _first(User, or_(_holds(User.name, words), _holds(User.display_name, words)))
    written = or_(Document.number == words, Document.case_id.in_(cases), Document.inspection_id.in_(inspections))
    return {
        "subject": subjects,
        "case": cases,
        "inspection": inspections,
        "complaint": _borne(actor, COMPLAINTS, words),
        "entry_approval": _first(EntryApproval, EntryApproval.subject_id.in_(subjects)),
        "document": _first(Document, written),
        "standard": _first(LocalStandard, _holds(LocalStandard.name, words)),
        "agency": _first(Agency, _holds(Agency.name, words)),
        "officer": _first(Officer, _holds(Officer.name, words)),
        "user": people,
        "access": people,
    }


def _borne(actor: Actor, searched: Searched, words: str, department: str | None = None) -> Sequence[int]:
    model = searched.model
    query = bearing(select(model.id).where(in_scope(model, actor)), searched, words, actor, department=department)
    query, keys = arranged(query, [Key(model.id, down=True)])
    return db.session.scalars(query.order_by(keys[0].column.desc()).limit(MOST)).all()


def _holds(column: Any, words: str) -> ColumnElement[bool]:
    clause: ColumnElement[bool] = column.icontains(words, autoescape=True)
    return clause


def _first(model: Any, fitting: ColumnElement[bool]) -> Sequence[int]:
    return db.session.scalars(select(model.id).where(fitting).order_by(model.id.desc()).limit(MOST)).all()
