"""What the search index is found by: FTS5 on SQLite, an array under GIN on PostgreSQL; neither is autogenerate's."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("search_subject", "search_inspection", "search_complaint", "search_enforcement_case")

# The application cuts the grams; the tokenizer only parts them, and keeps rare characters (Cn, Co) as they are.
TOKENIZER = "unicode61 remove_diacritics 0 categories ''L* N* M* Co Cn''"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        if sqlite:
            op.execute(
                f"CREATE VIRTUAL TABLE {table}_grams USING fts5"
                f"(tokens, content='', detail=none, columnsize=0, tokenize='{TOKENIZER}')"
            )
            continue
        op.execute(f"ALTER TABLE {table} ADD COLUMN tokens text[] NOT NULL")
        # The array is kept apart from the row: whoever walks through the texts does not read it.
        op.execute(f"ALTER TABLE {table} ALTER COLUMN tokens SET STORAGE EXTENDED, ALTER COLUMN text SET STORAGE MAIN")
        op.execute(f"ALTER TABLE {table} SET (toast_tuple_target = 128)")
        # No list of pending entries: it would be read through at every search.
        op.execute(f"CREATE INDEX ix_{table}_grams ON {table} USING gin (tokens) WITH (fastupdate = off)")


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        if sqlite:
            op.execute(f"DROP TABLE {table}_grams")
            continue
        op.execute(f"DROP INDEX ix_{table}_grams")
        op.execute(f"ALTER TABLE {table} DROP COLUMN tokens")
