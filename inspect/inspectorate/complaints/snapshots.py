"""What the papers of a complaint say, in the keys of the documents' fields; in Chinese, whatever the page is."""

from datetime import date
from typing import Any

from ..documents.snapshots import party_fields
from .models import Complaint

SOURCES = {"transfer": "移送"}


def intake_record(complaint: Complaint, on: date) -> dict[str, Any]:
    """The data of the 案件受理记录: the party only as far as it is known, the reporter in full."""
    party = party_fields(complaint.subject, on) if complaint.subject else {"party.name": complaint.subject_text}
    wanted = ("party.name", "party.legal_rep", "party.address", "party.phone")
    data = {
        "case.source": SOURCES.get(complaint.channel or "", "投诉举报"),
        "case.report_person": _reporter(complaint),
        "case.received_on": complaint.accepted_on.isoformat() if complaint.accepted_on else None,
        "case.summary": complaint.text,
        **{key: party.get(key) for key in wanted},
    }
    return {key: value for key, value in data.items() if value}


def _reporter(complaint: Complaint) -> str:
    if complaint.anonymous:
        return "匿名"
    return "　".join(filter(None, [complaint.reporter_name, complaint.reporter_phone]))
