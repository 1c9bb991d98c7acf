"""``flask demo``."""

import sys

import click
from flask.cli import with_appcontext

from .. import clock
from ..errors import Refusal
from ..extensions import unit_of_work


@click.command("demo")
@click.option("--establishments", type=click.IntRange(30, 100_000), default=900, show_default=True, metavar="N")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S")
@click.option(
    "--scale",
    type=click.FloatRange(0.0005, 4),
    is_flag=False,
    flag_value=1.0,
    metavar="[FACTOR]",
    help="Besides, a whole country: 1,000,000 inspections, 200,000 cases, 300,000 penalties, times FACTOR.",
)
@click.option("--first-time", is_flag=True, help="Load only into an empty database; say nothing about another.")
@with_appcontext
def demo(establishments: int, seed: int, scale: float | None, first_time: bool) -> None:
    """Load invented but realistic data for all three fields, the same for the same seed on the same day.

    Every demo sign-in has the same known password: never load it where others can reach it.
    """
    from . import actions, sign_ins

    if not (first_time and not actions.is_empty()):
        if first_time:
            click.echo("loading demo data (about half a minute)", err=True)
        try:
            with unit_of_work():
                loaded = actions.fill(establishments, seed, clock.today())
                if scale:
                    loaded = actions.fill_up(scale, seed, clock.today(), _tell)
        except Refusal as error:
            click.echo(f"Error: {error.message}", err=True)
            sys.exit(1)
        click.echo("loaded: " + ", ".join(f"{number} {kind}" for kind, number in loaded.items() if number))
    if actions.has_sign_ins():
        for line in sign_ins.lines():
            click.echo(line)


def _tell(line: str) -> None:
    click.echo(line, err=True)
