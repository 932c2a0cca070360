"""Two or three products side by side: a table for channels that show one, the same facts as text elsewhere."""

from __future__ import annotations

from typing import List

from rasa_sdk.executor import CollectingDispatcher

from actions.cards import card, price
from actions.items import item, type_of
from actions.resources import knowledge
from actions.wording import Wording, inside
from bot.rules.advice import Profile
from bot.rules.conflicts import conflicts
from bot.rules.items import key_ingredients
from bot.rules.names import name, several
from bot.store.views import ProductView

Row = List[str]


def show_comparison(
    dispatcher: CollectingDispatcher, wording: Wording, found: List[ProductView], known: Profile
) -> None:
    """Sends two or three products side by side (as text only what differs), then what speaks against one of them for
    this person."""
    rows = [row for row in _rows(wording, found) if any(cell for cell in row[1:])]
    hints = [wording.line(one.line) for product in found for one in conflicts(knowledge(), item(product), known)[:1]]
    intro = wording.say("compare_intro")
    closing = " ".join(dict.fromkeys(hints)) or _closing(wording, found)
    lines = [intro]
    telling = [row for row in rows if len(set(row[1:])) > 1]
    for column, product in enumerate(found, start=1):
        facts = "; ".join(f"{inside(row[0])}: {inside(row[column])}" for row in telling if row[column])
        lines.append(f"- **{product.title}**: {facts}")
    dispatcher.utter_message(
        text="\n".join([*lines, closing]),
        json_message={
            "body": f"{intro}\n\n{closing}",
            "table": {"head": ["", *(product.title for product in found)], "rows": rows},
            "products": [card(product) for product in found],
            "sources": [],
        },
    )


def _rows(wording: Wording, found: List[ProductView]) -> List[Row]:
    data = knowledge()
    items = [item(product) for product in found]
    return [
        [wording.say("compare_kind"), *(name(data, one.type) if one.type else view.product_type_text
                                        for one, view in zip(items, found))],
        [wording.say("compare_price"), *(price(view) for view in found)],
        [wording.say("compare_sizes"), *(", ".join(view.sizes) for view in found)],
        [wording.say("compare_stock"), *(wording.say("in_stock" if view.in_stock else "out_of_stock") for view in found)],
        [wording.say("compare_key"), *(several(data, key_ingredients(data, one)) for one in items)],
        [wording.say("compare_concerns"), *(several(data, one.concerns) for one in items)],
        [wording.say("compare_skin"), *(", ".join(name(data, skin) for skin in one.skin_types) for one in items)],
        [wording.say("compare_marks"), *(", ".join(flag.replace("_", " ") for flag in view.flags) for view in found)],
    ]


def _closing(wording: Wording, found: List[ProductView]) -> str:
    """How to decide: by the kind where the kinds differ, else by concern and skin type."""
    kinds = {type_of(product) for product in found}
    return wording.say("compare_serum_ampoule" if kinds >= {"serum", "ampoule"} else "compare_decide")
