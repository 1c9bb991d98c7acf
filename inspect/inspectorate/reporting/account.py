"""总结: its sections with the words that are proposed for each, what it still lacks, and the letter.

The proposed words are drafted from what is there: a sentence about late tables stands only where some were late. Own
words, once saved for a section, stay whatever happens; only the figures in them go on changing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from ..accounts.regions import region_name
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.vocabulary import Kind
from ..typical.queries import positions
from .cases import TypicalCase
from .fields import ADDED, Fields, fields_of, filled_in, unknown_in
from .gathering import Gathered, Table
from .letter import Block, Figure, Heading, Letter, Passage, blocks_of, paragraphs
from .models import CampaignAccount
from .pictures import Picture, by_region, by_week, of_penalties, of_violations
from .words import NUMERALS, chinese_day

PREFACE = "preface"
CASES = "cases"
SECTIONS: Mapping[str, str] = {
    PREFACE: "引言",
    "work": "工作开展情况",
    "results": "主要成效",
    CASES: "典型案例",
    "problems": "存在的问题和困难",
    "plans": "下一步工作打算",
    "lasting": "长效机制建设情况",
}
"""The sections in the order of the letter; the preface stands before the first number."""

BLANK = "（请补充"
"""With these words begins what only the office can write; as long as they stand there, the report is not complete."""

OWN_WORDS = ("problems", "plans", "lasting")
"""Sections that no machine can write for an office."""

LETTER = "letter"
"""Where addressee and day are mended, in the place of a section."""

MOST_NODES = 16
"""Figures of one table that the proposed sentence names."""


class Account(NamedTuple):
    """The report as it reads now."""

    row: CampaignAccount
    campaign: CampaignFacts
    fields: Fields
    tables: Sequence[Table]
    texts: Mapping[str, str]
    """By section, with the figures still as names."""
    own: frozenset[str]
    """Sections that the office has written itself."""
    chosen: int
    """How many typical cases the office has chosen."""

    @property
    def title(self) -> str:
        """关于浙江省……专项行动工作总结的报告."""
        place = region_name(self.row.region_code, full=True)
        return f"关于{place}{self.campaign.title}工作总结的报告"


def account_of(gathered: Gathered, row: CampaignAccount) -> Account:
    """The words of the report, with the figures of now."""
    fields = fields_of(gathered)
    chosen = len(positions(row.campaign, row.region_code))
    written = {section.name: section.text for section in row.sections if section.text.strip()}
    proposed = proposals(gathered.tables, fields, chosen)
    return Account(
        row=row,
        campaign=gathered.campaign,
        fields=fields,
        tables=gathered.tables,
        texts={name: written.get(name, proposed[name]) for name in SECTIONS},
        own=frozenset(written),
        chosen=chosen,
    )


def pictures_of(gathered: Gathered) -> list[Picture]:
    """The pictures of the second section; their words are Chinese, as the letter's are."""
    _whole, shares = gathered.counted
    with force_locale("zh"):
        found = [by_region("inspected", shares), by_week(gathered.weeks)]
        found += [of_violations(gathered.violations), of_penalties(gathered.penalties)]
    return [picture for picture in found if not picture.is_empty]


def proposals(tables: Sequence[Table], fields: Fields, chosen: int) -> dict[str, str]:
    """The proposed words of each section, figures as names."""
    return {
        PREFACE: "根据{notice}的部署，{place}自{start}起组织开展{campaign}。现将有关情况报告如下。",
        "work": "\n".join(_work(fields)),
        "results": "\n".join(_results(tables, fields)),
        CASES: f"专项行动期间，查处了一批典型案件，现选取{chosen}起。" if chosen else f"{BLANK}：典型案例尚未选定）",
        "problems": "\n".join(_problems(fields)),
        "plans": f"（一）继续加大查处力度。{BLANK}：针对上述问题的具体安排）\n"
        f"（二）加强部门协作。{BLANK}：与有关部门的具体安排）",
        "lasting": f"（一）制度建设。{BLANK}：已出台的制度、文件及其执行情况）\n"
        f"（二）部门协作机制。{BLANK}：信息通报、案件移送、联合惩戒的运行情况）\n"
        f"（三）日常监管。{BLANK}：双随机抽查、分级分类监管、社会监督的运行情况）",
    }


def _work(fields: Fields) -> Iterator[str]:
    yield "（一）组织部署"
    joint = "，设联络员{liaisons}名，召开联席会议{meetings}次，议定事项{resolutions}项，已完成{resolutions_done}项"
    yield "{whole}共有{agencies}家执法机构参加检查" + (joint if _any(fields, "liaisons", "meetings") else "") + "。"
    yield "（二）监督检查"
    yield "自{start}至{end}，共检查{units}户、{visits}户次，受理投诉举报{complaints}件。"
    if _any(fields, "publicity_events", "publicity_people", "courses", "trained"):
        yield "（三）宣传培训"
        yield (
            "开展宣传活动{publicity_events}次，覆盖{publicity_people}人次，发放宣传材料{publicity_copies}份；"
            "举办培训{courses}期，培训{trained}人次。"
        )
    if _any(fields, "rechecks"):
        yield "（四）回头看" if _any(fields, "publicity_events", "courses") else "（三）回头看"
        yield "对{rechecks}户开展回头看，整改到位{rechecks_mended}户，整改到位率{rechecks_rate}。"


