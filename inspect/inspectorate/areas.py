"""The areas that have screens. A new area adds its blueprint here."""

from . import models
from .accounts.views import bp as accounts
from .audit.views import bp as audit
from .campaigns.views import bp as campaigns
from .cases.views import bp as cases
from .complaints.views import bp as complaints
from .documents.views import bp as documents
from .formdesk.views import bp as formdesk
from .home.views import bp as home
from .inspections.views import bp as inspections
from .joint.views import bp as joint
from .lawbook.views import bp as lawbook
from .operations.views import bp as operations
from .registry.views import bp as registry
from .reporting.views import bp as reporting
from .returns.views import bp as returns
from .signin.views import bp as signin
from .standards.views import bp as standards
from .typical.views import bp as typical

BLUEPRINTS = (
    *(home, signin, accounts, audit, registry, complaints, documents),
    *(inspections, cases, campaigns, formdesk, typical, joint, lawbook, reporting, standards, operations),
    returns,
)

__all__ = ["BLUEPRINTS", "models"]
