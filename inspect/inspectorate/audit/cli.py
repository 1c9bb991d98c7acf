"""``flask audit``: verifying the record, and sealing it for a place outside."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask.cli import AppGroup

from .. import limits

if TYPE_CHECKING:
    from .verification.faults import Fault

audit_cli = AppGroup("audit", help="The record of everything that was done.")

AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


@audit_cli.command("verify")
@AS_JSON
def verify(as_json: bool) -> None:
    """Recompute the record; name the first altered, missing or reordered entry, and all others.

    Rows, seals, files and the triggers that guard the record are compared too, as they are at one moment; others may go
    on working meanwhile. Exits 1 when anything is not as the record says.
    """
    from .verification import remarks
    from .verification import verify as faults_of_record

    _tell(faults_of_record(), as_json, "the record is intact", remarks=remarks())


@audit_cli.command("seal")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, whole or not at all."
)
def seal(output: Path | None) -> None:
    """Write what the record is now as a small JSON document, to be kept in another place (once a day, say).

    ``flask audit check-seal`` holds the database against it later.
    """
    from ..output import writing_whole
    from .verification.exported import NoSeal, exported
    from .verification.reading import snapshot

    with snapshot() as connection:
        try:
            document = exported(connection)
        except NoSeal as error:
            raise click.ClickException(str(error)) from None
    with writing_whole(output) as file:
        file.write(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")
    if output:
        click.echo(f"seal {document['seal']} of {document['at']}: {document['entries']} entries, {document['hash']}")


@audit_cli.command("check-seal")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def check_seal(file: Path, as_json: bool) -> None:
    """Hold the record against a seal in FILE: name what was altered, is missing or was cut off."""
    from .verification.exported import NoSeal, differences, parsed
    from .verification.reading import snapshot

    try:
        with file.open("rb") as source:
            installation, points = parsed(source.read(limits.SEAL))
    except NoSeal as error:
        raise click.ClickException(f"{file}: {error}") from None
    with snapshot() as connection:
        found = differences(connection, installation, points)
    _tell(found, as_json, f"the record up to {points[-1].at} is the one that was sealed: {points[-1].entries} entries")


def _tell(faults: Sequence["Fault"], as_json: bool, good: str, *, remarks: Sequence["Fault"] = ()) -> None:
    """Say what was found and exit."""
    if as_json:
        document: dict[str, Any] = {"intact": not faults, "first": faults[0].as_json() if faults else None}
        document |= {"faults": [one.as_json() for one in faults], "remarks": [one.as_json() for one in remarks]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            click.echo(fault, err=True)
        if not faults:
            click.echo(good)
        for one in remarks:
            click.echo(f"remark: {one}")
    sys.exit(1 if faults else 0)
