"""What is meant behind something that was offered and is still open: that it should go on, or that what was told is right."""

from __future__ import annotations

from bot.understanding.context import Context
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory
from bot.understanding.order_numbers import told
from bot.understanding.support import HUMAN, OF_ORDERS, OPEN, PROOF, TICKET

NEXT = "what_next"
"""The kind of who asks what comes next, of what was offered or of an order that was talked of."""
ASKS_NEXT, INSISTS, PASSES_ON = "asks_next", "insists", "passes_it_on"
LONGEST, LONGEST_TOLD = 12, 24


def goes_on_with_what_is_open(context: Context) -> str:
    """ "So what now?", "what will you do about it?" behind an offer, and whatever is said against "I can't find that order": that what was told is
    right, or that it was told before."""
    frame, memory = context.frame, context.memory
    if not told(frame, asked=True).nothing or frame.of("safety", "condition"):
        return ""
    if is_unmatched(memory):
        of_it = is_agreed(frame) or frame.has("asks_postage") or (frame.has(ASKS_NEXT) and _is_bare(frame)) or (frame.has(INSISTS) and len(frame.words) <= LONGEST_TOLD)
        return OPEN if of_it else ""
    if not frame.has(ASKS_NEXT) or not _is_bare(frame) or frame.story:
        return ""
    if memory.request is not None and memory.request.awaits:
        return NEXT if memory.request.kind == HUMAN else OPEN if memory.request.kind in OF_ORDERS else ""
    if is_offered(memory) or memory.offer_open:
        return NEXT
    over = memory.request is not None and memory.shown.policy in OF_ORDERS
    return NEXT if over or memory.shown.policy == TICKET else ""


def is_unmatched(memory: Memory) -> bool:
    """Whether the number and the e-mail that were told fit no order, so that the staff was offered."""
    return memory.request is not None and memory.request.awaits == PROOF and memory.request.unmatched


def is_offered(memory: Memory) -> bool:
    """Whether it was offered to pass on what was asked last."""
    return bool(memory.shown.offered) and memory.shown.offered == memory.shown.policy


def is_agreed(frame: Frame) -> bool:
    """Whether a message takes the offer to pass something on, and does not merely say that what was told is right."""
    if frame.has("said_no", "gives_up"):
        return False
    asks = "?" in frame.text or frame.has("question_word", "polar")
    return frame.has(PASSES_ON) or (frame.has("said_yes") and not asks and not frame.has(INSISTS))


def _is_bare(frame: Frame) -> bool:
    return len(frame.words) <= LONGEST and not frame.mentions
