"""What customers asked for in the chat and the staff must do, in the staff's inbox: a ticket comes with its conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select, update

from bot.phrases import phrases
from bot.store.requests import TicketView
from bot.store.support_models import CLOSED, GONE, OPEN, Ticket
from bot.support.handoff.owner import Author, Ending, Owner
from bot.support.handoff.records import TICKET, Summary
from bot.support.handoff.steps import Steps
from bot.support.handoff.writing import LONGEST_SNIPPET, Change, summary_of, summary_row


class OfTickets(Steps):
    """The tickets' side of `Conversations`."""

    def ticketed(self, conversation: str, channel: str, ticket: TicketView) -> None:
        """Puts the conversation of a ticket into the inbox, to be seen to later or by mail; the assistant goes on answering. Where a
        person has the talk or is waited for, or a question waits already, that stays as it is, with the ticket beside it. Asked
        again for the same ticket nothing changes."""
        with self._writer.change() as change:
            row = change.begun(conversation, channel)
            if change.there(conversation, _key(ticket.number)) is not None:
                return
            row.email = row.email or ticket.email
            row.order_number = ticket.order_number or row.order_number
            if Owner(row.owner).is_people or Owner(row.owner) is Owner.MAIL:
                row.summary = {**row.summary, **summary_row(replace(summary_of(row), ticket=ticket.number), row.summary.get("held") or ())}
            else:
                summary = Summary(wish=ticket.text, request=ticket.kind, order_number=ticket.order_number, ticket=ticket.number)
                self._open(change, row, TICKET, summary)
                row.waiting_since, row.due_at = change.now, None
                change.pass_to(row, Owner.MAIL)
            said = phrases().say("handoff_ticket", ticket=ticket.number, text=ticket.text)
            change.line(row, Author.NOTE, said, _key(ticket.number), data={"note": TICKET})
            row.last_line = row.last_line or " ".join(ticket.text.split())[:LONGEST_SNIPPET]

    def move_ticket(self, number: str, state: str, by: str) -> bool:
        """Notes that a ticket was answered or is closed; False where none of this number stands otherwise. A conversation that was
        in the inbox for its tickets alone is solved with the last of them.

        Args:
            number: the ticket's.
            state: "answered" or "closed".
            by: who of the staff did it; empty where nobody says.
        """
        with self._writer.change() as change:
            found = change.session.execute(select(Ticket).where(Ticket.number == number.upper()).with_for_update()).scalar_one_or_none()
            if found is None or found.state == state:
                return found is not None
            found.state = state
            row = change.row(found.sender) if found.sender not in ("", GONE) else None
            if row is not None:
                said = phrases().say(f"handoff_ticket_{state}", ticket=found.number)
                change.line(row, Author.NOTE, said, agent=by, data={"note": TICKET})
                self._ends_with_tickets(change, row, by)
            return True

    def _ends_with_tickets(self, change: Change, row: Any, by: str) -> None:
        waits = select(func.count()).select_from(Ticket).where(Ticket.sender == row.conversation, Ticket.state == OPEN)
        for_tickets = row.reason == TICKET and Owner(row.owner) is Owner.MAIL and not row.unread and row.closed_at is None
        if for_tickets and not change.session.execute(waits).scalar_one():
            change.pass_to(row, Owner.ASSISTANT)
            row.waiting_since = row.due_at = None
            row.closed_at = change.now
            self._ends(change, row, Ending.BY_PERSON, by)


def close_tickets(change: Change, conversation: str) -> None:
    """Closes the tickets of a talk that the staff end."""
    closed = update(Ticket).where(Ticket.sender == conversation, Ticket.state != CLOSED).values(state=CLOSED)
    change.session.execute(closed.execution_options(synchronize_session=False))


def _key(number: str) -> str:
    return f"ticket:{number}"
