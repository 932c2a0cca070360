"""What is missing or unknown of a product, as marks in one number, so that a list of very many products can be narrowed to them in the index."""

from __future__ import annotations

from bot.store.importers.base import ProductRecord
from bot.store.importers.kinds import OTHER

NO_LIST, DOUBTFUL, NO_KIND, OTHER_KIND, SOLD_OUT, UNCOUNTED, MENDED, OTHER_LIST = (1 << place for place in range(8))


def gaps_of(record: ProductRecord, in_stock: bool) -> int:
    """The marks of a product, added up.

    Args:
        record: it, with everything told.
        in_stock: whether one of its sizes can be ordered, as far as the shop tells.
    """
    marks = {
        NO_LIST: not record.ingredients and not record.label_doubt,
        DOUBTFUL: bool(record.label_doubt),
        NO_KIND: not record.kind,
        OTHER_KIND: record.kind == OTHER,
        SOLD_OUT: not in_stock,
        UNCOUNTED: all(one.stock is None for one in record.variants),
        MENDED: record.unmended is not None,
        OTHER_LIST: record.unmended is not None and bool(record.unmended.ingredients) and record.unmended.ingredients != record.ingredients,
    }
    return sum(mark for mark, holds in marks.items() if holds)
