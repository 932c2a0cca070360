"""A row of the shop as the rules see it: its kind and its label in the knowledge's ids."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, FrozenSet, List, Sequence, Tuple

from bot.rules.items import Item
from bot.rules.knowledge import Knowledge
from bot.rules.labelling import LabelReader
from bot.store.importers.kinds import KINDS
from bot.store.text import words
from bot.store.views import ProductView
from bot.yaml_files import read_yaml

if TYPE_CHECKING:
    from bot.answers.resources import Resources

MOST_KEPT = 4096


def item(resources: Resources, product: ProductView) -> Item:
    """The product with the ids of what the knowledge knows of it."""
    return resources.items.item(product)


class Items:
    """Reads rows with one knowledge; made once, and keeps what it has read."""

    def __init__(self, knowledge: Knowledge, labels: LabelReader) -> None:
        self._knowledge = knowledge
        self._labels = labels
        # Every wording of every kind of product as its words in the singular, with the kind's id.
        self._kinds = [
            (frozenset(_singular(text)), type_id)
            for type_id, entry in knowledge.product_types.items()
            for text in (entry.name, *entry.aliases, *entry.sold_as)
        ]
        names = [text for entry in knowledge.product_types.values() for text in (entry.name, entry.name.split()[-1])]
        self._whole = {_singular(text) for text in (*names, *read_yaml(KINDS)["whole"])}
        self._families = {entry.name: family_id for family_id, entry in knowledge.families.items()}
        self._type_of = lru_cache(maxsize=MOST_KEPT)(self._find_type)
        self._known = lru_cache(maxsize=MOST_KEPT)(self._find_known)

    def item(self, product: ProductView) -> Item:
        """The product with the ids of what the knowledge knows of it."""
        data = self._knowledge
        return Item(
            handle=product.handle,
            title=product.title,
            type=self.type_of(product),
            ingredients=self._known(product.inci or product.named),
            labelled=bool(product.inci),
            concerns=tuple(one for one in product.concerns if one in data.concerns),
            skin_types=tuple(one for one in product.skin_types if one in data.skin_types),
            price=product.price_min,
            in_stock=product.in_stock,
            families=() if product.inci else tuple(self._families[one] for one in product.named if one in self._families),
            derived=product.derived,
        )

    def narrows(self, wording: str) -> bool:
        """Whether a wording means some products of its kind only: "cleansing balm", but not "sunscreen" or "cleanser"."""
        return _singular(wording) not in self._whole

    def type_of(self, product: ProductView) -> str:
        """The kind of product in the knowledge, by the shop's word for it, made finer by its title and sizes ("Toner" sold
        as "60 pads" is a toner pad); empty where the knowledge has no such kind. What the import found out goes first."""
        if product.kind:
            return product.kind if product.kind in self._knowledge.product_types else ""
        return self._type_of(product.product_type_text, product.title, product.sizes)

    def _find_type(self, filed_as: str, title: str, sizes: Tuple[str, ...]) -> str:
        filed = set(_singular(filed_as))
        named = _words(filed_as, title, sizes)
        fitting = [
            (len(filed & kind), len(kind), -index, type_id)
            for index, (kind, type_id) in enumerate(self._kinds)
            if kind <= named and (not filed or not filed.isdisjoint(kind))
        ]
        return max(fitting)[-1] if fitting else ""

    def _find_known(self, label: Tuple[str, ...]) -> Tuple[str, ...]:
        known = map(self._labels.ingredient, label)
        return tuple(dict.fromkeys(one for one in known if one))


def closest(products: Sequence[ProductView], wordings: Sequence[str]) -> List[ProductView]:
    """Those that carry every word of one of these wordings ("cleansing *balm*" among the oil cleansers); all of them
    where none does, or none that is in stock."""
    near = [one for one in products if carries(one, wordings)]
    return near if any(one.in_stock for one in near) else list(products)


def carries(product: ProductView, wordings: Sequence[str]) -> bool:
    """True where the product has every word of one of these wordings in its kind, title or sizes."""
    own = _words(product.product_type_text, product.title, product.sizes)
    return any(own.issuperset(_singular(wording)) for wording in wordings)


@lru_cache(maxsize=MOST_KEPT)
def _singular(text: str) -> Tuple[str, ...]:
    return tuple(word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words(text))


@lru_cache(maxsize=MOST_KEPT)
def _words(filed_as: str, title: str, sizes: Tuple[str, ...]) -> FrozenSet[str]:
    return frozenset(_singular(f"{filed_as} {title} {' '.join(sizes)}"))
