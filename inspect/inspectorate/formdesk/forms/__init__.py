"""Forms of the form editor."""

from .about import AboutForm
from .node import NodeForm
from .part import PartForm
from .parts import PARTS
from .start import DraftForm, LoadForm, NewForm, OutlineForm, TextForm

__all__ = ["PARTS", "AboutForm", "DraftForm", "LoadForm", "NewForm", "NodeForm", "OutlineForm", "PartForm", "TextForm"]
