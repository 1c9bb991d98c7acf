"""``flask user``: sign-ins made by the operator of the machine."""

import sys

import click
from flask.cli import AppGroup

from ..errors import Refusal
from ..extensions import unit_of_work
from ..signin.actions.passwords import reset_password
from ..signin.actions.second_factor import reset as reset_second_factor
from ..signin.actions.sessions import end_all_sessions, end_sessions_of
from . import actions, queries
from .actor import SYSTEM
from .passwords import one_time_password
from .permissions import Role

user_cli = AppGroup("user", help="Sign-ins.")


@user_cli.command("add")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--agency", "agency_key", required=True, metavar="KEY", help="Key of the agency's record.")
@click.option("--display-name", default="", help="The person's name as shown; the sign-in name by default.")
@click.option("--source", default="local", help="Source of the agency's record.")
@click.option("--password", help="When not given: asked for on a terminal, else made up and printed.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@click.option(
    "--must-change/--no-must-change",
    default=None,
    help="Whether the password is good for one sign-in only. Without: yes on a terminal, no in a script.",
)
def add_user(
    name: str,
    roles: tuple[str, ...],
    agency_key: str,
    display_name: str,
    source: str,
    password: str | None,
    password_stdin: bool,
    must_change: bool | None,
) -> None:
    """Create the sign-in NAME in an agency."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    by_person = sys.stdin.isatty()
    made_up = "" if password or password_stdin or by_person else one_time_password()
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
                # A script that makes a sign-in is its user, or says what it hands on.
                must_change=by_person if must_change is None else must_change,
            )
        except Refusal as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"added {name}" + (f", password {made_up}" if made_up else ""))


@user_cli.command("reset")
@click.argument("name")
@click.option("--second-factor", is_flag=True, help="Take the second factor of a lost phone away, too.")
def reset_user(name: str, second_factor: bool) -> None:
    """Give the sign-in NAME a password for one sign-in, such as to an administrator whom nobody else can help."""
    with unit_of_work():
        user = queries.user_by_name(name)
        if user is None:
            raise click.ClickException(f"no sign-in has the name {name!r}")
        try:
            if second_factor:
                reset_second_factor(SYSTEM, user)
            password = reset_password(SYSTEM, user)
        except Refusal as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{name} signs in once, within three days, with {password}")


@user_cli.command("sign-out")
@click.argument("name", required=False)
@click.option("--everybody", is_flag=True, help="Everybody, such as after cookies may have been stolen.")
def sign_out(name: str | None, everybody: bool) -> None:
    """End all sessions of the sign-in NAME, or of everybody."""
    if (name is None) is not everybody:
        raise click.UsageError("give the name of a sign-in, or --everybody")
    with unit_of_work():
        if name is None:
            click.echo(f"signed out: {end_all_sessions(SYSTEM)} people")
            return
        user = queries.user_by_name(name)
        if user is None:
            raise click.ClickException(f"no sign-in has the name {name!r}")
        click.echo(f"sessions ended: {end_sessions_of(SYSTEM, user)}")
