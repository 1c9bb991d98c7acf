"""The procedure as a page to read: ``python -m inspectorate.procedure.handbook > docs/procedure.md``."""

from .clocks import clock_rules
from .states import FINAL, State, Step, actions_from

INTRODUCTION = """# The procedure of a case

Made from `inspect/inspectorate/procedure/` by `python -m inspectorate.procedure.handbook`, run in `inspect/`; do not
edit it here.

A case moves only along the rows below. All conditions of a row are checked, and everything that stands against it is
told at once, with its article. Later branches are further rows.
"""


def as_markdown() -> str:
    """The state table and the clocks as Markdown."""
    lines = [INTRODUCTION, "## Steps", ""]
    for state in State:
        lines += _state(state)
    lines += ["## Clocks", "", "| clock | from | until | term | whose | article |", "|---|---|---|---|---|---|"]
    for row in clock_rules():
        term = f"{row.term.length} {row.term.kind.replace('_', ' ')}" + (", postponed" if row.term.postponed else "")
        sectors = f" ({', '.join(sorted(row.sectors))})" if row.sectors else ""
        until = _words(row.stops) if row.stops else "–"
        lines.append(
            f"| {row.label}{sectors} | {_words(row.starts)} | {until} | {term} | {row.whose} | {row.citation.zh()} |"
        )
    return "\n".join(lines) + "\n"


def _state(state: State) -> list[str]:
    if state in FINAL:
        return [f"### {_words(state)}", "", "Nothing follows.", ""]
    head = ["| action | leads to | permission | conditions | papers | article |", "|---|---|---|---|---|---|"]
    rows = [_row(action, row) for action, row in actions_from(state).items()]
    return [f"### {_words(state)}", "", *head, *rows, ""]


def _row(action: str, row: Step) -> str:
    conditions = ", ".join(_words(guard.__name__) for guard in row.guards)
    return (
        f"| {_words(action)} | {_words(row.next)} | `{row.permission}` | {conditions} | {' '.join(row.documents)} "
        f"| {row.article.zh()} |"
    )


def _words(name: str) -> str:
    return name.replace("_", " ")


if __name__ == "__main__":
    print(as_markdown(), end="")
