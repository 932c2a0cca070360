"""What is to go into the cart: the shop's own link that puts it there, or the page where the customer does."""

from __future__ import annotations

from typing import List

from bot.answers.answer import Answer, Link, Offer, Offers
from bot.answers.gating import speaks_against
from bot.answers.products.cart_links import CartLink, cart_links
from bot.answers.products.listing import spoke_of
from bot.answers.products.meant import meant
from bot.answers.turn import Turn
from bot.store.views import ProductView

MOST_LINKS = 3


def to_cart(turn: Turn) -> Answer:
    """A link for each size that is in stock, or for the one named; without links of the shop's the product's page."""
    found = meant(turn)
    if not found:
        return turn.reply(turn.say("cart_which"))
    found = [one for one in found if not speaks_against(turn, Offer(one))]
    if not found:
        return turn.reply(turn.say("held_back_products"))
    links = [link for product in found for link in _links(turn, product)]
    intro = turn.say("cart_link" if links else "cart_page")
    sold_out = [turn.say("stock_no", product=one.title) for one in found if not one.in_stock]
    buyable = [Offer(one) for one in found if one.in_stock]
    if not buyable:
        return turn.reply(" ".join(sold_out))
    return spoke_of(turn, [Offers([intro], buyable, sold_out, for_use=False, links=links)], found)


def _links(turn: Turn, product: ProductView) -> List[Link]:
    """The shop's links for a product, none where it has none or the product lacks what they need."""
    sizes = cart_links(turn.resources.shop.cart_link, product)
    named = [one for one in sizes if one.amount is not None and _says(turn, one.amount)]
    return [Link(_line(product, one), one.address) for one in (named or sizes)[:MOST_LINKS]]


def _says(turn: Turn, amount: float) -> bool:
    """True where the question names a size by its number."""
    return f"{amount:g}" in turn.frame.words


def _line(product: ProductView, link: CartLink) -> str:
    name = f"{product.title}, {link.size}" if link.size else product.title
    return f"- {name}: {link.address}"
