"""The shop's own addresses that put a product into the cart, one for each size that can be bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence
from urllib.parse import quote

from bot.store.shop_ids import number_inside
from bot.store.views import ProductView, VariantView

MOST_ON_A_CARD = 3


@dataclass(frozen=True)
class CartLink:
    """Where one size is put into the cart; without a size where the product has one address for all."""

    address: str
    size: str
    amount: Optional[float]


def cart_links(form: Optional[str], product: ProductView) -> List[CartLink]:
    """A link for each size in stock; none without the shop's form, or where a size lacks what the form needs."""
    links: Dict[str, CartLink] = {}
    for one in product.variants if form else ():
        address = _address(form or "", product, one) if one.in_stock else None
        if address:
            size = one.size if _is_of_one_size(form or "") else ""
            links.setdefault(address, CartLink(address, size, one.amount if size else None))
    return list(links.values())


def on_a_card(links: Sequence[CartLink]) -> List[Dict[str, str]]:
    """The links as a card shows them: one, or a few that their sizes tell apart; of more the product's page is the place to choose."""
    sizes = {one.size for one in links}
    clear = len(links) <= 1 or (len(links) <= MOST_ON_A_CARD and len(sizes) == len(links) and "" not in sizes)
    return [{"size": one.size, "url": one.address} for one in links] if clear else []


def _is_of_one_size(form: str) -> bool:
    return "{sku}" in form or "{id}" in form


def _address(form: str, product: ProductView, variant: VariantView) -> Optional[str]:
    known = {"sku": variant.sku, "id": number_inside(variant.shop_id) or variant.shop_id, "handle": product.handle}
    if any(f"{{{name}}}" in form and not value for name, value in known.items()):
        return None
    return form.format(**{name: quote(value or "", safe="") for name, value in known.items()})
