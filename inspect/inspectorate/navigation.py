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
    also: frozenset[str] = frozenset()
    """Further areas whose pages belong to it."""

    @property
    def url(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint)

    @property
    def active(self) -> bool:
        """Whether the page shown belongs to it."""
        return request.blueprint in {self.endpoint.split(".")[0], *self.also}


CAMPAIGN_AREAS = frozenset({"returns", "typical", "reporting", "joint", "formdesk"})

ENTRIES = (
    Entry("home.index", _l("To do"), "check2-square", frozenset({P.SIGNED_IN})),
    Entry("inspections.index", _l("Inspections"), "clipboard-check", frozenset({P.INSPECTION_READ})),
    Entry("cases.index", _l("Cases"), "folder2-open", frozenset({P.CASE_READ, P.CASE_READ_DECIDED})),
    Entry("complaints.index", _l("Complaints"), "megaphone", frozenset({P.COMPLAINT_READ})),
    Entry("registry.index", _l("Registry"), "building", frozenset({P.REGISTRY_READ})),
    Entry("campaigns.index", _l("Campaigns"), "table", frozenset({P.CAMPAIGN_READ}), CAMPAIGN_AREAS),
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


class Room(NamedTuple):
    """A part of a campaign's pages: its endpoint takes ``campaign_id``."""

    endpoint: str
    label: LazyString
    icon: str


ROOMS = (
    Room("campaigns.show", _l("Overview"), "card-list"),
    Room("returns.board", _l("Reporting"), "diagram-3"),
    Room("typical.index", _l("Typical cases"), "award"),
    Room("reporting.pictures", _l("Charts"), "bar-chart"),
    Room("reporting.bulletins", _l("Bulletins"), "megaphone"),
    Room("reporting.account", _l("Campaign report"), "file-earmark-text"),
    Room("joint.index", _l("Joint work"), "people"),
)


def campaign_rooms() -> list[Room]:
    """The parts of a campaign's pages, in order."""
    return [room for room in ROOMS if room.endpoint in current_app.view_functions]
