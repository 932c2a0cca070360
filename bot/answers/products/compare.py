"""Two or three products side by side: a table for channels that show one, the same facts as text elsewhere."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.answer import Offer, Words
from bot.answers.products.against import against
from bot.answers.products.cards import per_amount, price, stock_key
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.items import key_ingredients
from bot.rules.names import name, several
from bot.store.views import ProductView

Row = List[str]


def comparison(turn: Turn, found: Sequence[ProductView]) -> Words:
    """Two or three products side by side (as text only what differs), then what speaks against one of them for this
    person."""
    rows = [row for row in _rows(turn, found) if any(row[1:])]
    hints = [turn.wording.line(one.line) for product in found for one in against(turn, product)[:1]]
    intro = turn.say("compare_intro")
    closing = " ".join(dict.fromkeys(hints)) or _closing(turn, found)
    lines = [intro]
    telling = [row for row in rows if len(set(row[1:])) > 1]
    for column, product in enumerate(found, start=1):
        facts = "; ".join(f"{inside(row[0])}: {inside(row[column])}" for row in telling if row[column])
        lines.append(f"- **{product.title}**: {facts}")
    table = {"head": ["", *(product.title for product in found)], "rows": rows}
    return Words(
        "\n".join([*lines, closing]),
        products=[Offer(product) for product in found],
        payload={"body": intro, "below": closing, "table": table},
    )


def _rows(turn: Turn, found: Sequence[ProductView]) -> List[Row]:
    data = turn.knowledge
    items = [turn.resources.items.item(product) for product in found]
    kinds = [name(data, one.type) if one.type else view.product_type_text for one, view in zip(items, found)]
    return [
        [turn.say("compare_kind"), *kinds],
        [turn.say("compare_price"), *(price(view) for view in found)],
        [turn.say("compare_amount"), *(per_amount(view) for view in found)],
        [turn.say("compare_sizes"), *(", ".join(view.sizes) for view in found)],
        [turn.say("compare_stock"), *(turn.say(stock_key(view)) for view in found)],
        [turn.say("compare_key"), *(several(data, key_ingredients(data, one)) for one in items)],
        [turn.say("compare_concerns"), *(several(data, one.concerns) for one in items)],
        [turn.say("compare_skin"), *(", ".join(name(data, skin) for skin in one.skin_types) for one in items)],
        [turn.say("compare_marks"), *(", ".join(flag.replace("_", " ") for flag in view.flags) for view in found)],
    ]


def _closing(turn: Turn, found: Sequence[ProductView]) -> str:
    """How to decide: by the kind where the kinds differ, else by concern and skin type."""
    kinds = {turn.resources.items.type_of(product) for product in found}
    return turn.say("compare_serum_ampoule" if kinds >= {"serum", "ampoule"} else "compare_decide")
