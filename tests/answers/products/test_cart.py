"""The way into the cart: the shop's own links in answers and on cards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answer import Message
from bot.answers.products.cards import card
from bot.answers.products.cart_links import cart_links
from bot.answers.resources import Resources
from bot.rules.advice import Profile
from bot.store.policies import Shop
from bot.store.views import ProductQuery, ProductView, VariantView
from bot.understanding.memory import Memory
from tests.answers.own_words import unchanging
from tests.answers.products.test_buying import FULL, handles, said
from tests.answers.talking import Talk

FORM = "https://moonjar.example/cart/add?sku={sku}"
SIZE = VariantView("S", "30 ml", 30.0, "ml", 2400, None, "USD", None, True)


def test_the_cart_is_the_products_page_where_the_shop_has_no_link(talk: Talk) -> None:
    message, _ = said(talk.resources, "add it to my cart please", "how_to_order", FULL)
    assert message.text.startswith("I can't put it into your cart myself") and handles(message) == [FULL]
    assert carts(message) == [[]]


@pytest.mark.parametrize(("text", "count"), [("add it to my cart", 2), ("put the 50 ml in my basket", 1)])
def test_the_shops_own_cart_link_is_given_for_each_size(talk: Talk, text: str, count: int) -> None:
    message, _ = said(linked(talk.resources, FORM), text, "how_to_order", FULL)
    links = [line for line in message.text.split("\n") if "https://" in line]
    assert len(links) == count and links[-1].endswith("https://moonjar.example/cart/add?sku=HD-001-50")


def test_an_address_that_a_card_leads_to_is_said_in_text_only(talk: Talk) -> None:
    message, _ = said(linked(talk.resources, FORM), "add it to my cart", "how_to_order", FULL)
    assert message.payload["body"] == "This puts it into your cart:" and len(carts(message)[0]) == 2
    assert message.text.count("https://") == 2


def test_one_address_for_all_sizes_is_given_once(talk: Talk) -> None:
    message, _ = said(linked(talk.resources, "/cart/{handle}"), "add it to my cart", "how_to_order", FULL)
    assert message.text.count("/cart/") == 1
    assert carts(message) == [[{"size": "", "url": f"/cart/{FULL}"}]]


def test_a_product_that_is_not_named_is_asked_for(talk: Talk) -> None:
    assert said(talk.resources, "add it to my cart", "how_to_order")[0].text.startswith("Which product")


@pytest.mark.parametrize("link", ["https://x.example/{number}", "javascript:alert({sku})", "https://x.example/cart", "https://x.example/{sku"])
def test_a_link_that_can_not_work_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="cart_link"):
        Shop(name="x", about="x", currency="EUR", contact={"email": "a@b", "phone": "1", "hours": "1", "address": "1"}, policies={}, cart_link=link)


def test_the_cards_of_what_is_found_lead_into_the_cart(talk: Talk) -> None:
    message, _ = said(linked(talk.resources, FORM), "what ampoules do you have", "find_product")
    found = talk.turn("find_product", "").products.by_handles(handles(message))
    assert [[link["url"] for link in cart] for cart in carts(message)] == [
        [FORM.format(sku=size.sku) for size in one.variants if size.in_stock] for one in found
    ]


def test_no_card_leads_what_is_sold_out_into_the_cart(talk: Talk) -> None:
    (gone,) = talk.turn("find_product", "").products.search(ProductQuery(in_stock=False, limit=1))
    message, _ = said(linked(talk.resources, FORM), f"show me the {gone.title}", "find_product")
    assert gone.handle in handles(message)
    assert not carts(message)[handles(message).index(gone.handle)]


def test_no_card_leads_what_must_be_left_into_the_cart(talk: Talk) -> None:
    allergic = Memory(person=Profile(allergies=("hyaluronic_acid",)))
    message, _ = said(linked(talk.resources, FORM), "show me the haneul dew hyaluronic ampoule", "find_product", memory=allergic)
    assert handles(message) == [FULL] and carts(message) == [[]]


@pytest.mark.parametrize(("told", "number"), [
    ("42", "42"), ("shopify_US_1111_42", "42"), ("gla_42", "42"), ("gid://shopify/ProductVariant/42", "42"), ("variant_01H", "variant_01H"), ("a/b", "a%2Fb"),
])
def test_the_shops_own_number_of_a_size_stands_in_its_link(talk: Talk, told: str, number: str) -> None:
    product = with_sizes(talk, replace(SIZE, shop_id=told))
    assert [one.address for one in cart_links("https://x.example/cart/{id}:1", product)] == [f"https://x.example/cart/{number}:1"]


def test_sizes_that_lack_what_the_link_needs_or_are_gone_have_none(talk: Talk) -> None:
    product = with_sizes(talk, SIZE, replace(SIZE, size="50 ml", in_stock=False, shop_id="7"), replace(SIZE, size="80 ml", shop_id="8"))
    assert [one.size for one in cart_links("/cart/{id}", product)] == ["80 ml"]
    assert cart_links(None, product) == []


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [(["30 ml"], 1), ([""], 1), (["30 ml", "50 ml"], 2), (["30 ml", ""], 0), (["30 ml", "30 ml"], 0), (["1 ml", "2 ml", "3 ml", "4 ml"], 0)],
)
def test_a_card_shows_only_links_that_can_be_told_apart(talk: Talk, sizes: list[str], shown: int) -> None:
    product = with_sizes(talk, *(replace(SIZE, size=size, sku=f"S{place}") for place, size in enumerate(sizes)))
    links = cart_links("/cart/{sku}", product)
    made = card(product, cart=links)
    assert len(made["cart"]) == shown
    # Those of an answer's text that no card shows are known all the same.
    assert made.get("links", [one["url"] for one in made["cart"]]) == [one.address for one in links] and ("links" in made) == (shown == 0)


def carts(message: Message) -> list[list[dict[str, str]]]:
    """The links on each card."""
    return [one["cart"] for one in message.payload["products"]]


def with_sizes(talk: Talk, *sizes: VariantView) -> ProductView:
    """A product of the shop in other sizes."""
    return replace(talk.turn("find_product", "").products.by_handles([FULL])[0], variants=sizes)


def linked(resources: Resources, link: str) -> Resources:
    """The same shop with a cart link."""
    shop = replace(resources)
    shop.__dict__.update(resources.__dict__, _files=unchanging(resources.shop.copy(update={"cart_link": link})))
    return shop


def test_no_link_is_given_for_what_must_be_left(talk: Talk) -> None:
    allergic = Memory(person=Profile(allergies=("hyaluronic_acid",)))
    message, _ = said(linked(talk.resources, FORM), "add it to my cart", "how_to_order", FULL, memory=allergic)
    assert "https://" not in message.text and "should leave" in message.text, message.text
