"""``flask law check``."""

from pathlib import Path
from typing import Any

import click

from ..answers import dump, or_refuse, refuse
from ..texts import store
from ..texts.loading import read_folder
from ..texts.model import Text
from .catalogue import Report, check
from .cited import others
from .problems import Problem
from .uncovered import Uncovered, uncovered


@click.command("check")
@click.option(
    "--texts",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Compare with the texts of this folder. Default: with those that are loaded.",
)
@click.option(
    "--uncovered", "also_uncovered", is_flag=True, help="Also list the fines in the texts that no rule holds."
)
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
def check_command(folder: Path | None, also_uncovered: bool, as_document: bool) -> None:
    """Checks the catalogue: every citation names a known law and article, every rule has dates and an example.

    Where the text of a version is there, every citation leads to an article, paragraph and item of it, and every
    figure of a rule that says so was compared stands in what it cites.
    """
    texts, unreadable = _texts(folder)
    report = or_refuse(lambda: check(lambda law, version: texts.get((law, version)), others()))
    problems = [*unreadable, *report.problems]
    open_ends = list(uncovered(texts.values())) if also_uncovered else None
    if as_document:
        click.echo(dump(_as_json(report, problems, open_ends)))
    else:
        click.echo("\n".join([_summary(report), *map(str, open_ends or ())]))
    if problems:
        refuse([] if as_document else [str(problem) for problem in problems])


def _texts(folder: Path | None) -> tuple[dict[tuple[str, str], Text], list[Problem]]:
    """The texts by law and version, and what is wrong with those that cannot be read."""
    source = folder or store.folder()
    if source is None or not source.is_dir():
        return {}, []
    found, unreadable = or_refuse(lambda: read_folder(source))
    texts = {(text.law, text.adopted): text for text in found.values()}
    return texts, [Problem(str(each), "cannot be read") for each in unreadable]


def _as_json(report: Report, problems: list[Problem], open_ends: list[Uncovered] | None) -> dict[str, Any]:
    document = {
        **report._asdict(),
        "compared": report.compared._asdict(),
        "ok": not problems,
        "problems": [problem._asdict() for problem in problems],
    }
    if open_ends is not None:
        document["uncovered"] = [{**each._asdict(), "citation": each.citation.as_dict()} for each in open_ends]
    return document


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
