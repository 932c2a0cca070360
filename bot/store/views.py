"""What leaves the store: frozen values, no database behind them. Prices are whole minor units (cents)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Sort = Literal["best", "price", "price_desc", "dearest", "name", "newest", "restocked"]
AnyOf = str | tuple[str, ...]


@dataclass(frozen=True)
class VariantView:
    """One size on sale. `stock` is None when the shop does not count it, and `counted` False then; `available` where the
    shop says that it can be ordered. `in_stock` holds also where the shop says nothing: it is not known to be sold out.
    `shop_id` is the shop's own id of it, as its file gives it."""

    sku: str | None
    size: str
    amount: float | None
    unit: str | None
    price: int
    compare_at_price: int | None
    currency: str
    stock: int | None
    in_stock: bool
    counted: bool = True
    available: bool = True
    shop_id: str | None = None


@dataclass(frozen=True)
class ImageView:
    """A picture by address, with its text for those who cannot see it."""

    src: str
    alt: str


@dataclass(frozen=True)
class ProductView:
    """A product as the shop sells it.

    `product_type` is a slug of the shop's own word ("sheet_mask"), `product_type_text` that word.
    `ingredients` are the names as printed, in label order; `inci` the same in normalised spelling. `stock`
    adds up the counted variants and is None when none is counted. `description` is plain text, not HTML:
    escape it where it is shown. `kind` is the id of what it is in the knowledge, "other" where it is none of these, by
    the words in `kind_reason`; empty where no word tells. Without a trusted ingredient list `ingredients` is empty and `named` holds what title and text speak of.
    `derived` names the fields ("concerns", "skin_types") that the shop did not tell. `added_at` is when the product came into this catalogue, `restocked_at` when it last came back after
    being sold out (None: never seen).
    """

    handle: str
    title: str
    brand: str
    product_type: str
    product_type_text: str
    description: str
    url: str
    image: ImageView | None
    price_min: int
    price_max: int
    currency: str
    in_stock: bool
    stock: int | None
    sizes: tuple[str, ...]
    variants: tuple[VariantView, ...]
    ingredients: tuple[str, ...]
    inci: tuple[str, ...]
    concerns: tuple[str, ...]
    skin_types: tuple[str, ...]
    flags: tuple[str, ...]
    added_at: datetime
    restocked_at: datetime | None
    kind: str = ""
    kind_reason: str = ""
    named: tuple[str, ...] = ()
    derived: frozenset[str] = frozenset()

    @property
    def says_in_stock(self) -> bool:
        """Whether the shop itself says that it can be ordered: it counts some, or calls it available."""
        return any(one.available for one in self.variants)


@dataclass(frozen=True)
class ProductQuery:
    """What is looked for; all given conditions must hold.

    - text: every word must stand in the title, brand, type or an ingredient
    - product_type: the shop's word or its slug; of several, any
    - concerns, skin_types: at least one of each that is given; more matches rank higher in sort "best"
    - with_ingredients: each must be on the label; an item that is itself a tuple asks for any of its names
      (the INCI names of a family)
    - without_ingredients: none may be on the label, and a product without a known label is left out
    - brands: names as the repository's `brands` gives them; of several, any
    - min_price, max_price: minor units; what the product's cheapest size may cost
    - in_stock: True or False, None for both
    - flags: each must be stated by the shop
    - sort: "price" and "price_desc" by the cheapest size, "dearest" by the dearest; "newest" by when it came into the catalogue; "restocked" only what came back, the latest first
    """

    text: str | None = None
    product_type: AnyOf | None = None
    concerns: tuple[str, ...] = ()
    skin_types: tuple[str, ...] = ()
    with_ingredients: tuple[AnyOf, ...] = ()
    without_ingredients: tuple[str, ...] = ()
    max_price: int | None = None
    min_price: int | None = None
    brands: tuple[str, ...] = ()
    in_stock: bool | None = None
    flags: tuple[str, ...] = ()
    sort: Sort = "best"
    limit: int = 10
    offset: int = 0
