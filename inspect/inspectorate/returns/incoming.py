"""A return that comes as a file, by a command: read, filed as a department's, told in lines."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from .. import limits
from ..accounts.actor import SYSTEM
from ..accounts.models import Agency
from ..accounts.regions import covers, region
from ..campaigns import queries as campaigns
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.expansion import expand
from ..campaigns.periods import default_days
from ..campaigns.summary import members
from ..errors import Refusal, Refusals
from ..extensions import db
from ..objections import N_
from . import actions, blanks
from .models import WITHOUT_CAMPAIGN, Return
from .periods import Period, days_of, key_of, period_of
from .reading import CellProblem, Given, read_values
from .workbook.reading import ReadBook, Wanted, read_workbook

_JSON = (b"{", b"[")
"""How a JSON document begins; whatever begins otherwise is a workbook, or refused in words that say what it is."""


class Filed(NamedTuple):
    """A return that was taken, and what is to be told about it."""

    row: Return
    remarks: Sequence[CellProblem]
    warnings: Sequence[str]


def document_of(content: bytes) -> Any:
    """The JSON document of a return, numbers exact. Raises Refusal."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Refusal(_("The file is neither JSON in UTF-8 nor an XLSX workbook.")) from None
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise Refusal(_("The file is no JSON: %(error)s", error=error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: of two figures for one place neither is chosen silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for number, (key, _value) in enumerate(pairs) if key in dict(pairs[:number]))
        raise ValueError(_("“%(key)s” stands there twice", key=twice))
    return found


class Asked(NamedTuple):
    """What a return is filed as. ``campaign``: as its table looks for it, empty where the form belongs to none."""

    form: FormDefinition
    region: str
    agency: Agency
    campaign: str


def asked(form_id: str, region_code: str, agency_key: str, campaign_id: str | None) -> Asked:
    """What was named, where it is known and fits together. Raises Refusal."""
    form = _form(form_id)
    _check_region(region_code)
    if campaign_id is not None:
        _check_campaign(campaign_id)
    agency = agency_by(agency_key)
    if not (covers(region_code, agency.region_code) or covers(agency.region_code, region_code)):
        raise Refusal(_("%(agency)s belongs to another region. Name one of this region.", agency=agency.name))
    return Asked(form, region_code, agency, _bound(form, campaign_id))


def blank(
    form_id: str,
    region_code: str | None,
    campaign_id: str | None,
    agency_key: str | None,
    days: tuple[date | None, date | None],
    today: date,
) -> bytes:
    """An empty return as a workbook; what is not named stays open. Raises Refusal."""
    form = _form(form_id)
    if region_code is not None:
        _check_region(region_code)
    if campaign_id is not None:
        _check_campaign(campaign_id)
    if days[0] and days[1] and days[1] < days[0]:
        raise Refusal(_("The last day lies before the first. Correct one of them."))
    campaign = campaigns.campaign(campaign_id or form.id)
    year = (days[1] or default_days(form, campaign, today)[1] or today).year
    agency = agency_by(agency_key) if agency_key else None
    identity = blanks.identity_of(
        form, region=region_code or "", campaign=campaign_id or "", period=key_of(*days) if any(days) else "",
        agency=agency_key or "", year=year,
    )  # fmt: skip
    return blanks.empty_return(form, identity, agency=agency, campaign=campaign)


def _form(form_id: str) -> FormDefinition:
    found = campaigns.form(form_id)
    if found is None:
        raise Refusal(_("There is no form %(form)s. Load it first (flask campaign load-form).", form=form_id))
    return found


def _check_region(code: str) -> None:
    if region(code) is None:
        raise Refusal(_("There is no region %(code)s. Choose one.", code=code))


def _check_campaign(campaign_id: str) -> None:
    if campaigns.campaign(campaign_id) is None:
        raise Refusal(_("There is no campaign %(campaign)s.", campaign=campaign_id))


def file_from(path: Path, wanted: Asked, today: date) -> Filed:
    """File the return of an agency for a region; of one that it filed before for the same days it takes the place.

    Raises Refusals with every problem; nothing is changed then.
    """
    given, period = _read(_content(path), wanted, today)
    given.problems += [] if given.cells or given.foot or given.problems else [_empty()]
    if given.problems:
        raise Refusals([Refusal(str(one), field=f"cell:{one.row}@{one.col}") for one in given.problems])
    row = actions.file_department(
        SYSTEM, wanted.campaign, wanted.form.id, wanted.region, period, given, today, agency_id=wanted.agency.id
    )
    return Filed(row, given.remarks, _unexplained(row))


def agency_by(key: str) -> Agency:
    """The agency of a key, of those entered here first. Raises Refusal."""
    rows = db.session.scalars(select(Agency).where(Agency.key == key).order_by(Agency.id)).all()
    found = next((row for row in rows if row.source == "local"), rows[0] if rows else None)
    if found is None:
        raise Refusal(_("There is no agency with the key %(key)s. Load it first (flask import).", key=key))
    return found


def _bound(form: FormDefinition, campaign_id: str | None) -> str:
    """The campaign that a return belongs to, as its table looks for it."""
    if campaign_id is not None:
        return campaign_id
    found = campaigns.campaign(form.id)
    return found.id if found is not None else WITHOUT_CAMPAIGN


def _content(path: Path) -> bytes:
    if path.stat().st_size > limits.RETURN_FILE:
        raise Refusal(_("The file is larger than %(most)s MB.", most=limits.RETURN_FILE // limits.MB))
    return path.read_bytes()


def _read(content: bytes, wanted: Asked, today: date) -> tuple[Given, Period]:
    form, campaign = wanted.form, campaigns.campaign(wanted.campaign) if wanted.campaign else None
    usual = default_days(form, campaign, today)
    if not content.removeprefix(BOM_UTF8).lstrip().startswith(_JSON):
        given = _from_workbook(content, wanted, (usual[1] or today).year)
    else:
        document = document_of(content)
        year = _year(document, usual[1] or today)
        given = read_values(expand(form, members(form, wanted.region, year)), document)
        given.problems += _strangers(document, wanted)
    days = (given.start or usual[0], given.end or usual[1])
    if days[0] and days[1] and days[1] < days[0]:
        given.problems.append(CellProblem("", "", _("The last day lies before the first. Give both “from” and “to”.")))
    return given, period_of(*days, campaign)


def _year(document: Any, usual: date) -> int:
    """The year whose regions the lines of the table are."""
    written = document.get("to") if isinstance(document, dict) else None
    try:
        return date.fromisoformat(written or "").year
    except (TypeError, ValueError):
        return usual.year


def _from_workbook(content: bytes, wanted: Asked, year: int) -> Given:
    read = read_sent(content, wanted, year)
    if read.period and read.given.start is None and read.given.end is None:
        read.given.start, read.given.end = days_of(read.period)
    return read.given


def read_sent(content: bytes, wanted: Asked, year: int) -> ReadBook:
    """A workbook as it was sent. Raises Refusal."""
    identity = blanks.identity_of(
        wanted.form, region=wanted.region, campaign=wanted.campaign, agency=wanted.agency.key, year=year
    )
    return read_workbook(content, Wanted(wanted.form, identity))


def marked_copy(path: Path, wanted: Asked, refusals: Iterable[Refusal], today: date) -> bytes:
    """The workbook that was refused with the reasons in its cells. Raises Refusal where there are no cells to mark."""
    content = _content(path)
    campaign = campaigns.campaign(wanted.campaign) if wanted.campaign else None
    year = (default_days(wanted.form, campaign, today)[1] or today).year
    return blanks.marked_copy(content, read_sent(content, wanted, year), refusals)


def _strangers(document: Any, wanted: Asked) -> list[CellProblem]:
    """What a document says about itself must be what it is filed as."""
    if not isinstance(document, dict):
        return []
    expected = {"form": wanted.form.id, "region": wanted.region, "campaign": wanted.campaign}
    reason = N_("The document is for %(key)s %(found)s, not for %(asked)s.")
    return [
        CellProblem("", "", _(reason, key=key, found=document[key], asked=as_what))
        for key, as_what in expected.items()
        if document.get(key) and str(document[key]) != as_what
    ]


def _empty() -> CellProblem:
    return CellProblem("", "", _("The return has no figure. Write at least one under “cells” or “foot”."))


def _unexplained(row: Return) -> list[str]:
    last = row.snapshots[-1] if row.snapshots else None
    findings = last.content.get("findings", []) if last is not None else []
    return [f"{one['text']} (“reasons”: “{one['key']}”)" for one in findings if not one.get("reason")]
