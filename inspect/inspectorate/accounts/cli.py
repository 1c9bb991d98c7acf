"""``flask user``: sign-ins made by the operator of the machine."""

import secrets
import sys

import click
from flask.cli import AppGroup

from ..errors import Refusal
from ..extensions import unit_of_work
from . import actions, queries
from .actor import SYSTEM
from .permissions import Role

user_cli = AppGroup("user", help="Sign-ins.")


@user_cli.command("add")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--agency", "agency_key", required=True, metavar="KEY", help="Key of the agency's record.")
@click.option("--display-name", default="", help="The person's name as shown; the sign-in name by default.")
@click.option("--source", default="local", help="Source of the agency's record.")
@click.option("--password", help="When not given: asked for on a terminal, else made up and printed.")
def add_user(
    name: str, roles: tuple[str, ...], agency_key: str, display_name: str, source: str, password: str | None
) -> None:
    """Create the sign-in NAME in an agency."""
    made_up = "" if password or sys.stdin.isatty() else secrets.token_urlsafe(12)
    password = password or made_up or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with unit_of_work():
        agency = queries.agency_by_key(agency_key, source)
        if agency is None:
            raise click.ClickException(f"--agency: no agency has the key {agency_key!r} (source {source!r})")
        try:
            actions.add_user(
                SYSTEM,
                name=name,
                display_name=display_name,
                password=password,
                agency=agency,
                roles=[Role(role) for role in roles],
            )
        except Refusal as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"added {name}" + (f", password {made_up}" if made_up else ""))
