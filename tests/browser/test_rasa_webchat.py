"""rasa-webchat 1.0.1, which many shops have on their pages, chats with the web channel as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.paths import ROOT

WEBCHAT = ROOT / ".venv" / "peers" / "rasa-webchat-1.0.1.js"
SHOP = "/a-shop-with-rasa-webchat"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><body><script src="/rasa-webchat.js"></script>
<script>WebChat.default({{socketUrl: "{server}", initPayload: "/greet", customData: {{language: "en"}},
title: "Chat", params: {{storage: "local"}}, tooltipPayload: null}}, null)</script></body></html>"""


@pytest.fixture
def shop(browser: Browser, server: str) -> Iterator[Page]:
    """A shop's page with rasa-webchat on it; nothing is fetched from elsewhere."""
    if not WEBCHAT.exists():
        if os.environ.get("CI"):
            pytest.fail("rasa-webchat is missing: run scripts/npm-peers")
        pytest.skip("no rasa-webchat here: run scripts/npm-peers")
    context = browser.new_context()

    def serve(route: Route) -> None:
        address = route.request.url
        if address == f"{server}{SHOP}":
            route.fulfill(content_type="text/html", body=PAGE.format(server=server))
        elif address == f"{server}/rasa-webchat.js":
            route.fulfill(content_type="text/javascript", path=WEBCHAT)
        elif address.startswith(server):
            route.continue_()
        else:
            route.abort()

    context.route("**", serve)
    page = context.new_page()
    page.goto(f"{server}{SHOP}")
    yield page
    context.close()


def say(page: Page, text: str) -> None:
    """Types a message and sends it."""
    page.locator(".rw-new-message").fill(text)
    page.locator(".rw-send").click()


def test_it_asks_and_is_answered(shop: Page) -> None:
    shop.locator(".rw-launcher").click()
    answers, questions = shop.locator(".rw-response"), shop.locator(".rw-client")
    expect(answers.first).to_be_visible()

    say(shop, "Can I use retinol and vitamin C together?")
    expect(answers.filter(has_text="retinol").first).to_be_visible()
    suggestion = shop.locator(".rw-reply").first
    expect(suggestion).to_be_visible()
    said, asked = answers.count(), suggestion.inner_text()
    suggestion.click()
    expect(questions.last).to_contain_text(asked)
    expect(answers.nth(said)).to_be_visible()

    say(shop, "my skin is dry")
    expect(questions).to_have_count(3)
    shop.reload()
    expect(shop.locator(".rw-new-message")).to_be_visible()
    say(shop, "What do you know about me?")
    expect(shop.locator(".rw-response").last).to_contain_text(re.compile("dry", re.IGNORECASE))
