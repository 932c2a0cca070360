"""What happens to conversations because nobody did anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from bot.store.handoff_models import HandoffTalk
from bot.support.handoff.owner import Ending, Owner
from bot.support.handoff.records import Talk
from bot.support.handoff.steps import Steps
from bot.support.handoff.writing import Change, talk_of

QUIET = timedelta(hours=2)


class OfTime(Steps):
    """The clock's side of `Conversations`."""

    def pass_time(self, quiet_after: timedelta = QUIET) -> list[Talk]:
        """What happens because nobody did anything: who waited beyond the promised time is told so and has the assistant again,
        their question stays in the inbox; who waits for a member of the staff that does not answer is told once; a talk in
        which nobody says anything any more is over. To be called again and again, by any process.

        Args:
            quiet_after: for how long nothing must have been said.

        Returns:
            The talks that changed.
        """
        now = self._now()
        late = and_(HandoffTalk.due_at.isnot(None), HandoffTalk.due_at <= now)
        people = HandoffTalk.owner.in_([Owner.WAITING.value, Owner.PERSON.value, Owner.OFFERED.value])
        wanted = select(HandoffTalk.conversation).where(people, or_(late, HandoffTalk.at <= now - quiet_after))
        with self._database.session() as session:
            found = session.execute(wanted).scalars().all()
        changed = []
        for conversation in found:
            with self._writer.change() as change:
                row = change.row(conversation)
                if row is not None and self._times_out(change, row, quiet_after):
                    changed.append(talk_of(row))
        return changed

    def _times_out(self, change: Change, row: Any, quiet_after: timedelta) -> bool:
        owner = Owner(row.owner)
        late = row.due_at is not None and row.due_at <= change.now
        quiet = row.at <= change.now - quiet_after
        if owner is Owner.WAITING and (late or quiet):
            change.pass_to(row, Owner.MAIL)
            row.due_at = None
            self._notice(change, row, "late")
        elif owner is Owner.PERSON and quiet:
            change.pass_to(row, Owner.MAIL if row.waiting_since else Owner.ASSISTANT)
            row.due_at = None
            if row.waiting_since is None:
                self._ends(change, row, Ending.BY_PERSON if self._had_a_person(change, row) else Ending.UNRESOLVED)
            self._notice_of_end(change, row, "quiet")
        elif owner is Owner.PERSON and late:
            row.due_at = None
            self._notice(change, row, "late_person", name=row.agent)
        elif owner is Owner.OFFERED and quiet:
            change.pass_to(row, Owner.ASSISTANT)
        else:
            return False
        return True
