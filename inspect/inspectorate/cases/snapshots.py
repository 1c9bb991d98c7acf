"""What the papers of a case say: one set of data by the keys of ``documents``, of which each paper prints its part."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..documents.dates import printed_date
from ..documents.queries import document_title, documents_of
from ..documents.snapshots import (
    agency_fields,
    evidence_fields,
    officer_fields,
    opinion_fields,
    party_fields,
    penalty_fields,
)
from ..law.listing import listed_by_law
from ..law.statutes import Citation
from ..money import yuan
from .assessment import assess_party, known_violation
from .facts import evidence_of, office_rules, respondent_facts
from .models import Case, CaseFinding, Decision, Defence, Opinion, Respondent
from .reasons import is_one_act, range_items, uncompared_text, weighing_text
from .rules import shown_name

SOURCES = {
    "inspection": "检查发现",
    "complaint": "投诉举报",
    "superior": "上级交办",
    "subordinate": "下级报请",
    "transfer": "移送",
    "other": "其他",
}

CLAUSES = {
    "inspection": "本机关执法人员在监督检查中发现",
    "complaint": "本机关接到投诉举报，反映",
    "superior": "本机关收到上级机关交办的线索，反映",
    "subordinate": "本机关收到下级机关报请处理的线索，反映",
    "transfer": "本机关收到其他机关移送的线索，反映",
    "other": "本机关在工作中发现",
}

POINTS = {
    "jurisdiction": "主体资格与管辖符合规定",
    "facts": "事实清楚",
    "evidence": "证据合法充分",
    "basis": "适用依据正确",
    "discretion": "裁量适当",
    "procedure": "程序合法",
    "papers": "文书完备规范",
    "crime": "不涉嫌犯罪，或者已依法移送",
}
"""What a tick of the 法制审核 says is in order."""

WORKING_DAYS = {3: "三个工作日", 5: "五个工作日", 7: "七个工作日"}


WAYS = ("自动履行", "强制执行", "其他")
"""执行方式, as the 结案报告 prints it."""

HEADS_STEP = {"D18": "filing", "D19": "filing", "D20": "filing", "D43": "closing"}
"""The step whose approval a paper bears as 负责人意见; on others the head writes by hand."""


def snapshot_of(respondent: Respondent, on: date, kind: str) -> dict[str, Any]:
    """Everything the file knows about one party on a day, for a paper of a kind; it takes what it prints."""
    case, decision = respondent.case, respondent.decision
    handlers = [row.officer for row in case.handlers]
    data = {
        **agency_fields(case.agency, contact=handlers[0].name if handlers else None),
        **party_fields(respondent.subject, on),
        **officer_fields(handlers, prefix="handlers"),
        **_case_fields(case, respondent),
        **_law_fields(respondent, on),
        **_notice_fields(respondent),
        **_defence_fields(respondent),
        **_opinion_fields(case, kind),
        **(_decision_fields(decision) if decision else {}),
    }
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def _case_fields(case: Case, respondent: Respondent) -> dict[str, Any]:
    report, found_on = case.report or {}, case.inspection.inspected_on if case.inspection else case.received_on
    entries = [known_violation(finding.violation) for finding in respondent.findings]
    return {
        "case.number": case.number,
        "case.name": shown_name(case.name, case.respondents[0].subject.name if case.respondents else None, case.state),
        "case.source": SOURCES[case.origin],
        "case.origin": f"{printed_date(found_on)}，{CLAUSES[case.origin]}" if found_on else None,
        "case.received_on": _day(case.received_on),
        "case.filed_on": _day(case.filed_on),
        "case.summary": case.summary,
        "case.act": "、".join(entry.title_zh for entry in entries if entry),
        "case.facts": _facts(respondent.findings),
        "case.evidence": [*_record_of(case), *evidence_fields(evidence_of(case))],
        "case.disputes": report.get("disputes") or "无",
        "lr.sent_on": _day(case.sent_to_review_on),
        "config.publish": _is_published(respondent.decision),
    }


def _record_of(case: Case) -> list[dict[str, Any]]:
    """The 现场笔录 as evidence (行政处罚法46(1)(8))."""
    if case.inspection is None:
        return []
    name, on = f"对{case.inspection.subject.name}的现场笔录", case.inspection.inspected_on.isoformat()
    return [{"name": name, "copies": 1, "on": on, "proves": "现场检查发现的情况"}]


def _facts(findings: Iterable[CaseFinding]) -> str:
    told = (finding.facts.strip().rstrip("。；") for finding in findings if finding.facts.strip())
    texts = list(dict.fromkeys(told))  # one act under two rules has the same facts
    if len(texts) < 2:
        return "".join(texts)
    return "；".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _law_fields(respondent: Respondent, on: date) -> dict[str, Any]:
    violated: dict[Citation, None] = {}
    basis: dict[Citation, None] = {}
    each = []
    weighed = assess_party(respondent, on)
    for found in weighed.values():
        source = found.found or found.violation
        if source is None or found.violation is None:
            continue
        violated |= dict.fromkeys(source.violated)
        basis |= dict.fromkeys(source.basis)
        broken, applied = ("、".join(listed_by_law(cited, full=True)) for cited in (source.violated, source.basis))
        each.append(f"{found.violation.title_zh}，违反了{broken}的规定，依据{applied}的规定处罚")
    return {
        "case.violated": listed_by_law(violated, full=True),
        "case.basis": listed_by_law(basis, full=True),
        "case.each": each if len(each) > 1 else None,
        "case.one_act": is_one_act(weighed.values()),
        "case.range": range_items(weighed.values()),
        "case.uncompared": uncompared_text(weighed.values()),
        "case.weighing": weighing_text(weighed.values()),
    }


def _decision_fields(decision: Decision) -> dict[str, Any]:
    penalties = penalties_of(decision)
    return {
        "case.proposal": penalties,
        "pn.penalty": penalties,
        "dec.penalties": penalties,
        "case.discretion": (decision.discretion or "").strip().rstrip("。；"),
        "case.correction": (decision.correction_text or "").strip().rstrip("。；")
        if decision.order_correction
        else None,
        "case.prior_order": _prior_order(decision.respondent),
        "dec.no": decision.number,
        "dec.date": _day(decision.decided_on),
        "dec.served_on": _day(decision.served_on),
        "dec.pay_code": decision.payment_code,
    }


def penalties_of(decision: Decision) -> list[dict[str, Any]]:
    """The penalties for the papers; where several violations are charged each fine says for which it is."""
    rows = penalty_fields(decision.penalties)
    acts = {finding.id: known_violation(finding.violation) for finding in decision.respondent.findings}
    if len(acts) < 2:
        return rows
    for row, penalty in zip(rows, decision.penalties, strict=True):
        if entry := acts.get(penalty.case_finding_id or 0):
            row["act"] = entry.title_zh
    return rows


def _prior_order(respondent: Respondent) -> str | None:
    """The order given at the inspection is named, not given again."""
    inspection = respondent.case.inspection
    if inspection is None or not inspection.order_correction or inspection.subject_id != respondent.subject_id:
        return None
    return f"本机关已于{printed_date(inspection.inspected_on)}责令改正上述违法行为"


def _notice_fields(respondent: Respondent) -> dict[str, Any]:
    notice = respondent.notice or {}
    days = office_rules(respondent.case).defence_working_days
    return {
        "pn.no": notice.get("number"),
        "pn.served_on": _day(respondent.notice_served_on),
        "pn.days": WORKING_DAYS.get(days, f"{days}个工作日"),
        "pn.hearing": bool(notice.get("hearing")),
    }


def _defence_fields(respondent: Respondent) -> dict[str, Any]:
    current = [defence for defence in respondent.defences if not defence.superseded]
    last = current[-1] if current else None
    fields: dict[str, Any] = {"def.result": defence_result(respondent, last)}
    if last is not None and last.kind == "made":
        fields |= {
            "def.person": respondent.subject.name,
            "def.text": last.text,
            "def.points": last.text,
            "def.review": last.review,
        }
    return fields


def defence_result(respondent: Respondent, last: Defence | None) -> str | None:
    """The sentence of the decision on what became of the party's rights (行政处罚法45, 63), without its full stop."""
    if last is None:
        return None
    you = "你" if respondent.subject.party == "person" else "你单位"
    hearing = bool((respondent.notice or {}).get("hearing"))
    rights = "陈述、申辩和要求听证" if hearing else "陈述、申辩"
    if last.kind == "waived":
        return f"{you}于{printed_date(last.on)}明确表示放弃{rights}的权利"
    if last.kind == "expired":
        return f"{you}在规定期限内未行使{rights}的权利"
    told = f"{you}于{printed_date(last.on)}提出陈述、申辩：{(last.text or '').rstrip('。；')}"
    if last.hearing == "held":
        told += "；本机关依法组织了听证"
    elif hearing:
        told += "；未要求听证"
    review = (last.review or "").rstrip("。；")
    answer = {"accepted": "予以采纳", "partly": "部分采纳", "rejected": "不予采纳"}.get(last.accepted or "")
    return f"{told}。经复核，本机关{answer}：{review}" if answer else told


