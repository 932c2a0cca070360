"""A Telegram group as a place where staff answer; a `Handoff`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.phrases import phrases
from bot.store.pictures import PictureStore
from bot.support.handoff import Ending, HandoffUnreachable, Line, Owner, Talk
from bot.support.places import telling
from bot.support.places.kept import Kept
from bot.support.places.telegram.api import GroupApi, GroupError
from bot.support.places.telegram.composing import (
    Block,
    Message,
    block,
    opening,
    over,
    packed,
    pieces_of,
    title,
)
from bot.support.places.telegram.topics import Topics

logger = logging.getLogger(__name__)
NAME = "telegram"
SOMEBODY = ""
"""Who answers there has a name once they write."""
ANEW_AFTER_S, REFUSED_AGAIN_S = 1.0, 15.0
NO_PREVIEW = {"is_disabled": True}


class TelegramPlace:
    """Writes to the topics of a group. What was shown in a topic is not shown there again."""

    def __init__(self, api: GroupApi, kept: Kept, pictures: PictureStore) -> None:
        self._api, self._kept, self._pictures = api, kept, pictures
        self._topics = Topics(api, kept)

    def names(self) -> Sequence[str]:
        """Somebody; Telegram gives no list of a group's members."""
        return [SOMEBODY]

    def opened(self, talk: Talk, thread: list[Line], key: str) -> None:
        """What is known and what was said, in a topic of its own; raises HandoffUnreachable where that is not taken (as the others do).
        Where one of the staff took a closed topic up again they know what it is about."""
        topic, is_new = self._asked(self._topics.opened, talk.conversation, title(talk))
        known = [] if talk.owner is Owner.PERSON and not is_new else [opening(talk, telling.version_of(key))]
        self._show(talk.conversation, topic, [*known, *map(block, telling.last_lines(thread))])

    def said(self, talk: Talk, line: Line) -> None:
        """What the customer wrote."""
        self.said_together(talk, [line])

    def said_together(self, talk: Talk, lines: Sequence[Line]) -> None:
        """The same of several lines, in as few messages as hold them."""
        topic = self._topics.of(talk.conversation)
        if topic is None:
            raise self._lost(talk.conversation)
        self._show(talk.conversation, topic, map(block, lines))

    def closed(self, talk: Talk, ending: Ending, key: str) -> None:
        """That the talk is over, and the topic closed."""
        topic = self._topics.of(talk.conversation)
        if topic is None:
            return
        try:
            self._show(talk.conversation, topic, [over(telling.version_of(key))])
        except HandoffUnreachable:
            if self._topics.of(talk.conversation) is not None:
                raise
            return  # it was deleted, which is the end of it as well
        self._asked(self._topics.close, topic)

    def forget(self, conversation: str) -> bool:
        """Deletes its topic; False where Telegram does not let the bot."""
        topic = self._topics.of(conversation)
        try:
            if topic is not None:
                self._topics.delete(topic)
        except GroupError as error:
            logger.error("a topic of the staff's group could not be deleted: %s", error)
            return False
        return True

    def _show(self, conversation: str, topic: int, blocks: Iterable[Block]) -> None:
        pieces = [(whole, piece) for whole in blocks for piece in pieces_of(whole) if piece.text.strip() or piece.picture]
        there = self._kept.among_seen([shown_key(topic, one.key) for pair in pieces for one in pair])
        for message in packed(piece for pair in pieces if not there & {shown_key(topic, one.key) for one in pair} for piece in pair[1:]):
            self._show_message(conversation, topic, message)

    def _show_message(self, conversation: str, topic: int, message: Message) -> None:
        """Shows a message; where Telegram refuses what stands in it, its blocks one by one, and a notice in place of those that it refuses."""
        try:
            self._send(topic, message)
        except _Deleted:
            raise self._lost(conversation) from None
        except GroupError as error:
            if not error.of_message:
                raise _refused(error) from error
            if len(message.blocks) > 1:
                for one in message.blocks:
                    self._show_message(conversation, topic, Message((one,)))
                return
            logger.error("a message could not be shown to the staff, a notice stands in its place: %s", error)
            self._asked(self._send_once, topic, Message((Block(message.blocks[0].key, phrases().say("topic_not_shown")),)))
        self._kept.all_seen([shown_key(topic, one.key) for one in message.blocks], conversation)

    def _send(self, topic: int, message: Message) -> None:
        try:
            self._send_once(topic, message)
        except GroupError as error:
            if error.no_topic or (error.is_closed and not self._topics.reopen(topic)):
                raise _Deleted from error
            if not error.is_closed:
                raise
            self._send_once(topic, message)

    def _send_once(self, topic: int, message: Message) -> None:
        text = message.text
        if message.picture:
            found = self._pictures.find(message.picture)
            try:
                if found is not None:
                    self._api.call("sendPhoto", found.content, message_thread_id=topic, caption=text)
                    return
            except GroupError as error:
                if error.no_topic or error.is_closed or error.no_group:
                    raise
                logger.error("a picture could not be shown to the staff: %s", error)
            text = f"{text} {phrases().say('topic_no_picture')}"
        self._api.call("sendMessage", message_thread_id=topic, text=text, link_preview_options=NO_PREVIEW)

    def _lost(self, conversation: str) -> HandoffUnreachable:
        self._topics.lose(conversation)
        return HandoffUnreachable("a topic of the staff's group was deleted and is made anew", ANEW_AFTER_S)

    @staticmethod
    def _asked(call: Callable[..., Any], *given: Any) -> Any:
        """What a call gives. Whatever Telegram refuses of it an owner can mend, so that it is tried again."""
        try:
            return call(*given)
        except GroupError as error:
            raise _refused(error) from error


class _Deleted(Exception):
    """The topic is not there any more."""


def _refused(error: GroupError) -> HandoffUnreachable:
    """Telegram is there, so that what it takes of others need not wait ever longer."""
    told = f"the staff's group takes nothing, `glasskin telegram check` looks into it: {error}"
    return HandoffUnreachable(told, REFUSED_AGAIN_S)


def shown_key(topic: int, key: str) -> str:
    """What makes something once that is shown in a topic."""
    return f"{topic}/{key}"
