"""填表说明: what each figure of a return means, in which unit, who supplies it, by when. Written in Chinese."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ...campaigns.engine.checks import Outcome, subset_pairs
from ...campaigns.engine.definition import FormDefinition, Measure, Node, Part, Term
from ...campaigns.engine.vocabulary import ENTERED, Kind
from ...campaigns.words import in_words, label_of

MEANINGS: dict[str, str] = {
    "units_inspected": "检查过的对象数，同一对象在本期内多次检查只计一个（户）",
    "visits": "检查次数，同一对象检查几次计几次（户次）",
    "inspector_turns": "每次检查出动的人数逐次相加（人次）",
    "cases_filed": "本期立案的案件数，按立案日期计",
    "cases_closed": "本期结案的案件数，按结案日期计",
    "order_correction": "责令改正的对象数；检查时已责令、后来又作出决定的，不重复计",
    "warning": "给予警告的当事人数，按决定日期计",
    "fine_count": "给予罚款的户（人）次，按决定日期计",
    "revoke": "吊销许可证件的当事人数，按决定日期计",
    "suspend": "责令停产停业的对象数（户），同一对象只计一个",
    "fine_sum": "罚款决定的金额合计，按决定日期计，不论是否缴清",
    "confiscate_sum": "没收违法所得的金额合计，按决定日期计",
    "transfer_judicial": "移送司法机关的案件数，按移送日期计",
    "transfer": "移送其他部门的案件数，按移送日期计",
    "complaint_in": "本期收到的投诉举报件数，按收到日期计",
    "complaint_closed": "本期办结的投诉举报件数，按办结日期计",
    "complaint_penalised": "本期办结且实施行政处罚的投诉举报件数",
    "complaint_replied": "本期向举报人反馈的件数，按反馈日期计",
    "complaint_satisfied": "反馈后举报人表示满意的件数，按反馈日期计",
    "register_units": "期末在册的单位数",
    "violations": "查实的违法行为数，同一对象有几项计几项",
    "seized_value": "查扣物品的货值金额",
    "samples": "抽检样品份数",
    "samples_passed": "抽检合格的样品份数",
    "seized_items": "查扣物品件数",
    "seized_kg": "查扣物品重量（千克）",
    "prosecuted_cases": "公安机关立案侦查、检察机关起诉的案件数",
    "prosecuted_people": "被追究刑事责任的人数",
    "unlicensed_closed": "取缔无证单位数",
    "persons_dealt": "处理的人员数",
    "projects_inspected": "检查的建设项目数",
    "tasks_assigned": "下达的任务数",
    "tasks_done": "完成的任务数",
    "tasks_void": "因关闭等原因无法完成的任务数",
    "tasks_passed": "检查结果合格的任务数",
    "own_agencies": "本级及下级监督机构数",
    "own_departments": "本单位内设机构数",
    "own_staff": "在编人员数",
    "own_inspectors": "持有执法证的监督员数",
    "markets": "检查的市场数",
    "courses": "培训期数",
    "people": "人数",
    "sum": "各单位该项数据相加",
    "yes": "该项为“是”的单位数",
    "units_with": "有该类违法行为的对象数，同一对象只计一个",
    ENTERED: "由填报单位直接填写",
}
"""What each measure counts, as the one who fills in the form reads it; the rules are those of the contract."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
"""Notes of a definition's author in another language are for programmers, not for who fills in the form."""


class Line(NamedTuple):
    """One figure of the form, explained."""

    label: str
    meaning: str
    unit: str
    supplied_by: str


def intro(
    region: str, agency: str, days: tuple[date | None, date | None], due: date | None, supplies: str
) -> list[str]:
    """Who reports what and how, before the list of the figures."""
    first, last = days
    lines = [f"填报地区：{region}"] * bool(region) + [f"填报单位：{agency}"] * bool(agency)
    lines += [f"统计期间：{first}至{last}（首尾两日均计入）"] * bool(first and last)
    lines += [f"报送期限：{due}"] * bool(due)
    lines += [f"由贵单位填写：{supplies}"] * bool(supplies)
    return [
        *lines,
        "只填白色单元格；灰色单元格、合计和比率不用填，由表格和系统算出。",
        "没有发生的填“0”；没有数据、不报的留空；打“—”的地方不填。",
        "一个单元格内填两个数的，照“3/22.08”的样子填写。",
        "不要增删、移动、隐藏行和列，不要改动标题，不要填公式；数字用阿拉伯数字，不带单位。",
        "单元格变红的，表示数据之间不相符，请核对后再报。",
        "填好后存为 .xlsx 文件（不加密码）报送；报送时逐格核对，不符的一个数也不会收入，并说明是哪一格、为什么。",
    ]


def figures(form: FormDefinition) -> Iterator[Line]:
    """Each row or column that says what is counted."""
    for node in form.measured:
        for part in node.parts if form.measured.has_own_line(node) else ():
            yield Line(
                _label(form, node, part), _meaning(node, part, form), _unit(node, part), _supplied_by(form, node)
            )
    for rate in form.rates:
        yield Line(
            rate.label, f"由系统按“{rate_words(rate.text, form)}”算出，不用填", "%" if rate.per_cent else "", "系统"
        )


def departments(form: FormDefinition) -> Iterator[tuple[str, str]]:
    """(department, what it supplies) where the form says so."""
    for one in form.departments:
        if one.supplies:
            yield one.name, "、".join(label_of(node_id, form) for node_id in one.supplies)


def checks(form: FormDefinition) -> Iterator[tuple[str, str]]:
    """(rule in words, what to do) of each check, and of each part (其中)."""
    for check in form.checks:
        grade = "必须相符" if check.level == "error" else "不相符的要书面说明"
        words = in_words(Outcome(check.rule, check.level, check.text, ()), form)
        said = check.text if check.text and _CHINESE.search(check.text) else None
        yield words, "；".join(filter(None, (said, grade)))
    for whole, part in subset_pairs(form):
        yield f"{label_of(part, form)} ≤ {label_of(whole, form)}", "其中项不大于总项，必须相符"


def rate_words(text: str, form: FormDefinition) -> str:
    """A rate's quotient with the labels of the form in the place of ids."""
    return re.sub(r"[^\W\d]\w*(?:\.\w+)*", lambda found: label_of(found[0], form), text)


def _label(form: FormDefinition, node: Node, part: Part) -> str:
    above = "·".join(one.label for one in form.measured.path(node.id)[:-1] if one.label)
    own = label_of(part.id, form)
    return f"{above}·{own}" if above else own


def _meaning(node: Node, part: Part, form: FormDefinition) -> str:
    if node.total:
        return f"合计：{'、'.join(label_of(one, form) for one in node.total)}，不用填"
    if part.kind is Kind.TEXT:
        return "文字说明"
    words = "；加上".join(map(_of, part.measure.terms)) if isinstance(part.measure, Measure) else MEANINGS[ENTERED]
    return f"{words}（期末状态）" if node.stock else words


def _of(term: Term) -> str:
    return MEANINGS.get(term.name, term.name)


def _unit(node: Node, part: Part) -> str:
    if part.unit:
        return part.unit
    if node.type == "yesno":
        return "是/否，或“是”的个数"
    return {Kind.MONEY: "元", Kind.TEXT: "文字"}.get(part.kind, "")


def _supplied_by(form: FormDefinition, node: Node) -> str:
    ids = {node.id, *(one.id for one in form.measured.ancestors(node.id))}
    return "、".join(one.name for one in form.departments if ids & set(one.supplies))
