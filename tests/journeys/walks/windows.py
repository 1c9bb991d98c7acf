"""Windows of the people of a story, on one server; errors of any page fail the story when it ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.conftest import DESKTOP, PHONE, Server, watch
from tests.journeys.hands import Hand, Pointer
from tests.journeys.walks.story import Windows
from tests.journeys.walks.walker import Walker


@contextmanager
def windows(browser: Browser, app: Flask, hand: type[Hand] = Pointer, scripts: bool = True) -> Iterator[Windows]:
    """Opens windows of a phone's or a desk's size, each with its own cookies."""
    server = Server(app)
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def window(phone: bool) -> Walker:
        touch = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if phone else {}
        context = browser.new_context(
            base_url=server.url, viewport=PHONE if phone else DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai",
            java_script_enabled=scripts, **touch,
        )  # fmt: skip
        context.set_default_timeout(30_000)
        context.set_default_navigation_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        watch(context, page, server, complaints)
        return Walker(page, hand, scripts)

    yield window
    for context in contexts:
        context.close()
    server.stop()
    assert not complaints
