"""Two people with the same form: the later one is told who changed what, keeps what was typed, may take the rest.

Every form of the route map is in one of the tables below, or the last test fails.
"""

import json
import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from flask import Flask, url_for
from lxml import html

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.permissions import Role
from inspectorate.audit.actions import record
from inspectorate.audit.verification import verify
from inspectorate.cases.models import Case
from inspectorate.cases.words import REVIEW_POINTS
from inspectorate.complaints import actions as complaints
from inspectorate.complaints.models import Complaint
from inspectorate.extensions import db
from inspectorate.inspections.models import EntryApproval, Inspection, InspectionOfficer
from inspectorate.joint.models import Activity, JointMeeting, RecheckTask, Resolution
from inspectorate.procedure.states import State
from inspectorate.standards.models import LocalStandard
from tests import factories
from tests.cases import walk
from tests.client import form_of
from tests.harness.test_access import rules
from tests.harness.test_acting import reviewing_office
from tests.harness.world import World, build, keep

STATES = [State.INTAKE, State.FILING_PROPOSED, State.INVESTIGATION, State.LEGAL_REVIEW, State.EXECUTION]
DAY = "2026-07-15"


class Edit(NamedTuple):
    """A form that shows what is stored: whose it is, in which state of the case, and a field that both change."""

    role: Role
    state: State
    field: str
    theirs: str
    mine: str
    more: Mapping[str, str] = MappingProxyType({})
    """What else is sent, such as the button pressed."""
    words: tuple[str, ...] = ()
    """How both values read on the page, where they are codes."""


I, H, R, O, A = Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.CAMPAIGN_OFFICE, Role.ADMINISTRATOR  # noqa: E741

FORM_TEXT = 'form = { id = "f", title = "%s所写" }'
INCOME = {"findings-0-income": "36800.00"}
PROPOSED = {"fines-0-amount": "400000.00", "correction_text": "立即停止诊疗活动"}

EDITS: dict[str, Edit] = {
    "accounts.agency": Edit(A, State.EXECUTION, "address", "文二路1号", "文三路3号"),
    "accounts.officer": Edit(A, State.EXECUTION, "certificate", "33010611111", "33010622222"),
    "accounts.user": Edit(A, State.EXECUTION, "display_name", "王芳一", "王芳二"),
    "typical.account": Edit(O, State.EXECUTION, "account", "他人改写的案情", "本人改写的案情"),
    "typical.names": Edit(O, State.EXECUTION, "persons", "initial", "full", words=("C某某", "全名")),
    "campaigns.change": Edit(O, State.EXECUTION, "title", "他人所拟名称", "本人所拟名称"),
    "campaigns.choose": Edit(O, State.EXECUTION, "values", "A", "none"),
    "cases.change": Edit(I, State.INTAKE, "summary", "他人所写线索", "本人所写线索"),
    "cases.investigation": Edit(
        I,
        State.INVESTIGATION,
        "findings-0-facts",
        "他人查明的事实",
        "本人查明的事实",
        {"findings-0-income": "36800.00"},
    ),
    "cases.proposal": Edit(I, State.INVESTIGATION, "discretion", "他人所写裁量", "本人所写裁量", PROPOSED),
    "cases.rename": Edit(I, State.EXECUTION, "name", "他人所拟案名", "本人所拟案名"),
    "complaints.change": Edit(I, State.EXECUTION, "text", "他人所记内容", "本人所记内容"),
    "complaints.reply": Edit(I, State.EXECUTION, "reply", "他人的答复", "本人的答复", {"satisfied": "yes"}),
    "formdesk.about": Edit(O, State.EXECUTION, "title", "他人所拟表名", "本人所拟表名"),
    "formdesk.node": Edit(O, State.EXECUTION, "label", "他人所写行名", "本人所写行名"),
    "formdesk.part": Edit(O, State.EXECUTION, "text", "他人所写办法", "本人所写办法"),
    "formdesk.text": Edit(O, State.EXECUTION, "text", FORM_TEXT % "他人", FORM_TEXT % "本人"),
    "inspections.findings": Edit(I, State.EXECUTION, "opinion_text", "他人的意见", "本人的意见", {"save": "1"}),
    "inspections.statement": Edit(I, State.EXECUTION, "party_statement", "他人所记陈述", "本人所记陈述", {"save": "1"}),
    "inspections.subject": Edit(I, State.EXECUTION, "inspected_on", "2026-07-13", "2026-07-14", {"save": "1"}),
    "inspections.visit": Edit(I, State.EXECUTION, "place", "他人所写地点", "本人所写地点", {"save": "1"}),
    "reporting.account_letter": Edit(O, State.EXECUTION, "addressee", "杭州市卫生健康委员会", "杭州市卫生监督所"),
    "reporting.account_section": Edit(O, State.EXECUTION, "text", "他人所写打算", "本人所写打算"),
    "reporting.bulletin_words": Edit(O, State.EXECUTION, "requirements", "他人所写要求", "本人所写要求"),
    "joint.answer": Edit(I, State.EXECUTION, "note", "他人所写原因", "本人所写原因", {"result": "impossible"}),
    "joint.change_liaison": Edit(O, State.EXECUTION, "post", "他人所写职务", "本人所写职务"),
    "joint.change_meeting": Edit(O, State.EXECUTION, "place", "他人所写会场", "本人所写会场"),
    "joint.change_resolution": Edit(O, State.EXECUTION, "text", "他人所写议定事项", "本人所写议定事项"),
    "joint.correct_activity": Edit(O, State.EXECUTION, "place", "他人所写礼堂", "本人所写礼堂", {"reason": "写错"}),
    "registry.change": Edit(I, State.EXECUTION, "address", "文二路1号", "文三路3号"),
}

