"""Where an imported record departs from law or procedure: kept with a remark, never refused. History is what it was."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..accounts.models import Agency, Officer
from ..law.applicable import compare
from ..law.discretion import judge_amount
from ..law.ranges import UNKNOWN, Facts, NoRange, PenaltyRange, Unknown, range_for
from ..law.violations import Violation, violation
from ..law.words import COUNTED
from ..money import parse_yuan
from ..registry.models import Subject

Dates = tuple[date, date]


def inspection_remarks(
    record: Mapping[str, Any], agency: Agency, officers: list[Officer], campaign: Dates | None
) -> list[str]:
    """Remarks on an inspection."""
    on = date.fromisoformat(record["inspected_on"])
    remarks = [*_outside_campaign(on, campaign), *_sector([f["violation"] for f in record["findings"]], agency)]
    if len(officers) < 2:
        remarks.append("执法人员少于两人（《行政处罚法》第四十二条第一款）")
    remarks += [f"执法人员{one.name}的执法证当日无效" for one in officers if not one.certified_on(on)]
    return remarks


def complaint_remarks(record: Mapping[str, Any], campaign: Dates | None) -> list[str]:
    """Remarks on a complaint."""
    received = date.fromisoformat(record["received_on"])
    remarks = list(_outside_campaign(received, campaign))
    for name, words in (("closed_on", "办结"), ("replied_on", "反馈")):
        if record[name] and date.fromisoformat(record[name]) < received:
            remarks.append(f"{words}日期早于受理日期")
    return remarks


def case_remarks(
    record: Mapping[str, Any], agency: Agency, subjects: list[Subject], campaign: Dates | None
) -> list[str]:
    """Remarks on a case: dates, sector, party, figures outside their range."""
    filed = date.fromisoformat(record["filed_on"]) if record["filed_on"] else None
    remarks = list(_outside_campaign(filed, campaign)) if filed else []
    for respondent, subject in zip(record["respondents"], subjects, strict=True):
        decision = respondent["decision"]
        remarks += _sector([charge["code"] for charge in respondent["violations"]], agency)
        remarks += _dates(filed, decision, record["closed_on"])
        remarks += _parties(respondent["violations"], subject)
        if decision and len(respondent["violations"]) == 1:
            remarks += _fines(respondent["violations"][0], decision, subject)
    return list(dict.fromkeys(remarks))


def _outside_campaign(on: date, campaign: Dates | None) -> Iterator[str]:
    if campaign and not campaign[0] <= on <= campaign[1]:
        yield "日期不在专项行动期间内"


def _sector(codes: list[str], agency: Agency) -> Iterator[str]:
    for code in dict.fromkeys(codes):
        if agency.sector not in violation(code).sectors:
            yield f"{code} 不属于该机关的处罚权限"


def _dates(filed: date | None, decision: Mapping[str, Any] | None, closed: str | None) -> Iterator[str]:
    decided = date.fromisoformat(decision["decided_on"]) if decision else None
    served = date.fromisoformat(decision["served_on"]) if decision and decision["served_on"] else None
    ended = date.fromisoformat(closed) if closed else None
    if filed and decided and decided < filed:
        yield "决定日期早于立案日期"
    if decided and served and served < decided:
        yield "送达日期早于决定日期"
    if filed and ended and ended < filed:
        yield "结案日期早于立案日期"
    if decided and ended and ended < decided:
        yield "结案日期早于决定日期"


def _parties(charges: list[Mapping[str, Any]], subject: Subject) -> Iterator[str]:
    for charge in charges:
        found = violation(charge["code"])
        if found.subject == "org" and subject.party == "person" and not found.reaches_responsible_persons:
            yield f"{found.code} 的处罚对象是单位，当事人是个人"
        if found.subject == "person" and subject.party == "org":
            yield f"{found.code} 的处罚对象是个人，当事人是单位"


def _fines(charge: Mapping[str, Any], decision: Mapping[str, Any], subject: Subject) -> Iterator[str]:
    found = violation(charge["code"])
    liable = "responsible" if subject.party == "person" and found.subject == "org" else found.subject
    bases = {
        name: UNKNOWN if charge[name] == "unknown" else parse_yuan(charge[name])
        for name in ("illegal_income", "goods_value")
        if charge[name]
    } | {name: _further_base(name, value) for name, value in charge["bases"].items()}
    fines = [parse_yuan(one["amount"]) for one in decision["penalties"] if one["kind"] == "fine" and one["amount"]]
    if charge["criminal_fine"]:
        if fines:
            yield "人民法院已判处罚金，不再给予罚款"
        return
    try:
        statutory = _applicable(found, Facts(liable, charge["tier"], bases), charge, decision)
    except NoRange as error:
        yield f"{found.code} 无法计算法定幅度：{error.zh}"
        return
    judgement = judge_amount(statutory, sum(fines) if fines else None) if statutory else None
    if judgement and not judgement.ok:
        yield judgement.zh


def _applicable(
    found: Violation, facts: Facts, charge: Mapping[str, Any], decision: Mapping[str, Any]
) -> PenaltyRange | None:
    """The range under the law of the decision, or, where the day of the act is known, under the one that 行政处罚法37
    asks for; None where an office had to choose. Raises NoRange."""
    decided = date.fromisoformat(decision["decided_on"])
    told = charge["act_to"] or charge["act_from"]
    if not told:
        return range_for(found, facts, decided)
    compared = compare(found, facts, min(date.fromisoformat(told), decided), decided)
    if isinstance(compared.at_act, NoRange):
        return range_for(found, facts, decided)
    return compared.governing


def _further_base(name: str, value: str) -> int | Unknown:
    if value == "unknown":
        return UNKNOWN
    return int(value) if name in COUNTED else parse_yuan(value)
