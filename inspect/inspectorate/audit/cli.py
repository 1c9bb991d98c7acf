"""``flask audit``: verifying and sealing the record."""

import json
import sys

import click
from flask.cli import AppGroup

from ..extensions import unit_of_work

audit_cli = AppGroup("audit", help="The record of everything that was done.")


@audit_cli.command("verify")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def verify(as_json: bool) -> None:
    """Recompute the record; name the first altered, missing or reordered entry, and all others."""
    from .verification import verify as faults_of_record

    faults = faults_of_record()
    if as_json:
        first = faults[0].as_json() if faults else None
        document = {"intact": not faults, "first": first, "faults": [fault.as_json() for fault in faults]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            click.echo(f"{fault.kind} {fault.where}: {fault.what}", err=True)
        if not faults:
            click.echo("the record is intact")
    sys.exit(1 if faults else 0)


@audit_cli.command("seal")
def seal() -> None:
    """Hash the heads of all chains and keep the hash; print it, to be kept elsewhere too."""
    from .actions import seal as seal_record

    with unit_of_work():
        row = seal_record()
        text = f"seal {row.id}: {row.chains} chains up to entry {row.last_entry_id}: {row.hash}"
    click.echo(text)
