"""What members of the group do in a topic, taken into its conversation: each once, and nothing that stands elsewhere."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum
from typing import Optional

from bot.phrases import phrases
from bot.support.handoff import Author, Conversations, Ending, HandoffError, Owner, Talk, TooLate, Unknown, Unusable
from bot.support.handoff.writing import clean
from bot.support.places.kept import Kept
from bot.support.places.telegram.api import GroupApi, GroupError
from bot.support.places.telegram.composing import over
from bot.support.places.telegram.members import Members
from bot.support.places.telegram.place import NAME, shown_key
from bot.support.places.telegram.topics import Topics
from bot.support.places.telling import agent_name, line_key

logger = logging.getLogger(__name__)
NOTE, CLOSE, UNRESOLVED, BACK, TAKE, HELP = "note", "close", "unresolved", "back", "take", "help"
COMMANDS = (NOTE, BACK, CLOSE, UNRESOLVED, TAKE, HELP)
"""In the order of the menu; the description's wording is `topic_menu_<command>`."""


class Did(Enum):
    """What somebody did in a topic."""

    WROTE = "wrote"
    COMMAND = "command"
    EDITED = "edited"
    SENT_NO_TEXT = "sent_no_text"
    CLOSED = "closed"


@dataclass(frozen=True)
class Act:
    """Something that was done in a topic of the group.

    Attributes:
        did: what.
        topic: in which.
        message: the number of its message in the group.
        user: who did it; None for the group itself, in whose name its administrators may write.
        name: their first name.
        text: the words, of a command what follows it.
        command: in lower case, without slash and the bot's name.
        at: when it was edited, in seconds; 0 where it was not.
        answers_us: whether it answers the bot, as whatever is written in a topic of the bot's does.
    """

    did: Did
    topic: int
    message: int
    user: Optional[int]
    name: str
    text: str = ""
    command: str = ""
    at: int = 0
    answers_us: bool = False


class Hearing:
    """Takes what is done in topics. Calls block; each raises StoreError or HandoffUnreachable where it is to be taken again later."""

    def __init__(self, api: GroupApi, talks: Conversations, kept: Kept, members: Members) -> None:
        self._api, self._talks, self._kept, self._members = api, talks, kept, members
        self._topics = Topics(api, kept)

    @property
    def group(self) -> int:
        """The group's number."""
        return self._api.group

    def hear(self, act: Act) -> str:
        """Takes one; returns what became of it, in a word."""
        became = self._hear(act)
        logger.info("in the staff's group: %s %s", act.did.value, became)
        return became

    def _hear(self, act: Act) -> str:
        carried = self._topics.conversation(act.topic)
        if carried is None and not act.answers_us:
            return "of no conversation"
        if not self._members.has(act.user):
            return "a stranger"
        if carried is None:
            self._say(act, phrases().say("topic_unknown"))
            return "of no conversation"
        key = f"in.{act.topic}.{act.message}.{act.did.value}.{act.at}"
        if self._kept.was_seen(key):
            return "seen before"
        became = "done"
        try:
            self._do(act, carried.conversation)
        except Unknown:
            return "of no conversation"
        except TooLate as late:
            self._say(act, phrases().say("topic_taken", name=late.talk.agent or late.talk.owner.value))
            became = "too late"
        except HandoffError as error:
            self._say(act, phrases().say("topic_refused", why=str(error)))
            became = "refused"
        self._kept.seen(key, carried.conversation)
        return became

    def _do(self, act: Act, conversation: str) -> None:
        agent = agent_name(act.name)
        if act.did is Did.WROTE:
            self._reply(act, conversation, agent, act.text)
        elif act.did is Did.COMMAND:
            self._command(act, conversation, agent)
        elif act.did is Did.EDITED:
            self._correct(act, conversation, agent)
        elif act.did is Did.SENT_NO_TEXT:
            raise Unusable(phrases().say("topic_no_text"))
        else:
            self._end(act, conversation, agent, CLOSE, by_hand=True)

    def _reply(self, act: Act, conversation: str, agent: str, text: str) -> None:
        line = self._talks.reply(conversation, agent, text, _key(act))
        self._kept.seen(shown_key(act.topic, line_key(line)), conversation)

    def _command(self, act: Act, conversation: str, agent: str) -> None:
        if act.command == NOTE:
            self._talks.note(conversation, agent, act.text, _key(act))
        elif act.command in (CLOSE, UNRESOLVED, BACK):
            if act.text:
                self._reply(act, conversation, agent, act.text)
            self._end(act, conversation, agent, act.command)
        elif act.command == TAKE:
            self._talks.take(conversation, agent, self._talk(conversation).version)
        elif act.command == HELP:
            self._say(act, phrases().say("topic_how"))
        else:
            raise Unusable(phrases().say("topic_no_command", command=act.command))

    def _end(self, act: Act, conversation: str, agent: str, how: str, by_hand: bool = False) -> None:
        """Ends a talk. Who closes the topic by hand does it whoever has the talk, since an administrator did."""
        talk = self._talk(conversation)
        if talk.agent not in ("", agent) and not by_hand:
            raise TooLate(talk)
        if how == BACK:
            self._talks.give_back(conversation, agent, talk.version)
            return
        closed = self._talks.close(conversation, agent, talk.version, Ending.UNRESOLVED if how == UNRESOLVED else Ending.BY_PERSON)
        if by_hand:  # everybody saw it
            self._kept.seen(shown_key(act.topic, over(str(closed.version)).key), conversation)

    def _correct(self, act: Act, conversation: str, agent: str) -> None:
        """Sends an edited text on as a correction, while the talk goes on; what was not sent at first is not sent by an edit."""
        of = f"a:{_key(act)}"
        sent = [line for line in self._talks.lines(conversation) if line.author is Author.AGENT and line.key.partition("+")[0] == of]
        if not sent or act.text.startswith("/"):
            raise Unusable(phrases().say("topic_edit_unsent"))
        text = clean(act.text)
        corrected = phrases().say("topic_correction", text=text)
        if sent[-1].text == (corrected if len(sent) > 1 else text):
            return  # Telegram calls it an edit, too, where a link's preview alone has changed
        talk = self._talk(conversation)
        if talk.owner is not Owner.PERSON:
            raise Unusable(phrases().say("topic_edit_over"))
        self._talks.reply(conversation, agent, corrected, f"{_key(act)}+{act.at}")

    def _talk(self, conversation: str) -> Talk:
        talk = self._talks.talk(conversation)
        if talk is None:
            raise Unknown(conversation)
        return talk

    def _say(self, act: Act, text: str) -> None:
        """Answers in the topic; where Telegram refuses that, it is left."""
        answers = {"message_id": act.message, "allow_sending_without_reply": True}
        try:
            self._api.call("sendMessage", message_thread_id=act.topic, text=text, reply_parameters=answers)
        except GroupError as trouble:
            logger.error("one of the staff could not be answered: %s", trouble)


def _key(act: Act) -> str:
    return f"{NAME}-{act.topic}-{act.message}"
