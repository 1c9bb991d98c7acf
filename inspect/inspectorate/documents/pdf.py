"""The one way to make a PDF is `render_pdf`.

WeasyPrint is loaded only when the first one is wanted, in a process of its own.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from multiprocessing import get_context

from flask import has_request_context
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import ServiceUnavailable

from ..operations import metrics

PATIENCE = 5
"""Seconds that a visitor waits. A long decision takes one, the longest that can be typed (240,000 signs) twelve."""

COLD_PATIENCE = 30
"""Seconds for the first one of a process, which loads the library and the fonts."""

KEPT = 8
"""Renderings that went on after their visitor was told to come back, and are handed out then."""


class StillBeingMade(ServiceUnavailable):
    """The paper is long; it is made meanwhile, and ready when the page is loaded again."""

    told = _l("The paper is very long and still being made. Load this page again in a moment.")

    def __init__(self) -> None:
        super().__init__(retry_after=PATIENCE)


_lock = threading.Lock()
_pool: ProcessPoolExecutor | None = None
_pool_owner: int | None = None
_warm = False
_waiting: OrderedDict[str, Future[bytes]] = OrderedDict()
"""By the hash of what they are made from."""


def render_pdf(
    html: str,
    *,
    stylesheets: Sequence[str] = ("paper.css",),
    single_sheet: Sequence[str] = (),
    in_process: bool = False,
) -> bytes:
    """PDF/A-3u of a complete HTML page; the same input gives the same bytes.

    `stylesheets` are file names in `documents/styles/` (the faces "Paper Song" and "Paper Hei" are always there); a
    page may bring more in a <style> element. `single_sheet` are added where everything fits one sheet. Only pictures
    inside the HTML (PNG or JPEG as data URLs) are shown; any other address raises. `in_process` renders here and now,
    for commands that make one document. Never call this inside a writing transaction.
    """
    if in_process:
        from .typesetter import typeset

        return typeset(html, stylesheets, single_sheet)
    try:
        return _render_in_worker(html, stylesheets, single_sheet)
    except BrokenProcessPool:
        close_pool()
        return _render_in_worker(html, stylesheets, single_sheet)


def _render_in_worker(html: str, stylesheets: Sequence[str], single_sheet: Sequence[str]) -> bytes:
    """Raises StillBeingMade."""
    global _warm
    wanted = (html, tuple(stylesheets), tuple(single_sheet))
    key = sha256(repr(wanted).encode("utf-8", "surrogatepass")).hexdigest()
    workers = _workers()
    with metrics.paper():
        with _lock:
            future = _waiting.pop(key, None)
        future = future or workers.submit(_typeset, *wanted)
        try:
            made = future.result(timeout=_patience())
        except TimeoutError:
            _come_back_for(key, future)
            raise StillBeingMade from None
    _warm = True
    return made


def _patience() -> float | None:
    """Whoever runs a command waits for the file, however long it takes: there is no page to load again."""
    if not has_request_context():
        return None
    return PATIENCE if _warm else COLD_PATIENCE


def _come_back_for(key: str, future: "Future[bytes]") -> None:
    with _lock:
        _waiting[key] = future
        while len(_waiting) > KEPT:
            _waiting.popitem(last=False)[1].cancel()


def _workers() -> ProcessPoolExecutor:
    """This process's own pool: a server that forks after loading the app must not share its parent's."""
    global _pool, _pool_owner
    with _lock:
        if _pool is None or _pool_owner != os.getpid():
            _waiting.clear()  # a parent's are not this process's
            _pool = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn"), initializer=_start_worker)
            _pool_owner = os.getpid()
        return _pool


def close_pool() -> None:
    """Ends the workers of this process; the next document starts new ones."""
    global _pool, _warm
    with _lock:
        _warm = False
        _waiting.clear()
        if _pool is not None and _pool_owner == os.getpid():
            _pool.shutdown(wait=False, cancel_futures=True)
        _pool = None


def _start_worker() -> None:
    from .typesetter import start_worker

    start_worker()


def _typeset(html: str, stylesheets: Sequence[str], single_sheet: Sequence[str]) -> bytes:
    from .typesetter import typeset

    return typeset(html, stylesheets, single_sheet)
