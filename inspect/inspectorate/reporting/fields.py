"""Figures that stand in a campaign report by their names, {cases} or {cases@ad}, and are filled in when it is shown.

So a figure that changes changes the text, and each leads back to the cells that it is made of.
"""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from flask_babel import gettext as _

from ..accounts.regions import child_regions, region_name
from ..campaigns.engine.definition import Part
from ..campaigns.engine.figures import Address, Filled, Value
from ..campaigns.engine.printing import print_rate, print_value
from ..campaigns.engine.vocabulary import Kind
from ..campaigns.measures.sources import sources
from ..errors import Refusal
from ..law.violations import catalogue
from ..returns.models import ReturnSnapshot
from . import events, queries
from .gathering import Gathered, Table
from .words import chinese_day, wan_yuan, whole_word

FIELD = re.compile(r"\{([A-Za-z0-9_.@:-]{1,160})\}")
MOST_NAMED = 5
"""Violations or regions that a sentence names."""


class Field(NamedTuple):
    """A figure by its name: what it is called, as it is printed, and the cells of a form that it adds up.

    ``form_id`` is None for what no cell prints. ``snapshot``: the reported table that it is taken from; None: as the
    records and returns stand now.
    """

    name: str
    label: str
    words: str
    group: str
    form_id: str | None = None
    cells: tuple[Address, ...] = ()
    snapshot: ReturnSnapshot | None = None
    listed: bool = True
    """Whether it is offered in the list of names: single cells are many, and are found in the table."""


Fields = Mapping[str, Field]


def fields_of(gathered: Gathered) -> Fields:
    """Everything that a text about a campaign in a region may name."""
    found = [*_general(gathered), *_problems(gathered), *_joint(gathered)]
    for number, table in enumerate(gathered.tables):
        found += _of_table(table, "" if number == 0 else f"{table.form.id}:")
    return {field.name: field for field in found}


def filled_in(text: str, fields: Fields) -> str:
    """The text with its figures; names that stand for nothing stay as they are."""
    return FIELD.sub(lambda match: fields[match[1]].words if match[1] in fields else match[0], text)


def runs_of(text: str, fields: Fields) -> list[tuple[str, Field | None]]:
    """The text in pieces, each figure with what it is."""
    found: list[tuple[str, Field | None]] = []
    end = 0
    for match in FIELD.finditer(text):
        field = fields.get(match[1])
        found += [(text[end : match.start()], None), (field.words if field else match[0], field)]
        end = match.end()
    return [run for run in (*found, (text[end:], None)) if run[0]]


def unknown_in(text: str, fields: Fields) -> list[str]:
    """The names in braces that stand for no figure, each once."""
    return list(dict.fromkeys(name for name in FIELD.findall(text) if name not in fields))


def check_text(text: str, fields: Fields) -> None:
    """Raises Refusal naming what stands for no figure."""
    if unknown := unknown_in(text, fields):
        names = "、".join(f"{{{name}}}" for name in unknown)
        message = _(
            "%(names)s stands for no figure. Take a name of the list below, or write without braces.", names=names
        )
        raise Refusal(message, field="text")


def _of_table(table: Table, prefix: str) -> Iterable[Field]:
    """What each measure is over the whole table, then each single cell."""
    form, filled = table.form, table.filled
    for node in form.measured:
        for part in node.parts:
            cells = _whole(filled, part.id) if part.measure is not None and part.kind is not Kind.TEXT else []
            if cells:
                label = "·".join(one.label for one in form.measured.path(node.id) if one.label) or node.id
                if overlaps(part) and len(cells) > 1:
                    label = f"{label}{ADDED}"
                words = _printed(_sum(filled, cells), part)
                yield Field(f"{prefix}{part.id}", label, words, form.title, form.id, tuple(cells), table.snapshot)
    for address in (*filled.slots, *filled.rate_slots):
        if one := _of_cell(table, address, prefix):
            yield one


def _of_cell(table: Table, address: Address, prefix: str) -> Field | None:
    form = table.form
    slot, rate = table.filled.slots.get(address), table.filled.rate_slots.get(address)
    if slot is not None and (not slot.applicable or slot.part.kind is Kind.TEXT):
        return None
    measures_on = form.measures_on if slot is not None else form.rates_on
    measured, other = address if measures_on == "rows" else address[::-1]
    label = f"{slot.row.label}·{slot.col.label}" if slot else rate.label if rate else measured
    words = cell_words(table, address)
    name = f"{prefix}{measured}@{other}"
    return Field(name, label, words, form.title, form.id, (address,), table.snapshot, listed=False)


ADDED = "（各栏相加）"
"""Behind the name of a figure whose columns may count the same subject or case more than once."""


