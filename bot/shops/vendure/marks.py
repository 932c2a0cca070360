"""What the assistant changed in an order, kept with the order: a mark in front of the text that Vendure keeps of the change, for a
cancellation its reason, for an address the note of the modification, for a return a note for the staff.

It is written by the same request as the change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.support.gateway import Outcome

CANCEL, ADDRESS, RETURN = "cancel", "address", "return"
BEGINS = "[glasskin "
KINDS = {"ORDER_CANCELLATION": ("reason", CANCEL), "ORDER_NOTE": ("note", RETURN)}
"""In which field of which entry of an order's history a mark stands, and of what."""


@dataclass(frozen=True)
class Mark:
    """A change that was done: its key, its kind, what is to be paid back to which way of payment, and of a return how many of which line."""

    key: str
    kind: str
    refunds: tuple[tuple[Decimal, str], ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    at: datetime | None = None

    @property
    def outcome(self) -> Outcome:
        """What the change led to."""
        return Outcome(True, self.refunds)

    def before(self, text: str) -> str:
        """A text for the staff with the mark in front."""
        told = {"key": self.key, "refunds": [[str(amount), method] for amount, method in self.refunds], "lines": dict(self.lines)}
        return f"{BEGINS}{json.dumps(told)}] {text}"


def marks_of(told: Mapping[str, Any]) -> list[Mark]:
    """The changes of an order, in their order. What is none of ours, or was spoilt by hand, is left out."""
    found = [_mark(one["note"], ADDRESS, one["createdAt"]) for one in told["modifications"]]
    for one in told["history"]["items"]:
        name, kind = KINDS.get(one["type"], ("", ""))
        found.append(_mark(one["data"].get(name), kind, one["createdAt"]))
    return [one for one in found if one is not None]


def moment(told: str) -> datetime:
    """A moment as Vendure writes it."""
    return datetime.fromisoformat(told.replace("Z", "+00:00"))


def _mark(text: Any, kind: str, at: str) -> Mark | None:
    if not isinstance(text, str) or not text.startswith(BEGINS):
        return None
    try:
        told, _ = json.JSONDecoder().raw_decode(text, len(BEGINS))
        refunds = tuple((Decimal(amount), str(method)) for amount, method in told["refunds"])
        return Mark(str(told["key"]), kind, refunds, {str(line): int(count) for line, count in told["lines"].items()}, moment(at))
    except (TypeError, ValueError, KeyError, AttributeError, InvalidOperation):
        return None
