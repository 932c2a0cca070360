"""Which sizes and options of a product a question means: "the 50 ml one", "in coral"; and a size that it does not come in."""

from __future__ import annotations

from typing import FrozenSet, List, Sequence

from bot.answers.products.query import digits_of, numbers_in
from bot.store.importers.sizes import measure, size_in_title, without_size
from bot.store.text import words
from bot.store.views import ProductView, VariantView
from bot.understanding.frame import Frame


def asked_sizes(frame: Frame, product: ProductView) -> List[VariantView]:
    """The sizes that a question names, by their amount or by their colour; none where it names none, or all."""
    if len(product.variants) < 2:
        return []
    said, numbers = frozenset(words(frame.text)), numbers_in(frame)
    options = {one.size: _option(one, product) for one in product.variants}
    shared = frozenset.intersection(*options.values())
    by_option = [one for one in product.variants if (options[one.size] - shared) & said and _numbers_fit(options[one.size], numbers)]
    by_amount = [one for one in product.variants if one.amount and one.amount in numbers]
    both = [one for one in by_option if one in by_amount]
    found = both or by_option or by_amount
    return found if len(found) < len(product.variants) else []


def size_not_sold(frame: Frame, product: ProductView) -> str:
    """The size that a question names and a product does not come in; empty where it names none, or nobody can tell."""
    asked = size_in_title(frame.text)
    amount, unit = measure(asked)
    sizes = [one for one in product.variants if one.amount and one.unit == unit]
    if not amount or asked.lower() in product.title.lower() or len(sizes) < len(product.variants):
        return ""
    return "" if any(one.amount == amount for one in sizes) else asked


def names_a_size(frame: Frame) -> bool:
    """Whether a question names an amount: "100ml"."""
    return bool(size_in_title(frame.text))


def in_that_size(frame: Frame, products: Sequence[ProductView]) -> List[ProductView]:
    """Those of products that come in the amount that a question names."""
    amount, unit = measure(size_in_title(frame.text))
    return [one for one in products if amount and any((v.amount, v.unit) == (amount, unit) for v in one.variants)]


def _option(variant: VariantView, product: ProductView) -> FrozenSet[str]:
    """The words of a size that are no amount and stand in no title: "coral" of "4 g / Coral"."""
    return frozenset(words(without_size(variant.size))) - frozenset(words(product.title))


def _numbers_fit(option: FrozenSet[str], numbers: FrozenSet[float]) -> bool:
    """Whether a number in an option's words is one that was said, where both have some: "10er pack", but not "5er pack"."""
    own = digits_of(option)
    return not own or not numbers or bool(own & numbers)
