"""The one browser of a test process: Debian's Chromium, which script/test installs.

Playwright takes hold of the thread it starts in, so a process has one of it, whichever tests come first.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps"),
]


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium without a window, asking nothing of the network; patient, for a machine that has other work."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
