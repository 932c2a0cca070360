"""A whole talk as a screen reader says it: from the button through answers, choices, cards, a table and an emergency to the beginning anew.

What it says stands in talk_aloud.txt, to be read by whoever changes it: run this test with ALOUD=write and look at the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.paths import ROOT
from tests.browser.conftest import NewVisitor
from tests.browser.peer import Peer
from tests.browser.test_states import PRODUCTS, SOURCES, TABLE

READER = ROOT / ".venv" / "peers" / "screen-reader-0.33.0.js"
SAID = Path(__file__).with_name("talk_aloud.txt")
WAITS, CONNECTING = "Waiting to be sent", "Connecting"
CLEARED = "  polite: \n"
"""A status that was emptied; nothing is read aloud for it, and whether the reader sees it depends on the moment."""
CLOCK = re.compile(r"\d{1,2}:\d{2}\s?[AP]M")
MISSING = "no screen reader here: run scripts/npm-peers"
BEGIN = """async () => { window.reader = (await import("/reader.js")).virtual;
    await reader.start({ container: document.querySelector("glasskin-chat").shadowRoot.querySelector("dialog"), displayCursor: false }); }"""
THROUGH = """async () => { const said = [], last = "end of dialog";
    while (!said.at(-1)?.startsWith(last) && said.length < 500) { await reader.next(); said.push(await reader.lastSpokenPhrase()); }
    await reader.clearSpokenPhraseLog(); return said; }"""
BY_ITSELF = "async () => { const said = await reader.spokenPhraseLog(); await reader.clearSpokenPhraseLog(); return said; }"
REPLIES: dict[str, list[dict[str, Any]]] = {
    "Can I use retinol with vitamin C?": [{"text": "With care.", "custom": {
        "body": "With care. Better at **different** times of day.\n- vitamin C in the morning\n- retinol at night", "verdict": "careful", "sources": SOURCES}}],
    "Help me choose": [{"text": "What?", "custom": {
        "body": "What would you most like to change?", "finder": "concern", "progress": {"at": 1, "of": 6}, "several": {"of": ["Dark spots", "Dryness"], "most": 2}},
        "quick_replies": [{"title": one, "payload": one} for one in ("Dark spots", "Dryness", "Skip")]}],
    "Dark spots, Dryness": [{"text": "These.", "custom": {"body": "These fit best:", "products": PRODUCTS[1:3], "below": "The label matters more than the name."},
                             "quick_replies": [{"title": "Compare them", "payload": "Compare them"}]}],
    "Compare them": [{"text": "Compared.", "custom": {"body": "Side by side:", "table": TABLE}}],
    "my throat is swelling": [{"text": "Call.", "custom": {"body": "Call your local emergency number now.", "verdict": "doctor", "urgency": "emergency"}}],
}


def by_itself(page: Page) -> list[str]:
    """What was said unasked since the last time, without what says nothing and how the connection of a busy machine is."""
    page.wait_for_timeout(250)
    said = page.evaluate(BY_ITSELF)
    return [f"  {one}" for one in said if one.split(": ", 1)[-1].strip() and CONNECTING not in one]


def through(page: Page) -> list[str]:
    """What is said to who goes through the whole chat, in order."""
    return [f"  {one}" for one in page.evaluate(THROUGH) if one]


def test_a_whole_talk_read_aloud(peer: Peer, new_visitor: NewVisitor) -> None:
    if not READER.is_file():
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    peer.replies.update(REPLIES)
    visitor = new_visitor(peer.address, reduced_motion="reduce", timezone_id="Europe/Berlin", locale="en-US")
    visitor.context.route("**/reader.js", lambda route: route.fulfill(content_type="text/javascript", path=READER))
    chat = visitor.visit("/page/shop").open()
    expect(chat.suggestions.first).to_be_visible()
    chat.page.evaluate(BEGIN)
    told = ["Opened:", *through(chat.page)]
    for text in ("Can I use retinol with vitamin C?", "Help me choose", "Compare them", "my throat is swelling"):
        chat.ask(text)
        told += [f"Asked: {text}", *by_itself(chat.page)]
        if text == "Help me choose":
            chat.button("Dryness").click()
            chat.button("Dark spots").click()
            chat.button("Continue").click()
            expect(chat.button("Compare them")).to_be_visible()
            told += ["Chosen: Dark spots, Dryness", *by_itself(chat.page)]
    chat.button("Start over").click()
    told += ["Start over:", *by_itself(chat.page)]
    chat.page.evaluate("async () => reader.stop()")
    chat.page.evaluate(BEGIN)
    told += ["Through all of it:", *through(chat.page)]
    text = CLOCK.sub("(time)", "\n".join(told)).replace(WAITS, "") + "\n"  # how long a message waits depends on the machine
    text = text.replace(CLEARED, "")
    if os.environ.get("ALOUD") == "write":
        SAID.write_text(text, encoding="utf-8")
    assert text == SAID.read_text(encoding="utf-8")
