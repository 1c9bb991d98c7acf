"""Re-checks of the demo: a draw by the city, ticked places of the province, and what the county's inspectors found."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from .. import clock
from ..accounts.actor import Actor
from ..inspections import actions as reports
from ..inspections import entry
from ..inspections.models import Inspection
from ..inspections.submission import submit_report
from ..joint.actions import rechecks
from ..joint.actions.rechecks import OrderFacts
from ..joint.models import RecheckTask
from ..joint.queries import rechecks as queries
from ..joint.queries.rechecks import Criteria
from .stage import Calendar
from .world import WEST_LAKE

ORDERED, VISITED = 24, 9
"""Calendar days ago: when the city ordered it, and when the county's inspectors went there."""

SEEN = ["现场查看接待区、诊疗室和药品存放处，墙面公示有执业许可信息。", "查阅近一个月的登记记录，逐日填写，共12页。"]
STILL = "二层治疗室操作台上放有已拆封的注射用品，登记本记有近一周服务记录。"


NOTES = {
    "unmended": STILL,
    "impossible": "已停止经营，房屋出租方证实月初搬离。",
    "partly": "已停止诊疗，登记制度尚未建立。",
}


def make_rechecks(people: Mapping[str, Actor], campaign_id: str, today: date) -> None:
    """Of the drawn places one is mended, one is not though its case was closed, one is gone, the rest waits."""
    city, county = people["city-office"], people["county-office"]
    with Calendar(today - timedelta(ORDERED), today).at_work() as day:
        for earlier, size, title in (("closed", 3, "已结案单位回头看"), ("found", 4, "第三季度抽查回头看")):
            criteria = Criteria(region=WEST_LAKE, earlier=earlier)
            fitting = queries.population(queries.candidates(city, campaign_id, criteria), 1_000)
            if not fitting:
                continue
            facts = OrderFacts(title, today + timedelta(6), "local", "重点查看是否恢复开展被查处的诊疗活动")
            rechecks.order_drawn(
                city, campaign_id, facts, criteria, min(size, len(fitting)), f"{day:%Y%m%d}{size}", day,
                key=f"demo-recheck-{earlier}",
            )  # fmt: skip
    _answer(people, list(queries.assigned(people["inspector"], 20)), today)
    with Calendar(today - timedelta(40), today).at_work() as day:
        named = queries.first_candidates(queries.candidates(county, campaign_id, Criteria(earlier="ordered")), 2)
        if named:
            facts = OrderFacts("责令改正到期单位复查", today - timedelta(2), "own", None)
            rechecks.order_named(county, campaign_id, facts, [one.id for one in named], day, key="demo-recheck-named")


def _answer(people: Mapping[str, Actor], tasks: list[RecheckTask], today: date) -> None:
    """The first with a claim is belied; the next ones are mended, gone, and partly mended."""
    tasks.sort(key=lambda task: task.claimed is None)
    for task, result in zip(tasks, ("unmended", "mended", "impossible", "partly"), strict=False):
        calendar = Calendar(today - timedelta(VISITED), today)
        report = None if result == "impossible" else _visit(people, task, calendar, again=result != "mended")
        with calendar.at_work() as day:
            rechecks.answer(
                people["inspector"], task.id, result=result, inspection_id=report.id if report else None,
                note=NOTES.get(result), today=day, version=None,
            )  # fmt: skip


def _visit(people: Mapping[str, Actor], task: RecheckTask, calendar: Calendar, *, again: bool) -> Inspection:
    """A field report with the reason ``recheck``; ``again`` finds the earlier violation once more."""
    inspector = people["inspector"]
    step = reports.SubjectStep(
        subject_id=task.subject_id,
        inspected_on=calendar.day,
        reason="recheck",
        entry_id=_entry(people, task, calendar) if entry.entry_is_needed(task.subject) else None,
    )
    report = calendar.do(reports.start_report, inspector, step, key=f"demo-recheck-{task.id}")
    arrived = clock.from_local(datetime.combine(calendar.day, time(14, 10)))
    evening = clock.from_local(datetime.combine(calendar.day, time(17, 30)))
    found = [(one.violation, STILL) for one in task.earlier.findings] if again and task.earlier else []
    with clock.standing_at(min(evening, clock.now())):
        officers = [actor.officer_id for actor in (inspector, people["inspector2"]) if actor.officer_id]
        visit = reports.VisitStep(
            officers, arrived, task.subject.address or "经营场所", "值班人员", "店员", True, "none"
        )
        reports.save_visit(inspector, report.id, visit, clock.now(), version=None)
        seen = [*SEEN, STILL] if found else SEEN
        findings = reports.FindingsStep(seen, found, False, None, None, "请持续落实整改要求。")
        reports.save_findings(inspector, report.id, findings, version=None)
        left = arrived + timedelta(minutes=50)
        statement = reports.StatementStep("以上记录属实。", "signed", None, None, left)
        reports.save_statement(inspector, report.id, statement, clock.now(), version=None)
        submit_report(inspector, report.id, calendar.day, version=None)
    return report


def _entry(people: Mapping[str, Actor], task: RecheckTask, calendar: Calendar) -> int:
    """Asked for and approved the day before."""
    asked_on = Calendar(calendar.day - timedelta(1), calendar.day)
    request = entry.Request(
        key=f"demo-recheck-entry-{task.id}",
        subject_id=task.subject_id,
        reason="recheck",
        items=entry.proposed_items(task.subject),
        planned_from=calendar.day,
        planned_to=calendar.day + timedelta(3),
    )
    asked = asked_on.do(entry.request_entry, people["inspector"], request)
    with asked_on.at_work():
        entry.approve_entry(people["head"], asked.id, opinion="同意，按上级部署开展回头看。")
    return asked.id
