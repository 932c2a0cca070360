"""Which products the owner wants listed, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.store.browsing import GAPS

LONGEST = 80
LABELS: Mapping[str, str] = {
    "": "All", "no_list": "No ingredient list", "doubtful": "Doubtful list", "no_kind": "Kind not known", "other_kind": "No kind of ours", "sold_out": "Out of stock",
    "uncounted": "Stock not counted", "mended": "Mended by you", "other_list": "Your shop’s file has another list",
}
"""What a list can be narrowed to, in words."""


@dataclass(frozen=True)
class ProductWish:
    """Unknown values mean none. `skip`: so many products stand on the pages before."""

    q: str = ""
    gap: str = ""
    skip: int = 0

    @classmethod
    def of(cls, args: Any) -> ProductWish:
        """From the address's query; anything can stand there."""
        gap, skip = str(args.get("gap") or ""), str(args.get("skip") or "")
        return cls(str(args.get("q") or "").strip()[:LONGEST], gap if gap in GAPS else "", int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 8 else 0)

    def query(self, **changes: Any) -> str:
        """The address's query for these wishes with some changed; from the first page unless one is given."""
        wanted: dict[str, Any] = {"q": self.q, "gap": self.gap, **changes}
        parts = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(parts)}" if parts else ""
