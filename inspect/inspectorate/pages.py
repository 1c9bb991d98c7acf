"""The pages that show records of each kind, for links from lists of many kinds."""

from typing import Any

from flask import url_for

from .accounts.permissions import Permission as P
from .web import current_actor

PAGES: dict[str, tuple[str, str, tuple[P, ...]]] = {
    "agency": ("accounts.agency", "agency_id", (P.ACCOUNTS_WRITE,)),
    "officer": ("accounts.officer", "officer_id", (P.OFFICERS_WRITE,)),
    "user": ("accounts.user", "user_id", (P.ACCOUNTS_WRITE,)),
    "access": ("accounts.user", "user_id", (P.ACCOUNTS_WRITE,)),
    "subject": ("registry.show", "subject_id", (P.REGISTRY_READ,)),
    "entry_approval": ("inspections.approval", "approval_id", (P.INSPECTION_READ,)),
    "inspection": ("inspections.show", "inspection_id", (P.INSPECTION_READ,)),
    "complaint": ("complaints.show", "complaint_id", (P.COMPLAINT_READ,)),
    "case": ("cases.show", "case_id", (P.CASE_READ, P.CASE_READ_DECIDED)),
    "document": ("documents.show", "document_id", (P.SIGNED_IN,)),
    "liaison": ("joint.change_liaison", "liaison_id", (P.CAMPAIGN_WRITE,)),
    "joint_meeting": ("joint.meeting", "meeting_id", (P.CAMPAIGN_READ,)),
    "resolution": ("joint.resolution", "resolution_id", (P.CAMPAIGN_READ,)),
    "recheck_order": ("joint.recheck", "order_id", (P.CAMPAIGN_READ,)),
    "recheck_task": ("joint.task", "task_id", (P.CAMPAIGN_READ,)),
    "activity": ("joint.activity", "activity_id", (P.CAMPAIGN_READ,)),
    "standard": ("standards.show", "standard_id", (P.SIGNED_IN,)),
    "return": ("returns.show", "return_id", (P.CAMPAIGN_READ,)),
    "campaign": ("campaigns.show", "campaign_id", (P.CAMPAIGN_READ,)),
}
"""By kind of record: endpoint, what it calls the record, and the permissions of which one opens it."""

ASPECTS: dict[str, tuple[str, str, tuple[P, ...]]] = {
    "undecided_case": ("cases.show", "case_id", (P.CASE_READ,)),
}
"""Records of which it is known that fewer may open them: campaign offices read decided cases only."""


def page_of(kind: str, record: int | str) -> str | None:
    """The address of the page that shows a record; None where there is none that the viewer may open."""
    found = PAGES.get(kind) or ASPECTS.get(kind)
    if found is None:
        return None
    endpoint, name, permissions = found
    values: dict[str, Any] = {name: record}
    return url_for(endpoint, **values) if any(map(current_actor().may, permissions)) else None
