"""What somebody of the staff asked the inbox for, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.support.handoff import Filter, Owner

OPEN, WAITING, MINE, CLOSED = "open", "waiting", "mine", "closed"
VIEWS: Mapping[str, str] = {OPEN: "Open", WAITING: "Waiting", MINE: "Mine", CLOSED: "Closed"}
CHANNELS: Mapping[str, str] = {"": "All channels", "web": "Website", "telegram": "Telegram", "rest": "REST"}
NOTHING: Mapping[str, str] = {
    OPEN: "No open conversations", WAITING: "Nobody waits", MINE: "You have no conversation", CLOSED: "No closed conversations",
}
WITH_PEOPLE = frozenset({Owner.WAITING, Owner.PERSON, Owner.MAIL})
UNANSWERED = frozenset({Owner.WAITING, Owner.MAIL})
PER_PAGE = 50
LONGEST = 80


@dataclass(frozen=True)
class Wish:
    """Which conversations are wanted; unknown values mean none."""

    view: str = OPEN
    channel: str = ""
    q: str = ""
    unread: bool = False
    skip: int = 0

    @classmethod
    def of(cls, args: Any) -> Wish:
        """From the address's query; anything can stand there."""
        view, channel, skip = (str(args.get(name) or "") for name in ("view", "channel", "skip"))
        return cls(
            view=view if view in VIEWS else OPEN,
            channel=channel if channel in CHANNELS else "",
            q=str(args.get("q") or "").strip()[:LONGEST],
            unread=args.get("unread") == "1",
            skip=int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 6 else 0,
        )

    @property
    def narrows(self) -> bool:
        """Whether it is for less than a whole view."""
        return bool(self.channel or self.q or self.unread)

    def filter(self, me: str) -> Filter:
        """The same for the store; `me` is who asks."""
        owners = {OPEN: WITH_PEOPLE, WAITING: UNANSWERED, MINE: frozenset({Owner.PERSON})}.get(self.view, frozenset())
        return Filter(
            owners=owners, channel=self.channel, agent=me if self.view == MINE else "", unread=self.unread, words=self.q,
            closed=self.view == CLOSED, most=PER_PAGE, skip=self.skip,
        )

    def query(self, **changes: Any) -> str:
        """The address's query for these wishes with some changed; always from the first page unless `skip` is given."""
        wanted: dict[str, Any] = {**vars(self), "skip": 0, **changes}
        if wanted["view"] == OPEN:
            del wanted["view"]
        if wanted["unread"]:
            wanted["unread"] = 1
        parts = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(parts)}" if parts else ""
