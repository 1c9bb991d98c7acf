"""Rights in PostgreSQL: one role owns and migrates the database, another serves.

The serving role can neither change the schema nor touch what the record has written; the record's triggers say the same
to everybody, but whoever owns a table can switch them off.
"""

from sqlalchemy import Connection, text

from ..audit.capture import RECORD_TABLES

RIGHTS = """
REVOKE ALL ON SCHEMA public FROM PUBLIC, {role};
GRANT USAGE ON SCHEMA public TO {role};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE UPDATE, DELETE ON {record} FROM {role};
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role};
"""


def knows(connection: Connection, role: str) -> bool:
    """Whether the database has a role of that name."""
    return connection.scalar(text("select 1 from pg_roles where rolname = :role"), {"role": role}) is not None


def give(connection: Connection, role: str) -> None:
    """Give a role what serving needs and no more; repeating it does no harm. Run by the owner after each migration."""
    quoted = connection.dialect.identifier_preparer.quote(role)
    connection.exec_driver_sql(RIGHTS.format(role=quoted, record=", ".join(RECORD_TABLES)))
