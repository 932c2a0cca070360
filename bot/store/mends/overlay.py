"""Lays what an owner mended over what the shop's files say of a product, and takes it off again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.home.folder import PRODUCTS, Home
from bot.rules.knowledge import Knowledge, load
from bot.settings import Settings
from bot.store.importers.base import ProductRecord, Unmended
from bot.store.importers.kinds import OTHER
from bot.store.importers.known_names import KnownNames, known_names
from bot.store.mends.file import Mend, Mends, parsed
from bot.store.models import REASON_LENGTH

BY_OWNER = "your own word"
LAID_OVER = ("kind", "kind_reason", "ingredients", "label_doubt", "named", "derived_concerns", "derived_skin_types")


class Overlay:
    """Knows what is mended, and of which product."""

    def __init__(self, mends: Mends, known: Callable[[], KnownNames]) -> None:
        """
        Args:
            mends: what is mended.
            known: gives the names of the knowledge, by which concerns are derived.
        """
        self.mends, self._known = mends, known
        self._by_id = {(one.source, one.shop_id): key for key, one in mends.items() if one.shop_id}
        self._by_name = {(one.title, frozenset(one.skus)): key for key, one in mends.items() if one.skus}

    def over(self, record: ProductRecord, found_last: str = "") -> ProductRecord:
        """The product with what is mended of it; as the shop's words have it where nothing is.

        Args:
            record: it, as a file has it or as it is kept.
            found_last: the handle under which its mend was found before, of one that a file has.
        """
        own = bare(record)
        key = found_last if found_last in self.mends else self.key(record) if self.mends else ""
        if not key:
            return own
        mend, told = self.mends[key], Unmended(key, **{name: getattr(own, name) or _empty(name) for name in LAID_OVER})
        return replace(own, unmended=told, **self._kind(mend, own), **_label(mend))

    def key(self, record: ProductRecord) -> str:
        """The handle under which what is mended of a product stands: the one by which it was found last, else that of the shop's own id, else its own,
        else that of the same title and SKUs. A wrong list would harm somebody, so doubt means none."""
        if record.unmended is not None and record.unmended.key in self.mends:
            return record.unmended.key
        by_id = self._by_id.get((record.source, record.shop_id or ""))
        if by_id is not None:
            return by_id
        skus = frozenset(one.sku for one in record.variants if one.sku)
        own = self.mends.get(record.handle)
        if own is not None:
            apart = bool(own.skus) and bool(skus) and skus.isdisjoint(own.skus)
            return "" if apart or _is_other(own, record) else record.handle
        key = self._by_name.get((record.title, skus)) if skus else None
        return "" if key is None or _is_other(self.mends[key], record) else key

    def _kind(self, mend: Mend, own: ProductRecord) -> dict[str, Any]:
        """What follows from a mended kind: concerns are derived for what is none of our kinds no more, and for what is one after all."""
        if not mend.kind:
            return {}
        found: dict[str, Any] = {"kind": mend.kind, "kind_reason": BY_OWNER[:REASON_LENGTH]}
        if mend.kind == OTHER:
            return {**found, "derived_concerns": (), "derived_skin_types": ()}
        if own.kind == OTHER:
            known, text = self._known(), own.description or ""
            concerns = () if own.concerns else known.deriving.concerns(own.title, text, "", known.named_in(own.title))
            return {**found, "derived_concerns": concerns, "derived_skin_types": () if own.skin_types else known.deriving.skin_types(own.title, text, "")}
        return found


def bare(record: ProductRecord) -> ProductRecord:
    """The product as the shop's own words have it."""
    if record.unmended is None:
        return record
    return replace(record, unmended=None, **{name: getattr(record.unmended, name) for name in LAID_OVER})


def overlay_of(chosen: Settings) -> Overlay:
    """What is mended in the settings' folder.

    Raises:
        HomeError: the file cannot be used.
        KnowledgeError: the knowledge cannot be read.
    """
    text = Home(chosen.home).text(PRODUCTS)
    mends = parsed(text, kinds_of(load(chosen.knowledge))) if text is not None else {}
    return Overlay(mends, lambda: known_names(chosen.knowledge))


def kinds_of(knowledge: Knowledge) -> list[str]:
    """The kinds that a product can be mended to."""
    return [*knowledge.product_types, OTHER]


def _label(mend: Mend) -> dict[str, Any]:
    return {"ingredients": tuple(mend.ingredients), "label_doubt": "", "named": ()} if mend.ingredients else {}


def _empty(name: str) -> Any:
    return "" if name in ("kind", "kind_reason", "label_doubt") else ()


def _is_other(mend: Mend, record: ProductRecord) -> bool:
    """Whether both have an id of one shop and these differ."""
    return bool(mend.shop_id and record.shop_id and mend.source == record.source and mend.shop_id != record.shop_id)


__all__ = ["Overlay", "bare", "kinds_of", "overlay_of"]
