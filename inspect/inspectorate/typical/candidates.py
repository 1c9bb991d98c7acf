"""Cases to choose from: the databases name a few hundred, the rule of `ranking` weighs these."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy import case as case_

from ..accounts.actor import Actor
from ..accounts.scope import in_region, in_scope
from ..cases.facts import evidence_of
from ..cases.models import Case, CaseFinding, Decision, Penalty, Respondent
from ..documents.models import Document
from ..extensions import db
from ..registry.models import Establishment
from .completeness import lacks
from .fitting import fit_of
from .models import TypicalCase
from .parties import decided_respondents
from .pool import pool
from .queries import whole_file
from .ranking import Candidate, Ranked, ranked, share_below, weights

PROPOSED = 30
"""Cases proposed where nobody has chosen any."""

GRAVE, RARE = 160, 60
"""How many cases the databases name: the gravest, and those with the rarest violations."""

_RARE_KINDS = 12
"""Violations that count as rare, the rarest first."""

_OF_MINORS = ("未成年", "幼儿", "儿童", "学生")


class Field(NamedTuple):
    """What cases are compared with: those of the same campaign and offices, see `pool`."""

    violations: Counter[str]
    categories: Counter[str | None]
    amounts: Sequence[int]
    """Fen of each of the gravest decisions, for the share below."""


def candidates(actor: Actor, campaign_id: str, today: date, category: str | None = None) -> list[tuple[Case, Ranked]]:
    """The decided cases of a campaign in scope that are worth choosing, each with its points, the best first."""
    inside = in_scope(Case, actor)
    if category:
        inside = inside & (Case.category == category)
    return _weighed(campaign_id, inside, today)


def proposed(campaign_id: str, region_code: str, today: date) -> list[Case]:
    """Those that the rule puts first in a region, whatever the department, where nobody has chosen: at most `PROPOSED`.

    Cases that cannot be sent up are left out, unless there is no other.
    """
    found = _weighed(campaign_id, in_region(Case.region_code, region_code), today)
    fit = [case for case, place in found if not place.candidate.lacking]
    return (fit or [case for case, _place in found])[:PROPOSED]


def of_cases(actor: Actor, campaign_id: str, cases: Sequence[Case], today: date) -> dict[int, Ranked]:
    """Points of certain cases in scope, beside the others of their campaign."""
    if not cases:
        return {}
    compared = {*pool(campaign_id, in_scope(Case, actor)), *(case.id for case in cases)}
    field = _field(_decided(sorted(compared)), [_payable(case) for case in cases])
    return {one.candidate.case_id: one for one in ranked(_facts(campaign_id, cases, field, today))}


def _weighed(campaign_id: str, inside: ColumnElement[bool], today: date) -> list[tuple[Case, Ranked]]:
    decided = _decided(pool(campaign_id, inside))
    counted = _counted(_violations(decided))
    ids = [*db.session.scalars(_by_gravity(decided)), *db.session.scalars(_with_rare(decided, counted))]
    query = select(Case).where(Case.id.in_(sorted(set(ids)))).options(*whole_file())
    cases = {case.id: case for case in db.session.scalars(query)}
    field = _field(decided, [_payable(case) for case in cases.values()])
    places = ranked(_facts(campaign_id, list(cases.values()), field, today))
    return [(cases[one.candidate.case_id], one) for one in places]


def _decided(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """The parties on whom a decision stands, in some cases."""
    return (
        select(Case.id)
        .join(Respondent, Respondent.case_id == Case.id)
        .join(Decision, Decision.respondent_id == Respondent.id)
        .where(Case.id.in_(ids), Decision.decided_on.is_not(None), Decision.annulled_on.is_(None))
    )


def _by_gravity(decided: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The gravest by a rough measure that the databases can sort by: handed over, heaviest kind, money."""
    heaviest = case_(weights()["gravity"]["kinds"], value=Penalty.kind, else_=0)
    money = func.coalesce(func.sum(Penalty.amount_fen), 0)
    handed = case_((Case.transferred_judicial_on.is_not(None), 0), else_=1)
    query = decided.outerjoin(Penalty, Penalty.decision_id == Decision.id)
    query = query.group_by(Case.id, Case.transferred_judicial_on)
    return query.order_by(handed, func.max(heaviest).desc(), money.desc(), Case.id).limit(GRAVE)