def overlaps(part: Part) -> bool:
    """Whether the part counts distinct subjects or cases, of which one may stand in several lines."""
    return part.measure is not None and any(source.entity for term in part.measure.terms for source in sources(term))


def _whole(filled: Filled, measured: str) -> list[Address]:
    """The cells that a measure's figure over the whole table adds up: every line once, without totals and parts."""
    form = filled.form
    on_rows = form.measures_on == "rows"
    roots = [node.id for node in (form.cols if on_rows else form.rows).children_of(None)
             if not (node.total or node.memo or node.subset) and node.is_figure]  # fmt: skip
    return [cell for root in roots for cell in _leaves(filled, (measured, root) if on_rows else (root, measured))]


def _leaves(filled: Filled, address: Address) -> list[Address]:
    slot = filled.slots.get(address)
    if slot is not None:
        return [address] if slot.applicable else []
    return [cell for part in filled.under(address) for cell in _leaves(filled, part)]


def _sum(filled: Filled, cells: Iterable[Address]) -> Value | None:
    values = [filled.value(cell) for cell in cells]
    known = [value for value in values if value is not None and not isinstance(value, str)]
    return sum(known[1:], known[0]) if known else None


def _printed(value: Value | None, part: Part) -> str:
    return "—" if value is None else print_value(value, part)


def cell_words(table: Table, address: Address) -> str:
    """The figure of one cell as the table prints it."""
    slot, rate = table.filled.slots.get(address), table.filled.rate_slots.get(address)
    value = table.filled.value(address)
    if slot is not None:
        return _printed(value, slot.part)
    if rate is None or value is None or isinstance(value, str):
        return "—"
    return print_rate(Fraction(value), rate.places)


def _general(gathered: Gathered) -> Iterable[Field]:
    """Days, places, and what the records say beyond the tables."""
    campaign, region = gathered.campaign, gathered.region
    whole, _shares = gathered.counted
    for name, label, words in (
        ("place", "地区", region_name(region, full=True)),
        ("whole", "全省、全市、全县的称法", whole_word(region, region_name(region))),
        ("campaign", "专项行动名称", campaign.title),
        ("notice", "文件依据", campaign.notice or campaign.title),
        ("start", "起始日期", chinese_day(campaign.date_from)),
        ("end", "截止日期", chinese_day(gathered.days.last)),
        ("agencies", "参加检查的机构数", str(events.agencies(gathered.scope))),
        ("units", "检查户数", f"{whole.inspected:,}"),
        ("visits", "检查户次", f"{whole.visits:,}"),
        ("filed", "立案数", f"{whole.filed:,}"),
        ("closed", "结案数", f"{whole.closed:,}"),
        ("fined", "罚没款（万元）", wan_yuan(whole.fined)),
        ("transferred", "移送司法机关", f"{whole.transferred:,}"),
        ("complaints", "受理投诉举报", f"{whole.complaints:,}"),
    ):
        yield Field(name, label, words, "工作情况（系统内记录）")


def _problems(gathered: Gathered) -> Iterable[Field]:
    group, known = "存在的问题", catalogue()
    frequent = gathered.violations[:MOST_NAMED]
    named = [f"{known[one.code].title_zh if one.code in known else one.code}（{one.number}起）" for one in frequent]
    late = [one.name for one in gathered.league if one.late or one.missing]
    codes = [child.code for child in child_regions(gathered.region, gathered.days.last.year)]
    missed = [
        f"{one.label}（{'、'.join(line.name for line in one.lines if one.misses(line.value))}）"
        for one in gathered.rankings
        if any(one.misses(line.value) for line in one.lines)
    ]
    yield Field("frequent", "多发的违法行为", "、".join(named), group)
    yield Field("late_regions", "逾期或未报报表的地区", "、".join(late), group)
    yield Field("sent_back", "被退回的报表数", str(queries.sent_back(gathered.campaign.id, codes)), group)
    yield Field("missed", "未达到目标的指标和地区", "；".join(missed), group)


JOINT = {
    "liaisons": "联络员人数",
    "meetings": "联席会议次数",
    "resolutions": "议定事项数",
    "resolutions_done": "已完成的议定事项数",
    "rechecks": "回头看户数",
    "rechecks_mended": "整改到位户数",
    "rechecks_rate": "整改到位率",
    "publicity_events": "宣传活动次数",
    "publicity_people": "宣传覆盖人次",
    "publicity_copies": "发放宣传材料份数",
    "courses": "培训期数",
    "trained": "培训人次",
}
"""What the joint side tells, by the names of `joint.queries.Doings`."""


def _joint(gathered: Gathered) -> Iterable[Field]:
    for name, label in JOINT.items():
        value = getattr(gathered.doings, name)
        yield Field(name, label, f"{value:,}" if isinstance(value, int) else str(value), "联合工作")
