"""Campaigns as everybody reads them, whether they ship with the code or are rows."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ..accounts.actor import NATION
from .engine.definition import FormDefinition
from .facts import CampaignFacts, Category, category, choice, department, indicator, several
from .models import Campaign

__all__ = ["CampaignFacts", "Category", "categories_of", "from_row", "implied_by", "shipped_campaigns"]

DATA = Path(__file__).with_name("data") / "campaigns"


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
        categories=several(category, table.get("category")),
        chain=tuple(table["chain"]),
        due=table.get("due", {}),
        departments=several(department, table.get("department")),
        indicators=several(indicator, table.get("indicator")),
        monthly=bool(table.get("monthly_due")),
        monthly_due=table.get("monthly_due", {}),
        template=table.get("template"),
        choices=several(choice, table.get("choose")),
        asks=tuple(table.get("asks", ())),
        standing=table.get("standing", False),
        evidence=table.get("evidence"),
    )


def from_row(row: Campaign) -> CampaignFacts:
    """A campaign made here."""
    return CampaignFacts(
        id=row.code,
        title=row.title,
        notice=row.notice,
        issuers=row.issuers,
        region_code=row.region_code,
        date_from=row.date_from,
        date_to=row.date_to,
        forms=tuple(row.forms),
        categories=several(category, row.categories),
        chain=tuple(row.chain),
        due=row.due,
        row_id=row.id,
        departments=several(department, row.departments),
        indicators=several(indicator, row.indicators),
        monthly=bool(row.monthly_due),
        monthly_due=row.monthly_due,
        template=row.template,
        choices=several(choice, row.choices),
        asks=tuple(row.asks),
        standing=row.standing,
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
