"""The table of one province in one campaign, with all data beside it and with a tenth of them: the floor is the same
table in a database of the same schema that holds every record of that campaign in that province, and every tenth of
all others. Both give the same figures, or nothing is measured.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import ColumnElement, Engine, Select, Table, and_, create_engine, event, make_url, or_, select, text

from inspectorate import clock, create_app
from inspectorate.accounts.regions import significant
from inspectorate.campaigns.queries import form
from inspectorate.campaigns.summary import Summary, summarise
from inspectorate.extensions import Base, db
from tests.bench.campaign_floor import CAMPAIGN, figures_of
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import SECRET, Prepared

TITLE = "A campaign's table while the data grow"
ON_EACH_DATABASE = True
LIMIT = 1.5
REGION = "330000"
ONE_IN = 10
BATCH = 20_000
NAME = "bench_tenth"

TABLES = ("agency", "subject", "inspection", "enforcement_case", "respondent", "decision", "penalty", "complaint")
"""What the table is counted from, each after what it names."""


def ratios(bench: Prepared) -> list[Ratio]:
    """The province's table in both databases."""
    with small(bench) as tenth:

        def there(app: Flask) -> Summary:
            with app.app_context():
                definition = form(CAMPAIGN)
                assert definition is not None
                return summarise(definition, REGION, today=clock.today())

        assert figures_of(there(bench.app)) == figures_of(there(tenth)), "a tenth of the data gives other figures"
        words = f"one province, one campaign, in {ONE_IN} times the data"
        return [compare(words, lambda: there(bench.app), lambda: there(tenth), limit=LIMIT)]


@contextmanager
def small(bench: Prepared) -> Iterator[Flask]:
    """An application on a database with a tenth of the data, removed afterwards."""
    folder = bench.folder.parent / "tenth"
    folder.mkdir(exist_ok=True)
    url = make_url(bench.url).set(database=NAME if bench.kind == "postgresql" else str(folder / f"{NAME}.db"))
    with bench.app.app_context():
        _administer(db.engine, bench.kind, f"DROP DATABASE IF EXISTS {NAME}", f"CREATE DATABASE {NAME}")
    for old in folder.glob(f"{NAME}.db*"):
        old.unlink()
    app = create_app({"SECRET_KEY": SECRET, "SQLALCHEMY_DATABASE_URI": url.render_as_string(False), "DATA_DIR": folder})
    with app.app_context():
        upgrade()
        db.session.remove()
    with bench.app.app_context():
        target = create_engine(url)
        _fill(db.engine, target)
        _administer(target, bench.kind, "VACUUM ANALYZE")
        target.dispose()
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        with bench.app.app_context():
            _administer(db.engine, bench.kind, f"DROP DATABASE {NAME}")


def _administer(engine: Engine, kind: str, *statements: str) -> None:
    """What PostgreSQL does outside of transactions; SQLite's planner needs nothing of it."""
    if kind == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))


def _fill(source: Engine, target: Engine) -> None:
    """Copy what is kept, table by table, without the triggers and keys of the target."""
    free = "PRAGMA foreign_keys = OFF" if target.dialect.name == "sqlite" else "SET session_replication_role = replica"

    def released(connection: Any, _record: object) -> None:
        connection.cursor().execute(free)
        connection.commit()  # SQLite hears it outside of transactions only

    event.listen(target, "connect", released)
    with source.connect() as rows, target.connect() as connection:
        for name in TABLES:
            table = Base.metadata.tables[name]
            found = rows.execution_options(stream_results=True).execute(_kept(table))
            for part in found.mappings().partitions(BATCH):
                connection.execute(table.insert(), [dict(row) for row in part])
        connection.commit()


def _kept(table: Table) -> Select[tuple[object, ...]]:
    """The rows that stay: the campaign's own in the province, with all that hangs on them, and one in ten of others."""
    tables = Base.metadata.tables
    case, respondent, decision = (tables[name] for name in ("enforcement_case", "respondent", "decision"))
    cases = select(case.c.id).where(_stays(case))
    respondents = select(respondent.c.id).where(respondent.c.case_id.in_(cases))
    decisions = select(decision.c.id).where(decision.c.respondent_id.in_(respondents))
    match table.name:
        case "respondent":
            return select(table).where(table.c.case_id.in_(cases))
        case "decision":
            return select(table).where(table.c.respondent_id.in_(respondents))
        case "penalty":
            return select(table).where(table.c.decision_id.in_(decisions))
        case "agency":
            return select(table)
        case "subject":
            visited = tables["inspection"]
            named = select(visited.c.subject_id).where(_stays(visited))
            parties = select(respondent.c.subject_id).where(respondent.c.case_id.in_(cases))
            return select(table).where(or_(table.c.id.in_(named), table.c.id.in_(parties)))
        case _:
            return select(table).where(_stays(table))


def _stays(table: Table) -> ColumnElement[bool]:
    prefix = significant(REGION)
    own = and_(table.c.campaign == CAMPAIGN, table.c.region_code.between(prefix.ljust(6, "0"), prefix.ljust(6, "9")))
    return or_(own, table.c.id % ONE_IN == 0)
