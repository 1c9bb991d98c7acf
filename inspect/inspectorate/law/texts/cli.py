"""``flask law load-texts | article``."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ...clock import today
from ..answers import dump, or_refuse, refuse
from ..statutes import Citation, Law, UnknownLaw, law
from . import store
from .articles import Found, article_on
from .loading import LoadedText, NotLoaded, Outcome, load_folder
from .model import Paragraph


@click.command("load-texts")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
def load_texts_command(folder: Path, as_document: bool) -> None:
    """Loads the statute texts of a folder (<law id>@<day of adoption>.md): all of them, or none."""
    into = store.folder()
    if into is None:
        refuse(["there is no folder to load texts into; set DATA_DIR"])
    try:
        found = or_refuse(lambda: load_folder(folder, into))
    except NotLoaded as error:
        refuse([*error.problems, "nothing was loaded"])
    if as_document:
        click.echo(dump({"folder": str(into), "texts": [_loaded_as_json(each) for each in found]}))
        return
    for each in found:
        if each.outcome is not Outcome.SAME:
            click.echo(_told(each))
    counts = ", ".join(
        f"{number} {words}"
        for outcome, words in ((Outcome.NEW, "new"), (Outcome.REPLACED, "replaced"), (Outcome.SAME, "already here"))
        if (number := sum(each.outcome is outcome for each in found))
    )
    click.echo(f"{len(found)} texts: {counts}")


def _told(each: LoadedText) -> str:
    text = each.text
    late = f", begins with article {text.begins_late}" if text.begins_late else ""
    return f"{text.law}@{text.adopted}: {each.outcome}, {len(text.articles)} articles{late}"


def _loaded_as_json(each: LoadedText) -> dict[str, Any]:
    text = each.text
    return {
        "law": text.law,
        "version": text.adopted,
        "outcome": str(each.outcome),
        "articles": len(text.articles),
        "first_article": text.articles[0].number,
        "last_article": text.articles[-1].number,
    }


@click.command("article")
@click.argument("law_id", metavar="LAW")
@click.argument("number", metavar="ARTICLE", type=click.IntRange(1, 9999))
@click.option("--suffix", type=click.IntRange(1, 99), help="1 for 之一, 2 for 之二.")
@click.option("--paragraph", type=click.IntRange(1, 99), help="Only this paragraph (款).")
@click.option("--item", type=click.IntRange(1, 99), help="Only this item (项).")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it is in force. Default: today.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
def article_command(
    law_id: str,
    number: int,
    suffix: int | None,
    paragraph: int | None,
    item: int | None,
    on: datetime | None,
    as_document: bool,
) -> None:
    """The text of an article in force on a day, from a loaded text of the very version that applies that day."""
    citation = Citation(law_id, number, paragraph, item, suffix)
    day = on.date() if on else today()
    try:
        found = or_refuse(lambda: article_on(citation, day))
    except UnknownLaw as error:
        refuse([str(error)])
    lack = _lack(found, day)
    if as_document:
        click.echo(dump(_as_json(found, day, there=lack is None)))
    if lack:
        refuse([lack])
    if not as_document:
        click.echo(_readable(found))


def _lack(found: Found, day: date) -> str | None:
    """Why there is no text to show."""
    cited, version = found.citation, found.version
    if version is None:
        return _no_version(law(cited.law), day)
    if found.text is None:
        here = f"loaded: {', '.join(found.loaded)}" if found.loaded else "no version of it is loaded"
        return f"on {day} version {version.name} of {cited.law} applies, of which no text is loaded; {here}"
    if found.text.begins_late and cited.article < found.text.begins_late:
        return f"the text of {cited.law}, version {version.name}, begins with article {found.text.begins_late}"
    if lack := found.text.lack(cited):
        return f"{cited.zh()}, version {version.name}: {lack}"
    return None


def _no_version(cited: Law, day: date) -> str:
    if day < cited.in_force_from:
        return f"{cited.id} was not yet in force on {day}, only from {cited.in_force_from}"
    if cited.repealed_on and day >= cited.repealed_on:
        return f"{cited.id} was no longer in force on {day}: it ended on {cited.repealed_on}"
    first = cited.versions[0]
    known = f"the first is {first.name}, from {first.in_force_from}"
    return f"which version of {cited.id} applied on {day} is not recorded: {known}"


def _as_json(found: Found, day: date, *, there: bool) -> dict[str, Any]:
    version = found.version
    document: dict[str, Any] = {
        **found.citation.as_dict(),
        "title": law(found.citation.law).title,
        "on": day.isoformat(),
        "version": version.name if version else None,
        "in_force_from": version.in_force_from.isoformat() if version else None,
        "loaded": list(found.loaded),
        "heading": None,
        "text": None,
        "paragraphs": None,
    }
    if there and found.article:
        shown = _shown(found)
        document["heading"] = list(found.article.heading)
        document["text"] = "\n".join(_lines(found))
        document["paragraphs"] = [
            {"number": number, "text": each.text, "items": [item._asdict() for item in each.items]}
            for number, each in shown
        ]
    return document


def _shown(found: Found) -> list[tuple[int, Paragraph]]:
    """What was asked for, paragraph by paragraph with its number: of an item, its paragraph with this item alone."""
    assert found.article is not None
    numbered = list(enumerate(found.article.paragraphs, 1))
    if found.paragraph is None:
        return numbered
    number, paragraph = numbered[found.paragraph - 1]
    item = found.citation.item and paragraph.item(found.citation.item)
    return [(number, paragraph._replace(items=(item,)) if item else paragraph)]


def _lines(found: Found) -> list[str]:
    return [line for _, paragraph in _shown(found) for line in paragraph.lines()]


def _readable(found: Found) -> str:
    assert found.article is not None and found.version is not None
    heading = " ".join(part.replace("　", " ") for part in found.article.heading)
    head = f"{found.citation.zh(full=True)}（{found.version.name}，自{found.version.in_force_from}起施行）"
    return "\n".join(filter(None, (head, heading, *_lines(found))))
