"""Whether two texts define the same form, whatever lines they stand in."""

from dataclasses import fields
from typing import Any

from inspectorate.campaigns.engine.definition import FormDefinition, Tree
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.forms_known import FORMS

SHIPPED = sorted(FORMS.glob("*.toml"))
DESCRIPTIVE = ("about", "known", "evidence", "warnings")


def parts(form: FormDefinition) -> dict[str, Any]:
    """What a definition consists of, comparable."""
    found = {field.name: getattr(form, field.name) for field in fields(form)}
    for name, value in found.items():
        if isinstance(value, Tree):
            found[name] = [node._replace(line=None) for node in value]
    return found


def same(one: str, other: str, *, without: tuple[str, ...] = ()) -> bool:
    """Compare definitions part by part, so that a failure names the part."""
    mine, theirs = parts(parse(one)), parts(parse(other))
    for name in mine.keys() - set(without):
        assert mine[name] == theirs[name], name
    return True
