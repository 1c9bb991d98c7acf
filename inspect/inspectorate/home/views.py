"""Home: what waits for the user; search; language."""

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from .. import clock
from ..accounts.actions import choose_language
from ..accounts.permissions import Permission
from ..cases.rules import shown_name
from ..cases.words import STATES, TONES
from ..i18n import LOCALES
from ..registry.words import KINDS
from ..web import Area, current_actor, local_path
from . import words
from .figures import figures
from .queries import todos
from .rules import by_urgency
from .search import LONGEST, found

bp = Area("home", __name__)


@bp.route("/", permission=Permission.SIGNED_IN)
def index() -> str:
    """The to-do list, the figures below it."""
    actor, today = current_actor(), clock.today()
    waiting = todos(actor, today)
    return render_template(
        "home/index.html",
        parts=by_urgency(waiting, today),
        total=len(waiting),
        numbers=figures(actor, today),
        words=words,
        begins=[way for way in words.BEGINNINGS if actor.may(way.permission)][:1],
    )


@bp.route("/search", permission=Permission.SIGNED_IN)
def search() -> str:
    """Establishments, cases and persons by name, code or number."""
    asked = request.args.get("q", "").strip()[:LONGEST]
    return render_template(
        "home/search.html",
        asked=asked,
        found=found(current_actor(), asked),
        kinds=KINDS,
        states=STATES,
        tones=TONES,
        shown_name=shown_name,
    )


@bp.route("/language", methods=["POST"], permission=Permission.PUBLIC)
def set_language() -> Response:
    """Chinese or English: of whoever is signed in for good, else for this session."""
    chosen = request.form.get("language", "")
    if chosen in LOCALES:
        session["locale"] = chosen
        if current_user.is_authenticated:
            choose_language(current_actor(), chosen)
    return redirect(local_path(request.form.get("next")) or url_for("home.index"))