REVIEWED = {f"points-{number}-ok": "yes" for number in range(len(REVIEW_POINTS))}

SOMEBODY_ELSE = {"complaints.change": H, "complaints.reply": H}
"""Who else may change it, where it is not a colleague of the same role."""

STEPS: dict[str, tuple[Role, State, dict[str, str]]] = {
    "cases.approval": (H, State.FILING_PROPOSED, {"answer": "approve", "reason": "同意立案"}),
    "cases.closing": (I, State.EXECUTION, {"way": "自动履行", "on": DAY}),
    "cases.defence": (I, State.EXECUTION, {"kind": "made", "on": DAY, "text": "已陈述"}),
    "cases.deliberation": (I, State.INVESTIGATION, {"chair": "周局", "members": "王芳、李强、周局", "recorder": "李强",
        "begun": f"{DAY} 09:00", "ended": f"{DAY} 09:30", "place": "会议室", "talk": "王芳：同意。"}),
    "cases.evidence": (I, State.INVESTIGATION, {"kind": "physical", "title": "注射器", "proves": "开展注射"}),
    "cases.execution": (I, State.EXECUTION, {"on": DAY, "text": "已拆除设备"}),
    "cases.payment": (I, State.EXECUTION, {"paid_on": DAY, "amount": "100", "receipt_number": "浙1"}),
    "cases.report": (I, State.INVESTIGATION, {"disputes": "对金额有争议"}),
    "cases.resume": (I, State.INVESTIGATION, {"reason": "补充调查"}),
    "cases.review": (R, State.LEGAL_REVIEW, REVIEWED | {"answer": "agree"}),
    "cases.review_defence": (R, State.EXECUTION, {"accepted": "rejected", "review": "不予采纳，证据充分"}),
    "cases.serve_decision": (I, State.EXECUTION, {"way": "direct", "served_on": DAY, "receiver": "张三"}),
    "cases.serve_notice": (I, State.EXECUTION, {"way": "direct", "served_on": DAY, "receiver": "张三"}),
    "cases.terminate": (H, State.INVESTIGATION, {"reason": "当事人死亡"}),
    "cases.transfer": (I, State.INVESTIGATION, {"on": DAY, "reason": "涉嫌犯罪"}),
    "cases.withdraw": (I, State.INTAKE, {"reason": "误录"}),
    "cases.withdraw_evidence": (I, State.INVESTIGATION, {"reason": "重复"}),
    "complaints.accept": (H, State.EXECUTION, {"accepted_on": DAY}),
    "complaints.close": (I, State.EXECUTION, {"closed_on": DAY, "outcome": "未发现违法行为"}),
    "complaints.reopen": (H, State.EXECUTION, {"reason": "误办结"}),
    "complaints.withdraw": (H, State.EXECUTION, {"reason": "重复登记"}),
    "inspections.approval": (H, State.EXECUTION, {"opinion": "同意"}),
    "inspections.check": (I, State.EXECUTION, {}),
    "inspections.supplement": (I, State.EXECUTION, {"text": "补记一处", "reason": "遗漏"}),
    "inspections.withdraw": (I, State.EXECUTION, {"reason": "误建"}),
    "inspections.withdraw_evidence": (I, State.EXECUTION, {"reason": "重复"}),
    "joint.drop_task": (O, State.EXECUTION, {"reason": "已注销"}),
    "joint.follow_up": (O, State.EXECUTION, {"done_on": DAY, "text": "已排查"}),
    "joint.settle": (O, State.EXECUTION, {"state": "done", "reason": "已落实"}),
    "joint.withdraw_activity": (O, State.EXECUTION, {"reason": "重复"}),
    "joint.withdraw_meeting": (O, State.EXECUTION, {"reason": "误录"}),
    "standards.end": (A, State.EXECUTION, {"on": DAY, "reason": "由新的文件废止"}),
}  # fmt: skip
"""Forms in which somebody writes something new about a record that others may have changed since it was read."""

