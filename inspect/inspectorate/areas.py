"""The areas that have screens. A new area adds its blueprint here."""

from . import models
from .accounts.views import bp as accounts
from .audit.views import bp as audit
from .home.views import bp as home

BLUEPRINTS = (home, accounts, audit)

__all__ = ["BLUEPRINTS", "models"]
