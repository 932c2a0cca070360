"""Which products a message names, for tests."""

from __future__ import annotations

import spacy

from bot.nlu.names.index import NameIndex
from bot.nlu.names.product_names import ProductNames
from bot.nlu.plain import at_same_places
from bot.store.text import words

NLP = spacy.blank("en")


def handles_in(names: ProductNames, message: str) -> list[str]:
    """Handles of the products that a message names, in its order."""
    return [one.handle for one in names.find(NLP(at_same_places(message)))]


def ids_in(names: NameIndex, message: str) -> list[int]:
    """Ids of the products that a message names, the surest first."""
    return [one.product_id for one in names.find(words(message))]
