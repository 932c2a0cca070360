"""The shapes that travel between browser and server: what is accepted, what is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, Optional

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
PLAN = re.compile(r"/plans/([A-Za-z0-9_-]+)\.")
BOT_ID = re.compile(r"b([0-9a-f]{10,16})")
TYPED = "typed"
RESTARTED = "restarted"
LONGEST_TYPED = 100
LONGEST_REASON = 500
_MICRO = 1_000_000

Message = dict[str, Any]


def client_id(raw: Any) -> Optional[str]:
    """The id that a client gave its message, or None when it gave none that can be used."""
    return raw if isinstance(raw, str) and CLIENT_ID.fullmatch(raw) else None


def without_controls(typed: str) -> str:
    """The beginning of what was typed, as far as it can be seen."""
    return "".join(letter for letter in typed[:LONGEST_TYPED] if letter.isprintable()).strip()


def moment(timestamp: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(timestamp, timezone.utc).isoformat(timespec="milliseconds")


def bot_id(timestamp: float) -> str:
    """The id of the bot's message of this moment, the same when it is sent and when it is read back later: Rasa gives
    its events no id, but keeps their time as it is, and no two of a conversation share one."""
    return f"b{int(timestamp * _MICRO):x}"


def bot_moment(message_id: Any) -> Optional[float]:
    """The moment in seconds that a bot message's id stands for, None when it is no such id; good to a microsecond."""
    found = BOT_ID.fullmatch(message_id) if isinstance(message_id, str) else None
    return int(found[1], 16) / _MICRO if found else None


def bot_message(said: Mapping[str, Any], timestamp: float) -> Message:
    """A bot's message for a browser.

    Args:
        said: `text`, `buttons`, `image` and `custom`, as Rasa hands them to a channel or keeps them in an event.
        timestamp: when it was said.
    """
    message = {
        "id": bot_id(timestamp),
        "at": moment(timestamp),
        "text": said.get("text") or "",
        "quick_replies": [quick_reply(button) for button in said.get("buttons") or []],
        "image": said.get("image"),
        "custom": said.get("custom"),
    }
    return {key: value for key, value in message.items() if value or key == "text"}


def quick_reply(button: Mapping[str, Any]) -> Message:
    """A button as Rasa's widgets know it."""
    return {"content_type": "text", "title": button.get("title", ""), "payload": button.get("payload", "")}


def image_attachment(address: str) -> Message:
    """A picture as Rasa's widgets know it."""
    return {"type": "image", "payload": {"src": address}}


def live(message: Message, reply_to: Optional[str]) -> Message:
    """`bot_uttered` for our own widget: everything of one message together."""
    sent = {key: value for key, value in message.items() if key != "image"}
    if "image" in message:
        sent["attachment"] = image_attachment(message["image"])
    if reply_to:
        sent["reply_to"] = reply_to
    return sent


def as_rasa(message: Message) -> list[Message]:
    """`bot_uttered` as Rasa's own channel would send it, for widgets that go by which keys are there: a message for
    each paragraph, the buttons with the last one, the picture by itself."""
    parts: list[Message] = [{"text": part} for part in message["text"].strip().split("\n\n") if part]
    if "quick_replies" in message:
        parts = parts or [{"text": ""}]
        parts[-1]["quick_replies"] = message["quick_replies"]
    if "image" in message:
        parts.append({"attachment": image_attachment(message["image"])})
    return parts


def history(events: Iterable[Mapping[str, Any]], votes: Mapping[str, str]) -> list[Message]:
    """A conversation's messages as a returning visitor sees them, oldest first.

    Args:
        events: Rasa's `user` and `bot` events as dictionaries, oldest first.
        votes: the visitor's votes by message id.
    """
    messages: list[Message] = []
    asked: Optional[str] = None
    for event in events:
        if event["event"] == "user":
            asked = event.get("message_id")
            if (event.get("metadata") or {}).get(RESTARTED):
                messages.clear()
                asked = None
            elif text := shown_text(event):
                messages.append({"id": asked, "from": "user", "at": moment(event["timestamp"]), "text": text})
        else:
            said = {**(event.get("data") or {}), "text": event.get("text")}
            message: Message = {"from": "bot", **bot_message(said, event["timestamp"])}
            if asked:
                message["reply_to"] = asked
            if message["id"] in votes:
                message["feedback"] = votes[message["id"]]
            messages.append(message)
    return messages


def plan_tokens(events: Iterable[Mapping[str, Any]]) -> set[str]:
    """The tokens of the weekly plans that a conversation's events link to."""
    return {token for event in events if event["event"] == "bot" for token in PLAN.findall(json.dumps(event))}


def shown_text(event: Mapping[str, Any]) -> str:
    """What a person typed; empty for what only a channel can say."""
    text = event.get("text") or ""
    if text.startswith("/"):
        return str((event.get("metadata") or {}).get(TYPED) or "")
    return str(text)
