"""Products of kinds that the knowledge has no rules for: hand creams, lip balms, shampoo, sets."""

from __future__ import annotations

from typing import List

from bot.answers.products.query import CANDIDATES
from bot.answers.turn import Turn
from bot.store.importers.kinds import OTHER
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import Frame
from bot.understanding.shopping import named_types

MOST_LOOKED_AT = 300


def of_other_kind(turn: Turn) -> List[ProductView]:
    """The products of such a kind that the question asks for, within the price it names: by their names, else by what the
    shop files them under ("lip mask" where it has lip balms). Empty where it names a kind of skincare."""
    kinds, text = turn.resources.kinds, turn.frame.text
    phrases = [one for one in kinds.other_in(text) if not named_types(turn.frame) or _holds_the_kind(turn.frame, one)]
    if not phrases:
        return []
    called = [one for said in phrases for one in turn.products.search(ProductQuery(text=said, limit=CANDIDATES)) if one.kind == OTHER]
    shelves = kinds.shelves(text)
    filed = turn.products.search(ProductQuery(product_type=OTHER, limit=MOST_LOOKED_AT)) if not called and shelves else []
    found = called or [one for one in filed if kinds.shelves(f"{one.title} . {one.product_type_text} . {one.kind_reason}") & shelves]
    return sorted({one.handle: one for one in found}.values(), key=lambda one: not one.in_stock)


def _holds_the_kind(frame: Frame, phrase: str) -> bool:
    """Whether every kind of skincare that a question names is only a word of this phrase: the lotion of "body lotion"."""
    told = phrase.lower().split()
    return len(told) > 1 and all(set(one.text.lower().split()) <= {*told, f"{told[-1]}s"} for one in frame.of("product_type"))
