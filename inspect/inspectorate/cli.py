"""The commands of all areas. What they need is imported when they run, so that ``--help`` stays light."""

from flask import Flask

from .accounts.cli import user_cli
from .audit.cli import audit_cli
from .campaigns.cli import campaign_cli
from .demo.cli import demo
from .documents.cli import document_cli
from .interchange.cli import export_records, import_records
from .law.cli import law_cli


def init_app(app: Flask) -> None:
    """Register every area's commands."""
    for command in (user_cli, audit_cli, campaign_cli, law_cli, import_records, export_records, document_cli, demo):
        app.cli.add_command(command)
