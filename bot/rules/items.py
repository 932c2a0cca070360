"""A shop's product as the rules see it: its kind, what its label lists, whom the shop made it for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.rules.advice import merge
from bot.rules.knowledge import Knowledge
from bot.rules.safety import is_strong
from bot.rules.schema import Ingredient

MOST_KEY = 3
DERIVED_WORDINGS = {
    "product_for": "product_for_derived",
    "product_made_for": "product_made_for_derived",
    "product_made_for_others": "product_made_for_others_derived",
    "product_listed_for": "product_listed_for_derived",
    "product_for_whom": "product_for_whom_derived",
    "product_for_skin": "product_for_skin_derived",
}


@dataclass(frozen=True)
class Item:
    """One product. Ids are those of `data/knowledge`; what it does not know is left out.

    `type` is empty for a kind of product without rules (a spot patch). `ingredients` stand in label order;
    `labelled` is False where the shop has no trusted label, so that it may hold anything: `ingredients` and `families` are
    then what its name and text speak of. `derived` names the fields that follow from the shop's words and were not told by
    it. `price` is in minor units.
    """

    handle: str
    title: str
    type: str
    ingredients: tuple[str, ...]
    labelled: bool
    concerns: tuple[str, ...] = ()
    skin_types: tuple[str, ...] = ()
    price: int = 0
    in_stock: bool = True
    families: tuple[str, ...] = ()
    derived: frozenset[str] = frozenset()

    @property
    def lists(self) -> str:
        """The verb between the product and what is in it: a label lists it, a name or text only says so."""
        return "lists" if self.labelled else "is said to have"

    def told(self, key: str, *fields: str) -> str:
        """The wording for what the shop told of these fields; its other form where one of them only follows from its words."""
        return DERIVED_WORDINGS[key] if self.derived & set(fields) else key


def strong(knowledge: Knowledge, item: Item) -> tuple[str, ...]:
    """The strong actives on its label, in label order."""
    return tuple(one for one in item.ingredients if is_strong(knowledge, one))


def key_ingredients(knowledge: Knowledge, item: Item) -> tuple[str, ...]:
    """What it is bought for: strong actives, ingredients its title names, then those commonly chosen for its concerns."""
    title = item.title.lower()
    titled = tuple(one for one in item.ingredients if _names(knowledge, one, title))
    return merge(strong(knowledge, item), titled, suggested(knowledge, item, item.concerns))[:MOST_KEY]


def suggested(knowledge: Knowledge, item: Item, concerns: tuple[str, ...]) -> tuple[str, ...]:
    """Ingredients of its label that are commonly chosen for these concerns, the commonest choice first."""
    chosen = merge(*([one.ingredient for one in knowledge.concerns[concern].suggest] for concern in concerns))
    return tuple(one for one in chosen if one in item.ingredients)


def covers(knowledge: Knowledge, item: Item, subject_id: str) -> bool:
    """True when a subject (ingredient, family or product type) is this product's type or stands on its label."""
    members = knowledge.families[subject_id].members if subject_id in knowledge.families else [subject_id]
    if subject_id in item.families or _family_of(knowledge, subject_id) in item.families:
        return True
    return subject_id == item.type or any(_same(knowledge, one, member) for one in item.ingredients for member in members)


def _family_of(knowledge: Knowledge, subject_id: str) -> str:
    found = knowledge.ingredients.get(subject_id)
    return found.family if found else ""


def _same(knowledge: Knowledge, listed: str, asked: str) -> bool:
    found = knowledge.ingredients.get(asked)
    return listed == asked or (found is not None and knowledge.ingredients[listed].inci == found.inci)


def _names(knowledge: Knowledge, ingredient_id: str, title: str) -> bool:
    subject = knowledge.subject(ingredient_id)
    return isinstance(subject, Ingredient) and any(name.lower() in title for name in (subject.name, *subject.aliases))
