"""What the assistant changed in an order, kept with the order: a field of its own for each change, named by the change's key.

The mark is written by the same request as the change. A plugin may undo the change all the same, so a mark alone proves nothing: see
`reading.is_so`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.support.gateway import Outcome

CANCEL, ADDRESS = "cancel", "address"
PREFIX = "_glasskin_"
"""WooCommerce shows fields that begin with _ to nobody but programs."""


@dataclass(frozen=True)
class Mark:
    """A change that was done, or with `done` False asked of the staff by a note: its kind, when, what is to be paid back to which
    way of payment, and the digest of the address that it gave the order."""

    key: str
    kind: str
    at: datetime
    refunds: Sequence[tuple[Decimal, str]] = ()
    done: bool = True
    place: str = ""

    @property
    def outcome(self) -> Outcome:
        """What the change led to."""
        return Outcome(self.done, tuple(self.refunds))

    @property
    def field(self) -> Mapping[str, str]:
        """As it is written into an order."""
        told = {
            "kind": self.kind, "at": self.at.isoformat(), "refunds": [[str(amount), method] for amount, method in self.refunds], "done": self.done,
            "place": self.place,
        }  # fmt: skip
        return {"key": PREFIX + self.key, "value": json.dumps(told)}


def marks_of(fields: Sequence[Mapping[str, Any]]) -> list[Mark]:
    """The changes of an order, out of its fields; each once, in their order. What is none of ours, or was spoilt by hand, is left out."""
    found: dict[str, Mark] = {}
    for one in fields:
        name = str(one.get("key", ""))
        if name.startswith(PREFIX) and (mark := _mark(name.removeprefix(PREFIX), one.get("value"))) is not None:
            found.setdefault(mark.key, mark)
    return list(found.values())


def mark_of(fields: Sequence[Mapping[str, Any]], key: str) -> Mark | None:
    """The change of a key."""
    return next((one for one in marks_of(fields) if one.key == key), None)


def _mark(key: str, value: Any) -> Mark | None:
    try:
        told = json.loads(value)
        refunds = tuple((Decimal(amount), str(method)) for amount, method in told["refunds"])
        return Mark(key, str(told["kind"]), datetime.fromisoformat(told["at"]), refunds, bool(told["done"]), str(told["place"]))
    except (TypeError, ValueError, KeyError, InvalidOperation):
        return None
