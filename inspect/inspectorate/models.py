"""All models, so that one import completes the schema."""

from .accounts import models as accounts
from .audit import models as audit
from .campaigns import models as campaigns
from .cases import models as cases
from .complaints import models as complaints
from .documents import models as documents
from .inspections import models as inspections
from .registry import models as registry
from .returns import models as returns
from .signin import models as signin
from .standards import models as standards

__all__ = [
    "accounts",
    "audit",
    "campaigns",
    "cases",
    "complaints",
    "documents",
    "inspections",
    "registry",
    "returns",
    "signin",
    "standards",
]
