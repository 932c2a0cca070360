"""Something like a product, or the same for less: by its actives, from the shop's own stock."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, List, Sequence

from bot.answers.answer import Answer, Offer, Offers, Words
from bot.answers.products.against import against, is_free_of_unwanted
from bot.answers.products.cards import price, units
from bot.answers.products.careful import careful
from bot.answers.products.cheaper import cheapest, say_cheapest
from bot.answers.products.claims import claims
from bot.answers.products.listing import spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.query import flags, shop_types
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.items import key_ingredients
from bot.rules.names import listed, several
from bot.rules.similar import Alternative, alternatives
from bot.store.importers.kinds import OTHER
from bot.store.views import ProductQuery, ProductView

MOST_SHOWN = 3
MOST_INSTEAD = 2
CANDIDATES, FEW_CANDIDATES = 300, 60


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
    if not found and flags(turn.frame) and not views:
        marks = listed([one.replace("_", "-") for one in flags(turn.frame)])
        return spoke_of(turn, [Words(turn.say("similar_none_marked", product=wanted.title, marks=marks))], [wanted])
    if not found:
        return _of_the_kind(turn, wanted, views, cheaper) or spoke_of(turn, [_none(turn, wanted, cheaper)], [wanted])
    subject = turn.resources.items.item(wanted)
    intro = turn.say(
        _intro_key(any(one.shared for one in found), bool(subject.concerns), cheaper),
        product=wanted.title,
        main=several(turn.knowledge, key_ingredients(turn.knowledge, subject)),
        concerns=several(turn.knowledge, subject.concerns),
    )
    offered = [Offer(views[one.item.handle], _reason(turn, wanted, views[one.item.handle], one)) for one in found]
    said = claims(turn, [one.product for one in offered])
    return spoke_of(turn, [Offers([*said, intro], offered)], [one.product for one in offered], focus=wanted.handle)


def _of_the_kind(turn: Turn, wanted: ProductView, views: Dict[str, ProductView], cheaper: bool) -> Answer | None:
    """Where nothing has the same actives or is for the same: others of its kind, those nearest in price first. None where the
    shop has none in which nothing speaks against this person."""
    kind = turn.resources.items.type_of(wanted)
    others = [one for one in views.values() if one.handle != wanted.handle and turn.resources.items.type_of(one) == kind]
    fitting = [one for one in others if kind and not against(turn, one) and is_free_of_unwanted(turn, one)]
    fitting.sort(key=lambda one: (abs(one.price_min - wanted.price_min), one.handle))
    if not fitting:
        return None
    intro = turn.say("similar_kind_cheaper" if cheaper else "similar_kind", product=wanted.title)
    offered = [Offer(one, _cheaper_by(turn, wanted, one)) for one in fitting[:MOST_SHOWN]]
    said = claims(turn, [one.product for one in offered])
    return spoke_of(turn, [Offers([*said, intro], offered)], [one.product for one in offered], focus=wanted.handle)


def _cheaper_by(turn: Turn, wanted: ProductView, other: ProductView) -> str:
    difference = wanted.price_min - other.price_min
    if difference <= 0 or wanted.currency != other.currency:
        return ""
    return inside(turn.say("similar_less", amount=units(difference, other.currency), currency=other.currency))


def _intro_key(shares: bool, has_concerns: bool, cheaper: bool) -> str:
    """By what the products are alike: what is in them, what they are for, or their kind alone."""
    if shares:
        return "similar_cheaper" if cheaper else "similar_found"
    if has_concerns:
        return "similar_concerns"
    return "similar_kind_cheaper" if cheaper else "similar_kind"


def say_instead(turn: Turn, wanted: ProductView, most: int | None = None) -> str:
    """What is in stock in place of a product that is sold out, in one sentence; empty where there is nothing. See `instead`."""
    return named_instead(turn, instead(turn, wanted, most))


def named_instead(turn: Turn, products: Sequence[ProductView]) -> str:
    """Products that stand in for one, in one sentence; empty without any."""
    names = [f"{one.title} ({price(one)})" for one in products]
    return turn.say("stock_instead", products=" and ".join(names)) if names else ""


def instead(turn: Turn, wanted: ProductView, most: int | None = None) -> List[ProductView]:
    """What is in stock in place of a product that is sold out; nothing where it is not sold out, or nothing is like it. `most`: the
    price that was named, which holds for what stands in too."""
    if wanted.in_stock or wanted.kind == OTHER:
        return []
    views = {handle: one for handle, one in _candidates(turn, wanted, cheaper=False).items() if most is None or one.price_min <= most}
    return [views[one.item.handle] for one in _ranked(turn, wanted, views)[:MOST_INSTEAD]]


def _candidates(turn: Turn, wanted: ProductView, cheaper: bool) -> Dict[str, ProductView]:
    """By handle what is sold as the same kind."""
    kind = turn.resources.items.type_of(wanted)
    kinds = (wanted.product_type, *(shop_types(turn.knowledge, (kind,)) if kind else ()))
    wish = ProductQuery(
        product_type=tuple(dict.fromkeys(kinds)),
        max_price=max(0, wanted.price_min - 1) if cheaper else None,
        in_stock=True,
        flags=flags(turn.frame),
        limit=FEW_CANDIDATES,
    )
    # In a large shop those for the same concerns are enough, and all of a kind are very many to read.
    alike = turn.products.search(replace(wish, concerns=wanted.concerns)) if wanted.concerns else []
    found = alike if len(alike) == FEW_CANDIDATES else turn.products.search(replace(wish, limit=CANDIDATES))
    return {view.handle: view for view in found}


def _ranked(
    turn: Turn, wanted: ProductView, views: Dict[str, ProductView], cheaper: bool = False
) -> List[Alternative]:
    items = turn.resources.items
    free = [one for one in views.values() if is_free_of_unwanted(turn, one)]
    return alternatives(turn.knowledge, items.item(wanted), map(items.item, free), turn.person, cheaper)


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
    parts = []
    if shared or for_same:
        parts.append(turn.say("similar_shared", ingredients=shared) if shared else turn.say("reason_concerns", concerns=for_same))
    return "; ".join(filter(None, [*map(inside, parts), _cheaper_by(turn, wanted, other)]))
