"""Home: what waits for the user; search; language."""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from ..accounts.permissions import Permission
from ..i18n import LOCALES
from ..web import Area, local_path

bp = Area("home", __name__)


@bp.route("/", permission=Permission.SIGNED_IN)
def index() -> str:
    """The to-do list."""
    return render_template("home/index.html")


@bp.route("/search", permission=Permission.SIGNED_IN)
def search() -> str:
    """Establishments, cases and persons by name, code or number."""
    return render_template("home/search.html")


@bp.route("/language", methods=["POST"], permission=Permission.PUBLIC)
def set_language() -> Response:
    """Chinese or English, for this session."""
    chosen = request.form.get("language", "")
    if chosen in LOCALES:
        session["locale"] = chosen
    return redirect(local_path(request.form.get("next")) or url_for("home.index"))
