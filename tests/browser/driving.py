"""Drives Debian's Chromium as a person would: by what can be read and pressed."""

from __future__ import annotations

import os
import re
import shutil
from typing import Any, Optional
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, Locator, Page, expect

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 20_000
PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 800)

# Playwright cannot look into closed shadow trees; the page's own scripts cannot either, which test_embed.py shows.
OPEN_SHADOW_TREES = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) { return attach.call(this, { ...options, mode: "open" }); };
"""


def chromium() -> Optional[str]:
    """Where the browser is, None when there is none; CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Chat:
    """The widget on a page, and what a person does with it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.get_by_role("button", name=re.compile("Chat with Glasskin"))
        self.panel = page.get_by_role("dialog", name="Glasskin")
        self.log = page.get_by_role("log")
        self.input = page.get_by_role("textbox", name="Your message")
        self.suggestions = page.get_by_role("group", name="Suggested replies").get_by_role("button")
        self.answers = self.log.locator("> div").filter(has_text=re.compile("^Glasskin said:"))
        self.mine = self.log.locator("> div").filter(has_text=re.compile("^You said:"))

    def open(self) -> Chat:
        """Press the launcher."""
        self.launcher.click()
        expect(self.log).to_be_visible()
        return self

    def say(self, text: str) -> Chat:
        """Type and send."""
        self.input.fill(text)
        self.input.press("Enter")
        return self

    def ask(self, text: str) -> Locator:
        """Say something and wait for an answer to it; the answer."""
        expect(self.answers.first).to_be_visible()  # the greeting, which comes by itself and answers nothing
        before = self.answers.count()
        self.say(text)
        expect(self.answers.nth(before)).to_be_visible()
        return self.answers.last

    def button(self, name: str) -> Locator:
        """A button of the widget by its label."""
        return self.page.get_by_role("button", name=name, exact=True)

    def choose(self, item: str) -> None:
        """Pick an item of the menu."""
        self.page.get_by_label("More options").click()
        self.button(item).click()


class Visitor:
    """A browser context: one person with their own storage."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.problems: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("dialog", self._dismiss)
        page.on("console", self._note)

    def _dismiss(self, dialog: Any) -> None:
        self.problems.append(f"a script ran and said {dialog.message!r}")
        dialog.dismiss()

    def _note(self, message: Any) -> None:
        if ("Content Security Policy" in message.text and "img-src" not in message.text) or "CORS" in message.text:
            self.problems.append(f"console: {message.text}")

    def visit(self, path: str) -> Chat:
        """Open a page in a new tab."""
        page = self.context.new_page()
        page.goto(urljoin(self.base, path))
        return Chat(page)
