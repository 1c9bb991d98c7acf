"""The commands of all areas. What they need is imported when they run, so that ``--help`` stays light."""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app

from . import config
from .accounts.cli import user_cli
from .audit.cli import audit_cli
from .backup.cli import backup, restore
from .campaigns.cli import campaign_cli
from .characters import UNPRINTABLE
from .demo.cli import demo
from .documents.cli import document_cli
from .interchange.cli import export_records, import_records
from .law.cli import law_cli
from .operations.cli import config as show_config
from .operations.cli import rights
from .search.cli import search_cli


def init_app(app: Flask) -> None:
    """Register every area's commands."""
    for command in (
        show_config,
        rights,
        user_cli,
        audit_cli,
        backup,
        restore,
        campaign_cli,
        law_cli,
        import_records,
        export_records,
        document_cli,
        search_cli,
        demo,
    ):
        _explain_trouble(command)
        app.cli.add_command(command)


def _explain_trouble(command: click.Command) -> None:
    """A database or folder that cannot be used is told in one line, on any terminal."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _explain_trouble(inner)
    elif command.callback is not None:
        command.callback = _explained(command.callback)


def _explained(run: Callable[..., Any]) -> Callable[..., Any]:
    if hasattr(run, "__explained__"):
        return run

    @wraps(run)
    def explained(*arguments: Any, **options: Any) -> Any:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that knows no Chinese
        _refuse_unprintable(click.get_current_context())
        with troubles_told():
            return run(*arguments, **options)

    explained.__explained__ = True  # type: ignore[attr-defined]
    return explained


def _refuse_unprintable(context: click.Context) -> None:
    """No record, page or terminal can hold control characters, nor octets that are no text."""
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str | Path) and UNPRINTABLE.search(str(text)):
                raise click.BadParameter("holds control characters; write it without them", context, parameter)


@contextmanager
def troubles_told() -> Iterator[None]:
    """What the operator of the machine can mend becomes an error of the command instead of a traceback."""
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from .operations import trouble

    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        url = current_app.config["SQLALCHEMY_DATABASE_URI"]
        raise click.ClickException(trouble.of_database(error, url)) from None
    except config.Misconfigured as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # click ends quietly when nobody reads on
        if error.filename is None:
            raise click.ClickException(f"the output cannot be written: {error.strerror or error}") from None
        raise click.ClickException(trouble.of_file(error)) from None
