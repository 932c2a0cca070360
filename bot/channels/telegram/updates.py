"""From a raw update to what it means for the assistant. Pure: whatever Telegram, or anybody else, sends gives an
`Incoming`, never an error. Field names are those of the Bot API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, Mapping

from bot.support.pictures import MOST_BYTES

GROUPS = ("group", "supergroup")
BLOCKED = ("kicked", "left")
# Kinds of message that carry no words, by the field they come in; the value names the wording that answers them.
WORDLESS = {
    "photo": "photo", "voice": "voice", "audio": "voice", "video_note": "voice", "video": "photo", "animation": "photo",
    "sticker": "sticker", "contact": "contact", "location": "location", "venue": "location", "document": "document",
    "poll": "other", "dice": "sticker", "story": "other", "game": "other", "paid_media": "photo", "checklist": "other",
    "invoice": "other",
}
# What every message may carry, and what makes it a service message (a new title, a gift), which nobody expects an answer to.
ENVELOPE = frozenset({
    "message_id", "date", "chat", "from", "sender_chat", "edit_date", "entities", "reply_to_message", "message_thread_id",
    "is_topic_message", "sender_boost_count", "sender_business_bot", "business_connection_id", "has_protected_content", "quote",
    "external_reply", "forward_origin", "is_from_offline", "author_signature", "effect_id", "reply_markup", "link_preview_options",
})
SERVICE = (
    "new_", "left_", "delete_", "pinned_", "group_", "supergroup_", "channel_", "migrate_", "forum_", "general_forum_", "video_chat",
    "message_auto", "boost_", "write_access", "giveaway_", "successful_payment", "refunded_payment", "chat_", "users_shared",
    "connected_website", "proximity_alert", "suggested_post", "gift", "unique_gift", "paid_message_price", "direct_message_price",
    "checklist_tasks", "web_app_data", "passport_data",
)
# Who writes in a group's or a channel's name comes as one of these bots, with the group or channel as `sender_chat`.
IN_A_NAME = (1087968824, 136817688)


UP, DOWN = "up", "down"
REACTIONS = {
    **dict.fromkeys(["👍", "❤", "🔥", "🥰", "👏", "😁", "🎉", "🤩", "🙏", "👌", "💯", "😍", "❤\u200d🔥", "🏆", "🤗", "🫡", "🆒", "💘", "😘", "😎", "🤝"], UP),
    **dict.fromkeys(["👎", "🤬", "🤮", "💩", "🥱", "🥴", "😡", "🖕", "🤨", "😐", "💔", "🤡", "😴"], DOWN),
}
"""What a reaction says of an answer, of those that say something."""

PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
"""Kinds of document that are pictures."""


class Kind(Enum):
    """What an update asks for."""

    TEXT = "text"
    COMMAND = "command"
    BUTTON = "button"
    REACTION = "reaction"
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
    data, for a reaction "up", "down" or nothing); `command` is without slash and bot name. `message_id` is the message to reply to or, for a button, the one
    it hangs on. `query_id` is the button press to acknowledge. `new_chat_id` is a migrated group's. `thread_id` is the topic
    of the chat that it was written in, `picture` the file of a photo, `album` names the pictures that were sent together, `edited`
    says that it was said before, `at` when, in seconds since 1970.
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
    thread_id: int | None = None
    picture: str = ""
    album: str = ""
    edited: bool = False
    at: int | None = None

    @property
    def sender_id(self) -> str:
        """The conversation: a person's private chat, or a person within a group."""
        return f"telegram:{self.chat_id}" if self.private else f"telegram:{self.chat_id}:{self.user_id}"


def update_id(update: Any) -> int | None:
    """The update's number, or None for what is no update."""
    return number(mapping(update).get("update_id"))


