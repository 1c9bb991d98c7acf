"""Identity numbers and telephones that are searched for: in no address but the one that the browser sends first.

A search is a page with an address; that is what makes it work without scripts, with going back and with links. Whoever
searches for a whole number is sent on to the same address with the number sealed, and every link that would carry it
carries the seal. So it stands in no history, on no address bar, in no referrer and in no kept form; views read it as
it was typed.
"""

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from .errors import Refusal
from .masking import masked_numbers
from .signin.sealing import Unsealable, seal, unseal
from .web import SAFE_METHODS

MARK = "sealed~"
PURPOSE = "numbers in addresses"

LASTS = 12 * 3600
"""Seconds for which a sealed number is read. A link that is older is refused: without the number it would list, and
export, everything."""

FILLED_IN = frozenset({"name", "next"})
"""What only fills in a form or leads back: without it no more is shown, and a kept form comes back to its page."""


def init_app(app: Flask) -> None:
    """Attach it, behind what refuses an address altogether."""
    app.before_request(_read)
    app.url_defaults(_seal_values)


def _read() -> Response | None:
    """Open what was sealed; send on whoever comes with an open number. Raises Refusal."""
    given, looks = list(request.args.items(multi=True)), request.method in SAFE_METHODS
    if looks and any(_is_open(value) for _name, value in given):
        path = urlsplit(request.base_url).path
        return redirect(f"{path}?{urlencode([(name, _sealed(value)) for name, value in given])}")
    if any(value.startswith(MARK) for _name, value in given):
        read = [(name, _opened(value)) for name, value in given]
        request.args = ImmutableMultiDict((name, value or "") for name, value in read)
        lost = any(value is None and name not in FILLED_IN for name, value in read)
        if looks and lost and current_user.is_authenticated:  # who has not signed in is sent to the door first
            told = _(
                "The number that this link searches for can no longer be read. Nothing was searched: type it again."
            )
            raise Refusal(told)
    return None


def _seal_values(endpoint: str, values: dict[str, Any]) -> None:
    """Of every address that is built; what stands in its path is no search."""
    for name, value in values.items():
        if isinstance(value, str | list) and not current_app.url_map.is_endpoint_expecting(endpoint, name):
            values[name] = [_sealed(one) for one in value] if isinstance(value, list) else _sealed(value)


def _is_open(value: Any) -> bool:
    return isinstance(value, str) and masked_numbers(value) != value


def _sealed(value: Any) -> Any:
    return MARK + seal(value.encode(errors="replace"), PURPOSE) if _is_open(value) else value


def _opened(value: str) -> str | None:
    """None: it can no longer be read."""
    if not value.startswith(MARK):
        return value
    try:
        return unseal(value.removeprefix(MARK), PURPOSE, LASTS).decode()
    except Unsealable:
        return None
