"""Choosing: cards with what a person does with them, several answers at once, and where there is more to read."""

from __future__ import annotations

import re
from typing import Literal

from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import PHONE
from tests.browser.peer import Peer

CARD = {"handle": "dew", "title": "Haneul Dew Rice Serum", "brand": "Haneul Dew", "in_stock": True, "url": "/products/dew", "currency": "USD"}
CARDS = [
    {**CARD, "price": "24.00 to 36.00 USD", "amounts": [24.0, 36.0]}, {**CARD, "title": "Plum Serum", "price": "18.00 USD", "amounts": [18.0, 18.0]},
    {**CARD, "price": "a lot", "amounts": ["x"]}, {**CARD, "price": "5 doubloons", "amounts": [5.0], "currency": "coins"},
]


def test_a_card_says_its_brand_once_and_can_be_asked_about(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["serums"] = [{"text": "All.", "custom": {"body": "From our shop:", "products": CARDS, "below": "The label matters more."},
                               "quick_replies": [{"title": "Show more", "payload": "Show more"}]}]
    chat = new_visitor(peer.address, PHONE, reduced_motion="reduce").visit("/page/shop").open()
    answer = chat.ask("serums")
    cards = answer.get_by_role("listitem")
    expect(cards.nth(0)).to_contain_text(re.compile(r"Haneul Dew\s*Rice Serum\s*\$24.00 – \$36.00"))
    expect(cards.nth(1)).to_contain_text(re.compile(r"Plum Serum\s*\$18.00In stock"))
    expect(cards.nth(2)).to_contain_text("a lot")
    expect(cards.nth(3)).to_contain_text("5 doubloons")
    # One line, the cards, then what is to be said of them.
    tops = [one.bounding_box() for one in (answer.get_by_text("From our shop:"), cards.first, answer.get_by_text("The label matters more."))]
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box) and all(tops)
    expect(cards.nth(1)).to_be_in_viewport()
    assert not violations(chat.page)
    answer.get_by_role("button", name="Ask about it: Haneul Dew Rice Serum").first.click()
    expect(chat.answers.last).to_contain_text("You said: Tell me about Haneul Dew Rice Serum")


