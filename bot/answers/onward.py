"""What may come next: no reply leaves a person without a way on. Where a reply offers nothing itself, what is offered goes by what it
was about."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence

from bot.answers.answer import Button, Message
from bot.answers.orders.services import SERVICES as ORDERS
from bot.answers.products.services import SERVICES as PRODUCTS
from bot.answers.routine.services import SERVICES as ROUTINE
from bot.answers.shop.services import SERVICES as SHOP
from bot.answers.staff.services import SERVICES as STAFF
from bot.answers.wording import MOST_BUTTONS, SOURCE, Wording
from bot.rules.schema import Verdict
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory
from bot.understanding.shopping import still_to_show
from bot.understanding.support import HUMAN

BY_SERVICES = (("orders", ORDERS), ("shop", SHOP), ("products", PRODUCTS), ("routine", ROUTINE))
ENDS = frozenset({"goodbye", "forget_me"})
"""Who leaves is let go."""
KEEPS_ITS_LOOK = ("urgency", "reminder", "forget", "finder")
FEWEST_TO_COMPARE = 2


def onward(frame: Frame, memory: Memory, messages: Sequence[Message], wording: Wording) -> List[Message]:
    """The messages with ways on behind the last one. None are added where a message brings its own (who says so is none), where
    somebody is sent to a doctor or must call for help, leaves, or is with a person of the shop.

    Args:
        frame: the last question.
        memory: after the answer.
        messages: what answers.
        wording: what the buttons say.
    """
    given = [button for one in messages for button in one.buttons]
    if not messages or _leads_away(frame, messages) or any(one["payload"] != wording.question(SOURCE) for one in given):
        return list(messages)
    asked = {_plain(frame.text), *(_plain(one["payload"]) for one in wording.buttons_of("next_person") if frame.kind == HUMAN)}
    offered = [one for one in _ways(frame, memory, messages[-1], wording) if _plain(one["payload"]) not in asked]
    last = messages[-1]
    return [*messages[:-1], replace(last, buttons=(*offered[: MOST_BUTTONS - len(given)], *last.buttons))]


def _leads_away(frame: Frame, messages: Sequence[Message]) -> bool:
    """Whether nothing must stand beside what is said."""
    if frame.kind in ENDS:
        return True
    held = any(one.payload.get(key) for one in messages for key in KEEPS_ITS_LOOK)
    return held or any(one.payload.get("verdict") == Verdict.DOCTOR.value for one in messages)


def _plain(text: str) -> str:
    return text.strip().rstrip("?.!").lower()


def _ways(frame: Frame, memory: Memory, last: Message, wording: Wording) -> List[Button]:
    waits = memory.request is not None and bool(memory.request.awaits)
    if frame.kind in STAFF or (waits and frame.kind in (*ORDERS, *SHOP)):
        return wording.buttons_of("next_waits") if waits else []
    hurt = any(one.irritated or one.red_flag or one.procedure for one in (memory.person, memory.other) if one is not None)
    refused = last.payload.get("verdict") == Verdict.NO.value
    products = last.payload.get("products") or ()
    if len(products) >= FEWEST_TO_COMPARE:
        more = wording.buttons_of("next_more") if still_to_show(memory)[0] else []
        several = [] if last.payload.get("table") else wording.buttons_of("next_several")
        return [*more, *several, *wording.buttons_of("next_products")]
    if memory.shown.handle and not hurt and not refused and not any(frame.kind in services for _, services in BY_SERVICES[:2]):
        return wording.buttons_of("next_product")
    if products:
        return wording.buttons_of("next_products")
    if hurt:
        return wording.buttons_of("next_calm")
    group = next((name for name, services in BY_SERVICES if frame.kind in services), "talk")
    own = f"next_{frame.kind}"
    return wording.buttons_of(own if wording.has(own) else f"next_{group}")