def understand(update: Any, bot_name: str, bot_id: int | None) -> Incoming:
    """What an update means.

    Args:
        update: the parsed JSON, anything at all.
        bot_name: the bot's own user name without "@"; in groups only messages that name it, or reply to it, count.
        bot_id: the bot's own user id.
    """
    fields = mapping(update)
    if "callback_query" in fields:
        return _button(mapping(fields["callback_query"]))
    if "message_reaction" in fields:
        return _reaction(mapping(fields["message_reaction"]))
    if "my_chat_member" in fields:
        return _membership(mapping(fields["my_chat_member"]))
    for name in ("message", "edited_message"):
        if name in fields:
            return _message(mapping(fields[name]), bot_name, bot_id, edited=name == "edited_message")
    return Incoming(Kind.NOTHING)


def _button(query: Mapping[str, Any]) -> Incoming:
    message = mapping(query.get("message"))
    chat = mapping(message.get("chat"))
    query_id = query.get("id")
    return Incoming(
        Kind.BUTTON,
        chat_id=number(chat.get("id")),
        user_id=number(mapping(query.get("from")).get("id")),
        private=chat.get("type") not in GROUPS,
        text=text_in(query.get("data")),
        message_id=number(message.get("message_id")),
        thread_id=topic_of(message),
        query_id=str(query_id) if isinstance(query_id, (str, int)) else None,
    )


def _reaction(change: Mapping[str, Any]) -> Incoming:
    """What somebody thinks of a message now: of several reactions the last one that says something."""
    chat, new = mapping(change.get("chat")), change.get("new_reaction")
    said = [REACTIONS.get(text_in(mapping(one).get("emoji")), "") for one in new] if isinstance(new, list) else []
    who = mapping(change.get("user")) or mapping(change.get("actor_chat"))
    return Incoming(
        Kind.REACTION,
        chat_id=number(chat.get("id")),
        user_id=number(who.get("id")),
        private=chat.get("type") not in GROUPS,
        text=next((one for one in reversed(said) if one), ""),
        message_id=number(change.get("message_id")),
    )


def _membership(change: Mapping[str, Any]) -> Incoming:
    chat = mapping(change.get("chat"))
    status = mapping(change.get("new_chat_member")).get("status")
    before = mapping(change.get("old_chat_member")).get("status")
    where: dict[str, Any] = {"chat_id": number(chat.get("id")), "private": chat.get("type") not in GROUPS}
    if chat.get("type") == "channel":
        return Incoming(Kind.NOTHING)
    if status in BLOCKED:
        return Incoming(Kind.BLOCKED, **where)
    if before in BLOCKED and chat.get("type") in GROUPS:
        return Incoming(Kind.JOINED, **where)
    return Incoming(Kind.UNBLOCKED, **where)


def _message(message: Mapping[str, Any], bot_name: str, bot_id: int | None, edited: bool) -> Incoming:
    chat = mapping(message.get("chat"))
    private = chat.get("type") not in GROUPS
    chat_id, user_id = number(chat.get("id")), _writer(message)
    if chat_id is None or chat.get("type") == "channel" or _is_no_person_s(message):
        return Incoming(Kind.NOTHING)
    where: dict[str, Any] = {
        "chat_id": chat_id, "user_id": user_id, "private": private, "message_id": number(message.get("message_id")),
        "thread_id": topic_of(message), "album": text_in(message.get("media_group_id")), "edited": edited,
        "at": number(message.get("edit_date" if edited else "date")),
    }
    if number(message.get("migrate_to_chat_id")) is not None:
        return Incoming(Kind.MIGRATED, **where, new_chat_id=number(message.get("migrate_to_chat_id")))
    words = text_in(message.get("text")) or text_in(message.get("caption"))
    if words.startswith("/"):
        return _command(words, where, bot_name)
    called = private or _replies_to(message, bot_id) or _names(words, bot_name) or _names_by_link(message, bot_id)
    if not called:
        return Incoming(Kind.NOTHING)
    where |= {"picture": _picture(message), "album": text_in(message.get("media_group_id"))}
    if words:
        # A name and nothing else means the words that it is an answer to.
        return Incoming(Kind.TEXT, **where, text=_without_name(words, bot_name) or _answered(message) or words)
    kind = next((name for field, name in WORDLESS.items() if field in message), None)
    if kind is None and "text" not in message and (edited or not private or not is_content(message)):
        return Incoming(Kind.NOTHING)
    return Incoming(Kind.NOTHING if edited else Kind.WORDLESS, **where, text=kind or "other")


