"""The commands of all areas, imported when they are asked for."""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from . import config
from .characters import UNPRINTABLE

COMMANDS = {
    "audit": "audit.cli:audit_cli",
    "backup": "backup.cli:backup",
    "campaign": "campaigns.cli:campaign_cli",
    "config": "operations.cli:config",
    "demo": "demo.cli:demo",
    "document": "documents.cli:document_cli",
    "export": "interchange.cli:export_records",
    "import": "interchange.cli:import_records",
    "law": "law.cli:law_cli",
    "restore": "backup.cli:restore",
    "rights": "operations.cli:rights",
    "search": "search.cli:search_cli",
    "standards": "standards.cli:standards_cli",
    "user": "accounts.cli:user_cli",
}
"""Every area's commands, and where each is found: a server, which runs none of them, imports none."""


class Commands(AppGroup):
    """The commands of the application, each imported when somebody asks for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when there is none."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            module, name = COMMANDS[cmd_name].split(":")
            command: click.Command = getattr(import_module(f".{module}", __package__), name)
            _explain_trouble(command)
            self.add_command(command, cmd_name)
        return super().get_command(ctx, cmd_name)


def init_app(app: Flask) -> None:
    """Offer every area's commands."""
    app.cli = Commands(app.name, commands=app.cli.commands)


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
