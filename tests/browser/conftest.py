"""One browser, one assistant and one scripted server for all browser tests; a context, so a new person, for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.driving import DESKTOP, FLAGS, OPEN_SHADOW_TREES, PATIENCE_MS, Visitor, chromium
from tests.browser.peer import Peer, running_peer

NO_BROWSER = "no Chromium here: run scripts/browser as root, or set CHROMIUM to one"
SHOP_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" src="/widget/glasskin.js"></script><main><h1>Shop</h1><a href="#glasskin">Ask</a></main></html>"""

expect.set_options(timeout=PATIENCE_MS)
NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="package")
def browser(scripted: Peer) -> Iterator[Browser]:
    """Debian's Chromium, closed when this folder's tests are over: while Playwright runs, no other test could run an
    event loop, so that the scripted server begins before it. Without a browser the tests are skipped, except in CI, where that
    would hide that nothing ran."""
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def scripted() -> Iterator[Peer]:
    """The scripted server, for all tests."""
    with running_peer() as peer:
        peer.pages["shop"] = SHOP_PAGE
        yield peer


@pytest.fixture
def peer(scripted: Peer) -> Iterator[Peer]:
    """The scripted server without another test's script."""
    scripted.forget()
    yield scripted
    scripted.forget()


@pytest.fixture
def new_visitor(browser: Browser) -> Iterator[NewVisitor]:
    """Makes visitors: `new_visitor(base, size, ...)`. At the end none of their pages may have complained."""
    made: list[Visitor] = []

    def make(base: str, size: tuple[int, int] = DESKTOP, closed: bool = False, **options: Any) -> Visitor:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        if not closed:
            context.add_init_script(OPEN_SHADOW_TREES)
        visitor = Visitor(context, base)
        made.append(visitor)
        return visitor

    yield make
    problems = [problem for visitor in made for problem in visitor.problems]
    for visitor in made:
        visitor.context.close()
    assert not problems, problems