MAKES = "makes something new; see test_together.py"

WITHOUT_VERSION = {
    MAKES: {
        "accounts.new_agency", "accounts.new_officer", "accounts.new_user", "typical.choose", "campaigns.new",
        "cases.new", "complaints.intake_record", "complaints.new", "inspections.evidence", "inspections.new",
        "inspections.new_approval", "joint.new_activity",
        "joint.new_liaison", "joint.new_meeting", "joint.new_resolution",
        "registry.connect", "registry.new", "registry.new_person", "standards.new",
        "formdesk.load", "formdesk.new",
    },
    "a button of a page that carries its version; see tests/formdesk": {
        "formdesk.discard", "formdesk.more", "formdesk.outline", "formdesk.publish", "formdesk.undo",
    },
    "a sheet whose fields are made for its form, or a reason for it; see tests/returns/test_pages.py": {
        "returns.by_link", "returns.correct", "returns.edit", "returns.freeze", "returns.send_back", "returns.sign",
    },
    "a file or a day that shows nothing stored; see tests/returns/test_files.py": {
        "returns.make_link", "returns.take_workbook", "returns.upload", "returns.upload_by_link",
    },
    "a button that carries the version, or begins what there is one of; see tests/returns": {
        "returns.accept", "returns.accept_chosen", "returns.begin", "returns.department", "returns.department_files",
        "returns.pass_on", "returns.remind", "returns.revoke_link",
    },
    "a button that only the state of the record lets through": {
        "typical.drop", "typical.up", "typical.down", "typical.nominate", "typical.recall", "typical.put_back",
        "typical.send_back", "typical.leave_out", "cases.send", "cases.submit_decision", "cases.submit_filing",
        "inspections.approvals", "registry.disconnect", "reporting.issue_bulletin",
    },
    "makes what there is one of, and refuses the second; see tests/reporting": {
        "reporting.begin_account", "reporting.new_bulletin",
    },
    "makes what does not wait or stand there yet; see tests/joint": {"joint.copy_liaisons", "joint.new_recheck"},
    "shows, and changes nothing": {"complaints.reporter", "joint.liaison_numbers", "registry.numbers"},
    "one's own session and password, or an administrator's help with them": {
        "home.set_language", "signin.code", "signin.end_other_sessions", "signin.end_session", "signin.end_sessions",
        "signin.lift_locks", "signin.new_codes", "signin.own_password", "signin.reset_password",
        "signin.reset_second_factor", "signin.second_factor", "signin.sign_in", "signin.sign_out", "signin.turn_off",
    },
}  # fmt: skip
"""What overwrites nothing that somebody has read, and why."""


def test_every_form_is_in_one_of_the_tables(app: Flask) -> None:
    sent = {rule.endpoint for rule in rules(app) if "POST" in (rule.methods or ())}
    others = set().union(*WITHOUT_VERSION.values())
    assert sent == EDITS.keys() | STEPS.keys() | others
    assert not EDITS.keys() & STEPS.keys() and not (EDITS.keys() | STEPS.keys()) & others


