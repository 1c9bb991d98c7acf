"""Indexes for the lists of cases by the clock: cases without a running clock come last, so they hold an expression.

Autogenerate cannot read such indexes on SQLite and leaves them out. They serve a query that says the same expression,
which ``Case.act_by`` does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "enforcement_case"
ACT_BY = sa.text("coalesce(due_on, '9999-12-31')")
INDEXES = {
    "ix_case_region_by_clock": ["region_code", "sector", ACT_BY, "id"],
    "ix_case_sector_by_clock": ["sector", ACT_BY, "id", "region_code"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, TABLE, columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name=TABLE)