def _violations(decided: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Violation → decided parties with it."""
    query: Select[*tuple[Any, ...]] = decided.join(CaseFinding, CaseFinding.respondent_id == Respondent.id)
    return query.with_only_columns(CaseFinding.violation, func.count()).group_by(CaseFinding.violation)


def _with_rare(decided: Select[*tuple[Any, ...]], counted: Counter[str]) -> Select[*tuple[Any, ...]]:
    rarest = [code for code, _number in sorted(counted.items(), key=lambda pair: (pair[1], pair[0]))[:_RARE_KINDS]]
    query = decided.join(CaseFinding, CaseFinding.respondent_id == Respondent.id)
    return query.where(CaseFinding.violation.in_(rarest)).order_by(Case.id.desc()).limit(RARE)


def _field(decided: Select[*tuple[Any, ...]], amounts: Sequence[int]) -> Field:
    by_category = decided.with_only_columns(Case.category, func.count()).group_by(Case.category)
    return Field(_counted(_violations(decided)), _counted(by_category), sorted(amounts))


def _counted(query: Select[*tuple[Any, ...]]) -> Counter[Any]:
    """What a query of things and their numbers finds."""
    return Counter({what: number for what, number in db.session.execute(query)})


def _payable(case: Case) -> int:
    return sum(decision.payable_fen for _respondent, decision in decided_respondents(case))


def _facts(campaign_id: str, cases: Sequence[Case], field: Field, today: date) -> Iterable[Candidate]:
    ids = [case.id for case in cases]
    again, papers, chosen = _penalised_before(cases), _papers(ids), _chosen_violations(campaign_id)
    for case in cases:
        yield _candidate(case, field, today, case.id in again, papers[case.id], chosen)


def _candidate(
    case: Case, field: Field, today: date, again: bool, papers: int, chosen: Counter[tuple[int, str]]
) -> Candidate:
    decided = decided_respondents(case)
    findings = [finding for respondent, _decision in decided for finding in respondent.findings]
    fit = fit_of(decided, today)
    missing = lacks(case)
    codes = {finding.violation for finding in findings}
    return Candidate(
        case_id=case.id,
        kinds=tuple(dict.fromkeys(penalty.kind for _respondent, decision in decided for penalty in decision.penalties)),
        of_maximum=fit.of_maximum,
        of_field=share_below(_payable(case), field.amounts),
        range=fit.range,
        transferred=case.transferred_judicial_on is not None,
        repeat=again,
        harm=any(finding.harm for finding in findings),
        minors=_concerns_minors(case, findings),
        same_violation=min((field.violations[code] for code in codes if code in field.violations), default=1),
        same_category=max(field.categories[case.category], 1),
        chosen_with_violation=sum(n for (other, code), n in chosen.items() if other != case.id and code in codes),
        lacking=sum(lack.grave for lack in missing),
        wanting=sum(not lack.grave for lack in missing),
        evidence=len(evidence_of(case)) + (case.inspection is not None),
        served=bool(decided) and all(decision.served_on for _respondent, decision in decided),
        documents=papers,
    )


def _concerns_minors(case: Case, findings: Sequence[CaseFinding]) -> bool:
    """Whether the place is a school, or the facts tell of minors."""
    subjects = [respondent.subject for respondent in case.respondents]
    schools = [one for one in subjects if isinstance(one, Establishment)]
    if any(one.kind == "school" or (one.attributes or {}).get("host") == "school" for one in schools):
        return True
    return any(word in finding.facts for finding in findings for word in _OF_MINORS)


def _penalised_before(cases: Sequence[Case]) -> set[int]:
    """Cases of which a party had been penalised before, in one statement."""
    parties = {r.subject_id for case in cases for r, _decision in decided_respondents(case)}
    query = (
        select(Respondent.subject_id, func.min(Decision.decided_on))
        .join(Decision, Decision.respondent_id == Respondent.id)
        .where(Respondent.subject_id.in_(sorted(parties)), Decision.annulled_on.is_(None))
        .where(Decision.decided_on.is_not(None))
        .group_by(Respondent.subject_id)
    )
    first = {party: day for party, day in db.session.execute(query) if day is not None}
    return {
        case.id
        for case in cases
        for respondent, decision in decided_respondents(case)
        if decision.decided_on and first.get(respondent.subject_id, date.max) < decision.decided_on
    }


def _papers(ids: Sequence[int]) -> Counter[int]:
    query = select(Document.case_id, func.count()).where(Document.case_id.in_(ids)).group_by(Document.case_id)
    return _counted(query)


def _chosen_violations(campaign_id: str) -> Counter[tuple[int, str]]:
    """Case and violation → 1, for all chosen cases of the campaign, each case once whatever the levels."""
    query = (
        select(Respondent.case_id, CaseFinding.violation)
        .join(CaseFinding, CaseFinding.respondent_id == Respondent.id)
        .where(Respondent.case_id.in_(select(TypicalCase.case_id).where(TypicalCase.campaign == campaign_id)))
        .distinct()
    )
    return Counter((case_id, code) for case_id, code in db.session.execute(query))
