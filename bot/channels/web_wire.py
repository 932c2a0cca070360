"""The shapes that travel between browser and server: what is accepted, what is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Optional

from bot.support.handoff import BY_CUSTOMER, Author, Line, withheld

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
BOT_ID = re.compile(r"b([0-9a-f]{10,16})")
TYPED = "typed"
PICTURE = "picture"
PICTURE_NAME = re.compile(r"[A-Za-z0-9_-]{10,40}")
RESTARTED = "restarted"
LONGEST_TYPED = 100
LONGEST_REASON = 500
PRECISION_S = 0.001
_MICRO = 1_000_000

Message = dict[str, Any]


def client_id(raw: Any) -> Optional[str]:
    """The id that a client gave its message, or None when it gave none that can be used."""
    return raw if isinstance(raw, str) and CLIENT_ID.fullmatch(raw) else None


def picture_name(raw: Any) -> Optional[str]:
    """The name of a picture that a client says it sent before, or None."""
    return raw if isinstance(raw, str) and PICTURE_NAME.fullmatch(raw) else None


def without_controls(typed: str) -> str:
    """The beginning of what was typed, as far as it can be seen."""
    return "".join(letter for letter in typed[:LONGEST_TYPED] if letter.isprintable()).strip()


def moment(timestamp: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(timestamp, timezone.utc).isoformat(timespec="milliseconds")


def timestamp(at: Any) -> Optional[float]:
    """Seconds since 1970 of ISO 8601 with a time zone, None for what is none."""
    try:
        read = datetime.fromisoformat(at.replace("Z", "+00:00")) if isinstance(at, str) else None
    except ValueError:
        return None
    return read.timestamp() if read is not None and read.tzinfo else None


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


def person_message(line: Line) -> Message:
    """A line of a talk with the staff for a browser; `author` says who wrote it, and with what right."""
    kind = "automatic" if line.author is Author.ASSISTANT else line.author.value
    message = {
        "id": line.id,
        "at": moment(line.at.timestamp()),
        "text": line.text,
        "author": {"kind": kind, "name": line.agent or str(line.data.get("name") or "")},
        "quick_replies": [quick_reply(button) for button in line.data.get("buttons") or []],
        "custom": line.data.get("custom"),
    }
    return {key: value for key, value in message.items() if value or key == "text"}


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
    author = message.get("author") or {}
    if parts and author.get("kind") == Author.AGENT.value:
        parts[0]["text"] = f"{author.get('name')}: {parts[0]['text']}"
    if "quick_replies" in message:
        parts = parts or [{"text": ""}]
        parts[-1]["quick_replies"] = message["quick_replies"]
    if "image" in message:
        parts.append({"attachment": image_attachment(message["image"])})
    return parts


def history(events: Iterable[Mapping[str, Any]], votes: Mapping[str, str], lines: Sequence[Line] = ()) -> list[Message]:
    """A conversation's messages as a returning visitor sees them, oldest first.

    Args:
        events: Rasa's `user` and `bot` events as dictionaries, oldest first.
        votes: the visitor's votes by message id.
        lines: the lines of talks with the staff, private ones too, oldest first.
    """
    messages: list[Message] = []
    asked: Optional[str] = None
    begun = ""
    unsent = withheld(lines)
    for event in events:
        if event["event"] == "user":
            asked = event.get("message_id")
            if was_restarted(event):
                messages.clear()
                asked, begun = None, moment(event["timestamp"])
            elif text := shown_text(event):
                mine = {"id": asked, "from": "user", "at": moment(event["timestamp"]), "text": text}
                messages.append({**mine, **picture_in(event.get("metadata"))})
        elif asked not in unsent:
            said = {**(event.get("data") or {}), "text": event.get("text")}
            message: Message = {"from": "bot", **bot_message(said, event["timestamp"])}
            if asked:
                message["reply_to"] = asked
            if message["id"] in votes:
                message["feedback"] = votes[message["id"]]
            messages.append(message)
    messages += [one for line in lines if (one := _of_talk(line)) and one["at"] > begun]
    return sorted(messages, key=lambda one: str(one["at"]))


def was_restarted(event: Mapping[str, Any]) -> bool:
    """Whether the visitor began the conversation anew with this event."""
    return event["event"] == "user" and bool((event.get("metadata") or {}).get(RESTARTED))


def _of_talk(line: Line) -> Optional[Message]:
    """A line of a talk with the staff; None for what the customer does not see."""
    if line.author is Author.CUSTOMER:
        mine = {"id": line.key.removeprefix(BY_CUSTOMER), "from": "user", "at": moment(line.at.timestamp()), "text": line.text}
        return {**mine, **picture_in(line.data)}
    return {"from": "bot", **person_message(line)} if line.author.is_for_customer else None


def picture_in(data: Optional[Mapping[str, Any]]) -> Message:
    """The name of the picture that came with a visitor's message, where one did."""
    return {PICTURE: data[PICTURE]} if data and data.get(PICTURE) else {}


def shown_text(event: Mapping[str, Any]) -> str:
    """What a person typed; empty for what only a channel can say."""
    text = event.get("text") or ""
    if text.startswith("/"):
        return str((event.get("metadata") or {}).get(TYPED) or "")
    return str(text)
