"""About to buy: reduced prices, presents within a budget, and the way into the cart."""

from __future__ import annotations

from dataclasses import replace
from typing import List

import pytest

from bot.answers.answer import Message
from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.store.policies import Shop
from bot.understanding.memory import Memory
from tests.answers.own_words import unchanging
from tests.answers.talking import Talk
from tests.understanding.reading import read

NEW = Memory()
REDUCED, FULL = "narusol-madeca-quiet-ampoule", "haneul-dew-hyaluronic-ampoule"


def said(resources: Resources, text: str, kind: str, page: str = "", memory: Memory = NEW) -> tuple[Message, Memory]:
    """The message that answers a text of which the classifier guesses this kind, and the memory after it."""
    (message, *_), after = reply([read(text, kind)], memory, Place(page, "test", 0.0), resources)
    return message, after


def handles(message: Message) -> List[str]:
    return [one["handle"] for one in message.payload["products"]]


def test_reduced_products_are_listed_with_the_price_before(talk: Talk) -> None:
    message, _ = said(talk.resources, "what is on sale right now", "discount")
    assert "100 ml 48.00 USD instead of 54.00 USD" in message.text and REDUCED in handles(message)


def test_a_kind_of_which_nothing_is_reduced(talk: Talk) -> None:
    message, _ = said(talk.resources, "any reduced serums", "find_product")
    assert message.text.startswith("Nothing of that kind is marked as reduced")


@pytest.mark.parametrize(
    ("page", "first"),
    [(REDUCED, "Narusol Madeca Quiet Ampoule is reduced: 100 ml 48.00 USD"), (FULL, "Haneul Dew Hyaluronic Ampoule is not reduced")],
)
def test_a_reduction_is_told_of_the_product_on_the_page(talk: Talk, page: str, first: str) -> None:
    message, _ = said(talk.resources, "any 50% off?", "percent", page)
    assert message.text.startswith(first)


def test_without_a_product_a_reduction_is_the_policy(talk: Talk) -> None:
    assert said(talk.resources, "any 50% off?", "percent")[0].text.startswith("Current offers")


def test_presents_are_gentle_and_within_the_budget(talk: Talk) -> None:
    message, memory = said(talk.resources, "a present for my sister, up to 40 dollars", "find_product")
    found = talk.turn("find_product", "").products.by_handles(handles(message))
    assert found and all(one.price_min <= 4000 and one.in_stock for one in found)
    assert len({talk.resources.items.type_of(one) for one in found}) == len(found)
    cheaper, _ = said(talk.resources, "not over 20 dollars", "find_product", memory=memory)
    assert "presents" in cheaper.text and "18.00 USD" in cheaper.text


def test_no_present_within_the_budget_is_said(talk: Talk) -> None:
    assert said(talk.resources, "gift ideas under 1 dollar", "find_product")[0].text.startswith("I find no present")


def test_the_cart_is_the_products_page_where_the_shop_has_no_link(talk: Talk) -> None:
    message, _ = said(talk.resources, "add it to my cart please", "how_to_order", FULL)
    assert message.text.startswith("I can't put it into your cart myself") and handles(message) == [FULL]


@pytest.mark.parametrize(("text", "count"), [("add it to my cart", 2), ("put the 50 ml in my basket", 1)])
def test_the_shops_own_cart_link_is_given_for_each_size(talk: Talk, text: str, count: int) -> None:
    linked = _linked(talk.resources, "https://moonjar.example/cart/add?sku={sku}")
    message, _ = said(linked, text, "how_to_order", FULL)
    links = [line for line in message.text.split("\n") if "https://" in line]
    assert len(links) == count and links[-1].endswith("https://moonjar.example/cart/add?sku=HD-001-50")


def test_a_product_that_is_not_named_is_asked_for(talk: Talk) -> None:
    assert said(talk.resources, "add it to my cart", "how_to_order")[0].text.startswith("Which product")


@pytest.mark.parametrize("link", ["https://x.example/{id}", "javascript:alert({sku})", "https://x.example/cart", "https://x.example/{sku"])
def test_a_link_that_can_not_work_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="cart_link"):
        Shop(name="x", about="x", currency="EUR", contact={"email": "a@b", "phone": "1", "hours": "1", "address": "1"}, policies={}, cart_link=link)


def _linked(resources: Resources, link: str) -> Resources:
    """The same shop with a cart link."""
    linked = replace(resources)
    linked.__dict__.update(resources.__dict__, _files=unchanging(resources.shop.copy(update={"cart_link": link})))
    return linked
