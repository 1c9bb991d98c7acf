"""The one way to make a PDF is `render_pdf`.

WeasyPrint is loaded only when the first one is wanted, in a process of its own.
"""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from ..operations import metrics

PATIENCE = 120
"""Seconds after which a rendering is given up; a long decision takes one, a first one with cold fonts three."""

_lock = threading.Lock()
_pool: ProcessPoolExecutor | None = None
_pool_owner: int | None = None


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
    with metrics.paper():
        future = _workers().submit(_typeset, html, tuple(stylesheets), tuple(single_sheet))
        return future.result(timeout=PATIENCE)


def _workers() -> ProcessPoolExecutor:
    """This process's own pool: a server that forks after loading the app must not share its parent's."""
    global _pool, _pool_owner
    with _lock:
        if _pool is None or _pool_owner != os.getpid():
            _pool = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn"), initializer=_start_worker)
            _pool_owner = os.getpid()
        return _pool


def close_pool() -> None:
    """Ends the workers of this process; the next document starts new ones."""
    global _pool
    with _lock:
        if _pool is not None and _pool_owner == os.getpid():
            _pool.shutdown(wait=False, cancel_futures=True)
        _pool = None


def _start_worker() -> None:
    from .typesetter import start_worker

    start_worker()


def _typeset(html: str, stylesheets: Sequence[str], single_sheet: Sequence[str]) -> bytes:
    from .typesetter import typeset

    return typeset(html, stylesheets, single_sheet)
