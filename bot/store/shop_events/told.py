"""What an event tells, whatever engine sent it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Union

from bot.store.orders.records import OrderRecord, ParcelRecord, folded_number


@dataclass(frozen=True)
class OrderTold:
    """A whole order, as it is at that moment."""

    record: OrderRecord


@dataclass(frozen=True)
class StateTold:
    """How far an order is, in the words of `bot.store.orders.models.STATES`."""

    number: str
    state: str


@dataclass(frozen=True)
class ParcelTold:
    """A parcel of an order; `skus` are how many of which variant are in it, empty: all that is in no other."""

    number: str
    parcel: ParcelRecord
    skus: Mapping[str, int] = field(default_factory=dict)

    @property
    def sign(self) -> str:
        """What tells it from the other parcels of its order: its number; without one, when it went and what is in it."""
        went = self.parcel.shipped_at
        return self.parcel.tracking or f"{went.timestamp() if went else ''} {sorted(self.skus.items())}"


@dataclass(frozen=True)
class StockTold:
    """How many of a variant can be sold."""

    sku: str
    count: int


What = Union[OrderTold, StateTold, ParcelTold, StockTold]


@dataclass(frozen=True)
class Event:
    """An event: its own id, of when it tells, and what."""

    id: str
    at: datetime
    what: What

    @property
    def not_before(self) -> tuple[str, ...]:
        """The things of which nothing newer may be known for it to count."""
        if isinstance(self.what, StockTold):
            return (f"stock {self.what.sku}",)
        number = self._number
        if isinstance(self.what, OrderTold):
            return (f"any {number}",)
        return (f"whole {number}", self._part)

    @property
    def renews(self) -> tuple[str, ...]:
        """The things of which this is the newest from now on. A whole order holds its parcels, so it is not older than any of them."""
        if isinstance(self.what, StockTold):
            return self.not_before
        number = self._number
        return (f"any {number}", f"whole {number}") if isinstance(self.what, OrderTold) else (f"any {number}", self._part)

    @property
    def _number(self) -> str:
        if isinstance(self.what, OrderTold):
            return folded_number(self.what.record.number)
        return folded_number(self.what.number) if isinstance(self.what, (StateTold, ParcelTold)) else ""

    @property
    def _part(self) -> str:
        parcel = f" {self.what.sign}" if isinstance(self.what, ParcelTold) else ""
        return f"{type(self.what).__name__} {self._number}{parcel}"
