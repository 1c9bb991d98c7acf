"""``flask document``: one enforcement document of a case as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from ..output import writing_whole

if TYPE_CHECKING:
    from ..cases.models import Case


@click.command("document")
@click.argument("case")
@click.argument("kind")
@click.option("--format", "format", type=click.Choice(["pdf", "docx"]), required=True)
@click.option("--number", help="The document's own number, where the case has several of this kind.")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Where the file is written.")
@with_appcontext
def document_cli(case: str, kind: str, format: str, number: str | None, output: Path | None) -> None:
    """Write the document KIND (such as D34) of the case numbered CASE.

    Where it has not been issued, a draft is made of what the case file holds, marked 草稿 and without a number.
    """
    from ..audit import access

    access.exported("documents:document:download", f"{case} {kind.upper()}.{format} → {output or '-'}")
    with writing_whole(output, binary=True) as file:
        file.write(_content(case, kind.upper(), format, number))


def _content(case_number: str, kind: str, format: str, number: str | None) -> bytes:
    from ..accounts.actor import SYSTEM
    from . import papers, queries
    from .layouts import kinds, layout

    if kind not in kinds():
        raise click.ClickException(f"KIND: there is no document {kind}; known are {', '.join(kinds())}")
    found = queries.cases_numbered(SYSTEM, case_number)
    if not found:
        raise click.ClickException(f"CASE: no case has the number {case_number}")
    if len(found) > 1:
        raise click.ClickException(f"CASE: {len(found)} cases of different agencies have the number {case_number}")
    document = queries.current_document(found[0], kind, number)
    if document is not None:
        return papers.docx_of(document) if format == "docx" else papers.pdf_of(SYSTEM, document, in_process=True)
    title = f"{kind} {layout(kind).title}"
    if number is not None or not found[0].respondents:
        named = f" with the number {number}" if number else ""
        raise click.ClickException(f"{case_number}: no {title}{named} has been issued in this case")
    click.echo(f"{case_number}: no {title} has been issued; this is a draft", err=True)
    return _draft(found[0], kind, format)


def _draft(case: "Case", kind: str, format: str) -> bytes:
    from .. import clock
    from ..cases.snapshots import snapshot_of
    from . import papers

    today = clock.today()
    paper = papers.draft_paper(kind, snapshot_of(case.respondents[0], today, kind), today)
    return papers.docx_of_paper(paper) if format == "docx" else papers.pdf_of_paper(paper, in_process=True)
