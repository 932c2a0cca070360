"""Chatwoot as a place where staff answer; a `Handoff`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.phrases import phrases
from bot.store.pictures import PictureStore
from bot.support.handoff import Ending, HandoffUnreachable, Line, Owner, Talk
from bot.support.places import telling
from bot.support.places.chatwoot.api import INCOMING, OPEN, RESOLVED, Chatwoot, ChatwootError
from bot.support.places.chatwoot.composing import Block, Post, block, opening, over, posts_of
from bot.support.places.chatwoot.threads import Thread, Threads
from bot.support.places.kept import Kept

logger = logging.getLogger(__name__)
NAME = "chatwoot"
SOMEBODY = ""
"""Who answers there has a name once they write."""
ANEW_AFTER_S, REFUSED_AGAIN_S = 1.0, 15.0
Unclaimed = dict[str, list[str]]
"""The keys of the customer's messages that stand there though nothing is kept of them, by their words."""


class ChatwootPlace:
    """Writes to conversations of an inbox. What was shown in one is not shown there again, also where the answer to it was lost."""

    def __init__(self, api: Chatwoot, kept: Kept, pictures: PictureStore) -> None:
        self._api, self._kept, self._pictures = api, kept, pictures
        self._threads = Threads(api, kept)

    def names(self) -> Sequence[str]:
        """Somebody; a bot may not ask who the staff are."""
        return [SOMEBODY]

    def opened(self, talk: Talk, thread: list[Line], key: str) -> None:
        """What is known and what was said, in a conversation that is opened for the staff; raises HandoffUnreachable where that is not taken
        (as the others do). Where one of the staff took one up again they know what it is about."""
        there, is_new = _asked(self._threads.opened, talk.conversation, telling.who(talk))
        known = [] if talk.owner is Owner.PERSON and not is_new else [opening(talk, telling.version_of(key))]
        self._show(talk.conversation, there, [*known, *map(block, telling.last_lines(thread))])
        _asked(self._api.set_status, there.number, OPEN)

    def said(self, talk: Talk, line: Line) -> None:
        """What the customer wrote."""
        self.said_together(talk, [line])

    def said_together(self, talk: Talk, lines: Sequence[Line]) -> None:
        """The same of several lines. A conversation that was ended meanwhile is open again, as otherwise the bot would be to answer."""
        there = self._threads.of(talk.conversation)
        if there is None:
            raise self._lost(talk.conversation)
        self._show(talk.conversation, there, map(block, lines))
        _asked(self._api.set_status, there.number, OPEN)

    def closed(self, talk: Talk, ending: Ending, key: str) -> None:
        """That the talk is over, and the conversation resolved."""
        there = self._threads.of(talk.conversation)
        if there is None:
            return
        try:
            self._show(talk.conversation, there, [over(telling.version_of(key))])
            _asked(self._api.set_status, there.number, RESOLVED)
        except HandoffUnreachable:
            if self._threads.of(talk.conversation) is not None:
                raise
            # it was deleted, which is the end of it as well

    def forget(self, conversation: str) -> bool:
        """A bot may not delete; people must."""
        return self._threads.of(conversation) is None

    def _show(self, conversation: str, there: Thread, blocks: Iterable[Block]) -> None:
        wanted = [one for one in blocks if one.text.strip() or one.picture]
        shown = self._kept.among_seen([shown_key(there, one.key) for one in wanted])
        new = [one for one in wanted if shown_key(there, one.key) not in shown]
        if not new:
            return
        unclaimed = self._unclaimed(conversation, there)
        for post in posts_of(new):
            known = unclaimed.get(post.text.strip()) if post.is_said else None
            message = known.pop(0) if known else self._post(conversation, there, post)
            self._kept.all_seen([message, *(shown_key(there, one.key) for one in post.blocks)], conversation)

    def _unclaimed(self, conversation: str, there: Thread) -> Unclaimed:
        """What was written there before an answer was lost or a process died."""
        try:
            latest = self._api.latest(there.source, there.number)
        except ChatwootError as error:
            if error.is_missing:
                raise self._lost(conversation) from None
            raise _refused(error) from error
        theirs = {_message_key(there, one.get("id")): str(one.get("content") or "").strip() for one in latest if one.get("message_type") == INCOMING}
        kept = self._kept.among_seen(list(theirs))
        found: Unclaimed = {}
        for key, text in theirs.items():
            if key not in kept:
                found.setdefault(text, []).append(key)
        return found

    def _post(self, conversation: str, there: Thread, post: Post) -> str:
        """Writes a message, or a notice in place of one that Chatwoot refuses for what stands in it; gives the key of what was written."""
        try:
            return _message_key(there, self._write(there, post))
        except ChatwootError as error:
            if error.is_missing and post.is_said:
                raise self._lost(conversation) from None
            if not error.of_message:
                raise _refused(error) from error
            logger.error("a message could not be shown to the staff, a notice stands in its place: %s", error)
            return _message_key(there, _asked(self._api.note, there.number, phrases().say("chatwoot_not_shown")))

    def _write(self, there: Thread, post: Post) -> int:
        text, found = post.text, self._pictures.find(post.picture) if post.picture else None
        if found is not None:
            try:
                return self._send(there, post, text, found.content)
            except ChatwootError as error:
                if not error.of_message:
                    raise
                logger.error("a picture could not be shown to the staff: %s", error)
        return self._send(there, post, f"{text} {phrases().say('topic_no_picture')}".strip() if post.picture else text)

    def _send(self, there: Thread, post: Post, text: str, picture: bytes = b"") -> int:
        if post.is_said:
            return self._api.say(there.source, there.number, text, picture)
        return self._api.note(there.number, text, picture)

    def _lost(self, conversation: str) -> HandoffUnreachable:
        self._threads.lose(conversation)
        return HandoffUnreachable("a conversation was deleted in Chatwoot and is made anew", ANEW_AFTER_S)


def _asked(call: Callable[..., Any], *given: Any) -> Any:
    """What a call gives. Whatever Chatwoot refuses of it an owner can mend, so that it is tried again."""
    try:
        return call(*given)
    except ChatwootError as error:
        raise _refused(error) from error


def _refused(error: ChatwootError) -> HandoffUnreachable:
    """Chatwoot is there, so that what it takes of others need not wait ever longer."""
    return HandoffUnreachable(f"Chatwoot takes nothing, `glasskin chatwoot check` looks into it: {error}", REFUSED_AGAIN_S)


def shown_key(there: Thread, key: str) -> str:
    """What makes something once that is shown in a conversation."""
    return f"{there.number}/{key}"


def _message_key(there: Thread, message: object) -> str:
    return f"{there.number}/m{message}"
