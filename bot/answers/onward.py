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
from bot.answers.wording import MOST_BUTTONS, Wording
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
    """The messages with ways on behind the last one. None are added where a message brings its own, where somebody is sent to a
    doctor or must call for help, leaves, or is with a person of the shop.

    Args:
        frame: the last question.
        memory: after the answer.
        messages: what answers.
        wording: what the buttons say.
    """
    if not messages or any(one.buttons for one in messages) or _leads_away(frame, messages):
        return list(messages)
    asked = {_plain(frame.text), *(_plain(one["payload"]) for one in wording.buttons_of("next_person") if frame.kind == HUMAN)}
    offered = [one for one in _ways(frame, memory, messages[-1], wording) if _plain(one["payload"]) not in asked]
    return [*messages[:-1], replace(messages[-1], buttons=tuple(offered[:MOST_BUTTONS]))]


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
    if last.payload.get("products"):
        more = wording.buttons_of("next_more") if still_to_show(memory)[0] else []
        several = len(last.payload["products"]) >= FEWEST_TO_COMPARE and not last.payload.get("table")
        return [*more, *(wording.buttons_of("next_several") if several else []), *wording.buttons_of("next_products")]
    if memory.person.irritated or memory.person.red_flag:
        return wording.buttons_of("next_calm")
    group = next((name for name, services in BY_SERVICES if frame.kind in services), "talk")
    return wording.buttons_of(f"next_{group}")
