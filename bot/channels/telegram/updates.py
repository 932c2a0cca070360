"""From a raw update to what it means for the assistant. Pure: whatever Telegram, or anybody else, sends gives an
`Incoming`, never an error. Field names are those of the Bot API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, Mapping

GROUPS = ("group", "supergroup")
BLOCKED = ("kicked", "left")
# Kinds of message that carry no words, by the field they come in; the value names the wording that answers them.
WORDLESS = {
    "photo": "photo", "voice": "voice", "audio": "voice", "video_note": "voice", "video": "photo", "animation": "photo",
    "sticker": "sticker", "contact": "contact", "location": "location", "venue": "location", "document": "document",
    "poll": "other", "dice": "sticker",
}


class Kind(Enum):
    """What an update asks for."""

    TEXT = "text"
    COMMAND = "command"
    BUTTON = "button"
    WORDLESS = "wordless"
    JOINED = "joined"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    MIGRATED = "migrated"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Incoming:
    """An update's meaning.

    `text` is the words to answer (for a command what follows it, for a wordless message its kind, for a button its
    data); `command` is without slash and bot name. `message_id` is the message to reply to or, for a button, the one
    it hangs on. `query_id` is the button press to acknowledge. `new_chat_id` is a migrated group's.
    """

    kind: Kind
    chat_id: int | None = None
    user_id: int | None = None
    private: bool = True
    text: str = ""
    command: str = ""
    message_id: int | None = None
    query_id: str | None = None
    new_chat_id: int | None = None

    @property
    def sender_id(self) -> str:
        """The conversation: a person's private chat, or a person within a group."""
        return f"telegram:{self.chat_id}" if self.private else f"telegram:{self.chat_id}:{self.user_id}"


def update_id(update: Any) -> int | None:
    """The update's number, or None for what is no update."""
    return _number(_mapping(update).get("update_id"))


def understand(update: Any, bot_name: str, bot_id: int | None) -> Incoming:
    """What an update means.

    Args:
        update: the parsed JSON, anything at all.
        bot_name: the bot's own user name without "@"; in groups only messages that name it, or reply to it, count.
        bot_id: the bot's own user id.
    """
    fields = _mapping(update)
    if "callback_query" in fields:
        return _button(_mapping(fields["callback_query"]))
    if "my_chat_member" in fields:
        return _membership(_mapping(fields["my_chat_member"]))
    for name in ("message", "edited_message"):
        if name in fields:
            return _message(_mapping(fields[name]), bot_name, bot_id, edited=name == "edited_message")
    return Incoming(Kind.NOTHING)


def _button(query: Mapping[str, Any]) -> Incoming:
    message = _mapping(query.get("message"))
    chat = _mapping(message.get("chat"))
    query_id = query.get("id")
    return Incoming(
        Kind.BUTTON,
        chat_id=_number(chat.get("id")),
        user_id=_number(_mapping(query.get("from")).get("id")),
        private=chat.get("type") not in GROUPS,
        text=_text(query.get("data")),
        message_id=_number(message.get("message_id")),
        query_id=str(query_id) if isinstance(query_id, (str, int)) else None,
    )


def _membership(change: Mapping[str, Any]) -> Incoming:
    chat = _mapping(change.get("chat"))
    status = _mapping(change.get("new_chat_member")).get("status")
    before = _mapping(change.get("old_chat_member")).get("status")
    where: dict[str, Any] = {"chat_id": _number(chat.get("id")), "private": chat.get("type") not in GROUPS}
    if chat.get("type") == "channel":
        return Incoming(Kind.NOTHING)
    if status in BLOCKED:
        return Incoming(Kind.BLOCKED, **where)
    if before in BLOCKED and chat.get("type") in GROUPS:
        return Incoming(Kind.JOINED, **where)
    return Incoming(Kind.UNBLOCKED, **where)


def _message(message: Mapping[str, Any], bot_name: str, bot_id: int | None, edited: bool) -> Incoming:
    chat = _mapping(message.get("chat"))
    sender = _mapping(message.get("from"))
    private = chat.get("type") not in GROUPS
    chat_id, user_id = _number(chat.get("id")), _number(sender.get("id"))
    if chat_id is None or chat.get("type") == "channel" or sender.get("is_bot") or "via_bot" in message:
        return Incoming(Kind.NOTHING)
    where: dict[str, Any] = {
        "chat_id": chat_id, "user_id": user_id, "private": private, "message_id": _number(message.get("message_id")),
    }
    if _number(message.get("migrate_to_chat_id")) is not None:
        return Incoming(Kind.MIGRATED, **where, new_chat_id=_number(message.get("migrate_to_chat_id")))
    words = _text(message.get("text")) or _text(message.get("caption"))
    if words.startswith("/"):
        return _command(words, where, bot_name)
    called = private or _replies_to(message, bot_id) or _names(words, bot_name)
    if not called:
        return Incoming(Kind.NOTHING)
    if words:
        return Incoming(Kind.TEXT, **where, text=_without_name(words, bot_name))
    kind = next((name for field, name in WORDLESS.items() if field in message), None)
    if kind is None and "text" not in message and (edited or not private or not _is_content(message)):
        return Incoming(Kind.NOTHING)
    return Incoming(Kind.NOTHING if edited else Kind.WORDLESS, **where, text=kind or "other")


def _command(words: str, where: dict[str, Any], bot_name: str) -> Incoming:
    """A command, unless it is another bot's; "/" and what follows never reaches Rasa as it is."""
    first, _, rest = words.partition(" ")
    name, _, addressed = first[1:].partition("@")
    if addressed and addressed.lower() != bot_name.lower():
        return Incoming(Kind.NOTHING)
    return Incoming(Kind.COMMAND, **where, command=name.lower(), text=rest.strip())


def _replies_to(message: Mapping[str, Any], bot_id: int | None) -> bool:
    author = _mapping(_mapping(message.get("reply_to_message")).get("from"))
    return bot_id is not None and _number(author.get("id")) == bot_id


def _name_pattern(bot_name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[,:]\s?|\s)?@{re.escape(bot_name)}\b[,:]?", re.I)


def _names(words: str, bot_name: str) -> bool:
    return bool(bot_name) and _name_pattern(bot_name).search(words) is not None


def _without_name(words: str, bot_name: str) -> str:
    return _name_pattern(bot_name).sub("", words).strip() if bot_name else words


def _is_content(message: Mapping[str, Any]) -> bool:
    """False for service messages (a new title, a pinned message), which nobody expects an answer to."""
    known = {"message_id", "date", "chat", "from", "sender_chat", "edit_date", "entities", "reply_to_message"}
    service = ("new_", "left_", "delete_", "pinned_", "group_", "supergroup_", "channel_", "migrate_", "forum_",
               "video_chat", "message_auto", "boost_", "write_access", "giveaway", "successful_payment")
    return any(field not in known and not field.startswith(service) for field in message)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    """A whole number that fits the database's 64 bits, or None."""
    fits = isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
    return value if fits else None
