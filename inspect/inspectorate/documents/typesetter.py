"""Sets HTML as PDF/A in this process. `pdf.render_pdf` is the way in; this module is what its worker processes run.

One FontConfiguration and one parsing of each stylesheet serve the whole life of the process; they must never be
shared by threads, which is why the work is done in processes of one thread each.
"""

import os
import re
import threading
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from multiprocessing import connection, parent_process
from multiprocessing.util import Finalize
from pathlib import Path
from shutil import rmtree
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

STYLES = Path(__file__).with_name("styles")
FONTS = Path(str(files("pylopdf_fonts_zh_cn")))
CHARACTERS_OF_A_SHEET = 560
"""Papers with fewer fit one sheet, as a rule; those with more do not."""

_TAG = re.compile(r"<[^>]*>")

IMAGES = ("data:image/png;base64,", "data:image/jpeg;base64,")


class OwnFilesOnly(URLFetcher):
    """Hands out our own stylesheets and fonts and pictures inside the HTML; anything else stops the rendering."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The resource, or FatalURLFetchingError for everything that is not ours."""
        if not (url.startswith(IMAGES) or _is_own_file(url)):
            raise FatalURLFetchingError(f"a document may not load {url[:80]}")
        return super().fetch(url, headers)


def _is_own_file(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return False
    path = Path(unquote(parts.path)).resolve()
    return path.is_relative_to(FONTS.resolve()) or path.is_relative_to(STYLES.resolve())


def start_worker() -> None:
    """Loads fonts and styles before the first document, and ends the worker when its parent has died."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    _stylesheet("fonts.css")


def _leave_with(sentinel: int) -> None:
    connection.wait([sentinel])
    _remove_unpacked_fonts()
    os._exit(0)


def typeset(html: str, stylesheets: Sequence[str], single_sheet: Sequence[str]) -> bytes:
    """PDF/A-3u of `html`; the same input gives the same bytes. If it fits one sheet, `single_sheet` styles are added.

    Laying out is what takes time: it is done the way that the length of the text lets expect, and a second time only
    where that was wrong. Raises ValueError where the page wants to load anything that is not ours.
    """
    try:
        ways = {True: [*stylesheets, *single_sheet], False: stylesheets}
        expected = _seems_to_fit(html)
        document = _layout(html, ways[expected])
        fits = len(document.pages) == 1
        if single_sheet and fits is not expected:
            document = _layout(html, ways[fits])
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3u")
    except FatalURLFetchingError as error:
        raise ValueError(str(error)) from error
    return pdf


def _seems_to_fit(html: str) -> bool:
    return sum(not sign.isspace() for sign in _TAG.sub("", html)) < CHARACTERS_OF_A_SHEET


def _layout(html: str, stylesheets: Sequence[str]) -> Any:
    sheets = [_stylesheet(name) for name in ("fonts.css", *stylesheets)]
    return HTML(string=html, url_fetcher=OwnFilesOnly()).render(font_config=_fonts(), stylesheets=sheets)


@cache
def _fonts() -> FontConfiguration:
    Finalize(None, _remove_unpacked_fonts, exitpriority=1)
    return FontConfiguration()


def _remove_unpacked_fonts() -> None:
    """Fonts are unpacked (20 MB) to be removed when they are collected, but at the end of a process nothing is."""
    if folder := _fonts()._folder:
        rmtree(folder, ignore_errors=True)


@cache
def _stylesheet(name: str) -> CSS:
    text = (STYLES / Path(name).name).read_text(encoding="utf-8")
    if name == "fonts.css":
        text = text.replace("{serif}", (FONTS / "NotoSerifSC-Regular.otf").as_uri())
        text = text.replace("{sans}", (FONTS / "NotoSansSC-Regular.otf").as_uri())
    return CSS(string=text, font_config=_fonts(), url_fetcher=OwnFilesOnly())