def _any(fields: Fields, *names: str) -> bool:
    """Whether one of the figures is neither nothing nor unknown."""
    return any(name in fields and fields[name].words not in ("0", "", "—", "–") for name in names)


def _results(tables: Sequence[Table], fields: Fields) -> Iterator[str]:
    for number, table in enumerate(tables):
        prefix = "" if number == 0 else f"{table.form.id}:"
        told = list(_sentence(table, prefix, fields))[:MOST_NODES]
        if told:
            yield f"（{NUMERALS[number % 10]}）{table.form.title}"
            yield f"截至{{end}}，{'，'.join(told)}。"
    apart = "（其他部门报送的数字另见汇总表）" if any(table.filled.returns for table in tables) else ""
    yield (
        f"据系统内记录{apart}，立案{{filed}}件，结案{{closed}}件，罚款和没收违法所得{{fined}}万元，移送司法机关{{transferred}}件。"
    )


def _sentence(table: Table, prefix: str, fields: Fields) -> Iterator[str]:
    for node in table.form.measured:
        if node.total or node.memo or node.subset:
            continue
        for part in node.parts:
            name = f"{prefix}{part.id}"
            if part.kind is not Kind.TEXT and _any(fields, name) and not fields[name].label.endswith(ADDED):
                unit = part.unit or ""
                label = re.sub(rf"[(（]{re.escape(unit)}[)）]$", "", fields[name].label)
                yield f"{label.removesuffix(unit)}{{{name}}}{unit}"


def _problems(fields: Fields) -> Iterator[str]:
    found = []
    if fields["frequent"].words:
        found.append("部分违法行为多发。立案查处的违法行为中，{frequent}较为突出。")
    if fields["late_regions"].words:
        found.append("部分地区报送不及时。逾期或者未报报表的地区有：{late_regions}。")
    if _any(fields, "sent_back"):
        found.append("报表质量有待提高。有{sent_back}份报表因数据问题被退回修改。")
    if fields["missed"].words:
        found.append("部分指标未达到目标：{missed}。")
    found.append(f"工作中的困难。{BLANK}：人员、经费、协作等方面的困难）")
    for numeral, sentence in zip(NUMERALS, found, strict=False):
        yield f"（{numeral}）{sentence}"


class Check(NamedTuple):
    """One line of the list of what a complete report has: the words, whether it is there, and where it is mended."""

    words: LazyString
    done: bool
    section: str | None = None


def completeness(account: Account) -> list[Check]:
    """What a report has before it is sent."""
    row, texts = account.row, account.texts
    blank = [name for name in SECTIONS if BLANK in texts[name]]
    unknown = [name for name in SECTIONS if unknown_in(texts[name], account.fields)]
    unwritten = [name for name in OWN_WORDS if name not in account.own]
    frozen = bool(account.tables) and all(table.is_frozen for table in account.tables)
    own_words = _l("Problems, plans and lasting mechanisms are in the office's own words")
    return [
        Check(_l("The tables are frozen: figures do not change any more"), frozen),
        Check(_l("Nothing is left that only the office can write"), not blank, next(iter(blank), None)),
        Check(_l("Every name in braces stands for a figure"), not unknown, next(iter(unknown), None)),
        Check(own_words, not unwritten, next(iter(unwritten), None)),
        Check(_l("Typical cases have been chosen"), account.chosen > 0),
        Check(_l("The addressee is named"), bool(row.addressee), LETTER),
        Check(_l("The report is dated"), row.dated_on is not None, LETTER),
    ]


def letter_of(account: Account, pictures: Sequence[Picture], cases: Sequence[TypicalCase]) -> Letter:
    """The letter; as long as it lacks something, marked as a draft."""
    row = account.row
    day = row.dated_on
    return Letter(
        title=account.title,
        addressee=row.addressee,
        blocks=tuple(_blocks(account, pictures, cases)),
        office=row.agency.authority.name,
        dated=chinese_day(day) if day else "　　年　　月　　日",
        draft=not all(check.done for check in completeness(account)),
        number=row.number or "",
        note=_origin(account.tables),
        day=day.isoformat() if day else "",
    )


def _origin(tables: Sequence[Table]) -> str:
    """From which tables the figures come."""
    told = []
    for table in tables:
        if table.snapshot is None:
            told.append(f"{table.form.title}：实时数据，未经定稿")
        else:
            state = "定稿" if table.is_frozen else "已报送，未定稿"
            told.append(
                f"{table.form.title}：第{table.snapshot.number}次报送（{state}），SHA-256 {table.snapshot.sha256}"
            )
    return "数据来源：" + "；".join(told) + "。" if told else ""


def _blocks(account: Account, pictures: Sequence[Picture], cases: Sequence[TypicalCase]) -> Iterator[Block]:
    for number, (name, heading) in enumerate(SECTIONS.items()):
        if name != PREFACE:
            yield Heading(f"{NUMERALS[number - 1]}、{heading}")
        yield from blocks_of(filled_in(account.texts[name], account.fields))
        if name == "results":
            for place, picture in enumerate(pictures, start=1):
                yield Figure(f"图{place}　{picture.drawing.title}", picture.drawing)
        if name == CASES:
            for place, case in enumerate(cases):
                yield Heading(f"（{NUMERALS[place % 10]}）{case.name}", 2)
                yield from map(Passage, paragraphs(case.text))
