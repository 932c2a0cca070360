"""What the staff do to who has a conversation."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from bot.phrases import phrases
from bot.store.conversations import channel_of
from bot.support.handoff.of_tickets import close_tickets
from bot.support.handoff.owner import Author, Ending, Owner
from bot.support.handoff.records import CLOCK, CUSTOMER, Line, Talk, TooLate, Unknown
from bot.support.handoff.steps import Steps
from bot.support.handoff.writing import clean, line_of, mark_emergency, talk_of


class OfStaff(Steps):
    """The staff's side of `Conversations`."""

    def take(self, conversation: str, agent: str, version: int, by: str = "") -> Talk:
        """Gives a conversation to a member of the staff, who may be another than the one who does it; the customer reads who
        joined. Takes one over from a colleague too, as long as nothing changed since it was looked at.

        Args:
            conversation: whose.
            agent: who is to have it.
            version: the version that was looked at; 0 for a conversation that has no row yet.
            by: who does it, where it is another.

        Raises:
            TooLate: somebody else was faster.
        """
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is None and version:
                raise Unknown(conversation)
            if row is not None and row.owner == Owner.PERSON.value and row.agent == agent:
                return talk_of(row)
            if row is not None and row.version != version:
                raise TooLate(talk_of(row))
            row = row or change.begun(conversation, channel_of(conversation))
            self._join(change, row, agent)
            if by and by != agent:
                change.line(row, Author.NOTE, phrases().say("handoff_assigned", by=by, name=agent), agent=by)
            return talk_of(row)

    def reply(self, conversation: str, agent: str, text: str, key: str, data: Optional[Mapping[str, Any]] = None) -> Line:
        """Writes to the customer, once for each key. Who answers a conversation that no colleague has, takes it with that.

        Args:
            conversation: whose.
            agent: who writes.
            text: plain text.
            key: what makes it once; a form has it before it is sent.
            data: {"products": [handles]} for product cards.

        Raises:
            TooLate: a colleague has it.
            Unknown: there is no such conversation.
            Unusable: there is nothing to send, or too much.
        """
        said = clean(text)
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is None:
                raise Unknown(conversation)
            there = change.there(conversation, f"a:{key}")
            if there is not None:
                return line_of(there)
            if row.owner == Owner.PERSON.value and row.agent != agent:
                raise TooLate(talk_of(row))
            if row.owner != Owner.PERSON.value:
                self._join(change, row, agent)
            line = change.line(row, Author.AGENT, said, f"a:{key}", agent, data)
            row.waiting_since = row.due_at = None
            row.unread = 0
            return line_of(line)

    def note(self, conversation: str, agent: str, text: str, key: str) -> Line:
        """Writes a private note, once for each key. Raises as `reply`, except TooLate."""
        said = clean(text)
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is None:
                raise Unknown(conversation)
            return line_of(change.line(row, Author.NOTE, said, f"n:{key}", agent))

    def read(self, conversation: str) -> None:
        """Notes that the staff saw all that the customer wrote."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is not None and row.unread:
                row.unread = 0
                change.touch(row)

    def give_back(self, conversation: str, agent: str, version: int) -> Talk:
        """Gives a conversation back to the assistant; the customer is told. The version is that of `Talk`.

        Raises:
            TooLate, Unknown: see `take`.
        """
        with self._writer.change() as change:
            row = self._looked_at(change, conversation, version)
            if row.owner != Owner.ASSISTANT.value:
                change.pass_to(row, Owner.ASSISTANT)
                row.waiting_since = row.due_at = None
                self._ends(change, row, Ending.BY_PERSON if self._had_a_person(change, row) else Ending.BY_ASSISTANT, agent)
                self._notice_of_end(change, row, "given_back", name=agent)
            return talk_of(row)

    def close(self, conversation: str, by: str, version: Optional[int] = None, ending: Ending = Ending.BY_PERSON) -> Talk:
        """Ends a talk; the assistant has the conversation again. `by` is a member of the staff, `CUSTOMER` or `CLOCK`; without a
        version it is closed however it stands. What the staff close is done with its tickets.

        Raises:
            TooLate, Unknown: see `take`.
        """
        with self._writer.change() as change:
            row = self._looked_at(change, conversation, version)
            if row.closed_at is not None:
                return talk_of(row)
            told = Owner(row.owner).is_people
            if row.owner != Owner.ASSISTANT.value:
                change.pass_to(row, Owner.ASSISTANT)
            row.waiting_since = row.due_at = None
            row.closed_at, row.unread = change.now, 0
            self._ends(change, row, ending, by if by not in (CUSTOMER, CLOCK) else "")
            mark_emergency(row, None)
            if by not in (CUSTOMER, CLOCK):
                close_tickets(change, conversation)
            change.touch(row)
            if told:
                self._notice_of_end(change, row, "closed" if by not in (CUSTOMER, "") else "back", name=by)
            return talk_of(row)
