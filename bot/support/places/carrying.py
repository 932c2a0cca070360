"""Brings conversations to a place elsewhere: what a person is asked for, what the customer writes then, and that it is over. Each once
as far as the place knows a key; what the place did not take is brought again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import Optional

from bot.store.errors import StoreError
from bot.support.handoff import Author, Conversations, Handoff, HandoffUnreachable, Line, Owner, Talk
from bot.support.places.kept import LEASE, Carried, Kept

ASKED = frozenset({Owner.WAITING, Owner.MAIL, Owner.PERSON})
MOST_LINES = 200
CLAIM_EVERY_S = LEASE.total_seconds() / 4
FAULT_AGAIN_S, REACHED_AGAIN_S = 15.0, 2.0
"""So long after a fault of ours, and where the place took something of others, it is tried again."""
SHOWN = "person"
"""Marks the note of what the customer let the staff read of skin and health."""
logger = logging.getLogger(__name__)
Together = Callable[[Talk, Sequence[Line]], None]


class Carrier:
    """Brings what changed to one place. Calls block."""

    def __init__(self, talks: Conversations, place: Handoff, kept: Kept, together: Optional[Together] = None) -> None:
        """
        Args:
            talks: the conversations.
            place: where they are brought.
            kept: what is kept of it.
            together: brings several lines at once, where the place takes them better so.
        """
        self._talks, self._place, self._kept, self._together = talks, place, kept, together
        self._claimed_at = monotonic()

    def bring(self) -> int:
        """Brings all that changed since the last time; returns how many conversations were seen to. Where the place gives no answer to
        one, the others are brought all the same, and everything is looked at again the next time.

        Raises:
            HandoffUnreachable: the place gave no answer to one at least, or is another process's by now.
            StoreError: when the database gives no answer.
        """
        changes = self._talks.changes(self._kept.tick())
        self._claimed_at = monotonic()
        count, is_reached = 0, False
        failed: Optional[HandoffUnreachable] = None
        for conversation in changes.conversations:
            talk = self._talks.talk(conversation)
            if talk is None:
                continue
            self._keep_claim()
            try:
                is_reached = self._bring(talk) or is_reached
                count += 1
            except HandoffUnreachable as error:
                failed = error
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 - the trouble of one conversation must not keep the others from the staff
                logger.exception("a conversation cannot be brought to the staff")
                failed = failed or HandoffUnreachable(f"a conversation cannot be brought: {type(error).__name__}", FAULT_AGAIN_S)
        if failed is not None and failed.again_after is None and is_reached:
            raise HandoffUnreachable(str(failed), REACHED_AGAIN_S) from failed
        if failed is not None:
            raise failed
        if changes.conversations:
            self._kept.set_tick(changes.cursor)
        return count

    def _keep_claim(self) -> None:
        """A slow place and many conversations take longer than the claim lasts."""
        if monotonic() - self._claimed_at > CLAIM_EVERY_S:
            if not self._kept.claim():
                raise HandoffUnreachable("another process sees to the place by now")
            self._claimed_at = monotonic()

    def _bring(self, talk: Talk) -> bool:
        """Whether there was anything to bring."""
        goes_on = talk.owner in ASKED and talk.closed_at is None
        carried = self._kept.carried(talk.conversation)
        lines = self._talks.lines(talk.conversation)
        last = max((line.number for line in lines), default=0)
        if goes_on and not carried.is_open:
            self._place.opened(talk, self._talks.thread(talk.conversation, MOST_LINES), f"{carried.token}.{talk.version}")
            self._note(carried, last, is_open=True)
            return True
        if not carried.is_open:
            return False
        wanted = [line for line in lines if line.number > carried.told and _is_for_staff(line)]
        self._say(talk, carried, wanted)
        if not goes_on:
            self._place.closed(talk, talk.ending, f"{carried.token}.{talk.version}")
            self._note(carried, last, is_open=False)
        return bool(wanted) or not goes_on

    def _say(self, talk: Talk, carried: Carried, lines: Sequence[Line]) -> None:
        if self._together is not None and lines:
            self._together(talk, lines)
            self._note(carried, lines[-1].number, is_open=True)
            return
        for line in lines:
            self._place.said(talk, line)
            self._note(carried, line.number, is_open=True)

    def _note(self, carried: Carried, told: int, is_open: bool) -> None:
        self._kept.note(replace(self._kept.carried(carried.conversation), told=told, is_open=is_open))


def _is_for_staff(line: Line) -> bool:
    """Whether a line is brought: what the customer writes, and what they let the staff read."""
    return line.author is Author.CUSTOMER or (line.author is Author.NOTE and line.data.get("note") == SHOWN)
