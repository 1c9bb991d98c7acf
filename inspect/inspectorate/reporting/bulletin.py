"""通报: what the bulletin of a month says, as a document of plain values, and the letter drawn from it alone."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ..accounts.actor import Actor
from ..accounts.regions import child_regions, region_name
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.progress import Counted, Days, counted
from .cases import typical_cases
from .indicators import Ranking, rankings
from .lateness import Awaited, reporting
from .letter import Block, Grid, Heading, Letter, Passage, paragraphs
from .models import Bulletin
from .words import NUMERALS, chinese_day, per_cent, wan_yuan, whole_word

REGION_HEADS = ("地区", "本月检查户数", "累计检查户数", "本月立案", "累计立案", "累计结案", "累计罚没（万元）")
RANK_HEADS = ("地区", "数值", "位次")
LATE_HEADS = ("报表", "应报日期", "至今未报", "逾期报送（天数）")


def months_of(campaign: CampaignFacts, today: date) -> list[date]:
    """The first days of the campaign's months that have begun, the latest first."""
    found, month = [], campaign.date_from.replace(day=1)
    while month <= min(campaign.date_to, today):
        found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found[::-1]


def days_in(campaign: CampaignFacts, month: date) -> Days:
    """The campaign's days in a month."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return Days(max(month, campaign.date_from), min(last, campaign.date_to))


def compose(actor: Actor, row: Bulletin, campaign: CampaignFacts, today: date) -> dict[str, Any]:
    """Everything that the bulletin says as of today, in values that JSON keeps exactly."""
    month = days_in(campaign, row.month)
    month = Days(month.first, max(month.first, min(month.last, today)))
    total = Days(campaign.date_from, month.last)
    own, shares = counted(campaign, row.region_code, month)
    whole, sums = counted(campaign, row.region_code, total)
    _league, delayed = reporting(campaign, row.region_code, today)
    name = region_name(row.region_code, full=True)
    return {
        "campaign": campaign.title,
        "title": f"关于{campaign.title}{row.month.year}年{row.month.month}月工作进展情况的通报",
        "region": row.region_code,
        "region_name": name,
        "office": row.agency.authority.name,
        "addressees": _addressees(row.region_code, month.last.year),
        "until": month.last.isoformat(),
        "opening": row.opening.strip() or _opening(campaign, row.month),
        "overall": _overall(row.region_code, own, whole, row.month, month.last),
        "regions": _lines(shares, sums),
        "rankings": [_ranking(one) for one in rankings(campaign, row.region_code, total, whole, sums, today)],
        "returns": _delays([one for one in delayed if one.due_on >= row.month]),
        "still_missing": _names(one for one in delayed if one.is_missing and one.due_on < row.month),
        "cases": [one._asdict() for one in typical_cases(actor, campaign, row.region_code, month)],
        "requirements": row.requirements.strip(),
    }


def _addressees(region_code: str, year: int) -> str:
    """To whom it goes: the campaign offices of the regions below, as such letters call them."""
    below = child_regions(region_code, year)
    if not below:
        return ""
    level = {"province": "各省、自治区、直辖市", "city": "各市（州）", "county": "各县（市、区）"}[below[-1].level]
    return f"{level}专项行动领导小组办公室"


def _opening(campaign: CampaignFacts, month: date) -> str:
    return f"现将{month.year}年{month.month}月{campaign.title}工作进展情况通报如下。"


def _overall(code: str, own: Counted, whole: Counted, month: date, until: date) -> list[str]:
    place = whole_word(code, whole.name)
    return [
        f"{month.month}月，{place}共检查{own.inspected:,}户（{own.visits:,}户次），{_done(own)}。",
        f"专项行动开展以来，截至{chinese_day(until)}，{place}累计检查{whole.inspected:,}户（{whole.visits:,}户次），"
        f"{_done(whole)}，受理投诉举报{whole.complaints:,}件。",
    ]


def _done(one: Counted) -> str:
    fined = f"罚款和没收违法所得{wan_yuan(one.fined)}万元"
    return f"立案{one.filed:,}件，结案{one.closed:,}件，{fined}，移送司法机关{one.transferred:,}件"


def _lines(month: Sequence[Counted], total: Sequence[Counted]) -> list[list[str]]:
    lines = []
    for own, whole in zip(month, total, strict=True):
        counts = (own.inspected, whole.inspected, own.filed, whole.filed, whole.closed)
        lines.append([own.name, *(f"{count:,}" for count in counts), wan_yuan(whole.fined)])
    return lines


def _ranking(one: Ranking) -> dict[str, Any]:
    def words(value: Fraction | None) -> str:
        return per_cent(value) if one.per_cent else "—" if value is None else f"{float(value):g}"

    return {
        "label": one.label,
        "whole": words(one.whole),
        "target": words(one.target) if one.target is not None else None,
        "lines": [[line.name, words(line.value), str(line.rank)] for line in one.lines if line.rank is not None],
        "without": [line.name for line in one.lines if line.rank is None],
        "missed": [line.name for line in one.lines if one.misses(line.value)],
    }


def _delays(delayed: Sequence[Awaited]) -> list[list[str]]:
    """A line for each table: what it is, when it was due, who owes it still, and who sent it how many days late."""
    lines = []
    for due, what in sorted({(one.due_on, one.what) for one in delayed}):
        own = sorted((one for one in delayed if (one.due_on, one.what) == (due, what)), key=lambda one: one.code)
        late = [f"{one.name}（{one.days}天）" for one in own if not one.is_missing]
        missing = [one.name for one in own if one.is_missing]
        lines.append([what, chinese_day(due), "、".join(missing) or "无", "、".join(late) or "无"])
    return lines


def _names(delayed: Iterable[Awaited]) -> list[str]:
    """Each region once, in the order of their codes."""
    return [name for _code, name in sorted({(one.code, one.name) for one in delayed})]


def letter_of(content: dict[str, Any], row: Bulletin) -> Letter:
    """The letter, from the content and what was said when it was issued, and from nothing else."""
    office, issued = content["office"], content.get("issued_on")
    day = chinese_day(date.fromisoformat(issued)) if issued else "　　年　　月　　日"
    masthead = (f"{content['campaign']}工作通报", f"第{content['number']}期　　{office}　　{day}") if issued else None
    return Letter(
        title=content["title"],
        addressee=content["addressees"],
        blocks=tuple(_blocks(content)),
        office=office,
        dated=day,
        draft=issued is None,
        masthead=masthead,
        note=f"本通报数据截至{chinese_day(date.fromisoformat(content['until']))}。　SHA-256 {row.sha256}"
        if row.sha256
        else "",
        day=issued or "",
    )


def _blocks(content: dict[str, Any]) -> Iterator[Block]:
    yield from map(Passage, paragraphs(content["opening"]))
    parts = [(name, list(part)) for name, part in _parts(content)]
    present = [(name, blocks) for name, blocks in parts if blocks]
    for numeral, (name, blocks) in zip(NUMERALS, present, strict=False):
        yield Heading(f"{numeral}、{name}")
        yield from blocks


def _parts(content: dict[str, Any]) -> Iterator[tuple[str, Iterator[Block]]]:
    yield "总体情况", map(Passage, content["overall"])
    yield "各地工作进展", _regions(content)
    yield "指标完成情况", _rankings(content)
    yield "报表报送情况", _returns(content)
    yield "典型案例", _cases(content)
    yield "工作要求", map(Passage, paragraphs(content["requirements"]))


def _regions(content: dict[str, Any]) -> Iterator[Block]:
    if content["regions"]:
        yield Grid("各地工作进展情况", REGION_HEADS, content["regions"])


def _rankings(content: dict[str, Any]) -> Iterator[Block]:
    for number, one in enumerate(content["rankings"], start=1):
        if not one["lines"]:
            continue
        target = f"，目标值{one['target']}" if one["target"] else ""
        yield Heading(f"（{NUMERALS[(number - 1) % 10]}）{one['label']}", 2)
        told = f"总体为{one['whole']}{target}。"
        if one["missed"]:
            told += f"未达到目标的：{'、'.join(one['missed'])}。"
        if one["without"]:
            told += f"无数据，不参加排名的：{'、'.join(one['without'])}。"
        yield Passage(told)
        yield Grid(f"{one['label']}排名", RANK_HEADS, one["lines"])


def _returns(content: dict[str, Any]) -> Iterator[Block]:
    late, older = content["returns"], content["still_missing"]
    if older:
        yield Passage(f"以前月份的报表至今未报的：{'、'.join(older)}。")
    if not late:
        yield Passage("本月应报的报表均已按时报送。")
        return
    yield Passage("本月应报的报表中，未报和逾期报送的情况如下。")
    yield Grid("逾期、未报情况", LATE_HEADS, late, wordy=True)


def _cases(content: dict[str, Any]) -> Iterator[Block]:
    for number, case in enumerate(content["cases"]):
        yield Heading(f"（{NUMERALS[number % 10]}）{case['name']}", 2)
        yield from map(Passage, paragraphs(case["text"]))
