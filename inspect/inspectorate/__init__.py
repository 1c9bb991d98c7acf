"""The inspectorate: inspections, violations, penalties and campaign tables in one case file.

``inspectorate.law`` and ``inspectorate.procedure`` are usable without Flask: the application is imported when built.
"""

import gc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["create_app"]


def create_app(overrides: dict[str, Any] | None = None) -> "Flask":
    """Build the application; ``overrides`` go over the settings from the environment."""
    # Starting makes hundreds of thousands of objects that stay: looking for garbage among them takes a tenth of it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        from .app import build

        return build(overrides)
    finally:
        if collecting:
            gc.enable()
