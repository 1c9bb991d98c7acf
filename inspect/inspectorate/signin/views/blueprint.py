"""The blueprint, and how the application learns who is signed in."""

from flask import before_render_template
from flask.blueprints import BlueprintSetupState

from ...extensions import login_manager
from ...web import Area
from . import door

bp = Area("signin", __name__)

login_manager.request_loader(door.user_of_request)
login_manager.unauthorized_handler(door.sign_in_first)
# Sessions are bound to their row, not to an address or a browser's name, which both change on the road.
login_manager.session_protection = None

bp.after_app_request(door.touch)


@bp.record_once
def _connect(state: BlueprintSetupState) -> None:
    before_render_template.connect(door.fill_in, state.app)
