"""Two people, or one impatient one, at the same moment: made once, decided once, numbered without a gap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspectorate.accounts.models import Agency, Officer, User
from inspectorate.accounts.permissions import Role
from inspectorate.audit.verification import verify
from inspectorate.campaigns.forms_known import FORMS
from inspectorate.campaigns.models import Campaign
from inspectorate.cases.models import Case, Opinion, Payment
from inspectorate.complaints.models import Complaint
from inspectorate.documents.models import Document
from inspectorate.extensions import db
from inspectorate.formdesk.models import FormDraft
from inspectorate.inspections.models import EntryApproval, Evidence, Inspection
from inspectorate.joint.models import Activity, JointMeeting, Liaison, Resolution
from inspectorate.procedure.states import State
from inspectorate.registry.models import Connection, Subject
from inspectorate.standards.models import LocalStandard
from inspectorate.typical.models import TypicalCase
from tests import factories
from tests.harness import scale
from tests.harness.hostile import Fields
from tests.harness.test_late_saves import MAKES, WITHOUT_VERSION
from tests.harness.world import FORM, World, build, keep, standard_of
from tests.inspections.scene import picture

PRESSES = scale.count(4, 16)
DAY = "2026-07-15"


@pytest.fixture
def world(request: pytest.FixtureRequest, session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch, getattr(request, "param", State.EXECUTION))


def hidden(client: Any, address: str) -> dict[str, str]:
    """The key and version that the form of a page carries."""
    page = client.get(address).get_data(as_text=True)
    return {name: value for name, value in Fields(page).pairs if name in ("key", "version", "subject_id")}


def at_once(app: Flask, users: list[Any], send: Callable[[Any, int], Any]) -> list[int]:
    """Each user sends at the same moment; the status of each answer."""
    clients = [app.test_client() for _ in users]
    for client, user in zip(clients, users, strict=True):
        client.sign_in(user)  # type: ignore[attr-defined]
    db.session.remove()
    barrier = Barrier(len(users))

    def press(number: int) -> int:
        barrier.wait()
        status: int = send(clients[number], number).status_code
        return status

    with ThreadPoolExecutor(len(users)) as pool:
        return list(pool.map(press, range(len(users))))


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


COMPLAINT = {"received_on": DAY, "channel": "hotline", "region_code": "330106", "text": "无证行医", "anonymous": "y",
             "subject_text": "某诊所"}  # fmt: skip


class Making(NamedTuple):
    """A form that makes something: who sends it, where, what appears in which table, and what is typed.

    ``first`` is what the first is answered, ``again`` what whoever sends the same once more is: the page of what is
    there (302), or the reason why it cannot be there twice (200 beside the field, 409).
    """

    role: Role
    place: str
    model: Any
    typed: dict[str, Any]
    first: int = 302
    again: int = 302
    state: State = State.EXECUTION


I, O, A = Role.INSPECTOR, Role.CAMPAIGN_OFFICE, Role.ADMINISTRATOR  # noqa: E741

NEW_AGENCY = {"name": "西湖区卫生监督所", "sector": "health", "region_code": "330106"}
NEW_OFFICER = {"name": "赵新", "certificate": "33010699999", "agency_id": "{agency_id}"}
NEW_USER = {"name": "zhaoxin", "display_name": "赵新", "roles": ["inspector"], "agency_id": "{agency_id}"}

MAKING = {
    "accounts.new_agency": Making(A, "/accounts/agencies/new", Agency, NEW_AGENCY),
    "accounts.new_officer": Making(A, "/accounts/officers/new", Officer, NEW_OFFICER),
    "accounts.new_user": Making(
        A, "/accounts/users/new", User, NEW_USER, first=200, again=200
    ),
    "typical.choose": Making(O, "/campaigns/{campaign_id}/cases/{case_id}/choose", TypicalCase, {}, again=409),
    "campaigns.new": Making(
        O,
        "/campaigns/new",
        Campaign,
        {"code": "twice_2026", "title": "行动", "date_from": "2026-01-01", "date_to": "2026-12-31", "forms": [FORM]},
        again=200,
    ),
    "cases.evidence": Making(
        I, "/cases/{case_id}/evidence", Evidence, {"kind": "audiovisual", "proves": "现场"}, state=State.INVESTIGATION
    ),
    "cases.new": Making(
        I,
        "/cases/new?subject_id={subject_id}",
        Case,
        {"origin": "other", "received_on": DAY, "summary": "线索", "handlers-0-officer_id": "{handler}",
         "handlers-1-officer_id": "{officer_id}"},
    ),
    "cases.payment": Making(
        I, "/cases/{case_id}/parties/0/payment", Payment, {"paid_on": DAY, "amount": "100", "receipt_number": "浙1"}
    ),
    "complaints.intake_record": Making(I, "/complaints/{complaint_id}/intake-record", Document, {}),
    "complaints.new": Making(I, "/complaints/new", Complaint, COMPLAINT),
    "inspections.evidence": Making(I, "/inspections/{draft_id}/evidence", Evidence, {"kind": "audiovisual"}),
    "inspections.new": Making(
        I,
        "/inspections/new?subject_id={subject_id}",
        Inspection,
        {"inspected_on": DAY, "reason": "routine", "entry": "urgent", "urgent_reason": "接到举报"},
    ),
    "inspections.new_approval": Making(
        I,
        "/inspections/approvals/new?subject_id={subject_id}",
        EntryApproval,
        {"reason": "routine", "items": "依法执业", "planned_from": DAY, "planned_to": DAY},
    ),
    "joint.new_activity": Making(
        O, "/campaigns/{campaign_id}/joint/activities/new/publicity", Activity,
        {"kind": "lecture", "held_on": DAY, "title": "进社区", "times": "1", "people": "30"},
    ),
    "joint.new_liaison": Making(
        O, "/campaigns/{campaign_id}/joint/liaisons/new", Liaison,
        {"department": "police", "name": "孙警官", "from_on": DAY}, again=200,
    ),
    "joint.new_meeting": Making(
        O, "/campaigns/{campaign_id}/joint/meetings/new", JointMeeting,
        {"ordinal": "7", "held_on": DAY, "place": "会议室", "chair": "周局", "attendance-0-department": "health"},
    ),
    "joint.new_resolution": Making(
        O, "/joint/meetings/{meeting_id}/resolutions/new", Resolution,
        {"text": "联合排查", "duties-0-department": "market", "duties-0-region": "330106"},
    ),
    "registry.connect": Making(
        I,
        "/registry/{subject_id}/people?q=紫藤",
        Connection,
        {"person_id": "{person_id}", "relation": "responsible"},
    ),
    "formdesk.load": Making(O, "/forms/load", FormDraft, {"open": "1"}),
    "formdesk.new": Making(O, "/forms/new", FormDraft, {"title": "新表", "id": "new_table"}),
    "registry.new": Making(
        I,
        "/registry/establishments/new?kind=other",
        Subject,
        {"name": "杭州新店", "region_code": "330106", "address": "文二路9号"},
    ),
    "registry.new_person": Making(
        I, "/registry/persons/new", Subject, {"name": "王小二", "region_code": "330106"}
    ),
    "standards.new": Making(A, "/standards/new", LocalStandard, {}),
}  # fmt: skip


def test_every_form_that_makes_something_is_sent_twice_below() -> None:
    assert MAKING.keys() - {"cases.evidence", "cases.payment"} == WITHOUT_VERSION[MAKES]


@pytest.mark.parametrize("world", [State.INVESTIGATION, State.EXECUTION], indirect=True)
def test_a_form_sent_twice_makes_one_record(
    app: Flask, client: Any, world: World, record_property: Callable[[str, object], None]
) -> None:
    makings = {name: making for name, making in MAKING.items() if making.state == world.walk.case.state}
    for endpoint, making in makings.items():
        made_once(app, client, world, endpoint, making)
    assert list(verify()) == []
    record_property("found", f"{len(makings)} forms sent {PRESSES} times at once, and once more later: each made once")


def made_once(app: Flask, client: Any, world: World, endpoint: str, making: Making) -> None:
    """Send a form many times at once, and again when the answer was lost."""
    ids, user = world.ids | {"handler": world.office.handler.officer_id}, world.person("own", making.role)
    client.sign_in(user)
    place = making.place.format(**ids)
    if endpoint == "typical.choose":
        client.post(place.replace("choose", "drop"))
    typed = {name: value.format(**ids) if isinstance(value, str) else value for name, value in making.typed.items()}
    body = hidden(client, place) | typed
    before = count(making.model)

    def send(browser: Any, _number: int) -> Any:
        pictures = {"files": (BytesIO(picture(colour="red")), "照片.jpg", "image/jpeg")}
        standard = standard_of("新裁量基准").replace("WP-004", "WP-001").encode()
        definition = FORMS.joinpath("school_canteen_check.toml").read_bytes()
        files = {
            "standards.new": {"file": (BytesIO(standard), "standard.toml")},
            "formdesk.load": {"file": (BytesIO(definition), "form.toml")},
        }
        return browser.post(
            place, data=body | (pictures if endpoint.endswith(".evidence") else files.get(endpoint, {}))
        )

    statuses = at_once(app, [user] * PRESSES, send)
    assert count(making.model) == before + 1, (endpoint, statuses)
    assert sorted(statuses) == sorted([making.first] + [making.again] * (PRESSES - 1)), endpoint
    # Whoever never saw the answer sends the same again, perhaps to a server that has been restarted meanwhile.
    db.session.remove()
    db.engine.dispose()
    client.sign_in(user)
    assert send(client, 0).status_code == making.again, endpoint
    assert count(making.model) == before + 1, endpoint


@pytest.mark.parametrize("world", [State.FILING_PROPOSED, State.DECISION_APPROVAL], indirect=True)
def test_two_heads_who_approve_at_once_decide_once(app: Flask, client: Any, world: World) -> None:
    other = factories.user(Role.SUPERVISOR, agency=world.office.agency)
    keep()
    heads = [world.office.head_user, other]
    address = f"/cases/{world.ids['case_id']}/approval"
    client.sign_in(heads[0])
    body = hidden(client, address) | {"answer": "approve", "reason": "同意"}
    before, state = count(Opinion), db.session.get_one(Case, world.ids["case_id"]).state
    statuses = at_once(app, heads, lambda browser, _number: browser.post(address, data=body))
    assert sorted(statuses) in ([200, 302], [302, 409]), statuses
    assert count(Opinion) == before + 1
    assert db.session.get_one(Case, world.ids["case_id"]).state != state
    assert verify() == []


def test_two_heads_who_decide_on_one_entry_decide_once(app: Flask, client: Any, world: World) -> None:
    other = factories.user(Role.SUPERVISOR, agency=world.office.agency)
    keep()
    address = f"/inspections/approvals/{world.ids['approval_id']}"
    client.sign_in(other)
    body = hidden(client, address)
    answers = [body | {"opinion": "同意"}, body | {"opinion": "不同意", "refuse": "1"}]
    statuses = at_once(
        app, [world.office.head_user, other], lambda browser, number: browser.post(address, data=answers[number])
    )
    assert sorted(statuses) == [302, 409], statuses
    assert db.session.get_one(EntryApproval, world.ids["approval_id"]).state in ("approved", "refused")
    assert verify() == []


def test_eight_complaints_at_once_get_eight_numbers_without_a_gap(app: Flask, world: World) -> None:
    def send(browser: Any, number: int) -> Any:
        return browser.post("/complaints/new", data=COMPLAINT | {"key": f"together-{number}"})

    assert at_once(app, [world.office.handler_user] * 8, send) == [302] * 8
    numbers = db.session.scalars(select(Complaint.number).where(Complaint.key.startswith("together-"))).all()
    last = sorted(int("".join(filter(str.isdigit, (number or "")[-8:]))[-4:]) for number in numbers)
    assert len(set(numbers)) == 8 and last == list(range(last[0], last[0] + 8)), numbers
    assert verify() == []
