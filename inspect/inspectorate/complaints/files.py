"""Lists of complaints as CSV and XLSX; without the reporter."""

from typing import Any

from flask import Response
from flask_babel import gettext as _
from sqlalchemy import Select

from ..accounts.regions import region_name
from ..exports import Column, list_file, rows_of
from ..masking import masked_numbers
from .models import Complaint
from .rules import state_of
from .words import CHANNELS, STATES, satisfied_in_words


def complaints(query: Select[Any], format: str) -> Response:
    """The complaints of a query, the latest first."""
    ordered = query.order_by(Complaint.received_on.desc(), Complaint.id.desc())
    rows = rows_of(ordered)
    columns = [
        Column(_("Number"), lambda row: row.number),
        Column(_("Received on"), lambda row: row.received_on, 12),
        Column(_("How it came in"), lambda row: str(CHANNELS.get(row.channel, row.channel or ""))),
        Column(_("Region"), lambda row: region_name(row.region_code, full=True), 24),
        Column(_("Whom it is about"), lambda row: row.subject.name if row.subject else row.subject_text, 36),
        Column(_("What is reported"), lambda row: masked_numbers(row.text or ""), 60),
        Column(_("State"), lambda row: str(STATES[state_of(row)][0])),
        Column(_("Handler"), lambda row: row.handler.name if row.handler else None),
        Column(_("Accepted on"), lambda row: row.accepted_on, 12),
        Column(_("Closed on"), lambda row: row.closed_on, 12),
        Column(_("Outcome"), lambda row: row.outcome, 60),
        Column(_("Led to a penalty"), lambda row: _("yes") if row.penalised else _("no"), 10),
        Column(_("Replied on"), lambda row: row.replied_on, 12),
        Column(_("Reporter satisfied"), lambda row: satisfied_in_words(row.satisfied) if row.replied_on else None, 14),
    ]
    return list_file(_("Complaints"), columns, rows, format)
