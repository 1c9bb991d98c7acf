"""One case entered in two regions: the same decision number, or the same party punished for the same thing within sixty
days by two regions.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import case, func, literal_column, select

from ...accounts.regions import region_name, significant
from ...campaigns.measures.scope import Scope, in_asked_region, in_period, of_campaign
from ...campaigns.measures.tables import CASE, CASE_FINDING, DECISION, LIVE_CASE, RESPONDENT, SUBJECT
from ...extensions import db
from .finding import WARNING, Finding, Link

WITHIN = timedelta(days=60)
"""Calendar days within which two decisions on one party for one violation are looked at as one."""

SHOWN = 20
_COUNTY = 6


class Decided(NamedTuple):
    """A decision as it is compared: ``party`` is the code, the identity number, or name and address."""

    party: str
    violation: str
    on: Any
    region: str
    case_id: int
    words: str
    number: str | None


def across(scope: Scope) -> Iterator[Finding]:
    """Cases of a city, province or the nation that look like one case in two of its regions."""
    if len(significant(scope.region)) == _COUNTY:
        return
    told: set[tuple[int, int]] = set()
    for one, other in [*_same_number(scope), *_same_party(scope)]:
        pair = (min(one.case_id, other.case_id), max(one.case_id, other.case_id))
        if pair in told or len(told) >= SHOWN:
            continue
        told.add(pair)
        yield _finding(one, other)


def _finding(one: Decided, other: Decided) -> Finding:
    places = {"one": region_name(one.region), "other": region_name(other.region)}
    if one.number is not None and one.number == other.number:
        text = _l("%(one)s and %(other)s both have decision %(number)s.", number=one.number, **places)
    else:
        text = _l("%(one)s and %(other)s punished the same party for the same violation within 60 days.", **places)
    first, second = sorted((one.case_id, other.case_id))
    return Finding(
        f"duplicate:{first}:{second}",
        WARNING,
        text,
        _l(
            "Compare the two. If they are one case, withdraw the one that was entered twice; else write why both stand."
        ),
        links=(Link(one.words, "case", one.case_id), Link(other.words, "case", other.case_id)),
    )


def _party() -> Any:
    """What a party is recognised by across regions: its code, else its identity number, else name and address."""
    return case(
        (func.coalesce(SUBJECT.c.uscc, "") != "", literal_column("'u:'").concat(SUBJECT.c.uscc)),
        (func.coalesce(SUBJECT.c.id_number, "") != "", literal_column("'i:'").concat(SUBJECT.c.id_number)),
        (
            func.coalesce(SUBJECT.c.address, "") != "",
            literal_column("'n:'").concat(SUBJECT.c.name).concat(literal_column("'@'")).concat(SUBJECT.c.address),
        ),
        else_=None,
    )


def _decisions(scope: Scope, *columns: Any) -> Any:
    origin = (
        DECISION.join(RESPONDENT, RESPONDENT.c.id == DECISION.c.respondent_id)
        .join(CASE, CASE.c.id == RESPONDENT.c.case_id)
        .join(SUBJECT, SUBJECT.c.id == RESPONDENT.c.subject_id)
    )
    query = select(*columns).select_from(origin).where(LIVE_CASE, in_asked_region(CASE.c.region_code))
    query = query.where(in_period(DECISION.c.decided_on), DECISION.c.annulled_on.is_(None))
    return query.where(of_campaign(CASE.c.campaign)) if scope.campaign else query


_WORDS = func.coalesce(CASE.c.number, CASE.c.name)


def _same_number(scope: Scope) -> Iterator[tuple[Decided, Decided]]:
    twice = _decisions(scope, DECISION.c.number).where(DECISION.c.number.is_not(None), DECISION.c.number != "")
    twice = twice.group_by(DECISION.c.number).having(func.count(CASE.c.region_code.distinct()) > 1).limit(SHOWN)
    numbers = db.session.connection().execute(twice, scope.parameters()).scalars().all()
    if not numbers:
        return
    columns: tuple[Any, ...] = (
        literal_column("''"),
        literal_column("''"),
        DECISION.c.decided_on,
        CASE.c.region_code,
        CASE.c.id,
    )
    query = _decisions(scope, *columns, _WORDS, DECISION.c.number).where(DECISION.c.number.in_(numbers))
    yield from _pairs(_read(scope, query), lambda one: one.number, apart=False)


def _same_party(scope: Scope) -> Iterator[tuple[Decided, Decided]]:
    party = _party().label("same_party")
    violation = CASE_FINDING.c.violation
    charged = CASE_FINDING.c.respondent_id == RESPONDENT.c.id
    by = [literal_column("same_party"), violation]
    twice = _decisions(scope, party, violation).join(CASE_FINDING, charged).where(_party().is_not(None))
    twice = twice.group_by(*by).having(func.count(CASE.c.region_code.distinct()) > 1).limit(SHOWN * 5).subquery()
    columns = (_party(), violation, DECISION.c.decided_on, CASE.c.region_code, CASE.c.id, _WORDS, DECISION.c.number)
    query = _decisions(scope, *columns).join(CASE_FINDING, charged)
    query = query.join(twice, (twice.c.same_party == _party()) & (twice.c.violation == violation))
    yield from _pairs(_read(scope, query), lambda one: (one.party, one.violation), apart=True)


def _read(scope: Scope, query: Any) -> list[Decided]:
    rows = db.session.connection().execute(query.order_by(DECISION.c.decided_on, CASE.c.id), scope.parameters())
    return [Decided(*row) for row in rows]


def _pairs(decided: Sequence[Decided], key: Any, *, apart: bool) -> Iterator[tuple[Decided, Decided]]:
    """Neighbours in time of different regions; ``apart``: at most `WITHIN` from each other."""
    groups: dict[Any, list[Decided]] = defaultdict(list)
    for one in decided:
        groups[key(one)].append(one)
    for same in groups.values():
        for position, one in enumerate(same):
            for other in same[position + 1 :]:
                near = not apart or other.on - one.on <= WITHIN
                if near and one.region != other.region and one.case_id != other.case_id:
                    yield one, other
