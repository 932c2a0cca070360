"""What every importer shares: the records it makes, the report it gives, and how a file is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Optional, Protocol

NO_BRAND = "Unbranded"

VariantKey = tuple[Optional[str], str]
Progress = Callable[[int, int], None]
"""Called now and then with the bytes read so far and the size of the file."""


class CatalogueFileError(Exception):
    """The file as a whole cannot be imported. The message says what is wrong and what to do."""


class UnusableFile(CatalogueFileError):
    """Not one product of the file can be used; `report` holds the reasons, row by row."""

    def __init__(self, message: str, report: ImportReport) -> None:
        super().__init__(message)
        self.report = report


class RowError(Exception):
    """A row cannot go in; the message is the reason, in plain words."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was left out: its line in the file (the header is line 1) and why."""

    line: int
    reason: str


@dataclass
class ImportReport:
    """What an import did. Created, updated, unchanged and deactivated hold the handles of products, `renamed` old handles
    by new ones, `moved` those whose sizes went to other products; `changes` says of the first updated ones what differs.
    `named` are all handles of the file, those refused included; `notices` say what went in otherwise than it stands in
    the file, with the lines; `kind` tells in words what the file is."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    deactivated: list[str] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    changes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    notices: dict[str, list[int]] = field(default_factory=dict)
    kind: str = ""

    def refuse(self, line: int, reason: str) -> None:
        """Notes a row that was left out."""
        self.refused.append(RefusedRow(line, reason))

    def notice(self, line: int, what: str) -> None:
        """Notes what went in otherwise than it stands in the file; line 0 is the file as a whole."""
        self.notices.setdefault(what, []).append(line)

    def summary(self) -> str:
        """One line for a terminal or a log."""
        parts = [f"{len(self.created)} created, {len(self.updated)} updated, {len(self.unchanged)} unchanged"]
        if self.moved:
            parts.append(f"{len(self.moved)} gone into others")
        if self.deactivated:
            parts.append(f"{len(self.deactivated)} deactivated")
        return ", ".join([*parts, f"{len(self.refused)} rows refused"])


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
    available: bool | None = None
    shop_id: str | None = None
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> VariantKey:
        """What tells it from its product's other variants where there is no id."""
        return self.sku, self.size


@dataclass(frozen=True)
class ImageRecord:
    """A picture as a file gives it."""

    src: str
    alt: str


@dataclass(frozen=True)
class Unmended:
    """What the shop's own words gave of a product that its owner mended; `key` is the mend's handle in the owner's file."""

    key: str
    kind: str
    kind_reason: str
    ingredients: tuple[str, ...]
    label_doubt: str
    named: tuple[str, ...]
    derived_concerns: tuple[str, ...]
    derived_skin_types: tuple[str, ...]


@dataclass(frozen=True)
class ProductRecord:
    """A product as a file gives it. Two records are equal when importing one after the other changes nothing.

    A field that is None is not told by the file: what the catalogue has stays. `kept` are the keys of variants whose
    rows were refused: what the catalogue already has of them stays. With `owns_handle` False the handle was made from
    other cells, and a product that has the same id or one of the SKUs is meant before one of that handle. A `feed` only
    renews prices and stock of products that another kind of file brought. `named`, `kind` and the derived tags follow
    from the file's words, see `bot.store.models.Product`. Where the owner mended it, `unmended` keeps what the words gave.
    """

    handle: str
    title: str
    brand: str | None
    product_type_text: str | None
    description: str | None
    active: bool
    url: str | None
    variants: tuple[VariantRecord, ...]
    images: tuple[ImageRecord, ...] | None
    ingredients: tuple[str, ...] | None
    concerns: tuple[str, ...] | None
    skin_types: tuple[str, ...] | None
    flags: tuple[str, ...] | None
    source: str = ""
    shop_id: str | None = None
    label_doubt: str = ""
    named: tuple[str, ...] = ()
    kind: str = ""
    kind_reason: str = ""
    derived_concerns: tuple[str, ...] = ()
    derived_skin_types: tuple[str, ...] = ()
    unmended: Unmended | None = None
    kept: frozenset[VariantKey] = field(default=frozenset(), compare=False)
    owns_handle: bool = field(default=True, compare=False)
    feed: bool = field(default=False, compare=False)


class CatalogueFile(Protocol):
    """A shop's export: gives its products in file order and reports the rows it refuses."""

    def records(self, report: ImportReport) -> Iterator[ProductRecord]:
        """Reads the file once. Raises CatalogueFileError when it is not of the expected form."""
        ...
