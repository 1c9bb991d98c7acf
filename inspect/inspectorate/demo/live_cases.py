"""Cases of this year, carried by their people through the real steps, and left where the story ends."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ..cases import actions as cases
from ..cases.models import Case, Decision, Respondent
from ..cases.words import REVIEW_POINTS
from ..inspections.uploads import Upload
from ..money import parse_yuan
from ..procedure.states import State as S
from .findings import charge_of
from .live_visits import Visited, file_report
from .material import Offence, offences
from .pictures import paper
from .sanctions import penalties, statutory
from .stage import Desk, subject_id
from .stories import GAPS, SILENCE, Story
from .weighing import criminal_fine, punish_before, weighed
from .world import TIANHE

RETURNS = {
    S.FILING_PROPOSED: "违法事实的时间、数量叙述不清，请补充现场检查照片与收费凭证的对应关系后再报。",
    S.LEGAL_REVIEW: "违法事实发生的时间、次数仅有当事人陈述，请补充其他证据相互印证。",
    S.NOTICE_APPROVAL: "裁量理由过于简单，请对照裁量基准说明确定处罚幅度的事实和证据。",
    S.DECISION_APPROVAL: "对当事人陈述申辩的采纳情况未在决定书中回应，请补正。",
}
ENDINGS = {
    S.NOT_FILED: "经核查，当事人检查当日即取得有效健康合格证明，违法行为轻微并及时改正，不予立案。",
    S.WITHDRAWN: "与先前立案的同一违法事实重复，撤回。",
    S.TERMINATED: "经查，涉案医疗废物系相邻单位放置，当事人无违法事实，终止调查。",
}


def play(desk: Desk, story: Story) -> Case | None:
    """The case as the story leaves it; None where the county has no such place."""
    visit_day = desk.today - timedelta(story.ago + story.days)
    visited = file_report(desk, _visited_offence(desk, story), visit_day)
    return _Play(desk, story, visited).run() if visited else None


def _first_day(facts: str, visit: date) -> date:
    """When the act began, as the facts tell: the earliest day named in them, else the day of the visit."""
    named = [date(*map(int, found)) for found in re.findall(r"(\d{4})年(\d{1,2})月(\d{1,2})日", facts)]
    return min([*named, visit])


def _visited_offence(desk: Desk, story: Story) -> Offence:
    """What is found at the place; where a person is charged, the place itself practises without licence."""
    return desk.seen_offences["MC-001" if story.person else story.code]


class _Play:
    def __init__(self, desk: Desk, story: Story, visited: Visited) -> None:
        self.desk, self.story, self.visited = desk, story, visited
        self.calendar, self.charge = visited.calendar, visited.charge
        self.subject = visited.site.key
        self.receiver = visited.site.legal_representative
        if story.person:
            self._charge_a_person()

    def run(self) -> Case:
        self._open()
        for step in self._steps():
            if self.case.state == self.story.until:
                break
            step()
        if self.story.returned:
            self._return()
        if self.story.ends:
            self._end(self.story.ends)
        return self.case

    def _steps(self) -> Iterator[Callable[[], None]]:
        yield from (self._propose_filing, self._approve_filing, self._report, self._send_on)
        if self.case.state == S.LEGAL_REVIEW:
            yield self._review
        yield from (self._approve_notice, self._serve_notice, self._settle_defence)
        if self.case.state == S.DEFENCE_HEARD:
            yield self._review_defence
        yield from (self._propose_decision, self._approve_decision, self._serve_decision, self._execute)
        yield self._approve_closing

    def _charge_a_person(self) -> None:
        self.subject, self.receiver = self.desk.persons.pop(0)
        own = next(one for one in offences() if one.code == self.story.code)
        on = self.visited.report.inspected_on
        self.charge = charge_of(self.desk.chance, own, self.visited.site, on, person=self.receiver)
        if self.story.again:
            punish_before(self.subject, self.charge, f"demo-{TIANHE}-health", self.desk.today)

    @property
    def _party(self) -> Respondent:
        return self.case.respondents[0]

    # ------------------------------------------------------------ to the report

    def _open(self) -> None:
        self.calendar.wait(GAPS[S.INTAKE])
        offence = self.charge.offence
        intake = cases.Intake(
            origin="inspection",
            received_on=self.visited.report.inspected_on,
            summary=self.charge.facts,
            handler_ids=self.desk.officer_ids,
            parties=[cases.PartyCharges(subject_id(self.subject), self._charges())],
            campaign=self.desk.campaign if offence.category else None,
            category=offence.category,
            major=self.story.major,
        )
        named = {"key": self.desk.key("C"), "inspection_id": self.visited.report.id}
        self.case = self.calendar.do(cases.open_case, self.desk.inspector, intake, **named)

    def _charges(self) -> list[cases.Charge]:
        """The act under its rule, and under a second one where it breaks two."""
        codes = [self.charge.offence.code, *([self.story.beside] if self.story.beside else [])]
        return [cases.Charge(code, self.charge.facts) for code in codes]

    def _propose_filing(self) -> None:
        self.calendar.do(cases.propose_filing, self.desk.inspector, self.case.id)

    def _approve_filing(self) -> None:
        self.calendar.wait(GAPS[S.INVESTIGATION])
        opinion = "同意立案，请全面、客观调查取证。"
        self.calendar.do(cases.approve_filing, self.desk.head, self.case.id, opinion=opinion)

    def _report(self) -> None:
        """The investigation: amounts, evidence, proposal, final report."""
        self.calendar.wait(GAPS[S.REPORTED] + self.story.slow)
        self._save_findings()
        self._add_evidence()
        self._propose()
        held = self.story.until is S.REPORTED
        self.calendar.do(cases.submit_report, self.desk.inspector, self.case.id, deliberate=held)

    def _save_findings(self) -> None:
        on = self.visited.report.inspected_on
        steps = [self._found(finding.id, on) for finding in self._party.findings]
        self.calendar.do(cases.save_findings, self.desk.inspector, self.case.id, steps)

    def _found(self, finding_id: int, on: date) -> cases.FindingStep:
        return cases.FindingStep(
            finding_id=finding_id,
            facts=self.charge.facts,
            act_from=_first_day(self.charge.facts, on),
            act_to=on,
            harm=False,
            tier=None,
            liability="person" if self.story.person else "org",
            bases=dict(self.charge.amounts),
            act_number=1 if self.story.beside else None,
            criminal=criminal_fine(self.calendar.day) if self.story.weighed == "court" else None,
        )

    def _add_evidence(self) -> None:
        name = self.visited.site.name
        paid = ("收费凭证、登记本复印件", "违法行为的次数与金额")
        registered = ("营业执照、许可证件复印件", "当事人的主体资格和许可情况")
        kept = (
            ("party_statement", f"对{self.receiver}的询问笔录", "当事人对违法事实发生时间、经过的陈述"),
            ("documentary", *(paid if "illegal_income" in self.charge.amounts else registered)),
        )
        for kind, title, proves in kept:
            content = paper((title, name, f"{self.calendar.day:%Y-%m-%d}"))
            step = cases.EvidenceStep(kind=kind, files=[Upload(f"{title}.pdf", content)], title=title, proves=proves)
            with self.calendar.at_work():
                cases.add_evidence(self.desk.inspector, self.case.id, step, key=self.desk.key("F"))

    def _propose(self) -> None:
        on = self.calendar.day
        found = statutory(self.charge, on)
        assert found is not None
        rows = penalties(self.desk.chance, self.charge, found)
        finding = self._party.findings[0].id
        fines = [parse_yuan(row["amount"]) for row in rows if row["kind"] == "fine"]
        others = [
            cases.PenaltyProposal(
                row["kind"], parse_yuan(row["amount"]) if "amount" in row else None, row.get("detail")
            )
            for row in rows
            if row["kind"] != "fine"
        ]
        proposal = cases.Proposal(
            fines=[weighed(self.story.weighed, finding, fines[0] if fines else None, found, self.desk.region, on)],
            penalties=others,
            discretion="当事人配合调查，如实陈述，未发现危害后果，综合违法行为的事实、性质、情节，确定上述处罚。",
            order_correction=True,
            correction_text=self.visited.charge.offence.correction or "立即改正违法行为。",
        )
        self.calendar.do(cases.propose_penalties, self.desk.inspector, self.case.id, self._party.id, proposal)

    def _send_on(self) -> None:
        if self.case.state == S.REPORTED:
            self.calendar.do(cases.send_on, self.desk.inspector, self.case.id)

    # ------------------------------------------------------------ review, notice, defence

    def _review(self) -> None:
        self.calendar.wait(GAPS[S.NOTICE_APPROVAL])
        points = {key: cases.Point(True) for key in REVIEW_POINTS}
        opinion = "事实清楚，证据确凿，定性准确，适用法律正确，程序合法，裁量适当，同意拟处罚意见。"
        self.calendar.do(cases.agree_in_review, self.desk.legal, self.case.id, cases.Review(points, opinion))

    def _approve_notice(self) -> None:
        self.calendar.wait(GAPS[S.NOTICE_ISSUED])
        self.calendar.do(cases.approve_notice, self.desk.head, self.case.id, opinion="同意，依法告知。")

    def _service(self) -> cases.ServiceStep:
        return cases.ServiceStep(
            way="direct",
            served_on=self.calendar.day,
            servers=self.desk.servers,
            receiver=self.receiver,
            receiver_relation="本人" if self.story.person else "负责人",
            place=self.visited.site.address,
        )

    def _serve_notice(self) -> None:
        self.calendar.wait(GAPS[S.DEFENCE_TERM])
        self.calendar.do(cases.serve_notice, self.desk.inspector, self.case.id, self._party.id, self._service())

    def _settle_defence(self) -> None:
        kind = self.story.defence
        gap = {"expired": SILENCE, "made": GAPS[S.DEFENCE_HEARD]}.get(kind, GAPS[S.DECISION_DRAFT])
        self.calendar.wait(gap)
        text = "一、所收费用中有部分为护肤品销售款，请求扣除；二、店铺开业不久，经营困难，请求减轻处罚。"
        step = cases.DefenceStep(kind, self.calendar.day, text if kind == "made" else None)
        self.calendar.do(cases.record_defence, self.desk.inspector, self.case.id, self._party.id, step)

    def _review_defence(self) -> None:
        self.calendar.wait(GAPS[S.DECISION_DRAFT])
        review = (
            "一、收费登记与转账记录逐笔对应，当事人未提供护肤品销售凭证，不予采纳；"
            "二、经营困难不属于法定减轻情形，量罚时已予从低考虑。"
        )
        self.calendar.do(
            cases.review_defence, self.desk.legal, self.case.id, self._party.id, accepted="rejected", review=review
        )

    # ------------------------------------------------------------ decision and after

    def _propose_decision(self) -> None:
        self.calendar.wait(GAPS[S.DECISION_APPROVAL])
        self.calendar.do(cases.propose_decision, self.desk.inspector, self.case.id)

    def _approve_decision(self) -> None:
        self.calendar.wait(GAPS[S.DECIDED])
        self.calendar.do(cases.approve_decision, self.desk.head, self.case.id, opinion="同意，按拟定意见作出处罚决定。")

    def _serve_decision(self) -> None:
        self.calendar.wait(GAPS[S.EXECUTION])
        self.calendar.do(cases.serve_decision, self.desk.inspector, self.case.id, self._party.id, self._service())
        if self.story.until is S.EXECUTION and self.story.partly:
            self.calendar.wait(7)
            self._pay(part=True)

    def _execute(self) -> None:
        self.calendar.wait(GAPS[S.CLOSING_PROPOSED])
        self._pay()
        assert self._party.decision is not None
        text = _how_it_was_executed(self._party.decision)
        with self.calendar.at_work() as day:
            cases.record_execution(self.desk.inspector, self.case.id, self._party.id, day, day, text=text)
        self.calendar.do(cases.propose_closing, self.desk.inspector, self.case.id)

    def _pay(self, *, part: bool = False) -> None:
        decision = self._party.decision
        assert decision is not None
        owed = decision.payable_fen // 2 if part else decision.payable_fen
        if owed:
            step = cases.PaymentStep(
                self.calendar.day, owed, self.desk.chance.digits("33########"), key=self.desk.key("M")
            )
            self.calendar.do(cases.record_payment, self.desk.inspector, self.case.id, self._party.id, step)

    def _approve_closing(self) -> None:
        self.calendar.wait(GAPS[S.CLOSED])
        self.calendar.do(cases.approve_closing, self.desk.head, self.case.id, opinion="已履行完毕，同意结案。")

    # ------------------------------------------------------------ ways back and out

    def _return(self) -> None:
        state = S(self.case.state)
        reason = RETURNS[state]
        if state is S.LEGAL_REVIEW:
            points = {key: cases.Point(key != "evidence", reason if key == "evidence" else "") for key in REVIEW_POINTS}
            self.calendar.do(cases.return_from_review, self.desk.legal, self.case.id, cases.Review(points, reason))
            return
        back = {
            S.FILING_PROPOSED: cases.return_filing,
            S.NOTICE_APPROVAL: cases.return_notice,
            S.DECISION_APPROVAL: cases.return_decision,
        }[state]
        self.calendar.do(back, self.desk.head, self.case.id, reason=reason)

    def _end(self, state: S) -> None:
        out, actor = {
            S.NOT_FILED: (cases.refuse_filing, self.desk.head),
            S.WITHDRAWN: (cases.withdraw_case, self.desk.inspector),
            S.TERMINATED: (cases.terminate_case, self.desk.head),
        }[state]
        self.calendar.do(out, actor, self.case.id, reason=ENDINGS[state])


def _how_it_was_executed(decision: Decision) -> str:
    """The way the penalties were carried out, told of those that were imposed."""
    imposed = {penalty.kind for penalty in decision.penalties}
    told = {
        "罚没款已缴至指定账户": imposed & {"fine", "confiscate_income"},
        "没收物品已清点入库": "confiscate_goods" in imposed,
        "警告自送达之日起生效": imposed == {"warning"},
    }
    return "，".join([*(words for words, holds in told.items() if holds), "违法行为经复查已改正"]) + "。"
