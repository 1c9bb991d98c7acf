"""The record key of the installation, which stamps every seal: from RECORD_KEY, else from a generated file.

It is not the secret that signs sessions: that one can be changed, at the price of all second factors; this one must
stay for as long as the record is to be verified.
"""

from pathlib import Path

from flask import current_app

from ..config import kept_secret

NAME = "record-key"


def path() -> Path:
    """Where the generated key lies."""
    folder: Path = current_app.config["DATA_DIR"]
    return folder / NAME


def record_key() -> bytes:
    """The key; made at first use. Raises Misconfigured when it can neither be read nor made, or is empty."""
    given = current_app.config["RECORD_KEY"]
    return (given or kept_secret(path(), "RECORD_KEY", "Put back the one that the record was begun with.")).encode()
