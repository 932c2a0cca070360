"""What every importer shares: the records it makes, the report it gives, and how a file is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

Progress = Callable[[int, int], None]
"""Called now and then with the bytes read so far and the size of the file."""


class CatalogueFileError(Exception):
    """The file as a whole cannot be imported. The message says what is wrong and what to do."""


class RowError(Exception):
    """A row cannot go in; the message is the reason, in plain words."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was left out: its line in the file (the header is line 1) and why."""

    line: int
    reason: str


@dataclass
class ImportReport:
    """What an import did. Created, updated and unchanged hold the handles of products."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        """Notes a row that was left out."""
        self.refused.append(RefusedRow(line, reason))

    def summary(self) -> str:
        """One line for a terminal or a log."""
        return (
            f"{len(self.created)} created, {len(self.updated)} updated, "
            f"{len(self.unchanged)} unchanged, {len(self.refused)} rows refused"
        )


@dataclass(frozen=True)
class VariantRecord:
    """One size as a file gives it; see the columns of `bot.store.models.Variant`."""

    sku: str | None
    size: str
    amount: float | None
    unit: str | None
    price: int
    currency: str
    compare_at_price: int | None
    stock: int | None
    sells_when_empty: bool
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """What tells it from its product's other variants."""
        return variant_key(self.sku, self.size)


@dataclass(frozen=True)
class ImageRecord:
    """A picture as a file gives it."""

    src: str
    alt: str


@dataclass(frozen=True)
class ProductRecord:
    """A product as a file gives it. Two records are equal when importing one after the other changes nothing.

    `kept` are the keys of variants whose rows were refused: what the catalogue
    already has of them stays.
    """

    handle: str
    title: str
    brand: str
    product_type_text: str
    description: str
    active: bool
    url: str
    variants: tuple[VariantRecord, ...]
    images: tuple[ImageRecord, ...]
    ingredients: tuple[str, ...]
    concerns: tuple[str, ...]
    skin_types: tuple[str, ...]
    flags: tuple[str, ...]
    kept: frozenset[str] = field(default=frozenset(), compare=False)


class CatalogueFile(Protocol):
    """A shop's export: gives its products in file order and reports the rows it refuses."""

    def records(self, report: ImportReport) -> Iterator[ProductRecord]:
        """Reads the file once. Raises CatalogueFileError when it is not of the expected form."""
        ...


def variant_key(sku: str | None, size: str) -> str:
    """A variant is known by its SKU, or within its product by its size when the shop gives no SKU."""
    return f"sku {sku}" if sku else f"size {size}"
