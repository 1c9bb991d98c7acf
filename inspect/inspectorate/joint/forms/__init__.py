"""The forms of the joint side, by what they are about."""

from .activities import ActivityFilter, activity_values, correction_of, form_for
from .liaison import CopyForm, LiaisonForm, liaison_values
from .meetings import FollowUpForm, MeetingForm, ResolutionForm, SettleForm, meeting_values, resolution_values
from .parts import ReasonForm
from .rechecks import AnswerForm, CandidateFilter, OrderForm, TaskFilterForm

__all__ = [
    "ActivityFilter",
    "AnswerForm",
    "CandidateFilter",
    "CopyForm",
    "FollowUpForm",
    "LiaisonForm",
    "MeetingForm",
    "OrderForm",
    "ReasonForm",
    "ResolutionForm",
    "SettleForm",
    "TaskFilterForm",
    "activity_values",
    "correction_of",
    "form_for",
    "liaison_values",
    "meeting_values",
    "resolution_values",
]
