"""Forms of inspections."""

from .others import EntryForm, FilterForm, OpinionForm, ReasonForm, SupplementForm
from .steps import (
    NO_ENTRY,
    URGENT,
    EvidenceForm,
    FindingsForm,
    StatementForm,
    SubjectForm,
    VisitForm,
    visit_form,
)

__all__ = [
    "NO_ENTRY",
    "URGENT",
    "EntryForm",
    "EvidenceForm",
    "FilterForm",
    "FindingsForm",
    "OpinionForm",
    "ReasonForm",
    "StatementForm",
    "SubjectForm",
    "SupplementForm",
    "VisitForm",
    "visit_form",
]
