"""What was bought and harmed somebody, or would: it goes back, or comes off an order that has not left yet."""

from __future__ import annotations

from bot.understanding.care import OF_IRRITATION
from bot.understanding.context import Context
from bot.understanding.frame import Frame
from bot.understanding.order_numbers import told
from bot.understanding.support import CANCEL, PROBLEM, REFUND, RETURN

OF_REACTIONS = frozenset({*OF_IRRITATION, "irritation", "reaction", "report_reaction", "situation", "purging", "side_effects"})
"""Kinds of talk in which a customer told how their skin reacted."""
UNFIT = ("allergy_told", "may_not_use")
"""Cues of who may not use what they ordered."""


def a_bought_product_harms(context: Context) -> str:
    """ "My cheeks swelled up from it, order 10420", or "it's opened, can I give it back?" after that was told: a return; "there is nut oil in it and I'm allergic, order 10434": the order is called
    off while that can be done. How the order stands would answer neither."""
    frame = context.frame
    if not told(frame, asked=True).number:
        return RETURN if _goes_back_opened(context) else ""
    if reacted(frame) or (wants_money(frame) and context.memory.asked.kind in OF_REACTIONS):
        return PROBLEM if frame.has("wants_replacement") and not wants_money(frame) else RETURN
    if not frame.has(*UNFIT):
        return ""
    return RETURN if frame.kind in (RETURN, REFUND) or wants_money(frame) else CANCEL


def _goes_back_opened(context: Context) -> bool:
    """True for "a third is gone, can I still give it back?" of somebody whose skin the product harmed, as they told before."""
    frame, memory = context.frame, context.memory
    harmed = memory.asked.kind in OF_REACTIONS and (context.person.irritated or bool(context.person.red_flag))
    return harmed and frame.has("wants_back", "asks_to_send_back") and frame.has("is_opened")


def reacted(frame: Frame) -> bool:
    """Whether a message tells that skin reacted, and not only to what somebody is allergic."""
    return frame.has("skin_reacted") and not (frame.has(*UNFIT) and not frame.has("reacts_now"))


def wants_money(frame: Frame) -> bool:
    """Whether something shall go back for its money."""
    return frame.has("wants_back", "wants_refund") and not frame.has("refuses_refund")
