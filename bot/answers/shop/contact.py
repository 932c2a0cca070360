"""How to reach the shop's staff."""

from __future__ import annotations

from bot.answers.turn import Turn

OF_ORDERS = frozenset({"order_status", "cancel_order", "change_order", "return", "refund", "report_problem"})
# Words of the owner's that send people to the staff.
SENDS_TO_STAFF = ("customer care", *(f"{verb} {whom}" for verb in ("contact", "write to", "call", "ask") for whom in ("us", "the shop")))


def contact(turn: Turn) -> str:
    """How to reach the shop, what is asked for first: where it is, when somebody answers, or how to write and call."""
    at = turn.resources.shop.contact
    address = turn.say("reach_address", address=at.address) if at.address else ""
    hours = turn.say("reach_hours", hours=at.hours, ways=at.ways) if turn.frame.has("opening_hours") and at.hours and at.ways else ""
    if turn.frame.has("where_is_the_shop"):
        return f"{address} {hours}".strip() if hours else f"{address} {reach(turn)}".strip()
    return hours or f"{reach(turn)} {address}".strip()


def reach(turn: Turn, kind: str = "") -> str:
    """How to reach the staff, with what they need to find an order where the kind of question is about one."""
    shop = turn.resources.shop
    at = shop.contact
    if not at.ways:
        return turn.say("reach_unknown")
    key = "reach_shop" if at.hours else "reach_shop_any_time"
    text = turn.say(key, shop=shop.name, ways=at.ways, hours=at.hours)
    return f"{text} {turn.say('reach_number')}" if kind in OF_ORDERS else text


def briefly(turn: Turn) -> str:
    """How to reach the staff in a few words."""
    at = turn.resources.shop.contact
    return turn.say("reach_briefly", ways=at.ways) if at.ways else turn.say("reach_unknown")


def passed_on(turn: Turn) -> str:
    """What becomes of a question that only a person can answer: the one place that passes questions on."""
    return briefly(turn)


def sends_to_staff(text: str) -> bool:
    """True where the owner's words send people to the staff."""
    plain = text.lower()
    return any(one in plain for one in SENDS_TO_STAFF)
