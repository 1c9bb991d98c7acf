"""``flask campaign blank`` and ``return``: a department's figures as a file, out empty and back filled in."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("blank")
@with_appcontext
@click.argument("form_id", metavar="FORM")
@click.option("--region", metavar="CODE", help="For its lines and heading; default: any region.")
@click.option("--campaign", "campaign_id", metavar="ID", help="Default: the campaign that bears the form's id.")
@click.option("--agency", "agency_key", metavar="KEY", help="Open only the places that this department supplies.")
@click.option("--from", "start", type=_DAY, metavar="D", help="First day of its period. Default: any period.")
@click.option("--to", "end", type=_DAY, metavar="D", help="Last day, included.")
@click.option("-o", "--output", type=_FILE, help="Write there, whole or not at all.")
def write_blank(
    form_id: str,
    region: str | None,
    campaign_id: str | None,
    agency_key: str | None,
    start: datetime | None,
    end: datetime | None,
    output: Path | None,
) -> None:
    """An empty XLSX return of FORM, to be filled in and sent back with `campaign return`."""
    from ..clock import today
    from ..errors import Refused, refusals_in
    from ..output import writing_whole
    from . import incoming

    days = (start.date() if start else None, end.date() if end else None)
    try:
        content = incoming.blank(form_id, region, campaign_id, agency_key, days, today())
    except Refused as error:
        for refusal in refusals_in(error):
            click.echo(f"Error: {refusal}", err=True)
        raise SystemExit(1) from None
    with writing_whole(output, binary=True) as out:
        out.write(content)


@click.command("return")
@with_appcontext
@click.argument("form_id", metavar="FORM")
@click.option("--region", required=True, metavar="CODE", help="GB/T 2260; 000000 is the nation.")
@click.option("--agency", "agency_key", required=True, metavar="KEY", help="Whose figures they are.")
@click.option("--campaign", "campaign_id", metavar="ID", help="Default: the campaign that bears the form's id.")
@click.option("--marked", type=_FILE, help="Write a copy of a refused XLSX there, its wrong cells marked.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def file_return(
    form_id: str, region: str, agency_key: str, campaign_id: str | None, marked: Path | None, file: Path
) -> None:
    """File the return in FILE (JSON, or the XLSX that `campaign blank` wrote); it replaces one for the same days."""
    from ..clock import today
    from ..errors import Refused, refusals_in
    from ..extensions import unit_of_work
    from . import incoming

    asked = None
    try:
        with unit_of_work():
            asked = incoming.asked(form_id, region, agency_key, campaign_id)
            filed = incoming.file_from(file, asked, today())
            told = [*map(str, filed.remarks), *filed.warnings]
            words = f"filed {form_id} {region} {filed.row.period}: {asked.agency.name}"
    except Refused as error:
        for refusal in refusals_in(error):
            place = (refusal.field or "").removeprefix("cell:").strip("@")
            click.echo(": ".join(filter(None, (file.name, place, str(refusal)))), err=True)
        if marked is not None and asked is not None:
            _write_marked(marked, file, asked, refusals_in(error))
        raise SystemExit(1) from None
    for line in told:
        click.echo(f"{file.name}: {line}", err=True)
    click.echo(words)


def _write_marked(path: Path, file: Path, asked: Any, refusals: list[Any]) -> None:
    """The marked copy of a refused workbook; a file that cannot be opened has none."""
    from ..clock import today
    from ..errors import Refusal
    from ..output import writing_whole
    from . import incoming

    try:
        content = incoming.marked_copy(file, asked, refusals, today())
    except Refusal:
        click.echo(f"{file.name}: no workbook that can be marked; nothing is written to {path}", err=True)
        return
    with writing_whole(path, binary=True) as out:
        out.write(content)
    click.echo(f"marked copy: {path}", err=True)


@click.command("verify-snapshots")
@with_appcontext
def verify_snapshots() -> None:
    """Recompute the hash of everything that was reported; name each snapshot that is not what its hash says.

    Exits 1 when there is one.
    """
    from . import snapshots

    faults = list(snapshots.verify())
    for one in faults:
        place = f"return {one.return_id}, No. {one.number}"
        click.echo(f"{place}: the hash is {one.sha256}, the content gives {one.found}", err=True)
    if faults:
        raise SystemExit(1)
    click.echo("every snapshot is what its hash says")