def _opinion_fields(case: Case, kind: str) -> dict[str, Any]:
    review = _last(case, "legal_review")
    head = _last(case, HEADS_STEP.get(kind, ""))
    fields: dict[str, Any] = {"op.head": _opinion(head)} if head else {}
    if review:
        fields |= {
            "op.legal": _opinion(review),
            "lr.items": [
                {"label": label, "ok": (review.points.get(key) or {}).get("ok"), "note": _note(review, key)}
                for key, label in POINTS.items()
            ],
            "lr.result": "同意" if review.outcome == "agreed" else review.points.get("result", "补充调查"),
            "lr.reviewer": review.officer.name if review.officer else None,
        }
    return fields


def _note(review: Opinion, key: str) -> str:
    return str((review.points.get(key) or {}).get("note") or "")


def _opinion(opinion: Opinion) -> dict[str, Any]:
    return opinion_fields(opinion.text, opinion.officer.name if opinion.officer else None, opinion.given_on)


def _last(case: Case, step: str) -> Opinion | None:
    return next((opinion for opinion in reversed(case.opinions) if opinion.step == step), None)


def _is_published(decision: Decision | None) -> bool:
    """Whether the decision says that it is published; a warning alone in principle is not (domain.md, 公示)."""
    return decision is not None and any(p.kind not in {"warning", "criticism"} for p in decision.penalties)


