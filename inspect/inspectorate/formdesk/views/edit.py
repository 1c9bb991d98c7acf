"""The parts of a draft, each with the sheet below it: the form as a whole, both outlines, one line, the rest."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...accounts.permissions import Permission
from ...errors import NotFound, Refusal
from ...late_saves import saving
from ...web import current_actor
from .. import actions, guessing, history, outline, queries, quick, shown, spots, words
from ..forms import PARTS, AboutForm, NodeForm, OutlineForm, PartForm
from ..forms import about as about_form
from ..forms import node as node_form
from ..forms.common import ID, nodes
from ..models import FormDraft
from ..source import Source, Table
from .blueprint import bp, drawn, edited, mark

_URL = "/forms/drafts/<int:drafted_id>"
_ACTS: dict[str, Callable[[Source, str, str], object]] = {
    "up": lambda source, name, node_id: outline.move(source, name, node_id, -1),
    "down": lambda source, name, node_id: outline.move(source, name, node_id, 1),
    "indent": outline.indent,
    "outdent": outline.outdent,
    "copy": outline.copy,
    "remove": outline.remove,
}
"""What the buttons of an outline do with the line that is chosen."""


def _table_of(axis: str) -> str:
    """col or row. Raises NotFound."""
    if axis not in outline.AXES:
        raise NotFound
    return outline.AXES[axis]


@bp.route(f"{_URL}/about", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def about(drafted_id: int) -> Any:
    """The form as a whole: title, period, reporting, evidence."""
    draft = queries.draft(current_actor(), drafted_id)

    def make(**sent: Any) -> AboutForm:
        source = Source(draft.definition)
        return AboutForm(data={"version": draft.version} | about_form.shown(source), **sent).offer(source)

    return edited(
        draft, "form", make, lambda form, source: form.change(source),
        lambda _form: url_for("formdesk.about", drafted_id=drafted_id), "formdesk/about.html",
    )  # fmt: skip


@bp.route(
    f"{_URL}/lines/<axis>",
    endpoint="outline",
    methods=["GET", "POST"],
    permission=Permission.CAMPAIGN_WRITE,
)
def lines(drafted_id: int, axis: str) -> Any:
    """Columns or rows as an outline: one line is chosen and moved, or many are added as they stand on the paper."""
    draft, name = queries.draft(current_actor(), drafted_id), _table_of(axis)

    def make(**sent: Any) -> OutlineForm:
        form = OutlineForm(data={"version": draft.version, "chosen": request.args.get("chosen")}, **sent)
        form.under.choices = [("", _("none: outermost")), *nodes(Source(draft.definition), name)]
        return form

    form = make()
    if form.validate_on_submit():
        chosen = str(form.chosen.data or "")
        with saving(form, draft, lambda: make(formdata=None), entries=history.entries):
            return _acted(draft, axis, form, chosen)
    source = Source(draft.definition)
    mistakes = drawn(draft)
    return render_template(
        "formdesk/outline.html",
        form=form,
        draft=draft,
        axis=axis,
        lines=outline.lines(source, name),
        told=_told(draft, axis),
        wrong={one.spot.place: one.text for one in mistakes.mistakes if one.spot.table == name},
        tables=source.many(name),
        preview=mistakes,
    )


def _acted(draft: FormDraft, axis: str, form: OutlineForm, chosen: str) -> Response:
    """Do what the button says, and show the outline with the same line chosen."""
    name, act = outline.AXES[axis], request.form.get("act", "add")
    after = chosen

    def change(source: Source) -> None:
        nonlocal after
        if act == "add":
            _refuse_ids(source, form)
            known = guessing.known_categories(queries.categories().items())
            added = quick.add_lines(source, name, form.typed.data or "", form.under.data or None, known)
            if not added:
                raise Refusal(_("Write the lines to add, one a line."), field="typed")
            after = added[0]
            return
        if act not in _ACTS or source.find(name, chosen) is None:
            raise Refusal(_("Choose a line first: it may have been taken out meanwhile."), field="chosen")
        done = _ACTS[act](source, name, chosen)
        if done is False:
            raise Refusal(_("The line cannot go further that way."), field="chosen")
        after = str(done) if act == "copy" else chosen

    actions.change(current_actor(), draft.id, name, change, version=form.read_version)
    return redirect(url_for("formdesk.outline", drafted_id=draft.id, axis=axis, chosen=after) + "#outline")


def _refuse_ids(source: Source, form: OutlineForm) -> None:
    """An id that is written behind a bar is taken as it is, or not at all."""
    taken = outline.ids(source)
    for line in guessing.outline(form.typed.data or ""):
        if line.id is not None and (not ID.fullmatch(line.id) or line.id in taken):
            message = _("“%(id)s” cannot be the id of “%(line)s”: it is in use, or no id.")
            raise Refusal(message % {"id": line.id, "line": line.label}, field="typed")
        taken.add(str(line.id))


def _told(draft: FormDraft, axis: str) -> dict[str, shown.InWords]:
    """The lines in words, as far as the definition can be read."""
    form = spots.read(draft.definition).form
    if form is None:
        return {}
    tree = form.cols if axis == "cols" else form.rows
    return dict(zip(tree.nodes, shown.lines_of(form, axis), strict=True))


@bp.route(
    f"{_URL}/lines/<axis>/<node_id>", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE
)  # fmt: skip
def node(drafted_id: int, axis: str, node_id: str) -> Any:
    """One column or row with everything it may say."""
    draft, name = queries.draft(current_actor(), drafted_id), _table_of(axis)
    source = Source(draft.definition)
    tables = source.many(name)
    index = next((number for number, one in enumerate(tables) if one.get("id") == node_id), None)
    if index is None:
        raise NotFound

    def make(**sent: Any) -> NodeForm:
        now = Source(draft.definition)
        table = now.find(name, node_id) or Table(name)
        data = {"version": draft.version} | node_form.shown(table.values)
        form = NodeForm(data=data, **sent).offer(now, name, table)
        mark(form, draft, name, index)
        return form

    def bring(form: NodeForm, now: Source) -> None:
        table = now.find(name, node_id)
        if table is None:
            raise Refusal(_("This line has been taken out meanwhile. Copy what you typed and add it anew."))
        table.update(form.values())
        outline.hang(now, name, node_id, form.up.data or None)
        if form.id.data and form.id.data != node_id:
            outline.rename(now, name, node_id, form.id.data)

    order = [line.id for line in outline.lines(source, name)]
    following = next(iter(order[order.index(node_id) + 1 :]), None)

    def done(form: NodeForm) -> str:
        if "next" in request.form and following:
            return url_for("formdesk.node", drafted_id=drafted_id, axis=axis, node_id=following)
        return url_for("formdesk.outline", drafted_id=drafted_id, axis=axis, chosen=form.id.data) + "#outline"

    return edited(
        draft, name, make, bring, done, "formdesk/node.html", axis=axis, node_id=node_id, following=following,
        measures=words.MEASURES,
    )  # fmt: skip


@bp.route(f"{_URL}/more", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def more(drafted_id: int) -> Any:
    """What stands beside the grid, kind by kind; a button moves a part up or takes it out."""
    draft = queries.draft(current_actor(), drafted_id)

    def make(**sent: Any) -> OutlineForm:
        form = OutlineForm(data={"version": draft.version}, **sent)
        form.under.choices = []
        return form

    form = make()
    if form.validate_on_submit():
        with saving(form, draft, lambda: make(formdata=None), entries=history.entries):
            kind = _sent_part()[1]
            actions.change(current_actor(), draft.id, kind, _part_moved, version=form.read_version)
            return redirect(url_for("formdesk.more", drafted_id=drafted_id) + f"#{kind}")
    source = Source(draft.definition)
    return render_template(
        "formdesk/more.html",
        form=form,
        draft=draft,
        kinds=[(kind, words.TABLES[kind], [table.values for table in source.many(kind)]) for kind in PARTS],
        wrong={(one.spot.table, one.spot.place): one.text for one in drawn(draft).mistakes},
        preview=drawn(draft),
    )


def _sent_part() -> tuple[str, str, int]:
    """The button pressed: ``remove:check:2``. Raises Refusal for one that is not on the page."""
    act, _colon, rest = request.form.get("act", "").partition(":")
    kind, _colon, place = rest.partition(":")
    if act not in ("up", "remove") or kind not in PARTS or not (place.isascii() and place.isdigit() and len(place) < 5):
        raise Refusal(_("Press a button beside one of the parts."))
    return act, kind, int(place)


def _part_moved(source: Source) -> None:
    act, kind, place = _sent_part()
    tables = source.many(kind)
    if place >= len(tables):
        raise Refusal(_("Press a button beside one of the parts."))
    if act == "remove":
        source.remove([tables[place]])
    elif place:
        tables[place - 1 : place + 1] = [tables[place], tables[place - 1]]
        source.arrange(kind, tables)


@bp.route(f"{_URL}/more/<piece>/<int:place>", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def part(drafted_id: int, piece: str, place: int) -> Any:
    """A part beside the grid; the number behind the last adds one."""
    draft = queries.draft(current_actor(), drafted_id)
    if piece not in PARTS or place > len(Source(draft.definition).many(piece)):
        raise NotFound

    def make(**sent: Any) -> PartForm:
        now = Source(draft.definition)
        tables = now.many(piece)
        table = tables[place] if place < len(tables) else Table(piece)
        data = {"version": draft.version} | PARTS[piece].shown(table.values)
        form = PARTS[piece](data=data, **sent).offer(now, table)
        mark(form, draft, piece, place)
        return form

    def bring(form: PartForm, now: Source) -> None:
        tables = now.many(piece)
        if place < len(tables):
            tables[place].update(form.values())
        else:
            now.add(piece, form.values())

    return edited(
        draft, piece, make, bring, lambda _form: url_for("formdesk.more", drafted_id=drafted_id) + f"#{piece}",
        "formdesk/part.html", piece=piece, place=place, kind_words=words.TABLES[piece],
    )  # fmt: skip
