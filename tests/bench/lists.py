"""The floor of a list: the page's rows and its count by hand-written SQL, and the same page with nothing on it.

Each list is asked by somebody of the narrowest office (a county's), of a city's and a province's between, and of the
widest (the nation's), at its beginning and half-way through; the whole answer is timed, from the request to the last
octet of HTML. The empty page is the list's own, on which words that nothing bears were sought. So that no dear empty
page makes room for a dear list, the empty pages are measured too, beside the plainest page that finds nothing.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from inspectorate.accounts.permissions import Role
from inspectorate.accounts.regions import significant
from inspectorate.extensions import db
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "Lists"
ON_EACH_DATABASE = True

LIMIT = 2.0
EMPTY_PLUS = 0.005
"""Seconds for the filters of a list: its states, campaigns, regions and agencies."""
COUNTY, CITY, PROVINCE, NATION = "330106", "330100", "330000", "000000"
WIDTHS = {COUNTY: "a county", CITY: "a city", PROVINCE: "a province", NATION: "the nation"}
NOTHING = "龘龘龘"
PLAINEST = f"/search?q={NOTHING}"
SECTOR = "health"

PARTY = "JOIN subject s ON s.id = t.subject_id JOIN agency a ON a.id = t.agency_id"


@dataclass(frozen=True)
class List:
    """A list: its address, who reads it, one that shows nothing, and how one would ask for it by hand.

    ``keys`` are the columns of its order, the first perhaps a day.
    """

    name: str
    path: str
    empty: str
    role: Role
    columns: str
    source: str
    where: str
    keys: tuple[str, ...]
    down: bool = True

    def scoped(self, region: str) -> str:
        """The condition within a region."""
        digits = significant(region)
        if len(digits) == 6:
            return f"{self.where} AND t.region_code = '{region}'"
        within = f" AND t.region_code BETWEEN '{digits.ljust(6, '0')}' AND '{digits.ljust(6, '9')}'" if digits else ""
        return self.where + within

    def rows(self, region: str, place: tuple[Any, ...] | None) -> str:
        """The rows of a page."""
        marks = ", ".join(f":k{number}" for number in range(len(self.keys)))
        beyond = f"({', '.join(self.keys)}) {'<' if self.down else '>'} ({marks})"
        order = ", ".join(f"{key} {'DESC' if self.down else 'ASC'}" for key in self.keys)
        condition = self.scoped(region) + (f" AND {beyond}" if place else "")
        return f"SELECT {self.columns} FROM {self.source} WHERE {condition} ORDER BY {order} LIMIT 51"

    def count(self, region: str) -> str:
        """How many, as far as the page counts."""
        table = self.source.partition(" JOIN ")[0]
        return f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {self.scoped(region)} LIMIT 1001) AS counted"


LISTS = (
    List(
        "inspections", "/inspections?", f"/inspections?q={NOTHING}", Role.INSPECTOR,
        "t.*, s.name, a.name", f"inspection t {PARTY}", f"t.sector = '{SECTOR}' AND t.state <> 'withdrawn'",
        ("t.inspected_on", "t.id"),
    ),
    List(
        "inspections, drafts", "/inspections?state=draft", f"/inspections?q={NOTHING}", Role.INSPECTOR,
        "t.*, s.name, a.name", f"inspection t {PARTY}", f"t.sector = '{SECTOR}' AND t.state = 'draft'",
        ("t.inspected_on", "t.id"),
    ),
    List(
        "cases", "/cases?", f"/cases?q={NOTHING}", Role.INSPECTOR,
        "t.*", "enforcement_case t", f"t.sector = '{SECTOR}'", ("t.id",),
    ),
    List(
        "cases, open", "/cases?open_only=y", f"/cases?q={NOTHING}", Role.INSPECTOR,
        "t.*", "enforcement_case t",
        f"t.sector = '{SECTOR}' AND t.state NOT IN ('closed', 'not_filed', 'withdrawn', 'transferred')", ("t.id",),
    ),
    List(
        "cases by the clock", "/cases?sort=due", f"/cases?q={NOTHING}", Role.INSPECTOR,
        "t.*", "enforcement_case t", f"t.sector = '{SECTOR}'",
        ("coalesce(t.due_on, '9999-12-31')", "t.id"), False,
    ),
    List(
        "complaints", "/complaints?", f"/complaints?q={NOTHING}", Role.INSPECTOR,
        "t.*", "complaint t", f"t.sector = '{SECTOR}'", ("t.received_on", "t.id"),
    ),
    List(
        "establishments", "/registry?", f"/registry?q={NOTHING}", Role.INSPECTOR,
        "t.*", "subject t", "t.party = 'org' AND t.closed_on IS NULL", ("t.region_code", "t.name", "t.id"), False,
    ),
    List(
        "establishments by name", "/registry?sort=name", f"/registry?q={NOTHING}", Role.INSPECTOR,
        "t.*", "subject t", "t.party = 'org' AND t.closed_on IS NULL", ("t.name", "t.id"), False,
    ),
    List(
        "persons", "/registry/persons?", f"/registry/persons?q={NOTHING}", Role.INSPECTOR,
        "t.*", "subject t", "t.party = 'person'", ("t.region_code", "t.name", "t.id"), False,
    ),
)  # fmt: skip


def ratios(bench: Prepared) -> list[Ratio]:
    """Every list × widths × beginning and middle, and the empty pages."""
    return [
        *(
            _measured(bench, one, region, place)
            for one in LISTS
            for region in WIDTHS
            for place in _places(bench, one, region)
        ),
        *(_empty(bench, address, region) for address in dict.fromkeys(one.empty for one in LISTS) for region in WIDTHS),
    ]


def _empty(bench: Prepared, address: str, region: str) -> Ratio:
    """A list's own page with nothing on it, beside a page that only says so."""
    client = bench.client(Role.INSPECTOR, region, SECTOR)
    plain = page(client, PLAINEST)
    return compare(f"{address}, {WIDTHS[region]}, empty", page(client, address), plain, limit=LIMIT, plus=EMPTY_PLUS)


