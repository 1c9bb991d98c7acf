"""``flask standards``: local standards loaded by the operator of the machine."""

from pathlib import Path

import click
from flask.cli import AppGroup

standards_cli = AppGroup("standards", help="Local discretion standards (裁量基准).")


@standards_cli.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", "agency_key", required=True, metavar="KEY", help="Key of the agency that it is loaded for.")
@click.option("--source", default="local", help="Source of the agency's record.")
@click.option("--replaces", metavar="NUMBER", help="文号 of the edition that this one replaces.")
def load(file: Path, agency_key: str, source: str, replaces: str | None) -> None:
    """Load the standard in FILE for an agency's region and all below it, whole or not at all."""
    from ..accounts.actor import SYSTEM
    from ..accounts.queries import agency_by_key
    from ..errors import Refused, refusals_in
    from ..extensions import unit_of_work
    from . import actions, queries

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name}: not a text in UTF-8: {error.reason}") from None
    with unit_of_work():
        agency = agency_by_key(agency_key, source)
        if agency is None:
            raise click.ClickException(f"--agency: no agency has the key {agency_key!r} (source {source!r})")
        old = None
        if replaces is not None:
            editions = queries.of_region(agency.authority.sector, agency.authority.region_code)
            old = next((row for row in reversed(editions) if row.document_number == replaces), None)
            if old is None:
                raise click.ClickException(f"--replaces: no standard of this region has the number {replaces!r}")
        try:
            row = actions.load_standard(SYSTEM, text, file.name, agency.authority, replaces_id=old.id if old else None)
        except Refused as error:
            for refusal in refusals_in(error):
                click.echo(str(refusal), err=True)
            raise SystemExit(1) from None
        rules = len(queries.standard_of(row).rules)
        told = f"loaded {row.name} ({row.document_number}) for {row.region_code} {row.sector}: {rules} rules"
    click.echo(told)
