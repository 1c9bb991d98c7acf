"""``flask backup`` and ``flask restore``."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from ..audit.verification.faults import Fault
    from .archive import Manifest


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--despite-faults", is_flag=True, help="Leave out files that are missing or altered, and name them.")
@with_appcontext
def backup(file: Path, despite_faults: bool) -> None:
    """Write everything into FILE: database, evidence, texts of statutes, keys. Others may go on working meanwhile.

    FILE is a ZIP archive that only its owner can read. It holds personal data and the keys of this installation.
    """
    from ..output import writing_whole
    from .actions import Faulty, NotNow, back_up

    try:
        with writing_whole(file, private=True) as target:
            manifest = back_up(target, despite_faults=despite_faults)
    except NotNow as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or file}: {error.strerror}; nothing was written") from None
    except Faulty as error:
        _tell(error.faults)
        raise click.ClickException(
            "nothing was written; --despite-faults makes a backup without these files, and says in it that they lack"
        ) from None
    for sha256 in manifest.missing:
        click.echo(f"left out: {sha256}", err=True)
    click.echo(f"{file}: {_told(manifest)}, {file.stat().st_size / 1024**2:.1f} MiB")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put what is in FILE in the place of the records that are there.")
@click.option("--despite-faults", is_flag=True, help="Load it although the record does not verify; name the faults.")
@with_appcontext
def restore(file: Path, replace: bool, despite_faults: bool) -> None:
    """Bring back what is in FILE, on SQLite or PostgreSQL, whichever it was made on. Stop the server before.

    Everything is compared with the manifest before, and the whole record verified, before anything is kept.
    """
    from .actions import Faulty, NotNow
    from .actions import restore as bring_back
    from .archive import BadArchive

    try:
        with file.open("rb") as source:
            manifest, faults = bring_back(source, replace=replace, despite_faults=despite_faults)
    except (BadArchive, NotNow) as error:
        raise click.ClickException(f"{file}: {error}") from None
    except Faulty as error:
        _tell(error.faults)
        raise click.ClickException(f"{file}: the record in it does not verify; nothing was changed") from None
    _tell(faults)
    verified = "loaded despite its faults" if faults else "verified"
    click.echo(f"restored {_told(manifest)}; {verified}")


def _tell(faults: Iterable["Fault"]) -> None:
    for fault in faults:
        click.echo(fault, err=True)


def _told(manifest: "Manifest") -> str:
    what = f"{manifest.rows:,} rows of {len(manifest.tables)} tables, {manifest.files:,} files"
    if manifest.texts:
        what += f", {len(manifest.texts)} texts of statutes"
    return f"{what}, as of {manifest.made_at}, up to seal {manifest.seal}"
