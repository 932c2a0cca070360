"""A person in the chat: who has a conversation, what staff and customer write to each other, and where the staff answer."""

from bot.support.handoff.conversations import Conversations
from bot.support.handoff.desk import EmbeddedDesk
from bot.support.handoff.inbox import BY_CUSTOMER, BY_ITSELF, Archive
from bot.support.handoff.owner import Author, Ending, Owner
from bot.support.handoff.port import Handoff, HandoffUnreachable
from bot.support.handoff.records import (
    CLOCK,
    CUSTOMER,
    PICTURE,
    TICKET,
    Changes,
    Filter,
    HandoffError,
    Line,
    Summary,
    Talk,
    TooLate,
    Unknown,
    Unusable,
)
from bot.support.handoff.sending import Outgoing
from bot.support.handoff.staff import Presence, Staff, staff_of
from bot.support.handoff.thread import withheld
from bot.support.handoff.typing import TYPING, Typing

__all__ = [
    "BY_CUSTOMER", "BY_ITSELF", "CLOCK", "CUSTOMER", "PICTURE", "TICKET", "TYPING", "Archive", "Author", "Changes", "Conversations", "EmbeddedDesk", "Ending", "Filter", "Handoff",
    "HandoffError", "HandoffUnreachable", "Line", "Outgoing", "Owner", "Presence", "Staff", "Summary", "Talk", "TooLate", "Typing", "Unknown",
    "Unusable", "staff_of", "withheld",
]
