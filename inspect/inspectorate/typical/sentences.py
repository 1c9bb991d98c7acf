"""The sentences of typical cases. They are official text and therefore Chinese whatever the language of the screen."""

from collections.abc import Iterable, Sequence
from datetime import date

from ..cases.models import Case, Decision, Penalty, Respondent
from ..codes import PENALTIES
from ..law.listing import listed_by_law
from ..law.statutes import Citation

LAW_PATTERN = "违反了《{law}》第{art}条;按照《{law}》第{art}条进行处罚"
PENALTY_PATTERN = "警告,(罚款: {yuan}元);行政强制及其他措施:责令改正"
_ONE_CITATION = "《{law}》第{art}条"

_ORIGINS = {
    "inspection": "监督检查",
    "complaint": "投诉举报核查",
    "superior": "上级机关交办",
    "subordinate": "下级机关报请",
    "transfer": "有关部门移送",
}


def law_cell(pattern: str | None, violated: Sequence[Citation], basis: Sequence[Citation]) -> str:
    """违反法律及处罚依据: the template's sentence with the real provisions in the places of its two examples."""
    text = pattern or LAW_PATTERN
    for cited in (violated, basis):
        text = text.replace(_ONE_CITATION, "、".join(listed_by_law(cited)), 1)
    return text


def penalty_cell(pattern: str | None, penalties: Iterable[Penalty], order_correction: bool) -> str:
    """行政处罚具体内容: penalties, and behind them the measures; an order to correct is a measure, not a penalty."""
    _head, semicolon, tail = (pattern or PENALTY_PATTERN).partition(";")
    words = ",".join(_penalty(penalty) for penalty in penalties)
    measures = f"{semicolon}{tail}" if order_correction and tail else ""
    return (words or "无行政处罚") + measures


def _penalty(penalty: Penalty) -> str:
    word = PENALTIES.get(penalty.kind, penalty.kind)
    if penalty.kind == "fine" and penalty.amount_fen is not None:
        return f"(罚款: {plain(penalty.amount_fen)}元)"
    if penalty.kind == "confiscate_income" and penalty.amount_fen is not None:
        return f"(没收违法所得: {plain(penalty.amount_fen)}元)"
    return f"{word}({penalty.detail})" if penalty.detail else word


def plain(fen: int) -> str:
    """18400000 fen → 184000; 5 fen → 0.05."""
    whole, part = divmod(fen, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)


def account_of(
    case: Case, decided: Sequence[tuple[Respondent, Decision]], violated: Sequence[Citation], basis: Sequence[Citation]
) -> str:
    """案情概述 from the file: source, facts, provisions, discretion, decision, execution; one paragraph each."""
    paragraphs = [_source(case, decided), *_facts(decided)]
    broken, applied = ("、".join(listed_by_law(cited)) for cited in (violated, basis))
    paragraphs.append(f"上述行为违反了{broken}的规定，应当依据{applied}予以处罚。")
    paragraphs += [f"裁量理由：{d.discretion.strip()}" for _r, d in decided if d.discretion and d.discretion.strip()]
    paragraphs += [_decision(respondent, decision) for respondent, decision in decided]
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)


def _source(case: Case, decided: Sequence[tuple[Respondent, Decision]]) -> str:
    parties = "、".join(r.subject.name for r, _d in decided)
    agency = case.agency.authority.name
    inspection = case.inspection
    if inspection is not None:
        seen = f"{_day(inspection.inspected_on)}，{inspection.agency.name}对{inspection.subject.name}进行监督检查"
        filed = f"，{_day(case.filed_on)}由{agency}立案调查" if case.filed_on else ""
        return f"{seen}，发现{parties}涉嫌违法{filed}。"
    origin = _ORIGINS.get(case.origin, "其他途径")
    filed = f"于{_day(case.filed_on)}" if case.filed_on else ""
    return f"根据{origin}获得的线索，{agency}{filed}对{parties}涉嫌违法一案立案调查。"


def _facts(decided: Sequence[tuple[Respondent, Decision]]) -> Iterable[str]:
    for respondent, _decision_made in decided:
        facts = "；".join(f.facts.strip().rstrip("。；") for f in respondent.findings if f.facts.strip())
        income = sum(f.illegal_income_fen or 0 for f in respondent.findings)
        told = f"{plain(income)}元" in facts
        earned = f"违法所得{plain(income)}元。" if income and not told else ""
        yield f"经查明，{respondent.subject.name}存在以下违法事实：{facts}。{earned}"


def _decision(respondent: Respondent, decision: Decision) -> str:
    penalties = "、".join(_penalty_in_words(penalty) for penalty in decision.penalties)
    verb = f"作出{penalties}的行政处罚" if penalties else "不作行政处罚"
    order = "，并责令改正违法行为" if decision.order_correction else ""
    served = f"处罚决定书于{_day(decision.served_on)}送达。" if decision.served_on else ""
    paid = sum(payment.amount_fen for payment in decision.payments if not payment.late_fee)
    done = "罚没款已全部缴清。" if paid and paid >= decision.payable_fen else ""
    return f"{_day(decision.decided_on)}，对{respondent.subject.name}{verb}{order}。{served}{done}"


def _penalty_in_words(penalty: Penalty) -> str:
    word = PENALTIES.get(penalty.kind, penalty.kind)
    if penalty.kind in ("fine", "confiscate_income") and penalty.amount_fen is not None:
        return f"{word}人民币{plain(penalty.amount_fen)}元"
    return word


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
