"""Which product of the catalogue a file's record means, so that a new title, handle or SKU is still the same product.

The shop's own id decides; else the handle; else the SKUs. A handle that the catalogue does not know, with SKUs that it
does, may be a product renamed: that is known only at the file's end, when its old handle was not named either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from bot.store.importers import stored
from bot.store.importers.base import ProductRecord
from bot.store.importers.stored import StoredProduct
from bot.store.models import HANDLE_LENGTH
from bot.store.text import slug

FULL_SOURCES = ("woocommerce",)
"""Kinds of file without handles that tell all of a product: catalogues older than the ids know them by SKU alone."""


@dataclass
class Known:
    """What the catalogue has that a batch of records may mean."""

    by_id: dict[tuple[str, str], str]
    owners: dict[str, list[str]]
    products: dict[str, StoredProduct]
    claimed: set[str] = field(default_factory=set)

    def target(self, record: ProductRecord) -> str | None:
        """The handle, in the catalogue, of the product that is meant; None for a new one or one that may be renamed."""
        if record.shop_id:
            handle = self.by_id.get((record.source, record.shop_id))
            if handle:
                return handle
        known = self.products.get(record.handle)
        if known and (record.owns_handle or not _is_other(record, known.record)):
            return record.handle
        return None if record.owns_handle else next(iter(self.by_sku(record)), None)

    def by_sku(self, record: ProductRecord) -> list[str]:
        """The products that have one of its SKUs and were not meant by another record of this file."""
        handles = [handle for one in record.variants if one.sku for handle in self.owners.get(one.sku, ())]
        free = [one for one in dict.fromkeys(handles) if one not in self.claimed or record.feed]
        return [one for one in free if one in self.products and not _is_other(record, self.products[one].record)]


def known_of(session: Session, records: Sequence[ProductRecord], claimed: set[str]) -> Known:
    """Reads what these records may mean. `claimed` are the products that earlier records of the file meant."""
    by_id = stored.by_shop_ids(session, [(one.source, one.shop_id) for one in records if one.shop_id])
    owners = stored.owners(session, [one.sku for record in records for one in record.variants if one.sku])
    handles = {one.handle for one in records} | set(by_id.values()) | {one for some in owners.values() for one in some}
    return Known(by_id, owners, stored.by_handles(session, sorted(handles)), claimed)


def renews_only(record: ProductRecord, known: ProductRecord) -> bool:
    """Whether a record is a price list over a catalogue that another kind of file brought."""
    if record.feed:
        return known.source != record.source if known.source else record.handle != known.handle
    if record.owns_handle or record.handle == known.handle:
        return False
    return known.source != record.source if known.source else record.source not in FULL_SOURCES


def may_be_renamed(record: ProductRecord, known: Known) -> bool:
    """Whether its SKUs belong to other products of the catalogue, one of which it may have been."""
    return record.owns_handle and not record.feed and bool(known.by_sku(record))


def renamed_from(record: ProductRecord, known: Known, named: Collection[str]) -> str | None:
    """The old handle of a record at the file's end: the first owner of its SKUs that the file does not name."""
    return next((one for one in known.by_sku(record) if one not in named), None)


def own_handle(record: ProductRecord) -> str:
    """A handle that was made of a title which two products have, told apart by the shop's id or SKU."""
    mark = record.shop_id or record.variants[0].sku or str(record.variants[0].line)
    return f"{record.handle[: HANDLE_LENGTH - 100]}-{slug(mark).replace('_', '-')[:99]}"


def _is_other(record: ProductRecord, known: ProductRecord) -> bool:
    """Whether both have an id of one shop and these differ."""
    return bool(record.shop_id and known.shop_id and record.source == known.source and record.shop_id != known.shop_id)
