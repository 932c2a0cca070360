"""Puts what Rasa keeps of a conversation and the lines of its hand-overs into one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from bot.support.handoff.owner import Author
from bot.support.handoff.records import PICTURE, Line
from bot.understanding.frame import FRAMES

TYPED = "typed"
SHOWN_DATA = ("buttons", "image", "custom")


def merged(events: Iterable[Mapping[str, Any]], lines: Iterable[Line], conversation: str = "") -> list[Line]:
    """All lines, oldest first.

    Args:
        events: Rasa's `user` and `bot` events, oldest first.
        lines: the lines of hand-overs.
        conversation: whose they are.
    """
    own = list(lines)
    unsent = withheld(own)
    said: list[Line] = []
    asked = ""
    for event in events:
        if event["event"] == "user":
            asked = str(event.get("message_id") or "")
            if text := _typed(event):
                said.append(_customers(event, text, asked, conversation))
        else:
            said.append(_assistants(event, conversation, bool(asked) and asked in unsent))
    shown = [line for line in own if line.author is not Author.WITHHELD]
    return sorted([*said, *shown], key=lambda line: line.at)


def withheld(lines: Iterable[Line]) -> frozenset[str]:
    """The ids of the customer's messages to which the assistant's answer was not sent."""
    return frozenset(str(line.data.get("asked", "")) for line in lines if line.author is Author.WITHHELD)


def _typed(event: Mapping[str, Any]) -> str:
    text = str(event.get("text") or "")
    return str((event.get("metadata") or {}).get(TYPED) or "") if text.startswith("/") else text


def _moment(event: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(event["timestamp"]), timezone.utc)


def _customers(event: Mapping[str, Any], text: str, message_id: str, conversation: str) -> Line:
    return Line(
        id=f"u{message_id}", author=Author.CUSTOMER, text=text, at=_moment(event), conversation=conversation, key=message_id,
        reading=reading(event.get("parse_data") or {}), data={PICTURE: name} if (name := (event.get("metadata") or {}).get(PICTURE)) else {},
    )


def _assistants(event: Mapping[str, Any], conversation: str, unsent: bool) -> Line:
    data = {name: value for name, value in (event.get("data") or {}).items() if name in SHOWN_DATA and value}
    at = _moment(event)
    return Line(
        id=f"b{int(float(event['timestamp']) * 1_000_000):x}", author=Author.ASSISTANT, text=str(event.get("text") or ""), at=at,
        conversation=conversation, data=data, delivered_at=None if unsent else at, withheld=unsent,
    )


def reading(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """How a message was read, for the staff: the guess and how sure it was, the subjects by their ids, the rules that fired, and the
    frames of its questions, as `Frame.read` takes them."""
    frames = [one for one in parsed.get(FRAMES) or () if isinstance(one, dict)]
    intent = parsed.get("intent") or {}
    subjects = [str(one.get("value")) for one in parsed.get("entities") or () if one.get("value")]
    return {
        "intent": intent.get("name") or "", "confidence": round(float(intent.get("confidence") or 0.0), 3),
        "subjects": list(dict.fromkeys(subjects)), "rules": list(dict.fromkeys(rule for one in frames for rule in one.get("rules") or ())),
        "frames": frames,
    }
