"""All models, so that one import completes the schema."""

from .accounts import models as accounts
from .audit import models as audit
from .campaigns import models as campaigns
from .cases import models as cases
from .complaints import models as complaints
from .documents import models as documents
from .formdesk import models as formdesk
from .inspections import models as inspections
from .joint import models as joint
from .registry import models as registry
from .reporting import models as reporting
from .returns import models as returns
from .signin import models as signin
from .standards import models as standards
from .typical import models as typical

__all__ = [
    "accounts",
    "audit",
    "campaigns",
    "cases",
    "complaints",
    "documents",
    "formdesk",
    "inspections",
    "joint",
    "registry",
    "reporting",
    "returns",
    "signin",
    "standards",
    "typical",
]
