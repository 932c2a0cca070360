"""Something like a product, or the same for less: by its actives, from the shop's own stock."""

from __future__ import annotations

from typing import Dict, List

from bot.answers.answer import Answer, Offer, Offers, Words
from bot.answers.products.cards import price, units
from bot.answers.products.careful import careful
from bot.answers.products.cheaper import cheapest, say_cheapest
from bot.answers.products.listing import spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.query import shop_types
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.items import key_ingredients
from bot.rules.names import several
from bot.rules.similar import Alternative, alternatives
from bot.store.views import ProductQuery, ProductView

MOST_SHOWN = 3
MOST_INSTEAD = 2
CANDIDATES = 300


def find_similar(turn: Turn) -> Answer:
    """ "Something like this but cheaper"."""
    one = cheapest(turn)
    if one:
        return careful(turn, say_cheapest(turn, one))
    found = meant(turn)
    if not found:
        return careful(turn, turn.reply(turn.say("similar_which")))
    return careful(turn, show_alternatives(turn, found[0]))


def show_alternatives(turn: Turn, wanted: ProductView) -> Answer:
    """Up to three products of the same kind with the same actives; says plainly when the shop has none. "It" is the
    product asked about after it."""
    cheaper = turn.frame.has("cheaper")
    views = _candidates(turn, wanted, cheaper)
    found = _ranked(turn, wanted, views, cheaper)[:MOST_SHOWN]
    if not found:
        return spoke_of(turn, [_none(turn, wanted, cheaper)], [wanted])
    subject = turn.resources.items.item(wanted)
    key = "similar_cheaper" if cheaper else "similar_found"
    intro = turn.say(
        key if any(one.shared for one in found) else "similar_concerns",
        product=wanted.title,
        main=several(turn.knowledge, key_ingredients(turn.knowledge, subject)),
        concerns=several(turn.knowledge, subject.concerns),
    )
    offered = [Offer(views[one.item.handle], _reason(turn, wanted, views[one.item.handle], one)) for one in found]
    return spoke_of(turn, [Offers([intro], offered)], [one.product for one in offered], focus=wanted.handle)


def say_instead(turn: Turn, wanted: ProductView) -> str:
    """What is in stock in place of a product that is sold out, in one sentence; empty where it is not sold out, or nothing
    is like it."""
    if wanted.in_stock:
        return ""
    views = _candidates(turn, wanted, cheaper=False)
    found = [views[one.item.handle] for one in _ranked(turn, wanted, views)[:MOST_INSTEAD]]
    names = [f"{one.title} ({price(one)})" for one in found]
    return turn.say("stock_instead", products=" and ".join(names)) if names else ""


def _candidates(turn: Turn, wanted: ProductView, cheaper: bool) -> Dict[str, ProductView]:
    """By handle what is sold as the same kind."""
    kind = turn.resources.items.type_of(wanted)
    kinds = (wanted.product_type, *(shop_types(turn.knowledge, (kind,)) if kind else ()))
    wish = ProductQuery(
        product_type=tuple(dict.fromkeys(kinds)),
        max_price=max(0, wanted.price_min - 1) if cheaper else None,
        in_stock=True,
        limit=CANDIDATES,
    )
    return {view.handle: view for view in turn.products.search(wish)}


def _ranked(
    turn: Turn, wanted: ProductView, views: Dict[str, ProductView], cheaper: bool = False
) -> List[Alternative]:
    items = turn.resources.items
    return alternatives(turn.knowledge, items.item(wanted), map(items.item, views.values()), turn.person, cheaper)


def _none(turn: Turn, wanted: ProductView, cheaper: bool) -> Words:
    """Nothing: where only the price stands in the way, the likest product at any price is named."""
    text = turn.say("similar_none_cheaper" if cheaper else "similar_none", product=wanted.title)
    views = _candidates(turn, wanted, cheaper=False) if cheaper else {}
    likest = [views[one.item.handle] for one in _ranked(turn, wanted, views)[:1]]
    for one in likest:
        amount = units(one.price_min, one.currency)
        text = f"{text} {turn.say('similar_closest', product=one.title, price=amount, currency=one.currency)}"
    return Words(text, products=[Offer(one) for one in likest])


def _reason(turn: Turn, wanted: ProductView, other: ProductView, found: Alternative) -> str:
    """What both have, and the difference in price."""
    items = turn.resources.items
    wanted_for = items.item(wanted).concerns
    for_same = several(turn.knowledge, [one for one in items.item(other).concerns if one in wanted_for])
    shared = several(turn.knowledge, found.shared)
    parts = [turn.say("similar_shared", ingredients=shared) if shared else turn.say("reason_concerns", concerns=for_same)]
    difference = wanted.price_min - other.price_min
    if difference > 0 and wanted.currency == other.currency:
        parts.append(turn.say("similar_less", amount=units(difference, other.currency), currency=other.currency))
    return "; ".join(map(inside, parts))
