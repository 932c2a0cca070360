"""The number by which a shop itself knows a size, inside the ids that its feeds and interfaces give."""

from __future__ import annotations

import re
from typing import Optional

_WRAPPED = re.compile(r"(?:shopify_[a-z]+_\d+_|gla_|gid://shopify/ProductVariant/)(\d+)", re.IGNORECASE)


def number_inside(shop_id: Optional[str]) -> Optional[str]:
    """The number in "shopify_US_11_42" (42); None in an id that has no such form, as a feed's own SKUs."""
    found = _WRAPPED.fullmatch(shop_id or "")
    return found.group(1) if found else None
