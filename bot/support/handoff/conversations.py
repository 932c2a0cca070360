"""`Conversations`: who has a conversation, and everything that changes it, each in one transaction."""

from __future__ import annotations

from bot.support.handoff.by_customer import OfCustomers
from bot.support.handoff.by_staff import OfStaff
from bot.support.handoff.by_time import OfTime
from bot.support.handoff.of_tickets import OfTickets


class Conversations(OfCustomers, OfStaff, OfTickets, OfTime):
    """Gives conversations from the assistant to people and back. Nothing is changed where somebody else was faster; asked again
    with the same key, what was done is not done twice. Whatever the customer must read about it is said by itself, as a line
    that is delivered like those of the staff."""
