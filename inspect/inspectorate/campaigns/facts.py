"""What everybody knows of a campaign: its notice, days, departments, targets, and what its offices choose and report.

Pure; made by `catalogue` from a file or a row.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

_Read = TypeVar("_Read")

ASKS: Final = ("publicity", "training", "joint_meetings", "recheck", "exposure", "typical_cases", "account")
"""What a notice may ask for beside the table: 宣传、培训、联席会议、回头看、曝光、典型案例、总结."""


class Category(NamedTuple):
    """What an inspection of a campaign targets. ``sectors``: who inspects it; empty: everybody."""

    code: str
    label: str
    sectors: tuple[str, ...] = ()


class Department(NamedTuple):
    """A department with its part in a campaign.

    ``supplies``: the columns or rows of the campaign's forms that it fills. ``via``: "system", or "return" for one that
    sends figures. ``lead``: it calls the others together (牵头单位).
    """

    sector: str
    name: str
    supplies: tuple[str, ...] = ()
    via: str = "return"
    lead: bool = False


class IndicatorFacts(NamedTuple):
    """A figure with a target, worked out from one of the campaign's forms.

    ``expr``: a rate's id, or a quotient of sums over ids of one axis. ``at``: the line of the other axis; None: its
    total, or its only line. ``better``: "more" (at least the target) or "less" (at most). ``per_cent``: printed so.
    """

    id: str
    label: str
    form: str
    expr: str
    at: str | None = None
    target: Decimal | None = None
    better: str = "more"
    per_cent: bool = True


class Choice(NamedTuple):
    """Something that each province chooses for itself, such as three or four industries.

    ``filter``: the filter of forms that it narrows. ``among``: (value, Chinese label).
    """

    id: str
    label: str
    filter: str
    among: tuple[tuple[str, str], ...]
    least: int
    most: int

    def label_of(self, value: str) -> str:
        """What a value is called; the value itself where it is none of the choice."""
        return dict(self.among).get(value, value)


class CampaignFacts(NamedTuple):
    """A campaign (专项行动): notice, days (both included), categories, chain and forms. Records bear its ``id``."""

    id: str
    title: str
    notice: str | None
    issuers: str | None
    region_code: str
    date_from: date
    date_to: date
    forms: tuple[str, ...]
    categories: tuple[Category, ...]
    chain: tuple[str, ...]
    due: Mapping[str, str] = MappingProxyType({})
    row_id: int | None = None
    implied: bool = False
    """Made by a form alone: a campaign form that nobody has given a campaign yet."""
    departments: tuple[Department, ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()
    monthly: bool = False
    """Whether its tables are sent each month too (月报)."""
    monthly_due: Mapping[str, int] = MappingProxyType({})
    """Level → day of the following month."""
    template: str | None = None
    """The form whose attachment is the template of the typical cases; None: the first form that has one."""
    choices: tuple[Choice, ...] = ()
    asks: tuple[str, ...] = ()
    """What the notice asks for beside the tables, words of `ASKS`."""
    standing: bool = False
    """Statistics of each year, always open: nothing is inspected for them."""
    evidence: str | None = None
    """What of this is known from the notice and what is ours."""

    def runs_on(self, day: date) -> bool:
        """Whether a day lies within the campaign."""
        return self.date_from <= day <= self.date_to

    def due_on(self, level: str) -> date | None:
        """The day by which a level reports, where the notice names one."""
        text = self.due.get(level)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            return None

    @property
    def ships(self) -> bool:
        """Whether it came with the code, so that nobody edits it here."""
        return self.row_id is None


def category(entry: Mapping[str, Any]) -> Category:
    """A category as it is written in a file or kept in a row."""
    return Category(entry["code"], entry["label"], tuple(entry.get("sectors", ())))


def department(entry: Mapping[str, Any]) -> Department:
    """A department as it is written."""
    supplies = tuple(entry.get("supplies", ()))
    return Department(entry["sector"], entry["name"], supplies, entry.get("via", "return"), entry.get("lead", False))


def indicator(entry: Mapping[str, Any]) -> IndicatorFacts:
    """An indicator as it is written; its target is a decimal in quotes."""
    target = entry.get("target")
    return IndicatorFacts(
        id=entry["id"],
        label=entry["label"],
        form=entry["form"],
        expr=entry["expr"],
        at=entry.get("at") or None,
        target=Decimal(str(target)) if target not in (None, "") else None,
        better=entry.get("better", "more"),
        per_cent=entry.get("per_cent", True),
    )


def choice(entry: Mapping[str, Any]) -> Choice:
    """A choice as it is written: what is chosen among as a table, or as pairs where the order must be kept."""
    written = entry["among"]
    pairs = written.items() if isinstance(written, Mapping) else written
    among = tuple((str(value), str(label)) for value, label in pairs)
    return Choice(entry["id"], entry["label"], entry["filter"], among, entry["least"], entry["most"])


def several(
    read: Callable[[Mapping[str, Any]], _Read], entries: Sequence[Mapping[str, Any]] | None
) -> tuple[_Read, ...]:
    """All entries, read."""
    return tuple(read(entry) for entry in entries or ())


class Further(NamedTuple):
    """What a campaign made here says beside title, days, forms and categories, as its row keeps it."""

    issuers: str | None = None
    departments: Sequence[Mapping[str, Any]] = ()
    indicators: Sequence[Mapping[str, Any]] = ()
    monthly_due: Mapping[str, int] = MappingProxyType({})
    template: str | None = None
    choices: Sequence[Mapping[str, Any]] = ()
    asks: Sequence[str] = ()
    standing: bool = False

    def columns(self) -> dict[str, Any]:
        """As columns of the row."""
        return {
            "issuers": self.issuers or None,
            "departments": [dict(one) for one in self.departments],
            "indicators": [dict(one) for one in self.indicators],
            "monthly_due": dict(self.monthly_due),
            "template": self.template or None,
            "choices": [dict(one) for one in self.choices],
            "asks": list(self.asks),
            "standing": self.standing,
        }


NOTHING_FURTHER: Final = Further()


def further_of(campaign: CampaignFacts) -> Further:
    """The same of a campaign that is there: to copy it, to change it or to write it into a file."""
    return Further(
        issuers=campaign.issuers,
        departments=[{**one._asdict(), "supplies": list(one.supplies)} for one in campaign.departments],
        indicators=[
            {**one._asdict(), "target": None if one.target is None else str(one.target)} for one in campaign.indicators
        ],
        monthly_due=dict(campaign.monthly_due),
        template=campaign.template,
        choices=[{**one._asdict(), "among": [list(pair) for pair in one.among]} for one in campaign.choices],
        asks=campaign.asks,
        standing=campaign.standing,
    )
