"""The table against the records behind it: what must be mended before the figures can be believed."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, func, select

from ...accounts.regions import significant
from ...campaigns.measures.scope import Scope, in_asked_region, in_period, of_campaign
from ...campaigns.measures.tables import (
    CASE,
    CASE_FINDING,
    DECISION,
    INSPECTION,
    LIVE_CASE,
    PENALTY,
    RESPONDENT,
    SUBJECT,
)
from ...extensions import db
from .finding import WARNING, Finding, Link

SHOWN = 5
"""Records that a finding leads to; the others are counted."""

_AMOUNTS = ("fine", "confiscate_income")


def behind(scope: Scope, today: date) -> Iterator[Finding]:
    """Decided without article or amount, undecided when the period was over, inspections never submitted, one
    establishment entered twice.
    """
    for check in (_without_articles, _without_amount, _drafts):
        yield from check(scope)
    if scope.end is not None and scope.end < today:
        yield from _undecided(scope)
    if len(significant(scope.region)) >= _REGISTER_FROM:
        yield from _entered_twice(scope)


_REGISTER_FROM = 4
"""The register is held against itself in counties and cities, by those who can mend it."""


class _Found(NamedTuple):
    number: int
    links: tuple[Link, ...]


def _counted(scope: Scope, query: Any, kind: str, column: Any, words: Any) -> _Found | None:
    """How many records a query finds, and the first of them; None without any."""
    connection, bound = db.session.connection(), scope.parameters()
    rows = connection.execute(
        query.add_columns(column, words).distinct().order_by(column).limit(SHOWN + 1), bound
    ).all()
    if not rows:
        return None
    number = len(rows)
    if number > SHOWN:
        number = connection.execute(query.add_columns(func.count(column.distinct())), bound).scalar_one()
    return _Found(number, tuple(Link(row[1] or str(row[0]), kind, row[0]) for row in rows[:SHOWN]))


def _decided(scope: Scope) -> Any:
    origin = DECISION.join(RESPONDENT, RESPONDENT.c.id == DECISION.c.respondent_id).join(
        CASE, CASE.c.id == RESPONDENT.c.case_id
    )
    query = select().select_from(origin).where(LIVE_CASE, in_asked_region(CASE.c.region_code))
    query = query.where(in_period(DECISION.c.decided_on), DECISION.c.annulled_on.is_(None))
    return query.where(of_campaign(CASE.c.campaign)) if scope.campaign else query


def _without_articles(scope: Scope) -> Iterator[Finding]:
    charged = exists().where(CASE_FINDING.c.respondent_id == RESPONDENT.c.id)
    yield from _told(
        scope,
        "articles",
        _decided(scope).where(~charged),
        lambda n: _l("%(n)s decided cases name no violation, and so neither article violated nor basis.", n=n),
        _l("Enter the violation of each, or write why it is not known."),
    )


def _without_amount(scope: Scope) -> Iterator[Finding]:
    query = _decided(scope).join(PENALTY, PENALTY.c.decision_id == DECISION.c.id)
    yield from _told(
        scope,
        "amounts",
        query.where(PENALTY.c.kind.in_(_AMOUNTS), PENALTY.c.amount_fen.is_(None)),
        lambda n: _l("%(n)s decided cases impose a fine or a confiscation without its amount: it counts as 0.", n=n),
        _l("Enter the amount from the decision, or write why it is not known."),
    )


def _undecided(scope: Scope) -> Iterator[Finding]:
    query = select().select_from(CASE).where(LIVE_CASE, in_asked_region(CASE.c.region_code))
    query = query.where(in_period(CASE.c.filed_on), CASE.c.closed_on.is_(None))
    decided = (
        exists()
        .where(RESPONDENT.c.case_id == CASE.c.id, DECISION.c.respondent_id == RESPONDENT.c.id)
        .where(DECISION.c.decided_on.is_not(None))
    )
    query = query.where(~decided)
    if scope.campaign:
        query = query.where(of_campaign(CASE.c.campaign))
    yield from _told(
        scope,
        "undecided",
        query,
        lambda n: _l("%(n)s cases filed in the period are still undecided: their penalties are in no figure.", n=n),
        _l("Decide or close them, or write how they stand."),
        kind="undecided_case",
    )


def _drafts(scope: Scope) -> Iterator[Finding]:
    query = select().select_from(INSPECTION).where(INSPECTION.c.state == "draft")
    query = query.where(in_asked_region(INSPECTION.c.region_code), in_period(INSPECTION.c.inspected_on))
    if scope.campaign:
        query = query.where(of_campaign(INSPECTION.c.campaign))
    found = _counted(scope, query, "inspection", INSPECTION.c.id, INSPECTION.c.number)
    if found is not None:
        yield Finding(
            "records:drafts",
            WARNING,
            _l(
                "%(n)s inspections of the period are drafts that nobody has submitted: they count nowhere.",
                n=found.number,
            ),
            _l("Let the inspectors submit or withdraw them, or write why they stay open."),
            links=found.links,
        )


def _entered_twice(scope: Scope) -> Iterator[Finding]:
    """Establishments inspected in the period that bear the code of another one: their units count twice."""
    other = SUBJECT.alias("other")
    inspected = exists().where(
        INSPECTION.c.subject_id == SUBJECT.c.id,
        INSPECTION.c.state == "submitted",
        in_asked_region(INSPECTION.c.region_code),
        in_period(INSPECTION.c.inspected_on),
    )
    twin = exists().where(
        other.c.uscc == SUBJECT.c.uscc, other.c.id != SUBJECT.c.id, in_asked_region(other.c.region_code)
    )
    query = select().select_from(SUBJECT).where(SUBJECT.c.uscc.is_not(None), SUBJECT.c.uscc != "")
    query = query.where(in_asked_region(SUBJECT.c.region_code), inspected, twin)
    found = _counted(scope, query, "subject", SUBJECT.c.id, SUBJECT.c.name)
    if found is not None:
        yield Finding(
            "records:register",
            WARNING,
            _l("%(n)s inspected establishments stand in the register twice, under one code.", n=found.number),
            _l("Merge the two entries, or write why both are needed."),
            links=found.links,
        )


def _told(
    scope: Scope, key: str, query: Any, text: Callable[[int], Any], way_out: Any, kind: str = "case"
) -> Iterator[Finding]:
    found = _counted(scope, query, kind, CASE.c.id, func.coalesce(CASE.c.number, CASE.c.name))
    if found is not None:
        yield Finding(f"records:{key}", WARNING, text(found.number), way_out, links=found.links)
