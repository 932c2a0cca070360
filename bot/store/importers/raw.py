"""A product as a file's cells tell it, before anything is checked: what every format is brought to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from bot.store.importers.base import ImportReport


@dataclass
class RawVariant:
    """One size. Prices are text such as "24.00"; `currency` is empty where the file names none, `available` is set
    where the file says only whether it can be ordered."""

    line: int
    sku: str = ""
    size: str = ""
    price: str = ""
    compare_at: str = ""
    currency: str = ""
    stock: str = ""
    available: bool | None = None
    sells_when_empty: bool = False


@dataclass(frozen=True)
class RawImage:
    """A picture; `position` is text, the file's order where it is no number."""

    line: int
    src: str
    alt: str = ""
    position: str = ""


@dataclass
class RawProduct:
    """A product. None stands for what the format, or this file, has no column for.

    `body` is text or HTML and may hold the ingredient list; `labels` are further cells that may, the surest first.
    `tags` are a shop's tags; concerns, skin types and marks among them count, as do those told on their own.
    `lines` are the lines of all its rows.
    """

    lines: list[int]
    title: str
    handle: str = ""
    brand: str | None = ""
    kind: str | None = ""
    body: str | None = ""
    labels: list[str] = field(default_factory=list)
    tags: str | None = None
    tells_label: bool = True
    active: bool = True
    url: str | None = None
    owns_handle: bool = True
    variants: list[RawVariant] = field(default_factory=list)
    images: list[RawImage] | None = None


class RawFile(Protocol):
    """A shop's export in one format."""

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """Reads the file once, in its order; rows that belong to no product go into `report`."""
        ...
