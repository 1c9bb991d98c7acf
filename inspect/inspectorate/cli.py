"""The commands of all areas. What they need is imported when they run, so that ``--help`` stays light."""

from flask import Flask

from .accounts.cli import user_cli


def init_app(app: Flask) -> None:
    """Register every area's commands."""
    app.cli.add_command(user_cli)
