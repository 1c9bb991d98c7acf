"""The entries of the main navigation: at most eight, those that the actor's permissions open."""

from typing import NamedTuple

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from .accounts.permissions import Permission as P
from .web import current_actor


class Entry(NamedTuple):
    """One entry: endpoint, words, icon (Bootstrap Icons), and the permissions of which one opens it."""

    endpoint: str
    label: LazyString
    icon: str
    permissions: frozenset[P]

    @property
    def url(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint)

    @property
    def active(self) -> bool:
        """Whether the page shown belongs to it."""
        return request.blueprint == self.endpoint.split(".")[0]


ENTRIES = (
    Entry("home.index", _l("To do"), "check2-square", frozenset({P.SIGNED_IN})),
    Entry("inspections.index", _l("Inspections"), "clipboard-check", frozenset({P.INSPECTION_READ})),
    Entry("cases.index", _l("Cases"), "folder2-open", frozenset({P.CASE_READ, P.CASE_READ_DECIDED})),
    Entry("complaints.index", _l("Complaints"), "megaphone", frozenset({P.COMPLAINT_READ})),
    Entry("registry.index", _l("Registry"), "building", frozenset({P.REGISTRY_READ})),
    Entry("campaigns.index", _l("Campaigns"), "table", frozenset({P.CAMPAIGN_READ})),
    Entry("lawbook.index", _l("Law library"), "book", frozenset({P.SIGNED_IN})),
    Entry("accounts.index", _l("Accounts"), "people", frozenset({P.OFFICERS_READ})),
    Entry("audit.index", _l("The record"), "journal-text", frozenset({P.RECORD_READ})),
)


MOST = 8
"""Whoever may open more, an auditor, to whom nothing is assigned, finds the first of them at the masthead's name."""


def nav_entries() -> list[Entry]:
    """The entries for the present user, in order."""
    actor = current_actor()
    known = current_app.view_functions
    found = [entry for entry in ENTRIES if entry.endpoint in known and entry.permissions & actor.permissions]
    return found[-MOST:]
