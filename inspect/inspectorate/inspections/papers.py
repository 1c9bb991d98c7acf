"""Issuing the papers of a field report, and trying them out beforehand."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..accounts.actor import Actor
from ..documents.actions import issue_document
from ..documents.layouts import layout
from ..documents.preparation import completed, refuse_incomplete
from ..documents.snapshots import enforcement_category
from ..errors import Refused, refusals_in
from .models import Inspection
from .snapshots import FIELD_RECORD, papers_of


class Draft(NamedTuple):
    """A paper as it would be issued, and what it still lacks."""

    kind: str
    title: str
    data: Mapping[str, Any]
    lacks: list[str]


def drafts(report: Inspection, today: date) -> Iterator[Draft]:
    """The papers that submitting would issue, without numbers."""
    for kind, data, on in papers_of(report, today):
        snapshot = completed(kind, data, on)
        lacks: list[str] = []
        try:
            refuse_incomplete(kind, snapshot)
        except Refused as refused:
            lacks = [str(reason) for reason in refusals_in(refused)]
        yield Draft(kind, layout(kind).title_on(snapshot), snapshot, lacks)


def issue_papers(actor: Actor, report: Inspection, today: date) -> str | None:
    """Issue all papers of a report; returns the 编号 of the 现场笔录, which is the report's own.

    Raises Refusals naming what a paper lacks.
    """
    number = None
    category = enforcement_category(report.subject, [finding.violation for finding in report.findings])
    for kind, data, on in papers_of(report, today):
        paper = issue_document(actor, report, kind, data, agency=report.agency, on=on, today=today, category=category)
        if kind == FIELD_RECORD:
            number = paper.number
    return number
