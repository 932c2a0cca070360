"""Every state of the widget, in both themes, one on a phone and one on a desktop: axe-core has nothing to say against any.

With SCREENSHOTS set to a folder each state is also put there as a picture.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE, Chat, Visitor
from tests.browser.peer import Peer

PICTURE = "/widget/logo.svg"
SIZES: list[list[str]] = [[""], ["30 ml", "50 ml"], [""], [""], []]
PRODUCTS = [
    {"handle": f"p{place}", "title": f"Dew Drop Ampoule {place}", "brand": "Haneul Dew", "price": "24.00 USD",
     "in_stock": place != 2, "url": f"/products/p{place}", "image": PICTURE, "reason": "for dry skin",
     "cart": [{"size": size, "url": f"https://shop.example/cart?size={size}"} for size in sizes]}
    for place, sizes in enumerate(SIZES)
]
TABLE = {
    "head": ["", "Dew Drop Ampoule", "Rice Toner", "Barrier Cream"],
    "rows": [["Price", "24.00 USD", "18.00 USD", "30.00 USD"], ["For", "dryness", "dullness", "redness"]],
}
SOURCES = [
    {"publisher": "AAD", "kind": "medical", "address": "https://www.aad.org/x"},
    {"publisher": "A shop's journal", "kind": "brand", "address": "https://example.com"},
]
REPLIES: dict[str, list[dict[str, Any]]] = {
    "verdicts": [
        {"text": f"It is **{verdict}**.\n- one\n- [two](https://example.com)", "custom": {
            "body": f"It is **{verdict}**.\n- one\n- [two](https://example.com)", "verdict": verdict, "sources": SOURCES}}
        for verdict in ("yes", "no", "careful", "depends", "unknown", "doctor")
    ],
    "products": [{"text": "Five ampoules.", "custom": {"body": "From our shop:", "products": PRODUCTS}}],
    "product": [{"text": "One ampoule.", "custom": {"body": "Here it is:", "products": PRODUCTS[:1]}}],
    "table": [{"text": "Compared.", "custom": {"body": "Side by side:", "table": TABLE}}],
    "plan": [{"text": "Your week.", "custom": {"body": "Your week:", "image": {"src": PICTURE, "alt": "Plan of a week"},
                                              "files": [{"title": "Add to my calendar", "href": "/plans/x.ics"}]}}],
    "urgent": [
        {"text": "Stop.", "custom": {"body": "Stop using it now. Call your local emergency number.", "verdict": "doctor", "urgency": "emergency",
                                     "sources": SOURCES}},
        {"text": "Which?", "custom": {"body": "What is your skin type?", "finder": "skin_type", "progress": {"at": 2, "of": 6}}},
    ],
    "several": [{"text": "What?", "custom": {"body": "What would you most like to change?", "finder": "concern", "progress": {"at": 1, "of": 6},
                                            "several": {"of": ["Dark spots", "Dryness", "Acne"], "most": 2}},
                "quick_replies": [{"title": title, "payload": title} for title in ("Dark spots", "Dryness", "Acne", "Skip")]}],
    "list": [{"text": "All.", "custom": {"body": "From our shop:", "products": PRODUCTS, "below": "The ingredient list matters more than the name."},
              "quick_replies": [{"title": title, "payload": title} for title in ("Show more", "Compare them")]}],
    "choices": [{"text": "Which skin type?", "quick_replies": [{"title": title, "payload": title} for title in ("Dry", "Oily")]}],
}


def at_rest(chat: Chat) -> None:
    expect(chat.launcher).to_be_visible()


def unread(chat: Chat) -> None:
    chat.open().say("slow")
    expect(chat.page.get_by_role("status").filter(has_text="is writing")).to_have_count(1)
    chat.button("Minimise chat").click()
    chat.page.evaluate("() => fetch('/release')")
    expect(chat.launcher).to_have_attribute("aria-label", re.compile("1 new"))


def greeting(chat: Chat) -> None:
    chat.open()


def asked(text: str) -> Callable[[Chat], None]:
    def state(chat: Chat) -> None:
        chat.open().ask(text)

    return state


def opened_sources(chat: Chat) -> None:
    chat.open().say("verdicts")
    expect(chat.answers).to_have_count(7)
    chat.answers.last.locator("summary").click()


def voted(chat: Chat) -> None:
    chat.open().ask("x").get_by_role("button", name="Not helpful").click()


def typing(chat: Chat) -> None:
    chat.open().say("slow")
    expect(chat.page.get_by_role("status").filter(has_text="is writing")).to_have_count(1)


def refused(chat: Chat) -> None:
    chat.open().say("no")
    expect(chat.button("Try again")).to_be_visible()


def offline(chat: Chat) -> None:
    chat.open().ask("x")
    chat.page.context.set_offline(True)
    chat.say("later")
    expect(chat.page.get_by_text("You are offline")).to_be_visible()


def menu(chat: Chat) -> None:
    chat.open().page.get_by_label("More options").click()


def privacy(chat: Chat) -> None:
    chat.open().choose("Privacy")
    chat.button("Delete my conversation").click()


def urgent_and_starting_over(chat: Chat) -> None:
    chat.open().ask("urgent")
    expect(chat.page.get_by_text("Question 2 of 6")).to_be_visible()
    chat.button("Start over").click()


def about_a_product(chat: Chat) -> None:
    chat.open().ask("x")
    chat.page.evaluate("history.pushState(null, '', '/products/dew-ampoule')")
    expect(chat.page.get_by_text("About Dew Ampoule")).to_be_visible()


def several(chat: Chat) -> None:
    chat.open().ask("several")
    for one in ("Dryness", "Acne"):
        chat.button(one).click()


def read_halfway(chat: Chat) -> None:
    chat.open().ask("list")
    chat.log.evaluate("log => log.scrollTo(0, 0)")
    expect(chat.button("More below")).to_be_visible()


def long_message(chat: Chat) -> None:
    chat.open().input.fill("word " * 1180)
    expect(chat.page.get_by_text(re.compile("characters left"))).to_be_visible()


STATES = {
    "at_rest": at_rest, "unread": unread, "greeting": greeting, "verdicts": opened_sources, "products": asked("products"),
    "product": asked("product"), "table": asked("table"), "plan": asked("plan"), "choices": asked("choices"),
    "voted": voted, "typing": typing, "refused": refused, "offline": offline, "menu": menu, "privacy": privacy,
    "long_message": long_message, "several": several, "list": asked("list"), "halfway": read_halfway, "urgent": urgent_and_starting_over, "about": about_a_product,
}


# Colours do not depend on the width nor the layout on colours; for pictures all four are wanted.
EACH = [("dark", PHONE), ("light", DESKTOP), *([("light", PHONE), ("dark", DESKTOP)] if os.environ.get("SCREENSHOTS") else [])]


@pytest.mark.parametrize(("theme", "size"), EACH, ids=[f"{theme}-{size[0]}" for theme, size in EACH])
def test_axe_has_no_objection_to_any_state(peer: Peer, new_visitor: NewVisitor, theme: str, size: tuple[int, int]) -> None:
    peer.replies.update(REPLIES)
    peer.refusals["no"] = {"error": "failed", "text": "Something went wrong. Please try again."}
    found = {}
    for name, reach in STATES.items():
        peer.hold.update(["slow"])
        visitor = new_visitor(peer.address, size, color_scheme=theme, reduced_motion="reduce")
        chat = visitor.visit("/page/shop")
        reach(chat)
        _picture(visitor, chat, f"{name}-{size[0]}-{theme}")
        if objections := violations(chat.page):
            found[name] = objections
        peer.hold.clear()
        visitor.context.close()
    assert not found, found


def _picture(visitor: Visitor, chat: Chat, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        chat.page.wait_for_timeout(150)
        chat.page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/?type=serum", "/products/haneul-dew-hyaluronic-ampoule", "/help", "/chat/", "/products/none"])
def test_axe_has_no_objection_to_the_shop(server: str, new_visitor: NewVisitor, path: str, theme: str) -> None:
    page = new_visitor(server, color_scheme=theme, reduced_motion="reduce").visit(path).page
    expect(page.get_by_role("button").first).to_be_visible()
    assert not violations(page)
