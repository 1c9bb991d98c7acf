"""Taking numbers: of documents, cases and complaints, without gaps and never twice."""

from flask_babel import gettext as _
from sqlalchemy import select

from ..accounts.models import Agency
from ..errors import Refusal
from ..extensions import db
from ..turns import take_turn
from .layouts import Layout
from .models import Document, NumberSeries
from .numbering import format_number, nature_of

SIGNS = {
    "disease_control": "疾控",
    "market": "市监",
    "drug": "药监",
    "cyberspace": "网信",
    "telecom": "通信",
    "radio_tv": "广电",
    "police": "公",
    "customs": "关",
    "postal": "邮",
    "emergency": "应急",
    "ecology": "环",
    "agriculture": "农",
    "salt": "盐",
    "labour": "人社",
}
"""What stands in a 文号 of another sector's authority where a health authority's has 卫."""

CATEGORISED = ("health", "tcm", "disease_control")
"""Sectors whose 文号 bear an 执法类别."""


def in_sector(pattern: str, sector: str) -> str:
    """The pattern of a 文号, which the layouts give for health authorities, as a sector writes it.

    执法类别 is theirs and the disease control's; others number all their decisions in one series, 市监处罚.
    """
    signed = pattern.replace("{short}卫", f"{{short}}{SIGNS.get(sector, '卫')}")
    return signed if sector in CATEGORISED else signed.replace("{category}罚〔", "处罚〔").replace("{category}", "")


def new_case_number(agency: Agency, category: str, year: int) -> str:
    """A new 案号 of the authority, from a series of its own. Raises Refusal where the authority has no 地区简称."""
    place = agency.authority
    _demand_short_name(place)
    category = category if place.sector in CATEGORISED else ""
    serial = _take_serial(place, f"{category}立", year)
    pattern = in_sector("{short}卫{category}立〔{year}〕{serial}号", place.sector)
    return format_number(pattern, short=place.number_prefix or "", category=category, year=year, serial=serial)


def new_complaint_number(agency: Agency, year: int) -> str:
    """A new 编号 of a complaint (投诉举报): year and serial of the authority that received it."""
    return format_number("{year}—{serial:4}", year=year, serial=_take_serial(agency.authority, "complaint", year))


def next_number(
    used: Layout, agency: Agency, category: str, year: int, parent: Document | None
) -> tuple[str | None, str | None, int | None]:
    """Number, series and serial of a new document; a list bears its parent's number, some kinds bear none.

    Raises Refusal where a 文号 is due and the authority has no 地区简称.
    """
    if used.number_form == "none":
        return None, None, None
    if used.number_form == "parent":
        return (parent.number if parent else None), None, None
    if used.number_form == "文号":
        _demand_short_name(agency)
        category = category if agency.authority.sector in CATEGORISED else ""
    series = category + nature_of(used.number_pattern) if used.number_form == "文号" else used.kind
    serial = _take_serial(agency, series, year)
    parts: dict[str, str | int] = {
        "short": agency.number_prefix or "",
        "category": category,
        "year": year,
        "serial": serial,
    }
    return format_number(in_sector(used.number_pattern, agency.authority.sector), **parts), series, serial


def _demand_short_name(agency: Agency) -> None:
    if agency.number_prefix:
        return
    message = _(
        "%(agency)s has no short name for document numbers (地区简称). Enter it in the agency's record.",
        agency=agency.name,
    )
    raise Refusal(message, field="number_prefix")


def _take_serial(agency: Agency, series: str, year: int) -> int:
    """The next serial of a series; others who want one wait until this transaction has ended."""
    take_turn("number series", str(agency.id), series, str(year))
    query = select(NumberSeries).where(
        NumberSeries.agency_id == agency.id, NumberSeries.series == series, NumberSeries.year == year
    )
    row = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if row is None:
        row = NumberSeries(agency_id=agency.id, series=series, year=year, last_serial=0)
        db.session.add(row)
    row.last_serial += 1
    db.session.flush()
    return row.last_serial