def _writer(message: Mapping[str, Any]) -> int | None:
    """Who wrote: a person, or the group or channel in whose name somebody did."""
    sender = number(mapping(message.get("from")).get("id"))
    return number(mapping(message.get("sender_chat")).get("id")) if sender in IN_A_NAME else sender


def _is_no_person_s(message: Mapping[str, Any]) -> bool:
    """True for what a bot wrote, and for the posts of a channel that Telegram puts into its group by itself."""
    sender = mapping(message.get("from"))
    bot = bool(sender.get("is_bot")) and number(sender.get("id")) not in IN_A_NAME
    return bot or "via_bot" in message or bool(message.get("is_automatic_forward"))


def topic_of(message: Mapping[str, Any]) -> int | None:
    """The topic of a chat with topics; a thread of answers in a chat without has a number, too, but is no place."""
    return number(message.get("message_thread_id")) if message.get("is_topic_message") else None


def _answered(message: Mapping[str, Any]) -> str:
    """The words that a message answers: what it quotes of them, else all."""
    replied = mapping(message.get("reply_to_message"))
    return text_in(mapping(message.get("quote")).get("text")) or text_in(replied.get("text")) or text_in(replied.get("caption"))


def _picture(message: Mapping[str, Any]) -> str:
    """The file of a message's picture: the largest size of a photo that is not too large, or a document that is one."""
    photo, document = message.get("photo"), mapping(message.get("document"))
    sizes = [mapping(one) for one in photo] if isinstance(photo, list) else []
    fitting = [one for one in sizes if (number(one.get("file_size")) or 0) <= MOST_BYTES]
    largest: Mapping[str, Any] = max(fitting, key=lambda one: number(one.get("width")) or 0, default={})
    found = largest or (document if document.get("mime_type") in PICTURES else {})
    return text_in(found.get("file_id"))


def _command(words: str, where: dict[str, Any], bot_name: str) -> Incoming:
    """A command, unless it is another bot's; "/" and what follows never reaches Rasa as it is."""
    first, *after = words.split(maxsplit=1)
    rest = after[0] if after else ""
    name, _, addressed = first[1:].partition("@")
    if addressed and addressed.lower() != bot_name.lower():
        return Incoming(Kind.NOTHING)
    return Incoming(Kind.COMMAND, **where, command=name.lower(), text=rest.strip())


def _replies_to(message: Mapping[str, Any], bot_id: int | None) -> bool:
    author = mapping(mapping(message.get("reply_to_message")).get("from"))
    return bot_id is not None and number(author.get("id")) == bot_id


def _name_pattern(bot_name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[,:]\s?|\s)?(?<![\w.])@{re.escape(bot_name)}\b(?!\.\w)[,:]?", re.I)


def _names(words: str, bot_name: str) -> bool:
    return bool(bot_name) and _name_pattern(bot_name).search(words) is not None


def _without_name(words: str, bot_name: str) -> str:
    return _name_pattern(bot_name).sub("", words).strip() if bot_name else words


def is_content(message: Mapping[str, Any]) -> bool:
    """Whether it carries something that is neither envelope nor service: a kind of content that is newer than this bot."""
    return any(field not in ENVELOPE and not field.startswith(SERVICE) for field in message)


def _names_by_link(message: Mapping[str, Any], bot_id: int | None) -> bool:
    """Whether the bot is mentioned by a link to it, as people without a user name are."""
    entities = message.get("entities") or message.get("caption_entities")
    found = [mapping(one) for one in entities] if isinstance(entities, list) else []
    named = [number(mapping(one.get("user")).get("id")) for one in found if one.get("type") == "text_mention"]
    return bot_id is not None and bot_id in named


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def text_in(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def number(value: Any) -> int | None:
    """A whole number that fits the database's 64 bits, or None."""
    fits = isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
    return value if fits else None
