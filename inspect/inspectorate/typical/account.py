"""案情概述 from the file, in the order source, facts, evidence, law, discretion, penalty, effect.

Each sentence tells a field of the file and nothing else: no evaluation is invented. Chinese whatever the screen's
language, names not yet masked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ..cases.facts import evidence_of
from ..cases.models import Case, CaseFinding, Defence
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Evidence
from ..law.grounds import grounds
from ..law.listing import listed_by_law
from .effects import rechecks
from .parties import Decided, chinese_day, decided_respondents, provisions
from .sentences import in_words, plain

SECTIONS = ("source", "facts", "evidence", "law", "discretion", "penalty", "effect")

_ORIGINS = {
    "inspection": "监督检查",
    "complaint": "投诉举报核查",
    "superior": "上级机关交办",
    "subordinate": "下级机关报请",
    "transfer": "有关部门移送",
}
_REASONS = {
    "campaign": "专项监督检查",
    "routine": "日常监督检查",
    "random": "双随机监督检查",
    "complaint": "投诉举报核查监督检查",
    "follow_up": "跟踪监督检查",
    "transfer": "移送线索核查监督检查",
    "recheck": "复查",
}
_EVIDENCE = {
    "inspection_record": "勘验、检查笔录",
    "documentary": "书证",
    "physical": "物证",
    "audiovisual": "视听资料",
    "electronic": "电子数据",
    "testimony": "证人证言",
    "party_statement": "当事人的陈述",
    "expert_opinion": "鉴定意见",
}
_TITLES = 3
"""Titles of one kind of evidence that are told."""

_FOUND = re.compile(r"^(?:经查明|经查实|经查|经调查)[，,：:]")
"""How facts often begin; the sentence says it already."""

_DEFENCES = {"waived": "放弃陈述、申辩", "expired": "在规定期限内未提出陈述、申辩"}
_OUTCOMES = {"accepted": "予以采纳", "partly": "部分采纳", "rejected": "不予采纳"}


class Part(NamedTuple):
    """A part of an account: which of `SECTIONS`, and its paragraphs."""

    section: str
    text: str


def drafted(case: Case) -> list[Part]:
    """The account of a case by its parts, those that the file knows nothing of left out."""
    decided = decided_respondents(case)
    texts = {
        "source": _source(case, decided),
        "facts": "\n".join(_facts(decided)),
        "evidence": _evidence(case),
        "law": _law(decided),
        "discretion": "\n".join(_discretion(decided)),
        "penalty": "\n".join(_penalties(case, decided)),
        "effect": "\n".join(_effects(case, decided)),
    }
    return [Part(section, texts[section]) for section in SECTIONS if texts[section]]


def proposed_account(case: Case) -> str:
    """The account drafted from the file, names not yet masked."""
    return "\n".join(part.text for part in drafted(case))


def _source(case: Case, decided: Sequence[Decided]) -> str:
    parties = "、".join(r.subject.name for r, _d in decided)
    agency, inspection = case.agency.authority.name, case.inspection
    filed = f"{chinese_day(case.filed_on)}，{agency}予以立案调查" if case.filed_on else ""
    if inspection is not None:
        way = _REASONS.get(inspection.reason, "监督检查")
        seen = f"{chinese_day(inspection.inspected_on)}，{inspection.agency.name}对{inspection.subject.name}进行{way}"
        told = f"{_complained(case.complaint_id or inspection.complaint_id)}{seen}，发现{parties}涉嫌违法"
        return f"{told}。{filed}。" if filed else f"{told}。"
    told = _complained(case.complaint_id) or f"根据{_ORIGINS.get(case.origin, '其他途径')}获得的线索，"
    return f"{told}{filed or f'{agency}予以调查'}，案件当事人为{parties}。"


def _complained(complaint_id: int | None) -> str:
    complaint = db.session.get(Complaint, complaint_id) if complaint_id is not None else None
    return f"根据{chinese_day(complaint.received_on)}收到的投诉举报，" if complaint else ""


def _facts(decided: Sequence[Decided]) -> Iterator[str]:
    for respondent, _decision in decided:
        findings = [finding for finding in respondent.findings if finding.facts.strip()]
        told = [f"{_when(f)}{_FOUND.sub('', f.facts.strip().rstrip('。；'))}" for f in findings]
        numbered = [f"（{number}）{text}" for number, text in enumerate(told, 1)] if len(told) > 1 else told
        amounts = "".join(_amounts(respondent.findings, "".join(told)))
        yield f"经查明，{respondent.subject.name}存在以下违法行为：{'；'.join(numbered)}。{amounts}"


def _when(finding: CaseFinding) -> str:
    """The days of the act, where the facts do not tell them themselves."""
    first, last = finding.act_from, finding.act_to
    if first is None or chinese_day(first) in finding.facts:
        return ""
    return f"{chinese_day(first)}至{chinese_day(last)}，" if last and last != first else f"{chinese_day(first)}，"


def _amounts(findings: Iterable[CaseFinding], told: str) -> Iterator[str]:
    """Income and goods value that the facts do not tell themselves; harm where the file notes it."""
    rows = list(findings)
    for label, column in (("违法所得", "illegal_income_fen"), ("货值金额", "goods_value_fen")):
        total = sum(getattr(row, column) or 0 for row in rows)
        if total and f"{plain(total)}元" not in told:
            yield f"{label}{plain(total)}元。"
    if refunded := sum(row.refunded_fen or 0 for row in rows):
        yield f"其中依法退赔{plain(refunded)}元。"
    if any(row.harm for row in rows):
        yield "案卷认定该违法行为造成危害后果。"


def _evidence(case: Case) -> str:
    kinds = list(_EVIDENCE)
    rows = sorted(evidence_of(case), key=lambda row: kinds.index(row.kind) if row.kind in kinds else len(kinds))
    told = ["现场笔录"] if case.inspection is not None and case.inspection.state == "submitted" else []
    told += [_of_kind(kind, list(group)) for kind, group in groupby(rows, key=lambda row: row.kind)]
    return f"上述事实有{'、'.join(told)}等证据证实。" if told else ""


def _of_kind(kind: str, rows: Sequence[Evidence]) -> str:
    titles = list(dict.fromkeys(row.title.strip() for row in rows if row.title.strip()))
    named = f"（{'、'.join(titles[:_TITLES])}{'等' if len(titles) > _TITLES else ''}）" if titles else ""
    return f"{_EVIDENCE.get(kind, '其他证据')}{len(rows)}份{named}"


def _law(decided: Sequence[Decided]) -> str:
    broken, applied = ("、".join(listed_by_law(cited, full=True)) for cited in provisions(decided))
    parts = [f"上述行为违反了{broken}的规定"] if broken else []
    parts += [f"处罚依据为{applied}"] if applied else []
    return f"{'，'.join(parts)}。" if parts else ""


def _discretion(decided: Sequence[Decided]) -> Iterator[str]:
    for respondent, decision in decided:
        known = [grounds()[code].zh for f in respondent.findings for code in f.grounds if code in grounds()]
        tiers = dict.fromkeys(
            f"适用裁量基准（{f.local_standard}）“{f.local_tier}”阶次"
            for f in respondent.findings
            if f.local_standard and f.local_tier
        )
        reason = (decision.discretion or "").strip().rstrip("。；")
        told = [reason] if reason else []
        told += [f"裁量情节：{'、'.join(dict.fromkeys(known))}"] if known else []
        told += tiers
        if told:
            whose = f"对{respondent.subject.name}的" if len(decided) > 1 else ""
            yield f"{whose}裁量理由：{'；'.join(told)}。"


def _penalties(case: Case, decided: Sequence[Decided]) -> Iterator[str]:
    agency = case.agency.authority.name
    for respondent, decision in decided:
        name = respondent.subject.name
        told = "".join(_heard(name, [d for d in respondent.defences if not d.superseded]))
        if respondent.notice_served_on:
            yield f"{chinese_day(respondent.notice_served_on)}，行政处罚事先告知书送达{name}。{told}"
        penalties = "、".join(in_words(penalty) for penalty in decision.penalties)
        number = f"（{decision.number}）" if decision.number else ""
        verb = f"作出{penalties}的行政处罚{number}" if penalties else f"作出不予行政处罚的决定{number}"
        order = "，并责令改正违法行为" if decision.order_correction else ""
        yield f"{chinese_day(decision.decided_on)}，{agency}对{name}{verb}{order}。"


def _heard(name: str, defences: Sequence[Defence]) -> Iterator[str]:
    for defence in defences[-1:]:
        if defence.kind == "made":
            outcome = _OUTCOMES.get(defence.accepted or "")
            yield f"{name}提出陈述、申辩{f'，经复核{outcome}' if outcome else ''}。"
        elif defence.kind in _DEFENCES:
            yield f"{name}{_DEFENCES[defence.kind]}。"
        if defence.hearing == "held":
            yield "经当事人申请，依法举行听证。"


def _effects(case: Case, decided: Sequence[Decided]) -> Iterator[str]:
    for respondent, decision in decided:
        several = len(decided) > 1
        told = "".join(_carried_out(respondent.subject.name if several else "", (respondent, decision)))
        if told:
            yield told
    after = [*_rechecked(case, decided), *_handed_over(case, decided)]
    if case.closed_on:
        after.append((case.closed_on, f"{chinese_day(case.closed_on)}，本案结案。"))
    if after:
        yield "".join(text for _day, text in sorted(after))


def _carried_out(name: str, one: Decided) -> Iterator[str]:
    _respondent, decision = one
    if decision.served_on:
        yield f"{name}行政处罚决定书于{chinese_day(decision.served_on)}送达。"
    paid = [payment for payment in decision.payments if not payment.late_fee]
    owed, sum_paid = decision.payable_fen, sum(payment.amount_fen for payment in paid)
    if paid and sum_paid >= owed:
        yield f"罚没款{plain(sum_paid)}元已于{chinese_day(paid[-1].paid_on)}缴清。"
    elif paid:
        yield f"已缴纳罚没款{plain(sum_paid)}元，尚有{plain(owed - sum_paid)}元未缴纳。"
    if late := sum(payment.amount_fen for payment in decision.payments if payment.late_fee):
        yield f"另缴纳加处罚款{plain(late)}元。"
    if done := (decision.execution or "").strip().rstrip("。；"):
        day = chinese_day(decision.executed_on)
        yield f"{f'{day}，' if day and day not in done else ''}{done}。"


def _rechecked(case: Case, decided: Sequence[Decided]) -> Iterator[tuple[date, str]]:
    for one in rechecks(case, decided):
        found = f"发现违法行为{len(one.findings)}项" if one.findings else "未发现违法行为"
        day = chinese_day(one.inspected_on)
        yield one.inspected_on, f"{day}，{one.agency.name}对{one.subject.name}复查，{found}。"


def _handed_over(case: Case, decided: Sequence[Decided]) -> Iterator[tuple[date, str]]:
    if handed := case.transferred_judicial_on:
        yield handed, f"{chinese_day(handed)}，案件移送司法机关处理。"
    for respondent, _decision in decided:
        for finding in respondent.findings:
            if finding.criminal_fine_fen:
                day, fine = finding.criminal_judged_on, plain(finding.criminal_fine_fen)
                number = f"（{finding.criminal_judgement}）" if finding.criminal_judgement else ""
                court = f"{f'{chinese_day(day)}，' if day else ''}{finding.criminal_court or '人民法院'}"
                yield day or date.max, f"{court}对{respondent.subject.name}判处罚金人民币{fine}元{number}。"
