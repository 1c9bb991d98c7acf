"""The record key of the installation, which stamps every seal: from RECORD_KEY, else from a generated file.

It is not the secret that signs sessions: that one is changed to sign everybody out, this one must stay for as long as
the record is to be verified.
"""

from pathlib import Path

from flask import current_app

from ..config import Misconfigured, make_secret

NAME = "record-key"


def path() -> Path:
    """Where the generated key lies."""
    folder: Path = current_app.config["DATA_DIR"]
    return folder / NAME


def record_key() -> bytes:
    """The key; made at first use. Raises Misconfigured when it can neither be read nor made, or is empty."""
    given = current_app.config.get("RECORD_KEY")
    if given:
        return str(given).encode()
    file = path()
    try:
        if not file.exists():
            make_secret(file)
        key = file.read_text().strip()
    except OSError as error:
        raise Misconfigured(
            f"the record key {file} can neither be read nor made: {error.strerror}. Give this user the folder, name "
            "another in DATA_DIR, or give the key itself in RECORD_KEY."
        ) from None
    if not key:
        raise Misconfigured(f"the record key {file} is empty. Put back the one that the record was begun with.")
    return key.encode()
