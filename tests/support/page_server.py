"""The self-check page as it is served, in a browser that may ask for nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from jingmen_policy.log.log import Log
from jingmen_policy.service.app import create_app
from jingmen_policy.service.settings import Settings
from support.self_checks import plan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def served(log: Log | None = None, settings: Settings | None = None) -> Iterator[str]:
    """The address of a service on this machine that runs until the end."""
    app = create_app(settings or Settings(), policy=plan(), log=log)
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, http="h11", ws="none", lifespan="on", log_config=None)
    )
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        assert running.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        running.join(20)
        assert not running.is_alive()


@contextmanager
def shown(browser: Browser, address: str, **given: Any) -> Iterator[Page]:
    """The page; an error in it, or a request for anything from elsewhere, fails the test.

    ``expected`` are texts of errors on the console that are part of the test, ``ready`` is what is
    there once it can be used.
    """
    ready: str = given.pop("ready", "html[data-ready]")
    expected: tuple[str, ...] = given.pop("expected", ())
    context = browser.new_context(locale="zh-CN", accept_downloads=True, **given)
    context.set_default_timeout(10_000)
    page = context.new_page()
    wrong: list[str] = []

    def said(text: str) -> None:
        if not any(one in text for one in expected):
            wrong.append(text)

    page.on("pageerror", lambda error: said(str(error)))
    page.on("console", lambda one: said(one.text) if one.type == "error" else None)
    page.on(
        "request",
        lambda asked: (
            wrong.append(asked.url)
            if not asked.url.startswith((address, f"blob:{address}", "data:,"))
            else None
        ),
    )
    page.goto(address)
    page.wait_for_selector(ready)
    yield page
    context.close()
    assert not wrong, wrong
