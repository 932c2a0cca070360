"""A product as a file's cells tell it, before anything is checked: what every format is brought to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from bot.store.importers.base import ImportReport


@dataclass
class RawVariant:
    """One size. Prices are text such as "24.00"; `currency` is empty where the file names none. `stock` is a number as
    written, `availability` a word such as "in stock"; both are empty where the file says neither. `shop_id` is the shop's
    own id."""

    line: int
    sku: str = ""
    size: str = ""
    price: str = ""
    compare_at: str = ""
    currency: str = ""
    stock: str = ""
    availability: str = ""
    shop_id: str = ""
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

    `body` is text or HTML and may hold the ingredient list; `labels` are further cells that may, the surest first, each
    with whether it is one of key ingredients only.
    `tags` are a shop's tags; concerns, skin types and marks among them count, as do those told on their own.
    `kind` is the shop's own word for it, `categories` are the paths under which it or a feed files it besides.
    `lines` are the lines of all its rows. `source` and `shop_id` are the kind of file and the shop's own id, a `feed`
    tells no more than prices and stock for certain.
    """

    lines: list[int]
    title: str
    handle: str = ""
    brand: str | None = ""
    kind: str | None = ""
    categories: list[str] = field(default_factory=list)
    body: str | None = ""
    labels: list[tuple[str, bool]] = field(default_factory=list)
    tags: str | None = None
    tells_label: bool = True
    active: bool = True
    url: str | None = None
    owns_handle: bool = True
    source: str = ""
    shop_id: str = ""
    feed: bool = False
    gift_card: bool = False
    variants: list[RawVariant] = field(default_factory=list)
    images: list[RawImage] | None = None


class RawFile(Protocol):
    """A shop's export in one format."""

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """Reads the file once, in its order; rows that belong to no product go into `report`."""
        ...
