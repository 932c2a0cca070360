"""Decisions of a conversation for short messages behind a shop's policy: "do you wrap gifts?", and then "how much is it?"."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from bot.nlu.names.word_weights import english
from bot.understanding.context import FOLLOW_UP, Context, asks, is_bare
from bot.understanding.frame import CONTENT, LOST, SURE, Frame, Meant, kind_of_intent
from bot.understanding.order_numbers import told
from bot.understanding.support import OF_ORDERS, TICKET
from bot.understanding.talks import MOST_OF_FOLLOW_UPS, NO_SITUATION
from bot.understanding.topics import SHOP_TOPIC, groups
from bot.understanding.upset import UPSET

WITH_POLICY = "with_policy"
"""Cue of a frame that is meant together with the policy said before it."""
UNLESS_SURE, LIKELY, SURELY = 0.5, 0.8, 0.9
"""Shares from which a short message asks what talks like it ask where the classifier is not sure of a kind, where it is, and while a request is open."""
OF_NO_POLICY = frozenset({"", TICKET, UPSET})
SMALL_TALK = frozenset({"greet", "goodbye", "thank", "affirm", "deny", "human", "bot_identity", "capabilities", "how_are_you", "insult", "forget_me", "start_over", "profile", "language", "out_of_scope"})
# Kinds that ask of a product or an ingredient; where none is named they ask, behind a policy, of what that is about.
OF_DELIVERY = frozenset({"delivery_area", "delivery_time", "delivery_cost", "carrier"})
OF_NOTHING = frozenset({"price", "find_similar", "stock", "product_ingredients", "results"})


def goes_on_with_a_policy(context: Context) -> str:
    """What a short message asks for together with the policy said before it; else that the shop has not said."""
    frame, memory = context.frame, context.memory
    if any(one.certain for one in frame.meant):
        return ""  # it means a topic or a mood by itself
    if memory.shown.policy in OF_NO_POLICY or memory.shown.handle or memory.shown.listed or not _goes_on(context):
        return ""
    found = context.of_shop(with_policy(frame), memory)
    if found:
        return found
    if frame.kind == "price" and memory.shown.policy in OF_DELIVERY:
        return "delivery_cost"
    if frame.has("how_long", "asks_how_long") and memory.shown.policy in OF_DELIVERY:
        return "delivery_time"
    return SHOP_TOPIC if asks(frame) else ""


def asked_in_a_shop_talk(context: Context) -> str:
    """ "And if I paid with PayPal?" behind how refunds work: what was learned from such talks, where the talk is of the shop. What an open
    request waits for comes before it, and what is done with an order stays that request's."""
    frame, memory = context.frame, context.memory
    name, share = frame.shop_in_talk[0] if frame.shop_in_talk else (NO_SITUATION, 0.0)
    if name == NO_SITUATION or share < (LIKELY if frame.band == SURE else UNLESS_SURE) or not (memory.shown.policy or memory.request):
        return ""
    if frame.of(*CONTENT, "condition", "concern", "safety") or not told(frame, asked=True).nothing or frame.band == SURE and frame.kind in SMALL_TALK:
        return ""
    if memory.request is not None and memory.request.awaits and (name in OF_ORDERS or share < SURELY):
        return ""
    return name if name in groups()["shop"] else context.of_shop(with_policy(frame), memory)


def is_meant_in_talk(frame: Frame) -> bool:
    """True where the kind of a frame is what talks like it ask, so that a narrower topic that it sounds like alone is not meant."""
    return any(one.name == frame.kind and one.share >= UNLESS_SURE for one in frame.shop_in_talk[:1])


def with_policy(frame: Frame) -> Frame:
    """The frame as it is meant together with what was said before."""
    return replace(frame, intent="", meant=topic_in_talk(frame) or frame.meant_in_talk or frame.meant, band=LOST, rules=(), cues=frame.cues - {"goes_on"} | {WITH_POLICY})


def topic_in_talk(frame: Frame) -> Tuple[Meant, ...]:
    """The topic that it likely asks for behind what was said before it."""
    return tuple(Meant(one.name, one.share, True) for one in frame.shop_in_talk[:1] if one.share >= UNLESS_SURE and one.name not in (NO_SITUATION, *groups()["shop"]))


def _goes_on(context: Context) -> bool:
    """True for few words that name nothing and ask for no other policy by themselves."""
    frame, memory = context.frame, context.memory
    kind, number = kind_of_intent(frame.intent), told(frame, asked=True)
    if not any(word in english() for word in frame.words):
        return False  # what is no word sounds like anything
    if not is_bare(context) or frame.of("brand", "country", "condition", "safety") or len(frame.words) > MOST_OF_FOLLOW_UPS or frame.story or not number.nothing:
        return False
    if (memory.request is not None and memory.request.awaits) or frame.has("of_my_order"):
        return False
    if frame.band != SURE:
        return kind not in SMALL_TALK
    return frame.kind == FOLLOW_UP or (kind in OF_NOTHING and (frame.short or frame.has("points_back", "goes_on", "about_it")))
