"""Lists of products, a few at a time: what is shown of them and why, and "show more"."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from bot.answers.answer import Answer, Offer, Offers, Part
from bot.answers.products.query import query
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.names import several
from bot.store.views import ProductQuery, ProductView
from bot.understanding.shopping import LOOKED_FOR, still_to_show
from bot.understanding.wishes import narrowed

MOST_PRODUCTS = 3
MOST_REASONS = 2


def spoke_of(
    turn: Turn,
    parts: Sequence[Part],
    products: Sequence[ProductView],
    focus: str | None = None,
    found: Sequence[ProductView] = (),
    wish: Mapping[str, Any] | None = None,
    counted: Sequence[str] = (),
    kind: str = "",
) -> Answer:
    """An answer that spoke of products of the shop, with what is kept of it; without products nothing is.

    Args:
        focus: the handle that "it" means from now on; None for the only product spoken of.
        found: the whole list, which "show more" goes on with.
        wish: what the list was looked for; None for that of the list which the products are from.
        counted: handles of the list that "the second one" still counts; empty for those spoken of.
        kind: the kind of question that "and the other one?" goes on with; empty for the turn's.
    """
    if not products:
        return turn.answer(*parts)
    shown = turn.memory.shown
    handles = tuple(counted) or tuple(one.handle for one in products)
    if wish is None:
        wish = shown.wish if set(handles) <= set(shown.listed) else {}
    if focus is None:
        focus = products[0].handle if len(products) == 1 else ""
    memory = turn.shows(
        handles, focus, found=tuple(one.handle for one in found), kind=kind or turn.frame.kind, wish=dict(wish), policy="", said=""
    )
    return turn.answer(*parts, memory=memory)


def newly_shown(turn: Turn, products: Sequence[ProductView]) -> Sequence[Offer]:
    """The cards of products that an answer in words is about, without those that the person has before them: the page's, and
    what was spoken of already."""
    shown = turn.memory.shown
    seen = {turn.page, shown.handle, *shown.listed, *shown.recent}
    return [Offer(one) for one in products[:MOST_PRODUCTS] if one.handle not in seen]


def offers(
    turn: Turn,
    rest: Sequence[ProductView],
    found: Sequence[ProductView],
    intro: Sequence[str],
    hints: Sequence[str] = (),
    wanted: ProductQuery | None = None,
    for_use: bool = True,
    total: int = 0,
) -> Offers:
    """The first of `rest`, which is what is still to be shown of `found`, each with its reason, and how many more there
    are. `total`: how many there are beyond `found`, 0 for none, negative where nobody counted."""
    shown = rest[:MOST_PRODUCTS]
    count = total if total > 0 else len(found)
    left = len(rest) - len(shown) + count - len(found)
    key = "products_count_over" if total < 0 else "products_count"
    more = turn.say(key, count=str(count), left=str(left)) if left else ""
    reasons = [Offer(product, reason(turn, product, wanted)) for product in shown]
    return Offers(list(intro), reasons, list(hints), for_use=for_use, more=more)


def show_list(
    turn: Turn,
    found: Sequence[ProductView],
    intro: Sequence[str],
    hints: Sequence[str] = (),
    wanted: ProductQuery | None = None,
    wish: Mapping[str, Any] | None = None,
    focus: str | None = None,
    kind: str = "",
    for_use: bool = True,
    total: int = 0,
) -> Answer:
    """The first of a list; the whole of it is kept. See `spoke_of` and `offers`."""
    part = offers(turn, found, found, intro, hints, wanted, for_use, total)
    return spoke_of(turn, [part], found[:MOST_PRODUCTS], focus, found, wish, kind=kind)


def reason(turn: Turn, product: ProductView, wanted: ProductQuery | None) -> str:
    """Why this product: the wishes it meets, else what the shop lists it for. Its skin types are told where one is asked
    for, or where there is nothing else to tell."""
    data = turn.knowledge
    concerns = [one for one in product.concerns if one in data.concerns]
    skin_types = [one for one in product.skin_types if one in data.skin_types]
    asked = [one for one in skin_types if wanted and one in wanted.skin_types]
    if wanted:
        concerns = [one for one in concerns if one in wanted.concerns] or concerns
    parts = []
    if concerns:
        parts.append(turn.say("reason_concerns", concerns=several(data, concerns[:MOST_REASONS])))
    if asked or (skin_types and not concerns):
        parts.append(turn.say("reason_skin", skin=several(data, asked or skin_types[:MOST_PRODUCTS])))
    return "; ".join(map(inside, parts))


def next_page(turn: Turn) -> Answer:
    """The next products of the list shown last; that it was all where there are no more."""
    rest, found = still_to_show(turn.memory)
    if not rest:
        return turn.reply(turn.say("products_no_more"))
    listed = turn.products.by_handles(found)
    left = [one for one in listed if one.handle in rest]
    part = offers(turn, left, listed, [turn.say("products_next")], wanted=looked_for(turn))
    return spoke_of(turn, [part], left[:MOST_PRODUCTS], found=listed, wish=turn.memory.shown.wish, kind=LOOKED_FOR)


def looked_for(turn: Turn) -> ProductQuery:
    """What the list shown last was looked for."""
    return query(narrowed(turn.frame, turn.memory), turn.memory.person, turn.resources, turn.currency)
