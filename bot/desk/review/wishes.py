"""What the owner asked the review for, as it stands in the page's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Optional
from urllib.parse import urlencode

from bot.desk.wishes import CHANNELS
from bot.store.reviews import Wanted
from bot.store.reviews.looking import ONLY

LONGEST = 80
FIELDS = ("only", "channel", "since", "until", "q", "kind", "product")


@dataclass(frozen=True)
class ReviewWish:
    """Which turns are wanted; unknown values mean none. `skip`: so many turns or groups stand on the pages before."""

    only: str = ""
    channel: str = ""
    since: str = ""
    until: str = ""
    q: str = ""
    kind: str = ""
    product: str = ""
    skip: int = 0

    @classmethod
    def of(cls, args: Any) -> ReviewWish:
        """From the address's query; anything can stand there."""
        given = {name: str(args.get(name) or "").strip() for name in FIELDS}
        return cls(
            only=given["only"] if given["only"] in ONLY else "", channel=given["channel"] if given["channel"] in CHANNELS else "",
            since=given["since"] if _day(given["since"]) else "", until=given["until"] if _day(given["until"]) else "",
            q=given["q"][:LONGEST], kind=given["kind"][:LONGEST], product=given["product"][:255],
            skip=_number(args.get("skip")),
        )

    @property
    def narrows(self) -> bool:
        """Whether it is for less than everything."""
        return any(getattr(self, name) for name in FIELDS)

    @property
    def wanted(self) -> Wanted:
        """The same for the store."""
        return Wanted(self.only, self.channel, _day(self.since), _day(self.until), self.q, self.kind, self.product)

    def query(self, **changes: Any) -> str:
        """The address's query for these wishes with some changed; always from the first page unless one is given."""
        wanted: dict[str, Any] = {**vars(self), "skip": 0, **changes}
        parts = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(parts)}" if parts else ""


def _day(text: str) -> Optional[date]:
    """A day as ISO 8601 writes it, in years that a calendar of ours has; None for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 3000 else None


def _number(raw: Any) -> int:
    text = str(raw or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
