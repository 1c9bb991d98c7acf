"""``flask law check``."""

from pathlib import Path
from typing import Any

import click

from ..answers import dump, or_refuse, refuse
from ..texts import store
from ..texts.loading import read_folder
from .catalogue import Report, check
from .cited import others
from .problems import Problem
from .texts import TextOf


@click.command("check")
@click.option(
    "--texts",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Compare with the texts of this folder. Default: with those that are loaded.",
)
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
def check_command(folder: Path | None, as_document: bool) -> None:
    """Checks the catalogue: every citation names a known law and article, every rule has dates and an example.

    Where the text of a version is there, every citation leads to an article, paragraph and item of it, and every
    figure of a rule that says so was compared stands in what it cites.
    """
    text_of, unreadable = _texts(folder)
    report = or_refuse(lambda: check(text_of, others()))
    problems = [*unreadable, *report.problems]
    if as_document:
        click.echo(dump(_as_json(report, problems)))
    else:
        click.echo(_summary(report))
    if problems:
        refuse([] if as_document else [str(problem) for problem in problems])


def _texts(folder: Path | None) -> tuple[TextOf, list[Problem]]:
    """What gives the texts, and what is wrong with those that cannot be read."""
    source = folder or store.folder()
    if source is None or not source.is_dir():
        return (lambda _law, _version: None), []
    found, unreadable = or_refuse(lambda: read_folder(source))
    texts = {(text.law, text.adopted): text for text in found.values()}
    return (lambda law, version: texts.get((law, version))), [
        Problem(str(each), "cannot be read") for each in unreadable
    ]


def _as_json(report: Report, problems: list[Problem]) -> dict[str, Any]:
    return {
        **report._asdict(),
        "compared": report.compared._asdict(),
        "ok": not problems,
        "problems": [problem._asdict() for problem in problems],
    }


def _summary(report: Report) -> str:
    verified = ", ".join(f"{count} {name}" for name, count in report.by_verification.items())
    head = f"{report.laws} laws, {report.violations} violations ({verified}), {report.examples} examples"
    compared = report.compared
    if not compared.texts:
        return f"{head}; no statute text is loaded"
    return (
        f"{head}; compared with {compared.texts} texts: {compared.citations} citations, {compared.figures} figures; "
        f"{len(compared.without_text)} rules said to be compared have no text here"
    )
