"""Whether requests can be served now."""

import os
import shutil

import fsspec
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ..extensions import db
from .safety import local_folder
from .trouble import newest_version, of_database

LEAST_FREE = 256 * 1024 * 1024
"""Bytes that must be free where evidence is kept: four of the largest requests."""


def wrong() -> list[str]:
    """What hinders, a line each; empty when ready."""
    return [line for line in (_database(), _files()) if line]


def _database() -> str:
    try:
        found = db.session.execute(text("select version_num from alembic_version")).scalar()
    except DBAPIError as error:
        db.session.rollback()
        return of_database(error, current_app.config["SQLALCHEMY_DATABASE_URI"])
    newest = newest_version()
    return "" if found == newest else f"the database is at version {found}, this program is at {newest}"


def _files() -> str:
    url = current_app.config["FILES_URL"]
    folder = local_folder(url)
    if folder is None:
        return _store(url)
    # The folder is made with the first file.
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return f"the folder of evidence {folder} cannot be written to"
    free = shutil.disk_usage(there).free
    return f"only {free:,} bytes are free where evidence is kept" if free < LEAST_FREE else ""


def _store(url: str) -> str:
    try:
        filesystem, root = fsspec.core.url_to_fs(url)
        filesystem.exists(root)
    except Exception as error:  # whatever a store's library raises
        return f"the store of evidence does not answer: {type(error).__name__}"
    return ""
