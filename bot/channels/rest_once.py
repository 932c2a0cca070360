"""Answers a message that has an id once: sent again, it gets the replies that it got. They are read from the conversation,
where Rasa keeps message and replies in one step, so that no stop or crash comes between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Optional

from sqlalchemy.exc import SQLAlchemyError

from bot.store.conversations import Conversations

logger = logging.getLogger(__name__)
MOST_EVENTS = 400
REPLY = ("text", "buttons", "image", "custom")
Reply = dict[str, Any]


def reply_of(message: Mapping[str, Any]) -> Reply:
    """What of a message by Rasa is a reply over REST, whole where Rasa would send its parts one by one."""
    return {key: message[key] for key in REPLY if message.get(key)}


async def earlier_replies(conversations: Conversations, sender: str, message_id: str) -> Optional[list[Reply]]:
    """The replies that a message got, None when it got none among the conversation's last messages, or when nobody can tell
    because the conversation cannot be read: then it is answered, carefully."""
    try:
        events = await asyncio.to_thread(conversations.said, sender, MOST_EVENTS)
    except SQLAlchemyError as error:
        logger.error("whether a message came before cannot be told: %s", type(error).__name__)
        return None
    return _replies(events, message_id) or None


def _replies(events: Iterable[Mapping[str, Any]], message_id: str) -> list[Reply]:
    found: list[Reply] = []
    is_its = False
    for event in events:
        if event["event"] == "user":
            is_its = event.get("message_id") == message_id
        elif is_its:
            found.append(reply_of({**(event.get("data") or {}), "text": event.get("text")}))
    return found
