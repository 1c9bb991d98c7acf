"""``flask law range | export``, and what the texts and checks add. Plain click: no application, database or secret."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ..clock import today
from ..money import plain_yuan
from ..output import writing_whole
from .answers import dump, or_refuse, refuse
from .applicable import compare
from .checks.cli import check_command
from .examples import base_amount
from .export import as_json
from .facts import Facts, NoRange, Unknown
from .listing import listed_by_law
from .ranges import PenaltyRange, range_for
from .steps import Step
from .texts.cli import article_command, load_texts_command
from .violations import UnknownViolation, Violation, violation

_BASE_OPTIONS = (
    "illegal_income",
    "goods_value",
    "ad_cost",
    "personal_income",
    "last_year_income",
    "evaded_duty",
)
# Two bases have shorter names on the command line than in the data.
_BASE_NAMES = {"personal_income": "personal_income_from_unit", "last_year_income": "last_year_income_from_unit"}


@click.group("law")
def law_cli() -> None:
    """What the statutes say: ranges of penalties, the catalogue, the texts."""


for _command in (check_command, load_texts_command, article_command):
    law_cli.add_command(_command)


def _bases(command: Any) -> Any:
    for name in reversed(_BASE_OPTIONS):
        option = click.option(f"--{name.replace('_', '-')}", name, metavar="YUAN|unknown")
        command = option(command)
    return command


@law_cli.command("range")
@click.argument("code")
@click.option("--subject", type=click.Choice(["org", "person", "responsible"]), help="Default: as the violation says.")
@click.option("--tier", help="Default: base, or the only one there is.")
@_bases
@click.option("--base", "others", multiple=True, metavar="NAME=AMOUNT", help="Any other base; may be repeated.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose law applies. Default: today.")
@click.option(
    "--decided-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Also the law of this day, and which of the two applies (行政处罚法 37); --on is then the day of the act.",
)
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
def range_command(
    code: str,
    subject: str | None,
    tier: str | None,
    others: tuple[str, ...],
    on: datetime | None,
    decided_on: datetime | None,
    as_document: bool,
    **options: str | None,
) -> None:
    """The statutory range of the penalty for one violation."""
    bases, problems = _read_bases(options, others)
    entry = _violation(code, problems)
    if problems or entry is None:
        refuse(problems)
    day, facts = on.date() if on else today(), Facts(subject, tier, bases)
    try:
        if decided_on is not None:
            _compared(entry, facts, day, decided_on.date(), as_document)
            return
        found = or_refuse(lambda: range_for(entry, facts, day))
    except NoRange as refusal:
        refuse([str(refusal)])
    click.echo(dump(range_as_json(found)) if as_document else _readable(found))


def _compared(entry: Violation, facts: Facts, act_on: date, decided_on: date, as_document: bool) -> None:
    """The range under the law of the act, with the law of the decision beside it. Raises NoRange."""
    if decided_on < act_on:
        raise click.BadParameter("the decision is before the act", param_hint="--decided-on")
    both = or_refuse(lambda: compare(entry, facts, act_on, decided_on))
    if isinstance(both.at_act, NoRange):
        refuse([both.en])
    later = None if isinstance(both.at_decision, NoRange) else both.at_decision
    if not as_document:
        shown = [_readable(both.at_act), *([_readable(later)] if later else [])]
        click.echo("\n".join([*shown, f"{both.zh}（{'，'.join(listed_by_law(both.citations))}）"]))
        return
    applicable = {
        "day": both.day,
        "no_longer_punished": both.no_longer_punished,
        "zh": both.zh,
        "en": both.en,
        "citations": [citation.as_dict() for citation in both.citations],
        "at_decision": range_as_json(later) if later else None,
    }
    click.echo(dump({**range_as_json(both.at_act), "applicable": applicable}))


@law_cli.command("export")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Written whole or not at all.")
def export_command(output: Path | None) -> None:
    """The whole catalogue as JSON, in the field names of the data files."""
    text = dump(or_refuse(as_json), indent=1)
    if output is None:
        click.echo(text)  # escaped on a terminal that knows no Chinese
        return
    with writing_whole(output) as file:
        file.write(f"{text}\n".encode())


def range_as_json(found: PenaltyRange) -> dict[str, Any]:
    """The range as contract's JSON: sums in yuan with two decimals, None where there is no fine."""
    fine = found.fine and {
        "min": plain_yuan(found.fine.min),
        "max": plain_yuan(found.fine.max),
        "mandatory": found.fine.mandatory,
    }
    return {
        "violation": found.violation.code,
        "tier": found.tier,
        "subject": found.subject,
        "on": found.on.isoformat(),
        "fine": fine,
        "confiscate": list(found.confiscate),
        "confiscate_optional": list(found.confiscate_optional),
        "measures": list(found.measures),
        "orders": list(found.orders),
        "warning": found.warning,
        "public_criticism": found.public_criticism,
        "suspend_business": found.suspend_business,
        "suspend_practice_months": found.suspend_practice_months,
        "revoke": list(found.revoke),
        "revoke_optional": list(found.revoke_optional),
        "application_ban_years": found.application_ban_years,
        "person_ban_years": found.person_ban_years,
        "person_ban_life": found.person_ban_life,
        "police_detention_days": found.police_detention_days,
        "one_of": list(found.one_of),
        "either": list(found.either),
        "other": list(found.other),
        "violated": [citation.as_dict() for citation in found.violated],
        "basis": [citation.as_dict() for citation in found.basis],
        "fine_basis": [citation.as_dict() for citation in found.fine_basis],
        "criminal_transfer": [citation.as_dict() for citation in found.violation.criminal_transfer],
        "versions": dict(found.versions),
        "verification": found.verification,
        "conditions": list(found.conditions),
        "explanation": [step.line() for step in found.steps],
        "steps": [_step(step) for step in found.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {**step._asdict(), "citations": [citation.as_dict() for citation in step.citations]}


def _readable(found: PenaltyRange) -> str:
    head = f"{found.violation.code} {found.violation.title_zh}（{found.tier}，{found.subject}，{found.on.isoformat()}）"
    return "\n".join([head, *(f"  {step.line()}" for step in found.steps)])


def _read_bases(options: dict[str, str | None], others: Sequence[str]) -> tuple[dict[str, int | Unknown], list[str]]:
    """The bases given, and one line for each that is no lawful amount. What is no amount at all is wrong usage."""
    given = {_BASE_NAMES.get(name, name): text for name, text in options.items() if text is not None}
    for pair in others:
        name, separator, text = pair.partition("=")
        if not name or not separator:
            raise click.BadParameter(f"{pair!r} is not NAME=AMOUNT", param_hint="--base")
        given[_BASE_NAMES.get(name, name)] = text
    bases: dict[str, int | Unknown] = {}
    problems = []
    for name, text in given.items():
        try:
            bases[name] = base_amount(name, text)
        except ValueError as error:
            problems.append(
                f"{name} must not be negative: {text}" if text.strip().startswith("-") else f"{name}: {error}"
            )
    return bases, problems


def _violation(code: str, problems: list[str]) -> Violation | None:
    try:
        return or_refuse(lambda: violation(code))
    except UnknownViolation as error:
        problems.insert(0, str(error))
        return None
