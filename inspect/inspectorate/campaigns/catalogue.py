"""Campaigns as everybody reads them, whether they ship with the code or are rows."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ..accounts.actor import NATION
from .engine.definition import FormDefinition
from .models import Campaign

DATA = Path(__file__).with_name("data") / "campaigns"


class Category(NamedTuple):
    """What an inspection of a campaign targets. ``sectors``: who inspects it; empty: everybody."""

    code: str
    label: str
    sectors: tuple[str, ...] = ()


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


@cache
def shipped_campaigns() -> tuple[CampaignFacts, ...]:
    """The campaigns that ship with the code, the latest first."""
    found = [_from_file(path) for path in DATA.glob("*.toml")]
    return tuple(sorted(found, key=lambda c: (c.date_from, c.id), reverse=True))


def _from_file(path: Path) -> CampaignFacts:
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return CampaignFacts(
        id=table["id"],
        title=table["title"],
        notice=table.get("notice"),
        issuers=table.get("issuers"),
        region_code=table["region"],
        date_from=table["from"],
        date_to=table["to"],
        forms=tuple(table["forms"]),
        categories=tuple(_category(entry) for entry in table["category"]),
        chain=tuple(table["chain"]),
        due=table.get("due", {}),
    )


def _category(entry: Mapping[str, Any]) -> Category:
    return Category(entry["code"], entry["label"], tuple(entry.get("sectors", ())))


def from_row(row: Campaign) -> CampaignFacts:
    """A campaign made here."""
    return CampaignFacts(
        id=row.code,
        title=row.title,
        notice=row.notice,
        issuers=None,
        region_code=row.region_code,
        date_from=row.date_from,
        date_to=row.date_to,
        forms=tuple(row.forms),
        categories=tuple(_category(entry) for entry in row.categories),
        chain=tuple(row.chain),
        due=row.due,
        row_id=row.id,
    )


def implied_by(form: FormDefinition) -> CampaignFacts:
    """The campaign that a campaign's form stands for as long as nobody has made one of its id.

    Without days of its own it is open: a notice's year where the form names one, else always.
    """
    year = form.about.get("year")
    known_year = year if isinstance(year, int) and 1949 <= year <= 9998 else None
    return CampaignFacts(
        id=form.id,
        title=form.title,
        notice=form.annex,
        issuers=form.about.get("issuer"),
        region_code=NATION,
        date_from=form.period.start or date(known_year or 1949, 1, 1),
        date_to=form.period.end or date(known_year or 9998, 12, 31),
        forms=(form.id,),
        categories=tuple(Category(code, label) for code, label in categories_of(form).items()),
        chain=form.report.chain,
        due={level: str(day) for level, day in form.report.due.items()},
        implied=True,
    )


def categories_of(form: FormDefinition) -> dict[str, str]:
    """The categories by which a form filters, each called by the headings above and at the node that first names it."""
    found: dict[str, str] = {}
    for tree in (form.cols, form.rows):
        for node in tree:
            for condition in node.where:
                for value in condition.values if condition.key == "category" else ():
                    label = "·".join(one.label for one in tree.path(node.id) if one.label)
                    found.setdefault(str(value), label or str(value))
    return found
