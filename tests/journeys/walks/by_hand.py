"""The frozen table once more, by other means: SQL over the records by hand, and the departments' figures as told."""

from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import text

from inspectorate.extensions import db
from tests.journeys.walks.thirty_counties import Ground

COLUMNS = {
    "unlicensed_org": ("unlicensed_practice", "org"),
    "unlicensed_person": ("unlicensed_practice", "person"),
    "institution_org": ("licensed_institution", "org"),
}
"""Columns that records fill here: their category and whom they are about."""

PRINTED = ("检查对象数", "案件数", "责令改正数", "罚款户(人)次", "罚款金额(万元)", "没收违法所得(万元)")
"""The rows with figures, in the order of the sums below."""

_WHERE = "s.party = :party AND {of}.category = :category AND {of}.region_code LIKE '33%'"
_VISITS = f"""
SELECT count(DISTINCT i.subject_id), count(CASE WHEN i.order_correction THEN 1 END)
FROM inspection i JOIN subject s ON s.id = i.subject_id
WHERE {_WHERE.format(of="i")} AND i.state = 'submitted' AND i.inspected_on BETWEEN '2021-07-01' AND '2021-07-31'
"""
_FILED = f"""
SELECT count(DISTINCT c.id)
FROM enforcement_case c JOIN respondent r ON r.case_id = c.id JOIN subject s ON s.id = r.subject_id
WHERE {_WHERE.format(of="c")} AND c.filed_on BETWEEN '2021-07-01' AND '2021-07-31'
"""
_DECIDED = f"""
SELECT count(DISTINCT CASE WHEN d.order_correction AND c.inspection_id IS NULL THEN r.id END),
  count(DISTINCT CASE WHEN p.kind = 'fine' THEN r.id END),
  sum(CASE WHEN p.kind = 'fine' THEN p.amount_fen END),
  sum(CASE WHEN p.kind = 'confiscate_income' THEN p.amount_fen END)
FROM enforcement_case c JOIN respondent r ON r.case_id = c.id JOIN subject s ON s.id = r.subject_id
  JOIN decision d ON d.respondent_id = r.id JOIN penalty p ON p.decision_id = d.id
WHERE {_WHERE.format(of="c")} AND d.decided_on BETWEEN '2021-07-01' AND '2021-07-31'
"""


def records() -> dict[tuple[str, str], Decimal]:
    """By row and column what the records of the province give, amounts summed in fen."""
    found = {}
    for column, (category, party) in COLUMNS.items():
        asked = {"category": category, "party": party}
        inspected, ordered = db.session.execute(text(_VISITS), asked).one()
        (cases,) = db.session.execute(text(_FILED), asked).one()
        more, fined, fines, confiscated = db.session.execute(text(_DECIDED), asked).one()
        figures = (inspected, cases, ordered + more, fined, _units(fines), _units(confiscated))
        found |= {(row, column): Decimal(figure) for row, figure in zip(PRINTED, figures, strict=True)}
    # Whoever is looked at counts above 机构 and 人员, once for each.
    found["检查对象数", "unlicensed_org"] += found.pop(("检查对象数", "unlicensed_person"))
    return {place: figure for place, figure in found.items() if figure}


def complaints() -> int:
    """Received in July."""
    query = "SELECT count(*) FROM complaint WHERE received_on BETWEEN '2021-07-01' AND '2021-07-31'"
    return int(db.session.execute(text(query)).scalar_one())


def _units(fen: int | None) -> Decimal:
    """Fen in 万元 as printed, rounded once: to the yuan."""
    return (Decimal(fen or 0) / 1_000_000).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def market(ground: Ground) -> dict[tuple[str, str], Decimal]:
    """What the market departments of all counties told, added up."""
    rows = {"inspected": "检查对象数", "cases": "案件数", "fine_count": "罚款户(人)次", "fine_sum": "罚款金额(万元)"}
    told = [ground.market(county) for county in ground.counties]
    return {(words, "ad"): sum((Decimal(one[name]) for one in told), Decimal(0)) for name, words in rows.items()}
