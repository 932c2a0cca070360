"""What a message means that goes on with an order of the customer's that was talked of."""

from __future__ import annotations

from bot.understanding.context import Context
from bot.understanding.frame import SURE
from bot.understanding.support import DELIVERIES, LONGEST_OF_STATE, OF_ORDERS, REFUND, RETURN, STATUS, TELL_NOTHING


def the_order_talked_of(context: Context) -> str:
    """ "So is it late?", "will it be here by Friday?" behind an answer about an order of the customer's: that order, as it is."""
    frame, memory = context.frame, context.memory
    over = memory.request is not None and memory.request.kind in OF_ORDERS and not memory.request.awaits
    if not over or memory.shown.policy not in OF_ORDERS or frame.mentions or len(frame.words) > LONGEST_OF_STATE:
        return ""
    if memory.shown.policy == REFUND and frame.has("sees_no_money", "has_waited", "not_received", "is_late") and not frame.has("asks_the_general"):
        return REFUND
    if memory.shown.policy == RETURN and frame.has("is_opened", "is_unopened"):
        return RETURN  # "sorry, I did open it, still ok?"
    if frame.has("asks_items", "asks_contents"):
        return STATUS
    unsure = frame.band != SURE or frame.kind in DELIVERIES or frame.kind in TELL_NOTHING
    return STATUS if unsure and frame.has("is_late", "not_received", "asks_state", "asks_when_there") and not frame.has("asks_the_general") else ""
