"""The nodes of a form definition as they are written, and where, so that a refusal names the line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ... import limits
from ...objections import N_
from .draft import Draft

ID = re.compile(r"[\w-]+")
BAD_ID = N_("“%(id)s” cannot be an id: only letters, digits, _ and -")

Templates = dict[str, list[dict[str, Any]]]


class Place:
    """A table of the file, as a refusal names it."""

    def __init__(self, draft: Draft, table: str, index: int) -> None:
        self.draft, self.table_name, self.index, self.place = draft, table, index, f"[{table}]"

    def line(self, key: str) -> int | None:
        return self.draft.lines.key(self.table_name, self.index, key)

    def refuse(self, key: str, message: str, **params: object) -> None:
        self.draft.refuse(self.line(key), self.place, message, **params)

    def refuse_unknown(self, key: str, message: str, word: str, words: Iterable[str]) -> None:
        self.draft.refuse_unknown(self.line(key), self.place, message, word, words)


class Entry(Place):
    """One node as written, with where it stands; nodes of a template stand in the template's list."""

    def __init__(self, axis: str, index: int, table: dict[str, Any], line: int | None, draft: Draft) -> None:
        super().__init__(draft, axis, index)
        self.table, self.own_line, self.place = table, line, f'{axis} "{table["id"]}"'

    def line(self, key: str) -> int | None:
        return self.own_line if self.index < 0 else super().line(key)


def read_templates(draft: Draft, node_keys: Mapping[str, Any], *, report: bool = True) -> Templates:
    """The node lists of [[template]] by id; problems are noted once, when `report` is set."""
    templates: Templates = {}
    for index, table in enumerate(draft.many("template")):
        place, start = f'template "{table["id"]}"', draft.lines.table("template", index)
        if report and table["id"] in templates:
            draft.refuse(draft.lines.key("template", index, "id"), place, N_("the id is already used"))
        if len(table["nodes"]) > limits.NODES:
            if report:
                draft.refuse(start, place, N_("more than %(most)s nodes in one template"), most=limits.NODES)
            continue
        for node in table["nodes"] if report else ():
            line = draft.lines.containing(f'"{node.get("id")}"', start)
            if not isinstance(node.get("id"), str):
                draft.refuse(start, place, N_("“%(key)s” is missing"), key="nodes.id")
            for key, value in node.items():
                if key not in node_keys:
                    draft.refuse_unknown(line, place, N_("unknown key “%(word)s”"), key, node_keys)
                elif not node_keys[key](value):
                    draft.refuse(line, place, N_("“%(key)s” has the wrong kind of value"), key=key)
        templates[table["id"]] = [node for node in table["nodes"] if isinstance(node.get("id"), str)]
    return templates


def read_entries(draft: Draft, axis: str, templates: Templates) -> Iterator[Entry]:
    for index, table in enumerate(draft.many(axis)):
        entry = Entry(axis, index, table, draft.lines.table(axis, index), draft)
        if not ID.fullmatch(table["id"]):
            entry.refuse("id", BAD_ID, id=table["id"])
        yield entry
        yield from _repeated(entry, templates, ())


def _repeated(entry: Entry, templates: Templates, around: tuple[str, ...]) -> Iterator[Entry]:
    """The nodes of the template that an entry repeats, and of those that these repeat."""
    name = entry.table.get("repeat")
    if name is None:
        return
    if name not in templates:
        entry.refuse_unknown("repeat", N_("“repeat” names the unknown template “%(word)s”"), name, templates)
        return
    if name in around:
        entry.refuse("repeat", N_("the template “%(name)s” repeats itself"), name=name)
        return
    for node in templates[name]:
        table = _under(entry.table["id"], node, templates[name])
        inner = Entry(entry.table_name, -1, table, entry.line("repeat"), entry.draft)
        yield inner
        yield from _repeated(inner, templates, (*around, name))


def _under(node_id: str, node: dict[str, Any], template: list[dict[str, Any]]) -> dict[str, Any]:
    """A template's node hung under a node: its id, and what it names within the template, get that node's prefix."""
    own = {n["id"] for n in template}
    result = dict(node) | {"id": f"{node_id}.{node['id']}"}
    result["up"] = f"{node_id}.{node['up']}" if node.get("up") in own else node_id
    if "total" in node:
        result["total"] = [f"{node_id}.{i}" if i in own else i for i in node["total"]]
    return result
