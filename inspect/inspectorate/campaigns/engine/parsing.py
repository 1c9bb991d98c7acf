"""From a TOML file to a `FormDefinition`, or to all its problems at once, each with its line."""

import re
import tomllib
from datetime import date
from pathlib import Path

from ... import limits
from ...characters import UNPRINTABLE
from ...objections import N_
from . import parsing_parts
from .definition import (
    Axis,
    Department,
    FormDefinition,
    Period,
    Report,
    Table,
    Tree,
)
from .draft import Draft, place_of
from .entries import BAD_ID, ID, read_templates
from .parsing_nodes import read_axis, single_column
from .parsing_references import check_references, measured_axis
from .problems import DefinitionError, Problem
from .shapes import NODE_KEYS, read_tables
from .toml_lines import Lines
from .vocabulary import AXIS_CHOICES, PERIOD_KINDS

_REPORT_KEYS = ("chain", "due", "empty", "seal", "signers", "accompany")
_PERIOD_KEYS = ("kind", "from", "to")
_DAY = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_LEAP_YEAR = 2000


def load(path: Path) -> FormDefinition:
    """Read a form definition from a file.

    Raises:
        DefinitionError: with every problem, file and line.
        OSError: the file cannot be read.
    """
    return parse(read(path), path.name)


def read(path: Path) -> str:
    """The text of a file, no more of it than a definition may have.

    Raises:
        DefinitionError: it is no UTF-8 text.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(4 * limits.DEFINITION + 1)
    if len(content) > 4 * limits.DEFINITION:
        raise DefinitionError(path.name, [_too_long()])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError(path.name, [Problem(1, "", N_("the file is not UTF-8 text"))]) from None


def _too_long() -> Problem:
    message = N_("the definition is longer than %(most)s characters; divide it into several forms")
    return Problem(1, "", message, {"most": str(limits.DEFINITION)})


def parse(text: str, file: str = "form.toml") -> FormDefinition:
    """Read a form definition.

    Raises:
        DefinitionError: with every problem, file and line.
    """
    draft = read_shapes(text, file)
    if draft.problems:  # shapes first: references make sense only between well-formed tables
        raise DefinitionError(file, draft.problems)
    definition = _definition(draft)
    if draft.problems:
        raise DefinitionError(file, draft.problems)
    return definition


def read_shapes(text: str, file: str) -> Draft:
    """The tables of a file, and what is wrong with their keys and kinds of values; not yet what they refer to.

    Raises:
        DefinitionError: it is no TOML, or far too long.
    """
    if len(text) > limits.DEFINITION:
        raise DefinitionError(file, [_too_long()])
    text = UNPRINTABLE.sub("", text)
    try:
        document = tomllib.loads(text)
    except RecursionError:
        raise DefinitionError(file, [_syntax_problem("brackets are nested too deeply", text)]) from None
    except ValueError as error:  # not only TOMLDecodeError: a number of 5,000 figures too
        raise DefinitionError(file, [_syntax_problem(str(error), text)]) from None
    draft = Draft(file, Lines(text))
    read_tables(draft, document)
    return draft


def _syntax_problem(error: str, text: str) -> Problem:
    reason, _, position = error.partition(" (at ")
    number = position.removeprefix("line ").split(",")[0]
    line = int(number) if number.isdigit() else len(text.splitlines())
    return Problem(line, "", N_("not valid TOML: %(reason)s"), {"reason": reason})


def _definition(draft: Draft) -> FormDefinition:
    columns = read_axis(draft, "col", read_templates(draft, NODE_KEYS))
    lines = read_axis(draft, "row", read_templates(draft, NODE_KEYS, report=False))
    for name, axis in (("col", columns), ("row", lines)):
        if draft.many(name) and not axis.tree.nodes:  # whatever refers to a tree that cannot be read would be wrong too
            raise DefinitionError(draft.file, draft.problems)
    cols, rows = columns.tree if columns.tree.nodes else single_column(), lines.tree
    measures_on = measured_axis(draft, columns.entries, lines.entries)
    check_references(columns.entries, lines.entries, cols, rows)
    rates, rates_on = parsing_parts.read_rates(draft, cols, rows)
    return FormDefinition(
        id=draft.one("form")["id"],
        title=draft.one("form")["title"],
        about=_about(draft),
        period=_period(draft),
        report=_report(draft),
        departments=_departments(draft, cols, rows),
        axes=_axes(draft),
        cols=cols,
        rows=rows,
        rates=rates,
        rates_on=rates_on or measures_on,
        checks=parsing_parts.read_checks(draft, cols, rows, rates),
        feet=parsing_parts.read_feet(draft),
        statements=parsing_parts.read_statements(draft),
        attachments=parsing_parts.read_attachments(draft),
        known=tuple(draft.many("known")),
        evidence=draft.one("evidence"),
        measures_on=measures_on,
        warnings=tuple(draft.warnings),
    )


def _about(draft: Draft) -> Table:
    draft.check_choice("form", 0, "annulled", ("count",))
    draft.check_choice("form", 0, "penalties", ("heaviest",))
    form_id = draft.one("form")["id"]
    if not ID.fullmatch(form_id):
        draft.refuse(draft.lines.key("form", 0, "id"), "[form]", BAD_ID, id=form_id)
    return draft.one("form")


def _period(draft: Draft) -> Period:
    table = draft.one("period")
    if table:
        draft.check_choice("period", 0, "kind", PERIOD_KINDS)
    start, end = table.get("from"), table.get("to")
    if start and end and end < start:
        draft.refuse(draft.lines.key("period", 0, "to"), "[period]", N_("“to” lies before “from”"))
    more = {k: v for k, v in table.items() if k not in _PERIOD_KEYS}
    return Period(table.get("kind", "on-demand"), start, end, more)


def _report(draft: Draft) -> Report:
    table = draft.one("report")
    for part, due in table.get("due", {}).items():
        if not _may_be_a_day(due):
            message = N_("“due”: “%(day)s” for “%(part)s” is no day of the calendar")
            draft.refuse(draft.lines.key("report", 0, "due"), "[report]", message, day=due, part=part)
    empty = table.get("empty", "unstated")
    return Report(
        chain=tuple(table.get("chain", ())),
        due=table.get("due", {}),
        empty=empty if empty in ("blank-ok", "zero-fill") else "unstated",
        seal=table.get("seal", False),
        signers=tuple(table.get("signers", ())),
        accompany=tuple(table.get("accompany", ())),
        more={k: v for k, v in table.items() if k not in _REPORT_KEYS},
    )


def _may_be_a_day(due: object) -> bool:
    """Whether words that begin like a day (11-30, 2026-11-30) name one that there is; other words are only shown."""
    found = _DAY.match(due) if isinstance(due, str) else None
    if found is None:
        return True
    try:
        date(int(found["year"] or _LEAP_YEAR), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True


def _departments(draft: Draft, cols: Tree, rows: Tree) -> tuple[Department, ...]:
    departments = []
    for index, table in enumerate(draft.many("dept")):
        draft.check_choice("dept", index, "via", ("system", "return"))
        for node_id in table.get("supplies", ()):
            if node_id not in cols and node_id not in rows:
                line = draft.lines.key("dept", index, "supplies")
                message = N_("“supplies” names “%(word)s”, which is no column or row")
                draft.refuse_unknown(line, place_of("dept", table), message, node_id, [*cols.nodes, *rows.nodes])
        supplies = tuple(table.get("supplies", ()))
        departments.append(
            Department(table["id"], table.get("name", table["id"]), supplies, table.get("via", "system"))
        )
    return tuple(departments)


def _axes(draft: Draft) -> tuple[Axis, ...]:
    for index, table in enumerate(draft.many("axis")):
        for choice in table["choices"]:
            if choice not in AXIS_CHOICES:
                line = draft.lines.key("axis", index, "choices")
                message = N_("unknown choice “%(word)s”")
                draft.refuse_unknown(line, place_of("axis", table), message, choice, AXIS_CHOICES)
    return tuple(Axis(table["id"], tuple(table["choices"])) for table in draft.many("axis"))