def _places(bench: Prepared, one: List, region: str) -> Iterator[tuple[Any, ...] | None]:
    """The beginning, and the keys of the row half-way."""
    yield None
    with bench.app.app_context():
        condition = f"{one.source.partition(' JOIN ')[0]} WHERE {one.scoped(region)}"
        number = db.session.scalar(text(f"SELECT count(*) FROM {condition}")) or 0
        order = ", ".join(one.keys)
        middle = text(f"SELECT {order} FROM {condition} ORDER BY {order} LIMIT 1 OFFSET {number // 2}")
        row = db.session.execute(middle).first() if number > 100 else None
        db.session.rollback()
    if row is not None:
        yield tuple(row)


def _token(place: tuple[Any, ...]) -> str:
    """The place in the list as an address says it."""
    plain = [{"day": _iso(value)} if _is_day(value) else value for value in place]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def _is_day(value: Any) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-")


def _iso(value: Any) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _measured(bench: Prepared, one: List, region: str, place: tuple[Any, ...] | None) -> Ratio:
    client = bench.client(one.role, region, SECTOR)
    after = f"&after={_token(place)}" if place else ""
    values = {f"k{number}": value for number, value in enumerate(place or ())}
    asked = one.path.rstrip("?") + ("?" if "?" not in one.path.rstrip("?") else "") + after
    by_hand = hand(bench, [(one.rows(region, place), values), (one.count(region), {})])
    name = f"{one.name}, {WIDTHS[region]}, {'half-way' if place else 'beginning'}"
    return compare(name, page(client, asked), both(by_hand, page(client, one.empty)), limit=LIMIT)


def page(client: Any, address: str) -> Callable[[], None]:
    """Asking for a page to its last octet."""

    def ask() -> None:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        response.get_data()

    return ask


def hand(bench: Prepared, statements: list[tuple[str, dict[str, Any]]]) -> Callable[[], None]:
    """The statements through the same driver, all rows fetched."""

    def run() -> None:
        with bench.app.app_context(), db.engine.connect() as connection:
            for statement, values in statements:
                connection.execute(text(statement), values).fetchall()

    return run


def both(*parts: Callable[[], None]) -> Callable[[], None]:
    """One after the other."""

    def run() -> None:
        for part in parts:
            part()

    return run
