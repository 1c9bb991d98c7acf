"""The screens of the joint side."""

from . import activities, liaison, meetings, overview, rechecks, resolutions, tasks
from .blueprint import bp

__all__ = ["activities", "bp", "liaison", "meetings", "overview", "rechecks", "resolutions", "tasks"]