def deliberation_fields(record: dict[str, Any]) -> dict[str, Any]:
    """合议记录 (D24) from what was entered."""
    return {
        "col.chair": record["chair"],
        "recorder": record["recorder"],
        "col.members": record["members"],
        "col.when": {"from": record["from"], "to": record["to"]},
        "col.place": record["place"],
        "col.talk": record["talk"],
    }


def closing_fields(respondent: Respondent, way: str, on: date, today: date) -> dict[str, Any]:
    """结案报告 (D43): per penalty what was due and done."""
    decision = respondent.decision
    paid = [payment for payment in decision.payments if not payment.late_fee] if decision else []
    lines = [f"{printed_date(p.paid_on)}缴纳{yuan(p.amount_fen)}元（财政票据号：{p.receipt_number}）" for p in paid]
    facts = respondent_facts(respondent, today)
    if facts.due_fen:
        lines.append(f"应缴罚没款{yuan(facts.due_fen)}元，实缴{yuan(facts.paid_fen)}元")
    if decision and decision.served_on and any(p.kind == "warning" for p in decision.penalties):
        lines.append(f"警告已于{printed_date(decision.served_on)}随行政处罚决定书送达执行")
    if decision and decision.execution:
        lines.append(decision.execution.strip().rstrip("。；"))
    return {
        "close.files": list_of_papers(respondent.case),
        "close.way": way,
        "close.date": on.isoformat(),
        "close.result": "；".join(lines) + "。" if lines else "处罚决定已执行完毕。",
    }


def closing_of(respondent: Respondent, today: date) -> dict[str, Any]:
    """The same from what the handlers proposed for the closing."""
    proposed = (respondent.case.report or {}).get("closing") or {"way": WAYS[0], "on": today.isoformat()}
    return closing_fields(respondent, proposed["way"], date.fromisoformat(proposed["on"]), today)


def list_of_papers(case: Case) -> list[str]:
    """The papers of the file by title and number; those without a number are counted."""
    papers = documents_of(case)
    plain = Counter(document_title(paper) for paper in papers if not paper.number)
    lines = {f"{document_title(one)}（{one.number}）" if one.number else document_title(one): None for one in papers}
    return [f"{line}{plain[line]}份" if line in plain else line for line in lines]


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
