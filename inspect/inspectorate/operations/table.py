"""The table of settings as the documentation shows it: ``python -m inspectorate.operations.table FILE`` writes it."""

import sys
from pathlib import Path

from ..config import SETTINGS, Setting

START = "<!-- the settings: written by inspectorate.operations.table -->"
END = "<!-- end of the settings -->"


def table() -> str:
    """Markdown: name, what it means, kind, default."""
    head = "| name | means | is | by default |\n|---|---|---|---|\n"
    return head + "".join(f"{_row(setting)}\n" for setting in SETTINGS)


def _row(setting: Setting) -> str:
    name = f"`{setting.name}`" + (" (secret)" if setting.secret else "")
    return f"| {name} | {setting.means} | {setting.kind.words} | {setting.otherwise or _in_words(setting.default)} |"


def _in_words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"`{value}`"


def write(path: Path) -> None:
    """Put the table between its marks."""
    text = path.read_text()
    before, rest = text.split(START)
    path.write_text(f"{before}{START}\n{table()}{END}{rest.split(END)[1]}")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
