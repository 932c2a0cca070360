"""Decisions of a conversation for short messages behind a shop's policy: "do you wrap gifts?", and then "how much is it?"."""

from __future__ import annotations

from dataclasses import replace

from bot.nlu.names.word_weights import english
from bot.understanding.context import FOLLOW_UP, Context, is_bare
from bot.understanding.decisions_talk import asks
from bot.understanding.frame import LOST, SURE, Frame, kind_of_intent
from bot.understanding.order_numbers import told
from bot.understanding.support import TICKET
from bot.understanding.topics import SHOP_TOPIC, groups
from bot.understanding.upset import UPSET

MOST_WORDS = 14
GOES_ON_WITH_POLICY = "goes_on_with_policy"
"""Cue of a frame that is meant together with the policy said before it."""
OF_NO_POLICY = frozenset({"", TICKET, UPSET})
SMALL_TALK = frozenset({"greet", "goodbye", "thank", "affirm", "deny", "human", "bot_identity", "capabilities", "how_are_you", "insult", "forget_me", "start_over", "profile", "language", "out_of_scope"})
# Asked of a product they need one; behind a policy and of no product they are asked of what the policy is about.
OF_DELIVERY = frozenset({"delivery_area", "delivery_time", "delivery_cost", "carrier"})
OF_PRODUCTS = frozenset({"price", "find_similar", "stock", "product_ingredients"})


def goes_on_with_a_policy(context: Context) -> str:
    """What a short message asks for together with the policy said before it; else that the shop has not said."""
    frame, memory = context.frame, context.memory
    if memory.shown.policy in OF_NO_POLICY or memory.shown.handle or memory.shown.listed or not _goes_on(context):
        return ""
    found = context.of_shop(with_policy(frame), memory)
    if found:
        return found
    if frame.kind == "price" and memory.shown.policy in OF_DELIVERY:
        return "delivery_cost"
    return SHOP_TOPIC if asks(frame) else ""


def with_policy(frame: Frame) -> Frame:
    """The frame as it is meant together with what was said before."""
    return replace(frame, intent="", meant=frame.meant_in_talk, band=LOST, rules=(), cues=frame.cues - {"goes_on"} | {GOES_ON_WITH_POLICY})


def _goes_on(context: Context) -> bool:
    """True for few words that name nothing and ask for no other policy by themselves."""
    frame, memory = context.frame, context.memory
    kind, number = kind_of_intent(frame.intent), told(frame, asked=True)
    if not any(word in english() for word in frame.words):
        return False  # what is no word sounds like anything
    if not is_bare(context) or frame.of("brand", "country", "condition", "safety") or len(frame.words) > MOST_WORDS or frame.story or not number.nothing:
        return False
    if (memory.request is not None and memory.request.awaits) or frame.has("of_my_order"):
        return False
    if frame.band != SURE:
        return kind not in SMALL_TALK
    if kind in SMALL_TALK or (kind in groups()["shop"] and kind not in OF_PRODUCTS):
        return False
    return frame.kind == FOLLOW_UP or frame.has("points_back", "goes_on", "about_it") or frame.short
