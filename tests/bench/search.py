"""The floor of a search: the same index asked by hand for the rows found first and their count, and an empty page.

Words of one, two and three characters, common and rare; names, codes and numbers; offices of every width.
"""

from typing import Any

from sqlalchemy import text

from inspectorate.accounts.permissions import Role
from inspectorate.accounts.regions import significant
from inspectorate.extensions import db
from inspectorate.search.grams import area, sought, words_in
from tests.bench.lists import COUNTY, LIMIT, NOTHING, SECTOR, WIDTHS, both, hand, page
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "Search"
ON_EACH_DATABASE = True

WORDS = ("医", "玥", "诊所", "王某", "门诊部", "卫生院", "口腔门诊")
"""One, two, three and four characters; the first of each length is in most names."""

PAGES = {
    "home": ("/search?q=", ("subject", "org"), ("subject", "person"), ("enforcement_case", SECTOR)),
    "establishments": ("/registry?q=", ("subject", "org")),
    "persons": ("/registry/persons?q=", ("subject", "person")),
    "inspections": ("/inspections?q=", ("inspection", SECTOR)),
    "cases": ("/cases?q=", ("enforcement_case", SECTOR)),
    "complaints": ("/complaints?q=", ("complaint", SECTOR)),
}

NUMBERED = {
    "establishments": ("subject", "uscc"),
    "inspections": ("inspection", "number"),
    "cases": ("enforcement_case", "number"),
}


def ratios(bench: Prepared) -> list[Ratio]:
    """Every search × words × widths."""
    return [
        _measured(bench, name, words, region)
        for name in PAGES
        for words in (*WORDS, *_codes(bench, name))
        for region in WIDTHS
    ]


def _codes(bench: Prepared, name: str) -> list[str]:
    """A number of what is searched, whole and its end, and for places a social credit code."""
    if name not in NUMBERED:
        return []
    table, column = NUMBERED[name]
    with bench.app.app_context():
        query = f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL AND region_code = :region ORDER BY id LIMIT 1"
        number = db.session.scalar(text(query), {"region": COUNTY})
        db.session.rollback()
    return [number, number[-6:]] if number else []


def _measured(bench: Prepared, name: str, words: str, region: str) -> Ratio:
    address, *kinds = PAGES[name]
    client = bench.client(Role.INSPECTOR, region, SECTOR)
    statements = [one for kind in kinds for one in by_hand(bench, str(kind[0]), kind[1], words, region, name != "home")]
    told = f"{name} “{words}”, {WIDTHS[region]}"
    floor = both(hand(bench, statements), page(client, f"{address}{NOTHING}"))
    return compare(told, page(client, f"{address}{words}"), floor, limit=LIMIT)


def by_hand(
    bench: Prepared, table: str, department: str, words: str, region: str, counted: bool
) -> list[tuple[str, dict[str, Any]]]:
    """The statements that ask the index for the rows found first, and for how many there are."""
    folded = words_in(words)
    tokens = sorted({area(significant(region), department)}.union(*map(sought, folded)))
    entry = f"search_{table}"
    values: dict[str, Any] = {f"w{number}": f"%{word}%" for number, word in enumerate(folded)}
    holding = " AND ".join(f"e.text LIKE :{name}" for name in values)
    if bench.kind == "sqlite":
        values["tokens"] = " ".join(f'"{token}"' for token in tokens)
        source = f"{entry}_grams g JOIN {entry} e ON e.place = g.rowid JOIN {table} t ON t.id = e.row_id"
        where, order = f"{entry}_grams MATCH :tokens AND {holding}", "g.rowid"
    else:
        values["tokens"] = tokens
        source = f"{entry} e JOIN {table} t ON t.id = e.row_id"
        where, order = f"{holding} AND e.tokens @> :tokens", "e.place"
    rows = f"SELECT t.* FROM {source} WHERE {where} ORDER BY {order} DESC LIMIT 51"
    count = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {where} LIMIT 1001) AS counted"
    return [(rows, values), (count, values)] if counted else [(rows, values)]
