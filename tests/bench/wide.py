"""A form of 60 rows and 40 columns, and a further column for each of 100 counties, of one province, against SQL written
by hand for the same figures: ten measures of six categories down, kinds of subjects and levels of agencies across; each
kind of record read once for the forty columns and once for the counties, grouped in the database. Both give the same
figures, or nothing is measured.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product

from sqlalchemy import text

from inspectorate.accounts.regions import regions_within, significant
from inspectorate.campaigns.engine.definition import FormDefinition
from inspectorate.campaigns.engine.expansion import expand, region_members
from inspectorate.campaigns.engine.figures import Address
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.measures.scope import Scope
from inspectorate.campaigns.summary import fill
from inspectorate.extensions import db
from tests.bench.campaign_floor import CAMPAIGN, DECIDED, LIVE, PARTIES, SPLIT, VISITS, WHOLE
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "A wide form"
ON_EACH_DATABASE = True
LIMIT = 2
REGION, COUNTIES = "410000", 100
FIRST, LAST = date(2021, 6, 1), date(2021, 12, 31)

CATEGORIES = [*SPLIT, *WHOLE][:6]
KINDS = ("medical_institution", "beauty_salon", "food_producer", "food_seller", "catering", "canteen", "workplace",
         "group_meal_delivery", "tableware_disinfection", "school")  # fmt: skip
SUBKINDS = ("hospital", "clinic", "outpatient", "cosmetic_clinic", "restaurant", "fast_food", "snack_shop",
            "drinks_shop", "central_kitchen", "kindergarten")  # fmt: skip
LEVELS = ("county", "city")
EVENTS = {"filed": "cases_filed", "closed": "cases_closed", "transferred": "transfer_judicial"}
AMOUNTS = {"fine": "fine_sum", "confiscate_income": "confiscate_sum"}
COUNTS = {"warning": "warning", "fine": "fine_count", "revoke_licence": "revoke"}
MEASURES = ("visits", "units_inspected", *EVENTS.values(), *COUNTS.values(), *AMOUNTS.values())


def ratios(bench: Prepared) -> list[Ratio]:
    """The one form."""
    definition = wide_form()
    floor = Floor()
    scope = Scope(REGION, FIRST, LAST, CAMPAIGN)

    def ours() -> dict[Address, int]:
        return {address: int(str(value)) for address, value in (fill(definition, scope).records or {}).items() if value}

    with bench.app.app_context():
        assert ours() == floor.figures(), "the floor gives other figures"
        words = f"{len(MEASURES) * len(CATEGORIES)} rows, {len(columns())} columns, {COUNTIES} counties"
        return [compare(words, ours, floor.figures, limit=LIMIT)]


def columns() -> list[tuple[str, str]]:
    """Kind or subkind and level."""
    return list(product((*KINDS, *SUBKINDS), LEVELS))


def counties() -> list[tuple[str, str]]:
    """Code and name of the first hundred counties of the province."""
    found = [(one.code, one.name) for one in regions_within(REGION, LAST.year) if len(significant(one.code)) == 6]
    return found[:COUNTIES]


def wide_form() -> FormDefinition:
    """The form with a line for each county."""
    text = "\n".join(_lines())
    return expand(parse(text), {"child_regions": region_members(counties())})


def _lines() -> Iterator[str]:
    yield '[form]\nid = "wide"\ntitle = "宽表"\n[period]\nkind = "campaign"'
    for kind, level in columns():
        where = f'{{ subject_kind = "{kind}", agency_level = "{level}" }}'
        yield f'[[col]]\nid = "{kind}_{level}"\nlabel = "{kind}"\nwhere = {where}'
    yield '[[col]]\nid = "below"\nlabel = "下辖"\nexpand = "child_regions"'
    for category, measure in product(CATEGORIES, MEASURES):
        unit = '\nunit = "元"' if measure in AMOUNTS.values() else ""
        where = f'{{ category = "{category}" }}'
        yield f'[[row]]\nid = "{category}_{measure}"\nlabel = "{measure}"\nm = "{measure}"\nwhere = {where}{unit}'


ACROSS = (
    "CASE WHEN a.region_code LIKE '%0000' THEN 'province' WHEN a.region_code LIKE '%00' THEN 'city' ELSE 'county' END"
)
SUBJECT = "JOIN subject s ON s.id = {t}.subject_id"
EVENTS_SQL = ", ".join(
    f"count(DISTINCT CASE WHEN c.{day} BETWEEN :first AND :last THEN c.id END)"
    for day in ("filed_on", "closed_on", "transferred_judicial_on")
)
PENALTIES = (
    f"FROM enforcement_case c {PARTIES} JOIN decision d ON d.respondent_id = r.id "
    "JOIN penalty p ON p.decision_id = d.id {more} "
    f"WHERE {LIVE} AND {DECIDED} AND p.kind IN ('warning', 'fine', 'confiscate_income', 'revoke_licence')"
)
AGENCY = "JOIN agency a ON a.id = {t}.agency_id"

STATEMENTS = {
    "visits": f"SELECT i.category, s.kind, s.subkind, {ACROSS}, count(*), count(DISTINCT i.subject_id) "
    f"FROM inspection i {SUBJECT.format(t='i')} {AGENCY.format(t='i')} WHERE {VISITS} GROUP BY 1, 2, 3, 4",
    "visits by county": "SELECT i.category, i.region_code, count(*), count(DISTINCT i.subject_id) "
    f"FROM inspection i WHERE {VISITS} GROUP BY 1, 2",
    "cases": f"SELECT c.category, s.kind, s.subkind, {ACROSS}, {EVENTS_SQL} "
    f"FROM enforcement_case c {PARTIES} {AGENCY.format(t='c')} WHERE {LIVE} GROUP BY 1, 2, 3, 4",
    "cases by county": f"SELECT c.category, c.region_code, {EVENTS_SQL} "
    f"FROM enforcement_case c WHERE {LIVE} GROUP BY 1, 2",
    "penalties": f"SELECT c.category, s.kind, s.subkind, {ACROSS}, p.kind, count(DISTINCT d.id), sum(p.amount_fen) "
    f"{PENALTIES.format(more=AGENCY.format(t='c'))} GROUP BY 1, 2, 3, 4, 5",
    "penalties by county": "SELECT c.category, c.region_code, p.kind, count(DISTINCT d.id), sum(p.amount_fen) "
    f"{PENALTIES.format(more='')} GROUP BY 1, 2, 3",
}
_STATEMENTS = {name: text(statement) for name, statement in STATEMENTS.items()}


class Floor:
    """The statements bound to the province and the campaign's days."""

    def __init__(self) -> None:
        prefix = significant(REGION)
        self.bound = {"low": prefix.ljust(6, "0"), "high": prefix.ljust(6, "9"), "campaign": CAMPAIGN}
        self.bound |= {"first": str(FIRST), "last": str(LAST)}
        self.wanted = {code for code, _name in counties()}

    def figures(self) -> dict[Address, int]:
        """The cells that are not zero. A subject has one kind, and its cases one subkind, so groups may be added."""
        cells: dict[Address, int] = defaultdict(int)
        connection = db.session.connection()
        for name, statement in _STATEMENTS.items():
            for row in connection.execute(statement, self.bound):
                if row[0] in CATEGORIES:
                    self._add(cells, name, row)
        return {address: value for address, value in cells.items() if value}

    def _add(self, cells: dict[Address, int], name: str, row: tuple[object, ...]) -> None:
        if name.endswith("by county"):
            across, values = [f"below.{row[1]}"] if row[1] in self.wanted else [], row[2:]
        else:
            named = [kind for kind in row[1:3] if kind in KINDS or kind in SUBKINDS]
            across, values = [f"{kind}_{row[3]}" for kind in named if row[3] in LEVELS], row[4:]
        for measure, value in _measured(name.split()[0], values):
            for column in across:
                cells[f"{row[0]}_{measure}", column] += int(str(value or 0))


def _measured(kind: str, values: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    if kind == "visits":
        yield from zip(("visits", "units_inspected"), values, strict=True)
    elif kind == "cases":
        yield from zip(EVENTS.values(), values, strict=True)
    else:
        yield from ((COUNTS[str(values[0])], values[1]),) if values[0] in COUNTS else ()
        yield from ((AMOUNTS[str(values[0])], values[2]),) if values[0] in AMOUNTS else ()