@pytest.fixture
def world(request: pytest.FixtureRequest, session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    if request.param is State.LEGAL_REVIEW:
        monkeypatch.setattr(walk, "office", reviewing_office)
    return build(monkeypatch, request.param)


def place_of(app: Flask, endpoint: str, world: World) -> str:
    """The address of a form for a record of the world that it may change."""
    values = dict(world.ids)
    if endpoint.startswith("inspections.") and endpoint != "inspections.supplement":
        values["inspection_id"] = values["draft_id"]
    if endpoint == "inspections.withdraw_evidence":
        values["evidence_id"] = values["draft_evidence_id"]
    if endpoint == "cases.withdraw_evidence":
        values["evidence_id"] = values["case_evidence_id"]
    rule = next(rule for rule in rules(app) if rule.endpoint == endpoint)
    with app.test_request_context():
        return url_for(endpoint, **{name: values[name] for name in rule.arguments})


def close_complaint(world: World) -> None:
    """A reply is recorded once the complaint is closed."""
    head, today = actor_of(world.office.head_user), clock.today()
    found = {"closed_on": today, "outcome": "查无实据", "penalised": False}
    complaints.close_complaint(head, world.ids["complaint_id"], today, **found)
    db.session.commit()


def take_part(world: World) -> None:
    """Whoever is an officer of a draft may write it too."""
    draft, second = db.session.get_one(Inspection, world.ids["draft_id"]), world.office.second
    if second.id not in [one.officer_id for one in draft.officers]:
        place = len(draft.officers)
        draft.officers.append(InspectionOfficer(officer_id=second.id, certificate=second.certificate, position=place))
        record(draft, "inspections:report:visit", world.office.handler)
        db.session.commit()


PREPARED: dict[str, Callable[[World], None]] = {
    "complaints.reply": close_complaint,
    **{name: take_part for name in EDITS if name.startswith("inspections.")},
}


def colleague(world: World, role: Role) -> User:
    """Somebody else who may do the same: of the same office, and a handler of the case where that is demanded."""
    other = factories.user(role, agency=world.office.agency, display_name="沈青云")
    if role is Role.INSPECTOR:
        other.officer_id = world.office.second.id
    keep()
    return other


@pytest.mark.one_database
@pytest.mark.parametrize("world", STATES, indirect=True, ids=[state.value for state in STATES])
def test_what_others_changed_meanwhile_is_told_and_can_be_taken_field_by_field(
    app: Flask, world: World, record_property: Callable[[str, object], None]
) -> None:
    edits = {name: edit for name, edit in EDITS.items() if edit.state == world.walk.case.state}
    for endpoint, edit in edits.items():
        place, other = (
            place_of(app, endpoint, world),
            colleague(world, H if endpoint.startswith("complaints.") else edit.role),
        )
        PREPARED.get(endpoint, lambda _world: None)(world)
        mine, theirs = app.test_client(), app.test_client()
        mine.sign_in(world.person("own", edit.role))  # type: ignore[attr-defined]
        theirs.sign_in(other)  # type: ignore[attr-defined]
        opened = fields(mine, place)
        saved = theirs.post(place, data=fields(theirs, place) | {edit.field: edit.theirs} | dict(edit.more))
        assert saved.status_code == 302, (endpoint, problems(saved))
        late = mine.post(place, data=opened | {edit.field: edit.mine} | dict(edit.more))
        told(endpoint, late, edit)
        # Kept, what was typed is saved knowingly; taken, what is there now stays.
        again = form_in(late.get_data(as_text=True))
        taken = mine.post(place, data=again | dict(edit.more) | {"take": box(late, edit.field)})
        assert taken.status_code == 302, (endpoint, problems(taken))
        assert fields(mine, place)[edit.field] == edit.theirs, endpoint
        stale = mine.post(place, data=opened | {edit.field: edit.mine} | dict(edit.more))
        kept = mine.post(place, data=form_in(stale.get_data(as_text=True)) | dict(edit.more))
        assert kept.status_code == 302, (endpoint, problems(kept))
        assert fields(mine, place)[edit.field] == edit.mine, endpoint
    assert list(verify()) == []
    record_property("found", f"{len(edits)} forms changed by two at once: told field by field, nothing overwritten")


def fields(browser: Any, place: str) -> dict[str, str]:
    answer = browser.get(place)
    assert answer.status_code == 200, place
    return form_in(answer.get_data(as_text=True))


def form_in(page: str) -> dict[str, str]:
    """A page's form as browsers send it: they drop the line end with which a text area begins."""
    return {name: value.removeprefix("\n") for name, value in form_of(page).items()}


def problems(answer: Any) -> list[str]:
    page, names = html.fromstring(answer.get_data(as_text=True)), ("wrong", "error-summary", "stale", "lead-text")
    return [one.text_content() for name in names for one in page.find_class(name)]


def told(endpoint: str, late: Any, edit: Edit) -> None:
    """The page of the late save names who, the field, what was and what is, and both texts beside it."""
    page = late.get_data(as_text=True)
    assert late.status_code == 409, endpoint
    notice, beside = html.fromstring(page).find_class("stale"), html.fromstring(page).find_class("both")
    assert len(notice) == 1 and "沈青云" in notice[0].text_content(), (endpoint, problems(late))
    changes = notice[0].find_class("stale-changes")
    assert any("→" in one.text_content() for one in changes), (endpoint, notice[0].text_content())
    assert form_in(page)[edit.field] == edit.mine, (endpoint, "what was typed is gone")
    texts = [one.text_content() for one in beside]
    assert len(texts) == 1, (endpoint, texts)
    for value in edit.words or (edit.theirs, edit.mine):
        assert value in texts[0], (endpoint, texts)


def box(late: Any, field: str) -> str:
    """The box that takes what is there now for a field."""
    values = html.fromstring(late.get_data(as_text=True)).xpath("//input[@name='take']/@value")
    return next(value for value in values if json.loads(value)[0] == field)


@pytest.mark.parametrize("world", STATES, indirect=True, ids=[state.value for state in STATES])
def test_a_step_on_a_record_that_others_have_changed_is_not_taken_unseen(
    app: Flask, world: World, record_property: Callable[[str, object], None]
) -> None:
    steps = {name: step for name, step in STEPS.items() if step[1] == world.walk.case.state}
    for endpoint, (role, _state, typed) in steps.items():
        place = place_of(app, endpoint, world)
        mine = app.test_client()
        mine.sign_in(world.person("own", role))  # type: ignore[attr-defined]
        opened = fields(mine, place)
        old, new = meanwhile(endpoint, world)
        answer = mine.post(place, data=opened | typed)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409, (endpoint, answer.location)
        notice = html.fromstring(page).find_class("stale")
        assert notice, (endpoint, problems(answer))
        words = notice[0].text_content()
        assert "沈青云" in words and old in words and new in words, (endpoint, words)
        shown = form_in(page)
        assert {name: shown.get(name) for name in typed} == typed, endpoint
        assert int(shown["version"]) > int(opened["version"]), endpoint
    assert list(verify()) == []
    record_property("found", f"{len(steps)} steps on a record changed meanwhile: none taken unseen")


def meanwhile(endpoint: str, world: World) -> tuple[str, str]:
    """Somebody changes the record of a step: what it was, and what it is now."""
    model, key, column, event = CHANGED.get(endpoint) or CHANGED[endpoint.partition(".")[0]]
    other = actor_of(colleague(world, Role.INSPECTOR))
    row, new = db.session.get_one(model, world.ids[key]), f"改后{random.randrange(10**9)}"
    old = getattr(row, column)
    setattr(row, column, new)
    record(row, event, other)
    db.session.commit()
    return old or "—", new


CHANGED: dict[str, tuple[Any, str, str, str]] = {
    "cases": (Case, "case_id", "name", "cases:case:rename"),
    "complaints": (Complaint, "complaint_id", "text", "complaints:complaint:change"),
    "inspections": (Inspection, "draft_id", "place", "inspections:report:visit"),
    "inspections.supplement": (Inspection, "inspection_id", "place", "inspections:report:visit"),
    "inspections.approval": (EntryApproval, "approval_id", "items", "inspections:entry:request"),
    "joint.drop_task": (RecheckTask, "task_id", "note", "joint:recheck:answer"),
    "joint.follow_up": (Resolution, "resolution_id", "text", "joint:resolution:change"),
    "joint.settle": (Resolution, "resolution_id", "text", "joint:resolution:change"),
    "joint.withdraw_activity": (Activity, "activity_id", "place", "joint:activity:correct"),
    "joint.withdraw_meeting": (JointMeeting, "meeting_id", "place", "joint:meeting:change"),
    "standards": (LocalStandard, "standard_id", "issuer", "standards:standard:load"),
}
"""What somebody else changes in the meantime, and how the record calls it."""
