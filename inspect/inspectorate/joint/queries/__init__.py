"""Reading the joint side: what other areas ask for."""

from .doings import Doings, doings

__all__ = ["Doings", "doings"]
