"""How to reach the shop's staff."""

from __future__ import annotations

from bot.answers.turn import Turn

OF_ORDERS = frozenset({"order_status", "cancel_order", "change_order", "return", "refund", "report_problem"})


def contact(turn: Turn) -> str:
    """How to reach the shop, what is asked for first: where it is, when somebody answers, or how to write and call."""
    at = turn.resources.shop.contact
    address = turn.say("reach_address", address=at.address)
    if turn.frame.has("where_is_the_shop"):
        return f"{address} {reach(turn)}"
    if turn.frame.has("opening_hours"):
        return turn.say("reach_hours", hours=at.hours, email=at.email, phone=at.phone)
    return f"{reach(turn)} {address}"


def reach(turn: Turn, kind: str = "") -> str:
    """How to reach the staff, with what they need to find an order where the kind of question is about one."""
    shop = turn.resources.shop
    at = shop.contact
    text = turn.say("reach_shop", shop=shop.name, email=at.email, phone=at.phone, hours=at.hours)
    return f"{text} {turn.say('reach_number')}" if kind in OF_ORDERS else text


def briefly(turn: Turn) -> str:
    """How to reach the staff in a few words."""
    at = turn.resources.shop.contact
    return turn.say("reach_briefly", email=at.email, phone=at.phone)
