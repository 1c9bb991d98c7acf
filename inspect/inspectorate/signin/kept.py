"""A form that comes in after its session has ended is kept: sealed, for its owner alone, and shown again, never sent.

The page that asks to sign in carries it; nothing is stored for whoever has not signed in. Afterwards the same user's
form page opens with everything in it (``fields.Form``), to be read and sent again by the user.
"""

import json
import zlib
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from .sealing import Unsealable, seal, unseal

PURPOSE = "kept form"

SECONDS = 12 * 3600
"""How long after it was typed it can be had back."""

LARGEST = 1_000_000
"""Characters of what is sealed: the sign-in form has to carry it."""

NEVER_KEPT = {"csrf_token", "password", "again", "current", "kept", "sealed"}
"""Names of fields that hold passwords and tokens, whatever the form. Forms of this area are not kept at all."""


class KeptForm(NamedTuple):
    """What was typed: into the form at a path of this site, by whom; files cannot be kept, but are named."""

    user_id: int
    path: str
    fields: list[tuple[str, str]]
    files: list[str]

    def values(self) -> MultiDict[str, str]:
        """The fields as a request would bring them."""
        return MultiDict(self.fields)


def keep(request: Request, adapter: MapAdapter, user_id: int) -> str | None:
    """The form of a request, sealed; None when there is nothing typed, no page to show it on, or too much of it."""
    if request.blueprint == "signin":
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    files = [file.filename for _name, file in request.files.items(multi=True) if file.filename]
    path = page_of(request, adapter)
    if path is None or not (fields or files):
        return None
    content = json.dumps(KeptForm(user_id, path, fields, files)._asdict(), ensure_ascii=False)
    sealed = seal(zlib.compress(content.encode("utf-8", "surrogatepass")), PURPOSE)
    return sealed if len(sealed) <= LARGEST else None


def page_of(request: Request, adapter: MapAdapter) -> str | None:
    """The page on which the form stands: where it was sent to, or, where nothing is shown there, where it came from."""
    for path in (request.full_path.rstrip("?"), _came_from(request)):
        if path and _is_page(path.partition("?")[0], adapter):
            return path
    return None


def _came_from(request: Request) -> str:
    """The page of this site that the browser was on; "" where it was elsewhere, or says what is no address."""
    try:
        before = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    return f"{before.path}?{before.query}".rstrip("?") if before.netloc == request.host else ""


def _is_page(path: str, adapter: MapAdapter) -> bool:
    try:
        adapter.match(path, method="GET")
    except HTTPException:
        return False
    return True


def opened(sealed: str) -> KeptForm:
    """What was kept. Raises Unsealable."""
    try:
        found = json.loads(zlib.decompress(unseal(sealed, PURPOSE, SECONDS)))
    except (zlib.error, ValueError) as error:
        raise Unsealable from error
    return KeptForm(found["user_id"], found["path"], [(name, value) for name, value in found["fields"]], found["files"])
