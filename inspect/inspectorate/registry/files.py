"""Lists of the registry as CSV and XLSX."""

from datetime import date
from typing import Any

from flask import Response
from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from ..accounts.regions import region_name
from ..exports import Column, list_file, rows_of
from ..masking import masked_identity, masked_phone
from .models import Establishment, Person
from .rules import licence_state
from .words import LICENCE_STATES, SEXES, kind_in_words, licence_in_words


def establishments(query: Select[tuple[Establishment]], format: str, today: date) -> Response:
    """The establishments of a query by region and name; telephones masked."""
    ordered = query.order_by(Establishment.region_code, Establishment.name, Establishment.id)
    rows = rows_of(ordered)
    columns = [
        Column(_("Name of the establishment"), lambda row: row.name, 36),
        Column(_("Kind"), lambda row: kind_in_words(row.kind)),
        Column(_("Subkind"), lambda row: kind_in_words(None, row.subkind)),
        Column(_("Unified social credit code"), lambda row: row.uscc, 22),
        Column(_("Region code"), lambda row: row.region_code, 10),
        Column(_("Region"), lambda row: region_name(row.region_code, full=True), 24),
        Column(_("Address"), lambda row: row.address, 36),
        Column(_("Legal representative or head"), lambda row: row.legal_representative),
        Column(_("Telephone"), lambda row: masked_phone(row.phone)),
        Column(_("State of licences"), lambda row: str(LICENCE_STATES[licence_state(row.licences, today)][0])),
        Column(_("Licences"), _licences, 60),
        Column(_("In business since"), lambda row: row.opened_on, 12),
        Column(_("Out of business since"), lambda row: row.closed_on, 12),
    ]
    return list_file(_("Establishments"), columns, rows, format)


def _licences(row: Any) -> str:
    return "；".join(
        " ".join(filter(None, [licence_in_words(one.kind), one.number, one.expires_on and one.expires_on.isoformat()]))
        for one in row.licences
    )


def persons(query: Select[tuple[Person]], format: str) -> Response:
    """The persons of a query by region and name, their identity and telephone numbers masked."""
    ordered = query.options(selectinload(Person.licences)).order_by(Person.region_code, Person.name, Person.id)
    rows = rows_of(ordered)
    columns = [
        Column(_("Name"), lambda row: row.name),
        Column(_("Sex"), lambda row: str(SEXES[row.sex]) if row.sex in SEXES else None, 8),
        Column(_("Identity number"), lambda row: masked_identity(row.id_number), 22),
        Column(_("Region"), lambda row: region_name(row.region_code, full=True), 24),
        Column(_("Employer"), lambda row: row.employer, 36),
        Column(_("Telephone"), lambda row: masked_phone(row.phone)),
        Column(_("Licences"), _licences, 60),
    ]
    return list_file(_("Persons"), columns, rows, format)
