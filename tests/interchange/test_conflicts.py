"""History is what it was: what departs from law or procedure loads, marked imported, with the conflict as a remark."""

from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.cases.models import Case
from inspectorate.complaints.models import Complaint
from inspectorate.extensions import db
from inspectorate.inspections.models import Inspection
from tests.interchange.samples import AGENCY, CASE, COMPLAINT, ESTABLISHMENT, EXAMPLES, INSPECTION, OFFICERS, changed

DECISION = "respondents.0.decision"
FINE = f"{DECISION}.penalties.1.amount"


def remarks_of(app: Any, model: type[Any]) -> list[str]:
    with app.app_context():
        row = db.session.scalars(select(model)).one()
        assert row.imported
        found: list[str] = row.remarks
        return found


CASES: dict[str, tuple[str, Any, str]] = {
    "a fine below the range": (FINE, "183999.99", "低于法定最低额184,000.00元"),
    "a fine above the range": (FINE, "736000.01", "超过法定最高额736,000.00元"),
    "a decision before the filing": (f"{DECISION}.decided_on", "2021-07-04", "决定日期早于立案日期"),
    "a service before the decision": (f"{DECISION}.served_on", "2021-08-19", "送达日期早于决定日期"),
    "a closing before the filing": ("closed_on", "2021-07-04", "结案日期早于立案日期"),
    "a closing before the decision": ("closed_on", "2021-08-19", "结案日期早于决定日期"),
    "a filing outside the campaign": ("filed_on", "2021-05-31", "日期不在专项行动期间内"),
    "a violation of another sector": ("respondents.0.violations.0.code", "FD-016", "FD-016 不属于该机关的处罚权限"),
    "a violation that only persons commit": (
        "respondents.0.violations.0.code",
        "MC-005",
        "MC-005 的处罚对象是个人，当事人是单位",
    ),
    "a tier that there is not": ("respondents.0.violations.0.tier", "grave", "无法计算法定幅度"),
    "a fine after the fine of a court": (
        "respondents.0.violations.0.criminal_fine",
        {"amount": "20000.00", "court": "某区人民法院"},
        "人民法院已判处罚金，不再给予罚款",
    ),
    "an amount that nobody wrote down": ("respondents.0.violations.0.illegal_income", None, "无法计算法定幅度"),
}


@pytest.mark.parametrize("what", CASES)
def test_a_case_with_a_conflict_loads_with_a_remark(load: Any, app: Any, what: str) -> None:
    path, value, remark = CASES[what]
    done = load([*(one for one in EXAMPLES if one is not CASE), changed(CASE, path, value)])
    assert done.exit_code == 0, done.stderr
    assert "with a remark where law or procedure was not followed: 1" in done.stdout
    assert any(remark in said for said in remarks_of(app, Case))


def test_a_lawful_case_has_no_remark(load: Any, app: Any) -> None:
    done = load(EXAMPLES)
    assert "remark" not in done.stdout
    assert remarks_of(app, Case) == []
    assert remarks_of(app, Inspection) == []


INSPECTIONS: dict[str, tuple[str, Any, str]] = {
    "one officer only": ("officers", ["O1"], "执法人员少于两人"),
    "a day outside the campaign": ("inspected_on", "2022-01-01", "日期不在专项行动期间内"),
    "a violation of another sector": ("findings.0.violation", "FD-016", "FD-016 不属于该机关的处罚权限"),
}


@pytest.mark.parametrize("what", INSPECTIONS)
def test_an_inspection_with_a_conflict_loads_with_a_remark(load: Any, app: Any, what: str) -> None:
    path, value, remark = INSPECTIONS[what]
    done = load([AGENCY, *OFFICERS, ESTABLISHMENT, changed(INSPECTION, path, value)])
    assert done.exit_code == 0, done.stderr
    assert any(remark in said for said in remarks_of(app, Inspection))


def test_an_officer_whose_certificate_had_ended_is_remarked_on(load: Any, app: Any) -> None:
    ended = OFFICERS[0] | {"certificate_to": "2021-07-01"}
    load([AGENCY, ended, OFFICERS[1], ESTABLISHMENT, INSPECTION])
    assert remarks_of(app, Inspection) == ["执法人员邱梓萱的执法证当日无效"]


@pytest.mark.parametrize(("field", "remark"), [("closed_on", "办结"), ("replied_on", "反馈")])
def test_a_complaint_that_ends_before_it_begins_is_remarked_on(load: Any, app: Any, field: str, remark: str) -> None:
    assert load([COMPLAINT | {field: "2021-06-30"}]).exit_code == 0
    assert remarks_of(app, Complaint) == [f"{remark}日期早于受理日期"]


def test_what_history_did_not_record_is_no_conflict(load: Any, app: Any) -> None:
    bare = changed(CASE, DECISION, None) | {"filed_on": None, "closed_on": None, "inspection": None}
    load([AGENCY, ESTABLISHMENT, bare])
    assert remarks_of(app, Case) == []
