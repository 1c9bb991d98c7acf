"""``flask import`` and ``flask export``."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from ..accounts.actor import NATION, SYSTEM
from ..accounts.regions import region as region_of
from ..extensions import db, unit_of_work
from .records import RECORDS, written

LONGEST_SOURCE = 60


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="local", help="Who sends the records; keys are unique per source.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@click.option("--partial", is_flag=True, help="Load the good records although others are refused.")
@with_appcontext
def import_records(file: Path, source: str, dry_run: bool, partial: bool) -> None:
    """Load interchange records from FILE (JSON Lines or XLSX)."""
    from .faults import Unreadable
    from .loading import Loader
    from .reading import read

    if not 0 < len(source) <= LONGEST_SOURCE:
        raise click.BadParameter(f"write 1 to {LONGEST_SOURCE} characters", param_hint="--source")
    loader = Loader(SYSTEM, source)
    try:
        with unit_of_work():
            report = loader.load(read(file))
            if dry_run or (report.refused and not partial):
                raise _Undone
    except _Undone:
        pass
    except Unreadable as error:
        raise click.ClickException(str(error)) from None
    for refused in report.refused:
        click.echo(str(refused), err=True)
    if report.refusals > len(report.refused):
        click.echo(f"… and {report.refusals - len(report.refused)} more refusals", err=True)
    nothing = dry_run or (report.refused and not partial)
    _tell(report, "would be loaded" if dry_run else "loaded", nothing=bool(nothing) and not dry_run)
    some = report.already_here or any(report.loaded.values())
    sys.exit(1 if report.refused and (nothing or not some) else 0)


class _Undone(Exception):
    """Rolls back a unit of work that must not stay."""


def _tell(report: Any, verb: str, *, nothing: bool) -> None:
    if nothing:
        click.echo(f"nothing was loaded: {report.refusals} refusals", err=True)
        return
    loaded = ", ".join(f"{number} {kind}" for kind, number in report.loaded.items() if number) or "nothing"
    click.echo(f"{verb}: {loaded}")
    if report.already_here:
        click.echo(f"already here: {report.already_here}")
    if report.remarked:
        click.echo(f"with a remark where law or procedure was not followed: {report.remarked}")


@click.command("export")
@click.option("--type", "kind", type=click.Choice(list(RECORDS)), help="Only records of one type.")
@click.option("--region", metavar="CODE", help="Only records of a region and those below it.")
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, whole or not at all."
)
@with_appcontext
def export_records(kind: str | None, region: str | None, drafts: bool, output: Path | None) -> None:
    """Write the records back, in a fixed order; that it was done is entered in the record."""
    from ..audit import access
    from ..output import writing_whole
    from .writing import export

    if region is not None and region_of(region) is None:
        raise click.ClickException(f"--region: {region!r} is not a region of GB/T 2260")
    what = f"{kind or '*'} {region or NATION}{' --drafts' if drafts else ''} → {output or '-'}"
    access.exported("interchange:records:export", what)
    with writing_whole(output) as file:
        for one in [kind] if kind else RECORDS:
            for record in export(one, region, drafts=drafts):
                line = json.dumps(written(record), ensure_ascii=False, separators=(",", ":"))
                file.write(line.encode() + b"\n")
    db.session.rollback()
