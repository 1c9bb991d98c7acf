"""Forms of the form editor."""

from .about import AboutForm
from .node import NodeForm
from .parts import PARTS, PartForm
from .start import DraftForm, LoadForm, NewForm, OutlineForm, TextForm

__all__ = ["PARTS", "AboutForm", "DraftForm", "LoadForm", "NewForm", "NodeForm", "OutlineForm", "PartForm", "TextForm"]
