"""Goes through all products on sale in the order of their titles, a page at a time: by words, and by what is missing of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from bot.store.gaps import DOUBTFUL, MENDED, NO_KIND, NO_LIST, OTHER_KIND, OTHER_LIST, SOLD_OUT, UNCOUNTED
from bot.store.models import Brand, Product, Variant
from bot.store.text import fold, words

GAPS: Mapping[str, int] = {
    "no_list": NO_LIST, "doubtful": DOUBTFUL, "no_kind": NO_KIND, "other_kind": OTHER_KIND, "sold_out": SOLD_OUT, "uncounted": UNCOUNTED, "mended": MENDED, "other_list": OTHER_LIST,
}
"""What a list can be narrowed to, by name."""
MOST_WORDS = 6
MOST_BRANDS = MOST_EXACTLY = 300
ANY = "%"
ESCAPE = "\\"


@dataclass(frozen=True)
class Line:
    """A product in a list."""

    handle: str
    title: str
    brand: str
    kind: str
    type_text: str
    gaps: int
    price: int
    label_doubt: str


def found(session: Session, wanted: str, gap: str, limit: int, skip: int) -> list[Line]:
    """Products on sale with all of these words, by title.

    Args:
        session: of the shop's database.
        wanted: words, each anywhere in the title or the brand; or a handle, or a SKU.
        gap: a name of GAPS, or empty for any.
        limit, skip: the page.
    """
    page = select(Product.id).where(*_conditions(session, wanted))
    if gap:
        page = page.where(Product.gaps.op("&")(GAPS[gap]) != 0)
    ids = session.execute(page.order_by(Product.folded_title, Product.id).limit(limit).offset(skip)).scalars().all()
    columns = select(Product.id, Product.handle, Product.title, Brand.name, Product.kind, Product.product_type_text, Product.gaps, Product.price_min, Product.label_doubt)
    rows = session.execute(columns.join(Brand, Brand.id == Product.brand_id).where(Product.id.in_(ids)))
    lines = {row[0]: Line(*row[1:]) for row in rows}
    return [lines[one] for one in ids if one in lines]


def counts(session: Session, wanted: str) -> dict[str, int]:
    """How many products on sale with these words there are in all (under an empty name), and how many of them each of GAPS has."""
    each = [func.sum((Product.gaps.op("&")(mark)) / mark) for mark in GAPS.values()]
    row = session.execute(select(func.count(), *each).where(*_conditions(session, wanted))).one()
    return {name: int(count or 0) for name, count in zip(("", *GAPS), row)}


def _conditions(session: Session, wanted: str) -> Sequence[Any]:
    on_sale = Product.status == "active"
    typed = words(wanted)[:MOST_WORDS]
    if not typed:
        return [on_sale] if not wanted.strip() else [on_sale, false()]
    whole = wanted.strip()
    owners = select(Product.id).join(Variant, Variant.product_id == Product.id).where(on_sale, Variant.sku == whole)
    exactly = [one for rows in (owners.limit(MOST_EXACTLY), select(Product.id).where(on_sale, Product.handle == whole)) for one in session.execute(rows).scalars()]
    if exactly:
        return [on_sale, Product.id.in_(exactly)]
    return [on_sale, *(or_(Product.folded_title.like(_inside(word), escape=ESCAPE), Product.brand_id.in_(_brands(session, word))) for word in typed)]


def _brands(session: Session, word: str) -> list[int]:
    """Brands with a word in their name: they are few, so that they are looked through here."""
    rows = session.execute(select(Brand.id, Brand.name)).all()
    return [row.id for row in rows if word in fold(row.name)][:MOST_BRANDS]


def _inside(word: str) -> str:
    for mark in (ESCAPE, ANY, "_"):
        word = word.replace(mark, ESCAPE + mark)
    return f"{ANY}{word}{ANY}"