def test_a_row_is_turned_by_buttons_where_nobody_can_swipe(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["serums"] = [{"text": "All.", "custom": {"body": "From our shop:", "products": CARDS}}]
    swiped = new_visitor(peer.address, PHONE, has_touch=True, is_mobile=True).visit("/page/shop").open()
    cards = swiped.ask("serums").get_by_role("listitem")
    expect(cards.nth(1)).to_be_in_viewport()
    expect(swiped.button("More products")).to_be_hidden()
    chat = new_visitor(peer.address, reduced_motion="reduce").visit("/page/shop").open()
    cards = chat.ask("serums").get_by_role("listitem")
    back, onward = chat.button("Previous products"), chat.button("More products")
    expect(back).to_be_hidden()
    # On the pictures, so that they are seen with the cards and cover no word.
    box, picture = onward.bounding_box(), cards.first.bounding_box()
    assert box and picture and picture["y"] < box["y"] and box["y"] + box["height"] < picture["y"] + 124
    assert not violations(chat.page)
    onward.focus()
    while onward.is_visible():
        chat.page.keyboard.press("Enter")
        chat.page.wait_for_timeout(100)
    # At its end the row itself is where the keyboard goes on.
    expect(cards.last).to_be_in_viewport(ratio=0.9)
    expect(chat.page.get_by_role("list", name="Products")).to_be_focused()
    back.click()
    expect(onward).to_be_visible()
    assert not violations(chat.page)


def test_a_card_leads_to_the_product_and_into_the_cart(peer: Peer, new_visitor: NewVisitor) -> None:
    carts: list[list[tuple[str, str]]] = [[("", "/cart/add?sku=A")], [("30 ml", "https://shop.example/cart/1:1"), ("50 ml", "https://shop.example/cart/2:1")], []]
    peer.replies["serums"] = [{"text": "All.", "custom": {"body": "From our shop:", "products": [
        {**CARD, "title": f"Serum {place}", "cart": [{"size": size, "url": url} for size, url in cart]} for place, cart in enumerate(carts)
    ]}}]
    peer.replies["gone"] = [{"text": "It.", "custom": {"products": [{**CARD, "in_stock": False, "cart": [{"size": "", "url": "/cart/add?sku=A"}]}]}}]
    chat = new_visitor(peer.address, PHONE, reduced_motion="reduce").visit("/page/shop").open()
    cards = chat.ask("serums").get_by_role("listitem")
    expect(cards.nth(0).get_by_role("link", name="View: Serum 0")).to_have_attribute("href", f"{peer.address}/products/dew")
    buy = cards.nth(0).get_by_role("link", name="Add to cart: Serum 0")
    expect(buy).to_have_attribute("href", f"{peer.address}/cart/add?sku=A")
    expect(cards.nth(1).get_by_role("link", name=re.compile("Add to cart: Serum 1, (30|50) ml"))).to_have_text(["30 ml", "50 ml"])
    expect(cards.nth(2).get_by_role("link")).to_have_text(["View"])
    assert not violations(chat.page)
    with chat.page.context.expect_page() as opened:
        buy.click()
    assert opened.value.url == f"{peer.address}/cart/add?sku=A"
    # The chat stays where it is, and what is sold out leads into no cart.
    expect(chat.ask("gone").get_by_role("listitem").get_by_role("link")).to_have_text(["View"])


def test_several_answers_are_chosen_before_they_are_sent(peer: Peer, new_visitor: NewVisitor) -> None:
    titles = ["Dark spots", "Dryness", "Acne"]
    peer.replies["choose"] = [{"text": "What?", "custom": {"body": "What?", "finder": "concern", "progress": {"at": 1, "of": 6}, "several": {"of": titles, "most": 2}},
                               "quick_replies": [{"title": one, "payload": one} for one in (*titles, "Skip", "Back")]}]
    chat = new_visitor(peer.address, PHONE, reduced_motion="reduce").visit("/page/shop").open()
    chat.ask("choose")
    expect(chat.suggestions).to_have_text([*titles, "Continue", "Skip", "Back"])
    go = chat.button("Continue")
    expect(go).to_have_attribute("aria-disabled", "true")
    go.click(force=True)
    for one in ("Acne", "Dryness", "Acne", "Dark spots"):
        chat.button(one).focus()
        chat.page.keyboard.press("Space")
    expect(chat.button("Dark spots")).to_have_attribute("aria-pressed", "true")
    expect(chat.button("Acne")).to_have_attribute("aria-disabled", "true")
    chat.button("Acne").click(force=True)
    expect(chat.button("Acne")).to_have_attribute("aria-pressed", "false")
    assert not violations(chat.page)
    chat.page.reload()
    chat.open()
    chat.button("Dryness").click()
    chat.button("Dark spots").click()
    go.click()
    expect(chat.mine.last).to_contain_text("Dark spots, Dryness")
    chat.ask("choose")
    chat.button("Skip").click()
    expect(chat.mine.last).to_contain_text("Skip")
    assert peer.said() == ["choose", "Dark spots, Dryness", "choose", "Skip"]


def test_what_leads_further_down_covers_nothing(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["long"] = [{"text": "\n\n".join(f"Paragraph {number} of it." for number in range(60))}]
    chat = new_visitor(peer.address, PHONE, reduced_motion="reduce").visit("/page/shop").open()
    chat.ask("long")
    box, log, more = chat.log.bounding_box(), chat.log, chat.button("More below").bounding_box()
    assert box and more
    faded = int(log.evaluate("log => getComputedStyle(log).maskImage.match(/0, 0\\) calc\\(100% - (\\d+)px\\)/)[1]"))
    assert more["y"] >= box["y"] + box["height"] - faded and more["height"] >= 24
    assert not violations(chat.page)
    # It comes and goes without moving what is read.
    before = log.bounding_box()
    chat.button("More below").click()
    expect(chat.answers.last.get_by_text("Paragraph 59 of it.")).to_be_in_viewport(ratio=1)
    expect(chat.button("More below")).to_be_hidden()
    assert log.bounding_box() == before


def test_a_link_to_a_product_that_is_followed_is_told_once(peer: Peer, new_visitor: NewVisitor) -> None:
    cart, many = "https://shop.example/cart/1:1", "https://shop.example/cart/7:1"
    peer.replies["serums"] = [{"text": "All.", "custom": {"body": f"From our shop: {cart} and {many} and https://shop.example/else", "products": [
        {**CARD, "url": "/page/shop?product", "cart": [{"size": "", "url": cart}]}, {**CARD, "handle": "plum", "title": "Plum Serum", "url": "/page/shop?plum", "links": [many]},
    ]}}]
    chat = new_visitor(peer.address, reduced_motion="reduce").visit("/page/shop").open()
    chat.page.context.route("https://shop.example/**", lambda route: route.fulfill(body="cart"))
    answer = chat.ask("serums")
    opened: list[tuple[Locator, Literal["left", "middle"], tuple[str, str] | None]] = [
        (answer.get_by_role("link", name="Add to cart"), "left", ("dew", "cart")), (answer.get_by_role("link", name=cart), "left", ("dew", "cart")),
        (answer.get_by_role("link", name=many), "left", ("plum", "cart")), (answer.get_by_role("link", name="https://shop.example/else"), "left", None),
        (answer.get_by_role("link", name="View: Plum Serum"), "middle", ("plum", "page")), (answer.get_by_role("link", name="View: Haneul"), "left", ("dew", "page")),
    ]
    for link, button, _ in opened[:-1]:
        with chat.page.context.expect_page():
            link.click(button=button)
    answer.get_by_role("link", name="Add to cart").click(button="right")
    # The last opens in place, and is told all the same.
    opened[-1][0].click()
    chat.page.wait_for_url("**/page/shop?product")
    expect(chat.answers.last).to_contain_text("From our shop")
    told = [(data["product"], data["way"]) for event, data in peer.heard if event == "followed"]
    assert told == [one for _, _, one in opened if one]
