"""Forms of cases, one for each step."""

from .approval import ApprovalForm, ReviewForm
from .execution import (
    ClosingForm,
    DefenceForm,
    DefenceReviewForm,
    ExecutionForm,
    PaymentForm,
    ReasonForm,
    ServiceForm,
    TransferForm,
    names_in,
)
from .investigation import EvidenceForm, InvestigationForm, findings_of
from .opening import FilterForm, IntakeForm, RenameForm
from .parts import in_language, number_in
from .proposal import DeliberationForm, ProposalForm, ReportForm

__all__ = [
    "ApprovalForm",
    "ClosingForm",
    "DefenceForm",
    "DefenceReviewForm",
    "DeliberationForm",
    "EvidenceForm",
    "ExecutionForm",
    "FilterForm",
    "IntakeForm",
    "InvestigationForm",
    "PaymentForm",
    "ProposalForm",
    "ReasonForm",
    "RenameForm",
    "ReportForm",
    "ReviewForm",
    "ServiceForm",
    "TransferForm",
    "findings_of",
    "in_language",
    "names_in",
    "number_in",
]
