"""What a visitor does beside talking: reads older messages, votes on an answer, comes by something of the shop's pages, goes to a product."""

from __future__ import annotations

from typing import Any

from bot.channels import web_wire as wire
from bot.channels.web_archive import Archive
from bot.channels.web_order import Order, Refused
from bot.channels.web_visitors import Conversation
from bot.store.feedback import DOWN, UP
from bot.store.follows import FOLLOWED
from bot.store.opening_models import WAYS, WORDS_LENGTH
from bot.store.week_models import NAME_LENGTH

Event = dict[str, Any]


async def earlier(archive: Archive, conversation: Conversation, data: Event) -> Event:
    """The messages before the oldest one that a browser shows.

    Raises:
        Refused: `data` does not say which that is.
    """
    before = wire.timestamp(data.get("before"))
    if before is None:
        raise Refused("malformed")
    # Moments travel in milliseconds: what was said within the same one comes again rather than never.
    messages, more = await archive.earlier(conversation.sender, before + wire.PRECISION_S)
    return {"ok": True, "messages": messages, "more": more}


async def vote(archive: Archive, order: Order, conversation: Conversation, data: Event) -> Event:
    """Keeps a vote on an answer.

    Raises:
        Refused: it is no vote, or on what was never said here.
    """
    message_id, value, reason = data.get("message_id"), data.get("value"), data.get("reason")
    moment = wire.bot_moment(message_id)
    if moment is None or value not in (UP, DOWN) or not isinstance(reason, (str, type(None))):
        raise Refused("malformed")
    if reason is not None and len(reason) > wire.LONGEST_REASON:
        raise Refused("too_long")
    async with order.turn(conversation.sender):
        known = not conversation.deleted and await archive.vote(conversation.sender, str(message_id), moment, value, reason)
    if not known:
        raise Refused("malformed")
    return {"ok": True}


async def used(archive: Archive, conversation: Conversation, data: Event) -> Event:
    """Counts what on the shop's pages led a visitor here.

    Raises:
        Refused: it is nothing that leads here.
    """
    way, words = data.get("way"), data.get("words")
    if way not in WAYS or not isinstance(words, str) or len(words) > WORDS_LENGTH or "\0" in words:
        raise Refused("malformed")
    await archive.opened(conversation.sender, str(way), words.strip())
    return {"ok": True}


async def followed(archive: Archive, _: Conversation, data: Event) -> Event:
    """Counts that a link to a product was followed; of whom is not kept.

    Raises:
        Refused: it leads nowhere that is counted, or to what the shop does not sell.
    """
    way, handle = data.get("way"), data.get("product")
    if way not in tuple(FOLLOWED) or not isinstance(handle, str) or not 0 < len(handle) <= NAME_LENGTH or "\0" in handle:
        raise Refused("malformed")
    if not await archive.followed(str(way), handle):
        raise Refused("malformed")
    return {"ok": True}
