"""What customers do to who has their conversation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Mapping, Optional, Sequence

from sqlalchemy import select

from bot.phrases import phrases
from bot.store.handoff_models import HandoffEnded, HandoffTalk
from bot.support.handoff.inbox import BY_CUSTOMER, BY_ITSELF
from bot.support.handoff.owner import Author, Ending, Owner
from bot.support.handoff.records import NOTHING_TOLD, Line, Summary, Talk
from bot.support.handoff.steps import Steps
from bot.support.handoff.writing import AGREED, ENDED, HELD, agreed, line_of, mark_emergency, talk_of

RATED_WITHIN = timedelta(days=3)
"""So long after its end a talk is rated; later words are about something else."""


class OfCustomers(Steps):
    """The customer's side of `Conversations`, and what the assistant does for them."""

    def offer(self, conversation: str, channel: str, reason: str) -> Talk:
        """Notes that a person was offered; the assistant goes on answering."""
        with self._writer.change() as change:
            row = change.begun(conversation, channel)
            if Owner(row.owner) is Owner.ASSISTANT:
                row.reason = reason
                change.pass_to(row, Owner.OFFERED)
            return talk_of(row)

    def decline(self, conversation: str) -> None:
        """Notes that the customer goes on with the assistant after an offer."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is not None and Owner(row.owner) is Owner.OFFERED:
                change.pass_to(row, Owner.ASSISTANT)

    def ask_for_person(
        self, conversation: str, channel: str, reason: str, summary: Summary = NOTHING_TOLD, held: Sequence[str] = ()
    ) -> Talk:
        """Puts a conversation into the staff's inbox, waiting; one that waits or has a person stays as it is. From here on the
        assistant is silent. `held` is what is known of the person, which the staff read once the customer agrees (`agree`)."""
        with self._writer.change() as change:
            row = change.begun(conversation, channel)
            if not Owner(row.owner).is_people:
                self._open(change, row, reason, summary, held)
                self._awaits(change, row)
                change.pass_to(row, Owner.WAITING)
            return talk_of(row)

    def leave_message(
        self, conversation: str, channel: str, reason: str, summary: Summary, email: str = "", held: Sequence[str] = ()
    ) -> Talk:
        """Puts a conversation into the inbox to be answered later or by mail, as where nobody is there; the assistant goes on. `held`
        is as in `ask_for_person`; what was held or agreed to before stays so where a message is left already."""
        with self._writer.change() as change:
            row = change.begun(conversation, channel)
            if Owner(row.owner) is Owner.PERSON:
                row.email = email or row.email
                change.touch(row)
                return talk_of(row)
            before = row.summary if Owner(row.owner) is Owner.MAIL else {}
            self._open(change, row, reason, summary, held or before.get(HELD) or ())
            if before.get(AGREED):
                row.summary = {**row.summary, AGREED: True, "person": before.get("person", [])}
            row.email = email or row.email
            row.waiting_since, row.due_at = row.waiting_since or change.now, None
            change.pass_to(row, Owner.MAIL)
            return talk_of(row)

    def heard(self, conversation: str, text: str, key: str, data: Optional[Mapping[str, Any]] = None) -> Optional[Line]:
        """Keeps what the customer wrote, for the staff; None where the assistant is to answer it, so that nothing is kept.
        Asked again with the same key it is kept once.

        Args:
            conversation: whose it is.
            text: what was written, as it may be shown.
            key: the message's own id.
            data: what came with it.
        """
        with self._writer.change() as change:
            row = change.row(conversation)
            there = change.there(conversation, f"{BY_CUSTOMER}{key}")
            if there is not None:
                return line_of(there)
            if row is None or not Owner(row.owner).is_people:
                return None
            line = change.line(row, Author.CUSTOMER, text, f"{BY_CUSTOMER}{key}", data=data)
            row.unread += 1
            self._awaits(change, row)
            return line_of(line)

    def back(self, conversation: str, key: str = "") -> Optional[Talk]:
        """Gives a conversation back to the assistant because the customer wants that, in the message `key` where it was one; None
        where nobody else had it. What was asked stays in the inbox where nobody answered it."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is None or not Owner(row.owner).is_people:
                return None
            unanswered = Owner(row.owner) is Owner.WAITING and row.unread > 0
            change.pass_to(row, Owner.MAIL if unanswered else Owner.ASSISTANT)
            row.due_at = None
            row.waiting_since = row.waiting_since if unanswered else None
            if not unanswered:
                self._ends(change, row, Ending.BY_PERSON if self._had_a_person(change, row) else Ending.BY_ASSISTANT)
            self._notice_of_end(change, row, "back", key)
            return talk_of(row)

    def take_back(self, conversation: str, key: str) -> Optional[Talk]:
        """Takes a person back who was asked for and has not come, as the message `key` says; said to the customer. Nothing of it
        is left to be answered. None where nobody was waited for."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is None or Owner(row.owner) is not Owner.WAITING:
                return None
            change.pass_to(row, Owner.ASSISTANT)
            row.waiting_since = row.due_at = None
            row.unread = 0
            self._ends(change, row, Ending.BY_ASSISTANT)
            self._notice(change, row, "taken_back", key)
            return talk_of(row)

    def withdraw(self, conversation: str) -> None:
        """Takes what was left for later out of the inbox, where the customer wants no answer any more."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is not None and Owner(row.owner) is Owner.MAIL:
                change.pass_to(row, Owner.ASSISTANT)
                row.waiting_since = row.due_at = None
                row.unread = 0
                self._ends(change, row, Ending.BY_ASSISTANT)

    def rate(self, conversation: str, good: bool) -> bool:
        """Notes what the customer thinks of the talk that ended last, once; what did not help is not solved. False where nothing
        ended lately, or that was said already."""
        with self._writer.change() as change:
            row = change.row(conversation)
            ended = change.session.get(HandoffEnded, row.summary.get(ENDED) or 0) if row is not None else None
            if row is None or ended is None or ended.rating or not self._may_rate(row, ended, change.now):
                return False
            ended.rating = "good" if good else "bad"
            if not good:
                ended.outcome = row.outcome = Ending.UNRESOLVED.value
            change.line(row, Author.NOTE, phrases().say(f"handoff_rated_{ended.rating}"), f"rated:{ended.id}", data={"note": "rating"})
            return True

    def awaits_rating(self, conversation: str) -> bool:
        """Whether a talk with a person ended lately of which the customer has not said what they think."""
        with self._database.session() as session:
            row = session.execute(select(HandoffTalk).where(HandoffTalk.conversation == conversation)).scalar_one_or_none()
            ended = session.get(HandoffEnded, row.summary.get(ENDED) or 0) if row is not None else None
            return ended is not None and not ended.rating and self._may_rate(row, ended, self._now())

    @staticmethod
    def _may_rate(row: Any, ended: Any, now: datetime) -> bool:
        return bool(ended.agent) and not Owner(row.owner).is_people and ended.at > now - RATED_WITHIN

    def agree(self, conversation: str, key: str = "") -> bool:
        """Lets the staff read what is known of the person and what was hidden, as the message `key` says; said to the customer
        where the assistant is silent. False where they could read it before, or have no such talk."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is None or not (Owner(row.owner).is_people or Owner(row.owner) is Owner.MAIL) or not agreed(row):
                return False
            said = "\n".join((phrases().say("handoff_may_read"), *row.summary["person"]))
            change.line(row, Author.NOTE, said, key=f"agreed:{row.version}", data={"note": "person"})
            if Owner(row.owner).is_people:
                self._notice(change, row, "agreed", key)
            return True

    def automatic(self, conversation: str, text: str, key: str) -> Optional[Line]:
        """Says the fixed sentence of an emergency to a customer though a person has the talk, marked as automatic, once for each
        key, and marks the talk for the staff."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is None:
                return None
            if change.there(conversation, f"{BY_ITSELF}{key}:emergency") is None:
                mark_emergency(row, change.now)
            return line_of(change.line(row, Author.ASSISTANT, text, f"{BY_ITSELF}{key}:emergency", data={"automatic": True}))

    def withhold(self, conversation: str, asked: str) -> None:
        """Notes that the assistant's answer to a message was not sent, because a person has taken over meanwhile."""
        with self._writer.change() as change:
            row = change.row(conversation)
            if row is not None:
                change.line(row, Author.WITHHELD, "", f"w:{asked}", data={"asked": asked})
