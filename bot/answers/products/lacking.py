"""What somebody asked for and the shop has not, in a few words for its owner: "sunscreen with niacinamide under 20.00 USD"."""

from __future__ import annotations

from typing import Sequence

from bot.answers.products.cards import units
from bot.answers.turn import Turn
from bot.rules.names import several


def lacking(turn: Turn, types: Sequence[str], contents: Sequence[str], max_price: int | None) -> str:
    """The wish in names of the knowledge; nothing of who wished it, so not what it should help against either. Empty where nothing is named.

    Args:
        types, contents: ids of kinds of product and ingredients.
        max_price: in minor units; None for any.
    """
    data = turn.knowledge
    known_types, known_contents = ([one for one in ids if data.subject(one) is not None] for ids in (types, contents))
    if not (known_types or known_contents):
        return ""
    parts = [several(data, known_types, "or") or "something"]
    if known_contents:
        parts.append(f"with {several(data, known_contents)}")
    if max_price is not None:
        parts.append(f"under {units(max_price, turn.currency)} {turn.currency}")
    return " ".join(parts)
