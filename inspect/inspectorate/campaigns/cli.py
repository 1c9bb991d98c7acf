"""``flask campaign``: forms and returns in, filled tables and typical cases out."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ..returns.cli import file_return, verify_snapshots, write_blank

campaign_cli = AppGroup("campaign", help="Campaigns: forms, summary tables, typical cases.")
campaign_cli.add_command(write_blank)
campaign_cli.add_command(file_return)
campaign_cli.add_command(verify_snapshots)

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(dir_okay=False, path_type=Path)


@campaign_cli.command("load-form")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_form(file: Path) -> None:
    """Accept the form definition in FILE, or say in which line it is wrong and why."""
    from ..accounts.actor import SYSTEM
    from ..extensions import unit_of_work
    from . import actions
    from .engine.parsing import parse, read
    from .engine.problems import DefinitionError

    try:
        text = read(file)
        form = parse(text, file.name)
        with unit_of_work():
            actions.load_form(SYSTEM, text, file.name)
    except DefinitionError as error:
        for line in error.lines(_):
            click.echo(line, err=True)
        raise SystemExit(1) from None
    for warning in DefinitionError(file.name, form.warnings).lines(_):
        click.echo(warning, err=True)
    click.echo(f"loaded {form.id}: {form.title}")


@campaign_cli.command("summary")
@click.argument("form_id", metavar="FORM")
@click.option("--region", required=True, metavar="CODE", help="GB/T 2260; 000000 is the nation.")
@click.option("--campaign", "campaign_id", metavar="ID", help="Default: the campaign that bears the form's id.")
@click.option("--from", "start", type=_DAY, metavar="D", help="First day, included. Default: as the campaign or form.")
@click.option("--to", "end", type=_DAY, metavar="D", help="Last day, included.")
@click.option("--by", metavar="AXIS", help="The same table once for each region, agency, industry, …")
@click.option("--format", "kind", required=True, type=click.Choice(["json", "csv", "xlsx", "docx", "pdf"]))
@click.option("-o", "--output", type=_FILE, help="Write there, whole or not at all.")
def summary(
    form_id: str,
    region: str,
    campaign_id: str | None,
    start: datetime | None,
    end: datetime | None,
    by: str | None,
    kind: str,
    output: Path | None,
) -> None:
    """The filled table of FORM for a region."""
    from ..audit import access
    from ..clock import today
    from ..output import writing_whole
    from .files import TABLE_FILES
    from .summary import axes_of, summarise

    form = _form(form_id)
    _check_region(region)
    _check_campaign(campaign_id)
    if by is not None and by not in axes_of(form):
        raise click.ClickException(f"--by: {by!r} is no axis of {form_id}; known: {', '.join(axes_of(form))}")
    file = TABLE_FILES[kind]
    access.exported("campaigns:table:export", f"{form_id} {region} {kind} → {output or '-'}")
    with writing_whole(output, binary=file.binary) as out:
        filled = summarise(form, region, today=today(), campaign_id=campaign_id, days=_days(start, end), by=by)
        out.write(file.make(filled))


@campaign_cli.command("cases")
@click.argument("form_id", metavar="FORM")
@click.option("--region", required=True, metavar="CODE", help="GB/T 2260; 000000 is the nation.")
@click.option("--campaign", "campaign_id", metavar="ID", help="Default: the campaign that bears the form's id.")
@click.option("--format", "kind", required=True, type=click.Choice(["json", "docx", "pdf"]))
@click.option("-o", "--output", type=_FILE, help="Write there, whole or not at all.")
def cases(form_id: str, region: str, campaign_id: str | None, kind: str, output: Path | None) -> None:
    """The typical-case material: the cases chosen for the region, or, where nobody has chosen, the first candidates."""
    from ..accounts.actor import SYSTEM
    from ..audit import access
    from ..clock import today
    from ..errors import Refused, refusals_in
    from ..output import writing_whole
    from ..typical.candidates import proposed
    from ..typical.files import CASE_FILES
    from ..typical.material import Chosen, material
    from ..typical.queries import chosen as chosen_for
    from ..typical.queries import style_of
    from . import queries

    form = _form(form_id)
    _check_region(region)
    _check_campaign(campaign_id)
    bound = campaign_id or form_id
    chosen = chosen_for(SYSTEM, bound, region) or [Chosen(case) for case in proposed(bound, region, today())]
    if not chosen:
        raise click.ClickException(f"no decided case of the campaign {bound!r} in {region}")
    file = CASE_FILES[kind]
    try:
        made = material(form, queries.campaign(bound), region, chosen, style_of(bound, region))
    except Refused as error:
        for refusal in refusals_in(error):
            click.echo(f"Error: {refusal}", err=True)
        raise SystemExit(1) from None
    for entry in made.entries:
        for remark in entry.remarks:
            click.echo(f"{entry.case_number or entry.name}: {remark}", err=True)
    access.exported("typical:case:export", f"{form_id} {region} {kind} → {output or '-'}")
    with writing_whole(output, binary=file.binary) as out:
        out.write(file.make(made))


def _form(form_id: str) -> Any:
    from . import queries

    form = queries.form(form_id)
    if form is None:
        known = ", ".join(queries.form_titles())
        raise click.ClickException(f"there is no form {form_id!r}; known: {known}")
    return form


def _check_region(code: str) -> None:
    from ..accounts.regions import region

    if region(code) is None:
        raise click.ClickException(f"--region: {code!r} is not a region of GB/T 2260")


def _check_campaign(campaign_id: str | None) -> None:
    from . import queries

    if campaign_id is not None and queries.campaign(campaign_id) is None:
        known = ", ".join(one.id for one in queries.all_campaigns())
        raise click.ClickException(f"--campaign: there is no campaign {campaign_id!r}; known: {known}")


def _days(start: datetime | None, end: datetime | None) -> tuple[date | None, date | None] | None:
    if start is None and end is None:
        return None
    first, last = (start.date() if start else None), (end.date() if end else None)
    if first and last and last < first:
        raise click.ClickException(f"--to: {last} lies before --from {first}")
    return first, last
