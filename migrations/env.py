"""Alembic's environment: the app's own engine and metadata; the tool is only ever run through ``flask db``."""

from logging.config import fileConfig
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app
from sqlalchemy import Connection

from inspectorate.cli import troubles_told
from inspectorate.columns import Instant
from inspectorate.extensions import db, marked_as_writing

if context.config.config_file_name:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)


def _no_empty_revision(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def _render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Types of our own are written out in plain SQLAlchemy, so that a migration never changes with the code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")'
    return False


def _migrate(connection: Connection) -> None:
    configured: dict[str, Any] = dict(current_app.extensions["migrate"].configure_args)
    configured.setdefault("process_revision_directives", _no_empty_revision)
    configured["render_item"] = _render_item
    context.configure(connection=connection, target_metadata=db.metadata, **configured)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise RuntimeError("migrations run against a database, not offline")

given: Connection | None = context.config.attributes.get("connection")
with marked_as_writing(), troubles_told():
    if given is not None:
        _migrate(given)
    else:
        with db.engine.connect() as own:
            _migrate(own)
