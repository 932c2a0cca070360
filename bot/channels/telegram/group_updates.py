"""From a raw update to what was done in a topic of the staff's group. Pure, as `updates` is: whatever comes gives an act or nothing."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from bot.channels.telegram.updates import IN_A_NAME, is_content, mapping, number, text_in, topic_of
from bot.support.places.telegram.hearing import Act, Did

MESSAGES = ("message", "edited_message")


def chat_of(update: Any) -> Optional[int]:
    """The chat that an update is about, whatever it says and whoever wrote it."""
    fields = mapping(update)
    found = next((mapping(fields[name]) for name in (*MESSAGES, "my_chat_member") if name in fields), None)
    return number(mapping((found or mapping(mapping(fields.get("callback_query")).get("message"))).get("chat")).get("id"))


def act_of(update: Any, bot_name: str, bot_id: Optional[int]) -> Optional[Act]:
    """What one of the staff did in a topic; None for what is no act of a person, stands in no topic, or is another bot's.

    Args:
        update: the parsed JSON of an update of the group.
        bot_name: the bot's own user name without "@".
        bot_id: the bot's own number.
    """
    fields = mapping(update)
    edited = "message" not in fields
    message = mapping(fields.get("edited_message" if edited else "message"))
    topic, message_id = topic_of(message), number(message.get("message_id"))
    if topic is None or message_id is None or not _is_person_s(message):
        return None
    sender = mapping(message.get("from"))
    user = None if message.get("sender_chat") else number(sender.get("id"))
    name = "" if message.get("sender_chat") else text_in(sender.get("first_name"))
    answered = mapping(mapping(message.get("reply_to_message")).get("from"))
    where: dict[str, Any] = {"topic": topic, "message": message_id, "user": user, "name": name, "answers_us": number(answered.get("id")) == bot_id}
    words = text_in(message.get("text"))
    if edited:
        return Act(Did.EDITED, **where, text=words, at=number(message.get("edit_date")) or 0) if words else None
    if "forum_topic_closed" in message:
        return Act(Did.CLOSED, **where)
    if not words or "forward_origin" in message or "via_bot" in message:
        return Act(Did.SENT_NO_TEXT, **where) if words or is_content(message) else None
    return _command(words, where, bot_name) if words.startswith("/") else Act(Did.WROTE, **where, text=words)


def _is_person_s(message: Mapping[str, Any]) -> bool:
    """Whether a person wrote it, as themself or, as administrators may, in the name of this very group."""
    sender, chat = mapping(message.get("from")), mapping(message.get("chat"))
    if message.get("sender_chat"):
        return number(sender.get("id")) in IN_A_NAME and mapping(message["sender_chat"]).get("id") == chat.get("id")
    return not sender.get("is_bot") and number(sender.get("id")) is not None and not message.get("is_automatic_forward")


def _command(words: str, where: dict[str, Any], bot_name: str) -> Optional[Act]:
    first, *after = words.split(maxsplit=1)
    name, _, addressed = first[1:].partition("@")
    if addressed and addressed.lower() != bot_name.lower():
        return None
    return Act(Did.COMMAND, **where, text=after[0].strip() if after else "", command=name.lower())
