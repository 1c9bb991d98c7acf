"""``flask campaign return``: a department's figures as a file."""

from pathlib import Path

import click


@click.command("return")
@click.argument("form_id", metavar="FORM")
@click.option("--region", required=True, metavar="CODE", help="GB/T 2260; 000000 is the nation.")
@click.option("--agency", "agency_key", required=True, metavar="KEY", help="Whose figures they are.")
@click.option("--campaign", "campaign_id", metavar="ID", help="Default: the campaign that bears the form's id.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def file_return(form_id: str, region: str, agency_key: str, campaign_id: str | None, file: Path) -> None:
    """File the return in FILE (JSON, or the XLSX that `campaign blank` wrote); it replaces one for the same days."""
    from ..clock import today
    from ..errors import Refused, refusals_in
    from ..extensions import unit_of_work
    from . import incoming

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
        raise SystemExit(1) from None
    for line in told:
        click.echo(f"{file.name}: {line}", err=True)
    click.echo(words)
