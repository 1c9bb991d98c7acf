"""Two people, or one impatient one, at the same moment: made once, decided once, numbered without a gap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspectorate.accounts.permissions import Role
from inspectorate.audit.verification import verify
from inspectorate.cases.models import Case, Opinion, Payment
from inspectorate.complaints.models import Complaint
from inspectorate.extensions import db
from inspectorate.inspections.models import EntryApproval, Evidence, Inspection
from inspectorate.procedure.states import State
from inspectorate.registry.models import Subject
from tests import factories
from tests.harness.hostile import Fields
from tests.harness.world import World, build, keep
from tests.inspections.scene import picture

PRESSES = 4
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

CREATING: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "complaint": ("/complaints/new", Complaint, COMPLAINT),
    "place": (
        "/registry/establishments/new?kind=other",
        Subject,
        {"name": "杭州新店", "region_code": "330106", "address": "文二路9号"},
    ),
    "person": ("/registry/persons/new", Subject, {"name": "王小二", "region_code": "330106"}),
    "entry": (
        "/inspections/approvals/new?subject_id=1",
        EntryApproval,
        {"reason": "routine", "items": "依法执业", "planned_from": DAY, "planned_to": DAY},
    ),
    "report": (
        "/inspections/new?subject_id=1",
        Inspection,
        {"inspected_on": DAY, "reason": "routine", "entry": "urgent", "urgent_reason": "接到举报"},
    ),
    "case": (
        "/cases/new?subject_id=1",
        Case,
        {"origin": "other", "received_on": DAY, "summary": "线索", "handlers-0-officer_id": 1,
         "handlers-1-officer_id": 4},
    ),
    "evidence": ("/cases/1/evidence", Evidence, {"kind": "audiovisual", "proves": "现场"}),
    "payment": ("/cases/1/parties/0/payment", Payment, {"paid_on": DAY, "amount": "100", "receipt_number": "浙1"}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "world"),
    [(name, State.INVESTIGATION if name == "evidence" else State.EXECUTION) for name in CREATING],
    indirect=["world"],
)
def test_a_form_sent_twice_makes_one_record(app: Flask, client: Any, world: World, name: str) -> None:
    address, model, values = CREATING[name]
    user = world.office.handler_user
    client.sign_in(user)
    body = hidden(client, address) | values
    before = count(model)

    def send(browser: Any, _number: int) -> Any:
        files = {"files": (BytesIO(picture(colour="red")), "照片.jpg", "image/jpeg")} if name == "evidence" else {}
        return browser.post(address, data=body | files)

    statuses = at_once(app, [user] * PRESSES, send)
    assert count(model) == before + 1, statuses
    assert statuses == [302] * PRESSES
    assert verify() == []


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
    assert sorted(statuses)[-1] == 302 and sorted(statuses)[0] in (200, 409), statuses
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
    assert sorted(statuses) in ([200, 302], [302, 409]), statuses
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
