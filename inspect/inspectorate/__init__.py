"""The inspectorate: inspections, violations, penalties and campaign tables in one case file.

``inspectorate.law`` and ``inspectorate.procedure`` are usable without Flask: the application is imported when built.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["create_app"]


def create_app(overrides: dict[str, Any] | None = None) -> "Flask":
    """Build the application; ``overrides`` go over the settings from the environment."""
    from .app import build

    return build(overrides)
