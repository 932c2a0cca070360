"""The box to ask in on a shop's pages, and what the owner hears of what led people into the chat."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import SHOP_PAGE, NewVisitor
from tests.browser.driving import PHONE
from tests.browser.peer import Peer

BOX = '<div data-glasskin-box></div><button data-glasskin-ask="Is it vegan?">Vegan?</button><a href="#glasskin?ask=And%20now%3F">Now?</a>'
KEYS = "<script>window.seen = []; document.addEventListener('keydown', event => window.seen.push(event.key));</script>"
OWN = """data-prompts='[{"page": "any", "seconds": 0, "text": "Which one is mine?"}]'></script>"""


def used(peer: Peer) -> list[tuple[str, str]]:
    """What was counted, in order."""
    return [(data["way"], data["words"]) for event, data in peer.heard if event == "used"]


def test_a_box_asks_about_the_product_of_the_page(peer: Peer, new_visitor: NewVisitor) -> None:
    plain = new_visitor(peer.address).visit("/page/shop").page
    assert not plain.evaluate("performance.getEntriesByType('resource').some(one => one.name.includes('box.js'))")
    peer.pages["boxed"] = SHOP_PAGE.replace("</main>", f"{BOX}{KEYS}</main>")
    chat = new_visitor(peer.address, PHONE, reduced_motion="reduce").visit("/page/boxed")
    box = chat.page.get_by_role("region", name="Ask Glasskin")
    expect(box).to_contain_text("Questions? Ask here.")
    chat.page.evaluate("history.pushState(null, '', '/products/dew-ampoule')")
    expect(box.get_by_role("heading")).to_have_text("Questions about Dew Ampoule?")
    assert not violations(chat.page)
    assert chat.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    field = box.get_by_role("textbox", name="Your question")
    field.click()
    chat.page.keyboard.type("does it sting?")
    chat.page.keyboard.press("Enter")
    expect(chat.answers.last).to_contain_text("You said: does it sting?")
    assert chat.page.evaluate("window.seen") == []
    chat.button("Minimise chat").click()
    expect(field).to_have_value("")
    # A swapped page gets one box again, and one only.
    chat.page.evaluate("document.querySelector('main').innerHTML = '<div data-glasskin-box></div>'")
    expect(box).to_have_count(1)
    box.get_by_role("button", name="Is it in stock?").click()
    expect(chat.answers.last).to_contain_text("You said: Is Dew Ampoule in stock?")
    assert used(peer) == [("box", ""), ("box", "Is {product} in stock?")]


def test_what_led_here_is_counted(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.pages["led"] = SHOP_PAGE.replace("></script>", f" {OWN}").replace("</main>", f"{BOX}</main>")
    chat = new_visitor(peer.address).visit("/page/led")
    chat.button("Which one is mine?").click()
    expect(chat.input).to_be_focused()
    chat.page.get_by_role("button", name="Vegan?").click()
    chat.page.get_by_role("link", name="Now?").click()
    expect(chat.answers.last).to_contain_text("You said: And now?")
    chat.page.wait_for_timeout(100)
    assert used(peer) == [("prompt", "Which one is mine?"), ("link", "Is it vegan?"), ("link", "And now?")]


def test_the_demo_shop_has_one(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server, PHONE, color_scheme="dark", reduced_motion="reduce").visit("/products/haneul-dew-hyaluronic-ampoule")
    box = chat.page.get_by_role("region", name="Ask Glasskin")
    expect(box.get_by_role("button")).to_have_count(4)
    assert not violations(chat.page)
    box.get_by_role("button", name="Is it in stock?").click()
    expect(chat.answers.last).to_contain_text(re.compile("in stock", re.I))
