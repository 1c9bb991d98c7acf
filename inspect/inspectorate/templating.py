"""What templates know of the application: the actor, permissions, regions, navigation."""

from flask import Flask

from .accounts.permissions import Permission
from .accounts.regions import region_name
from .masking import masked_identity, masked_numbers, masked_phone
from .navigation import campaign_rooms, nav_entries
from .shielding import REASONS
from .web import current_actor


def init_app(app: Flask) -> None:
    """Attach filters and globals."""
    app.jinja_env.filters["region"] = region_name
    for mask in (masked_identity, masked_numbers, masked_phone):
        app.jinja_env.filters[mask.__name__] = mask
    app.jinja_env.globals["reasons_to_see"] = REASONS
    app.jinja_env.globals.update(actor=current_actor, Permission=Permission)
    app.jinja_env.globals.update(nav_entries=nav_entries, campaign_rooms=campaign_rooms)
