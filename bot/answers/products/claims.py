"""What holds of all products of a list by the shop's data, said first where it was asked for: without something, or with a mark of the shop's."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.products.query import flags
from bot.answers.turn import Turn
from bot.rules.names import listed
from bot.rules.names import name as name_of
from bot.store.views import ProductView
from bot.understanding.frame import CONTENT, NEGATED


def claims(turn: Turn, products: Sequence[ProductView]) -> List[str]:
    """The sentence in front of a list, none where neither was asked for. What a label cannot tell is said not to be confirmed.

    Args:
        products: those listed, which were searched for with what was asked.
    """
    data, labels = turn.knowledge, turn.resources.labels
    asked = list(dict.fromkeys(one.id for one in turn.frame.of(*CONTENT) if one.role == NEGATED))
    marks = [one for one in flags(turn.frame) if products and all(one in product.flags for product in products)]
    named = listed([one.replace("_", "-") for one in marks])
    if not asked:
        return [turn.say("claim_marked", marks=named)] if marks else []
    names = listed([name_of(data, one) for one in asked], last="or")
    if not all(labels.names_of(one, True) for one in asked) or not all(product.inci for product in products):
        return [turn.say("claim_unsure", names=names), *([turn.say("claim_marked", marks=named)] if marks else [])]
    return [turn.say("claim_free_marked", names=names, marks=named) if marks else turn.say("claim_free", names=names)]
