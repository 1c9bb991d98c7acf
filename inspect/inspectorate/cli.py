"""The commands of all areas. What they need is imported when they run, so that ``--help`` stays light."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask

from .accounts.cli import user_cli
from .audit.cli import audit_cli
from .campaigns.cli import campaign_cli
from .demo.cli import demo
from .documents.cli import document_cli
from .interchange.cli import export_records, import_records
from .law.cli import law_cli


def init_app(app: Flask) -> None:
    """Register every area's commands."""
    for command in (user_cli, audit_cli, campaign_cli, law_cli, import_records, export_records, document_cli, demo):
        _explain_databases(command)
        app.cli.add_command(command)


def _explain_databases(command: click.Command) -> None:
    """A database that is not there, or not up to date, is told in one line."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _explain_databases(inner)
    elif command.callback is not None:
        command.callback = _explained(command.callback)


def _explained(run: Callable[..., Any]) -> Callable[..., Any]:
    if hasattr(run, "__explained__"):
        return run

    @wraps(run)
    def explained(*arguments: Any, **options: Any) -> Any:
        from sqlalchemy.exc import OperationalError, ProgrammingError

        try:
            return run(*arguments, **options)
        except (OperationalError, ProgrammingError) as error:
            reason = str(error.orig).strip().partition("\n")[0]
            raise click.ClickException(
                f"the database cannot be used: {reason}. Check DATABASE_URL and DATA_DIR, then run: flask db upgrade"
            ) from None

    explained.__explained__ = True  # type: ignore[attr-defined]
    return explained
