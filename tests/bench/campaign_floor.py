"""The figures of one campaign's table as somebody would write them in SQL who has only that table to fill."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import text

from inspectorate.accounts.regions import significant
from inspectorate.campaigns.engine.figures import Address
from inspectorate.campaigns.summary import Summary
from inspectorate.extensions import db

CAMPAIGN = "medical_cosmetology_2021"

SCOPE = "{t}.campaign = :campaign AND {t}.region_code BETWEEN :low AND :high"
LIVE = f"{SCOPE.format(t='c')} AND c.state NOT IN ('intake', 'filing_proposed', 'not_filed', 'withdrawn')"
PARTIES = "JOIN respondent r ON r.case_id = c.id JOIN subject s ON s.id = r.subject_id"
VISITS = f"{SCOPE.format(t='i')} AND i.inspected_on BETWEEN :first AND :last AND i.state = 'submitted'"
ORDERED = "o.id = c.inspection_id AND o.subject_id = r.subject_id AND o.state = 'submitted' AND o.order_correction"
DECIDED = "d.annulled_on IS NULL AND d.decided_on BETWEEN :first AND :last"

STATEMENTS = {
    "units": f"SELECT i.category, count(DISTINCT i.subject_id) FROM inspection i WHERE {VISITS} GROUP BY i.category",
    "orders at visits": (
        "SELECT i.category, s.party, count(*) FROM inspection i JOIN subject s ON s.id = i.subject_id "
        f"WHERE {VISITS} AND i.order_correction GROUP BY i.category, s.party"
    ),
    "cases": (
        "SELECT category, sum(filed), sum(transferred) FROM (SELECT c.category, "
        "CASE WHEN c.filed_on BETWEEN :first AND :last THEN 1 ELSE 0 END AS filed, "
        "CASE WHEN c.transferred_judicial_on BETWEEN :first AND :last THEN 1 ELSE 0 END AS transferred "
        f"FROM enforcement_case c WHERE {LIVE}) AS of_cases GROUP BY category"
    ),
    "cases by party": (
        "SELECT c.category, s.party, "
        "count(DISTINCT CASE WHEN c.filed_on BETWEEN :first AND :last THEN c.id END), "
        "count(DISTINCT CASE WHEN c.transferred_judicial_on BETWEEN :first AND :last THEN c.id END) "
        f"FROM enforcement_case c {PARTIES} WHERE {LIVE} GROUP BY c.category, s.party"
    ),
    "decisions": (
        "SELECT c.category, s.party, p.kind, count(DISTINCT d.id), sum(p.amount_fen), count(DISTINCT r.subject_id) "
        f"FROM enforcement_case c {PARTIES} JOIN decision d ON d.respondent_id = r.id "
        f"JOIN penalty p ON p.decision_id = d.id WHERE {LIVE} AND {DECIDED} AND p.kind IN "
        "('warning', 'fine', 'confiscate_income', 'revoke_licence', 'suspend_business') "
        "GROUP BY c.category, s.party, p.kind"
    ),
    "orders in decisions": (
        "SELECT c.category, s.party, count(*) "
        f"FROM enforcement_case c {PARTIES} JOIN decision d ON d.respondent_id = r.id "
        f"WHERE {LIVE} AND {DECIDED} AND d.order_correction "
        f"AND NOT EXISTS (SELECT 1 FROM inspection o WHERE {ORDERED}) "
        "GROUP BY c.category, s.party"
    ),
    "complaints": (
        "SELECT sum(CASE WHEN k.received_on BETWEEN :first AND :last THEN 1 ELSE 0 END), "
        "sum(CASE WHEN k.closed_on BETWEEN :first AND :last THEN 1 ELSE 0 END), "
        "sum(CASE WHEN k.closed_on BETWEEN :first AND :last AND k.penalised THEN 1 ELSE 0 END), "
        "sum(CASE WHEN k.replied_on BETWEEN :first AND :last THEN 1 ELSE 0 END), "
        "sum(CASE WHEN k.replied_on BETWEEN :first AND :last AND k.satisfied THEN 1 ELSE 0 END) "
        f"FROM complaint k WHERE {SCOPE.format(t='k')} AND k.withdrawn_reason IS NULL"
    ),
}

SPLIT = {
    "unlicensed_practice": "unlicensed",
    "licensed_institution": "institution",
    "illegal_drug": "drug",
    "illegal_device": "device",
}
"""Categories whose columns are split into 机构 and 人员."""
WHOLE = {"illegal_ad": "ad", "internet_info": "internet", "mail_delivery": "mail"}

KINDS = {
    "warning": ((3, "warning"),),
    "fine": ((3, "fine_count"), (4, "fine_sum")),
    "confiscate_income": ((4, "confiscated"),),
    "revoke_licence": ((3, "revoke"),),
    "suspend_business": ((5, "suspend"),),
}


class Floor:
    """The statements bound to a region and days."""

    def __init__(self, region: str, first: date, last: date) -> None:
        prefix = significant(region)
        self.bound = {"low": prefix.ljust(6, "0"), "high": prefix.ljust(6, "9"), "campaign": CAMPAIGN}
        self.bound |= {"first": str(first), "last": str(last)}

    def rows(self, name: str) -> Any:
        """What a statement gives."""
        return db.session.connection().execute(_STATEMENTS[name], self.bound).all()

    def figures(self) -> tuple[dict[Address, int], list[int]]:
        """The cells that are not zero, by row and column of the form, and the five counts of the footer."""
        cells: dict[Address, int] = defaultdict(int)
        for category, number in self.rows("units"):
            cells["inspected", SPLIT.get(category) or WHOLE[category]] += number
        for category, filed, transferred in self.rows("cases"):
            if category in WHOLE:
                cells["cases", WHOLE[category]] += int(filed)
                cells["transfer", WHOLE[category]] += int(transferred)
        for category, party, filed, transferred in self.rows("cases by party"):
            if category in SPLIT:
                cells["cases", _column(category, party)] += filed
                cells["transfer", _column(category, party)] += transferred
        for name in ("orders at visits", "orders in decisions"):
            for category, party, number in self.rows(name):
                cells["order_correction", _column(category, party)] += number
        for row in self.rows("decisions"):
            for place, line in KINDS[row[2]]:
                cells[line, _column(row[0], row[1])] += int(row[place])
        foot = [int(number or 0) for number in self.rows("complaints")[0]]
        return {address: value for address, value in cells.items() if value}, foot

    def plans(self) -> dict[str, str]:
        """How the database goes about each statement."""
        connection = db.session.connection()
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN (COSTS OFF) "
        found = {}
        for name, statement in STATEMENTS.items():
            rows = connection.execute(text(explain + statement), self.bound)
            found[name] = "\n".join(f"  {row[-1]}" for row in rows)
        return found


_STATEMENTS = {name: text(statement) for name, statement in STATEMENTS.items()}


def _column(category: str, party: str) -> str:
    return f"{SPLIT[category]}_{party}" if category in SPLIT else WHOLE[category]


def figures_of(summary: Summary) -> tuple[dict[Address, int], list[int]]:
    """The same from a filled table."""
    cells = {address: value for address, value in (summary.filled.records or {}).items() if value}
    return {address: int(value) for address, value in cells.items()}, list(summary.filled.foot.values())
