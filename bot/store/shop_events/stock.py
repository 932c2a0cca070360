"""Sets how many of a variant there are, as the shop tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.gaps import UNCOUNTED
from bot.store.importers import stored
from bot.store.importers.base import ImportReport, ProductRecord
from bot.store.importers.stored import StoredProduct
from bot.store.importers.writer import CatalogueWriter
from bot.store.models import Product, Variant
from bot.store.shop_events.told import StockTold


def set_stock(session: Session, told: StockTold) -> bool:
    """Sets the count of the variants of a SKU; False where there is none. A product that is sold out by it, or is there again, is
    written as an import writes it, so that it is found so and who waits for it is told; a mere count is not, which would have every
    process read the catalogue anew."""
    wanted = select(Variant.product_id).where(Variant.sku == told.sku).distinct()
    ids: Sequence[int] = session.execute(wanted).scalars().all()
    products = stored.by_ids(session, sorted(ids))
    turned = [one for one in products if _is_there(one, told) != one.in_stock]
    counted = update(Variant).where(Variant.sku == told.sku).values(stock=told.count, available=None)
    session.execute(counted.execution_options(synchronize_session=False))
    known = update(Product).where(Product.id.in_(ids), Product.gaps.op("&")(UNCOUNTED) != 0).values(gaps=Product.gaps - UNCOUNTED)
    session.execute(known.execution_options(synchronize_session=False))
    if turned:
        _write(session, turned, told)
    return bool(products)


def _write(session: Session, products: Sequence[StoredProduct], told: StockTold) -> None:
    """Writes products anew, with the options of their variants, which no file tells."""
    mine = Variant.product_id.in_([one.id for one in products])
    options = [(row.product_id, row.position, row.options) for row in session.execute(select(Variant.product_id, Variant.position, Variant.options).where(mine)) if row.options]
    writer = CatalogueWriter(session, ImportReport())
    writer.write_counted([(one, _with(one, told)) for one in products])
    writer.finish()
    for product, position, kept in options:
        same = update(Variant).where(Variant.product_id == product, Variant.position == position).values(options=kept)
        session.execute(same.execution_options(synchronize_session=False))


def _with(product: StoredProduct, told: StockTold) -> ProductRecord:
    variants = tuple(replace(one, stock=told.count, available=None) if one.sku == told.sku else one for one in product.record.variants)
    return replace(product.record, variants=variants)


def _is_there(product: StoredProduct, told: StockTold) -> bool:
    return any(one.stock is None or one.stock > 0 or one.sells_when_empty for one in _with(product, told).variants)
