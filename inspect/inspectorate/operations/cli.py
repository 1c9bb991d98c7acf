"""``flask config``: what is set, and whether one may serve with it; ``flask rights``: the role that serves."""

import json
from typing import Any

import click
from flask.cli import with_appcontext

from ..config import SETTINGS, Setting, read


@click.command("config")
@click.option("--check", is_flag=True, help="Also see whether one may serve with it; exit 1 when not.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def config(check: bool, as_json: bool) -> None:
    """Show every setting with its value; secrets are not shown."""
    values = read()
    shown = {setting.name: _shown(setting, values[setting.name]) for setting in SETTINGS}
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        width = max(map(len, shown))
        for setting in SETTINGS:
            click.echo(f"{setting.name:<{width}}  {_in_words(shown[setting.name])}")
    if check:
        _check(values)


def _shown(setting: Setting, value: Any) -> Any:
    if setting.secret:
        return "set" if value else None
    return value if isinstance(value, bool | int | list | None) else str(value)


def _in_words(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _check(values: dict[str, Any]) -> None:
    from ..config import Misconfigured
    from .trouble import before_serving

    try:
        for line in before_serving(values, listening=False):
            click.echo(f"Advice: {line}", err=True)
    except Misconfigured as error:
        for line in str(error).splitlines():
            click.echo(f"Error: {line}", err=True)
        raise click.exceptions.Exit(1) from None


@click.command("rights")
@click.argument("role")
@with_appcontext
def rights(role: str) -> None:
    """Give ROLE in PostgreSQL what serving needs and no more; run as the owner after each migration."""
    from ..extensions import db
    from .rights import give, knows

    if db.engine.dialect.name != "postgresql":
        raise click.ClickException(
            "the database is SQLite, which has no roles: the rights of its file are all there is"
        )
    with db.engine.begin() as connection:
        if not knows(connection, role):
            raise click.ClickException(f"the database has no role {role!r}. Make it first: CREATE ROLE … LOGIN")
        give(connection, role)
    click.echo(f"{role} may serve, and can neither change the schema nor what the record has written")
