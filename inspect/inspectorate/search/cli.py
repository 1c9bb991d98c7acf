"""``flask search rebuild``: make the search index anew from the rows."""

import click
from flask.cli import AppGroup

search_cli = AppGroup("search", help="The search index.")


@search_cli.command("rebuild")
def rebuild() -> None:
    """Make the search index anew from the rows: after a load past the application, or an upgrade that says so."""
    from ..extensions import db, unit_of_work
    from . import entries

    with unit_of_work():
        for name, number in entries.rebuild(db.session.connection()):
            click.echo(f"{name}: {number:,}")
