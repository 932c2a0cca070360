"""Whether a whole message is heard as about a customer's orders, where the shop proves customers and not single orders."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Sequence

from bot.answers.orders.claims import claim_in
from bot.answers.resources import Resources
from bot.store.errors import StoreError
from bot.understanding.frame import LOST, SURE, Frame
from bot.understanding.memory import Memory
from bot.understanding.said import plain
from bot.understanding.support import NOTICE, OF_ORDERS, OPEN, asks_something_else, is_about_own

logger = logging.getLogger(__name__)
FORCED = frozenset({"report_reaction", "read_label", "language"})
POLITE = frozenset({"greet", "goodbye", "thank", "how_are_you", "insult"})
OWN = frozenset({"forget_me", "start_over", "profile"})


def for_orders(frames: Sequence[Frame], memory: Memory, resources: Resources, sender: str, text: str) -> Frame | None:
    """The whole message as one frame for the services of orders; None where it is not for them, or the shop proves customers by
    the orders that they name.

    A red flag is never an order's. Who has an order talk open is heard as going on with it unless they surely ask something else.
    """
    orders = resources.orders
    if orders is None or not orders.policy.of_customers or not frames or any(one.kind in FORCED and one.band == SURE for one in frames):
        return None
    whole = text or " ".join(one.text for one in frames)
    frame = _joined(frames, whole)
    pointer = memory.request
    if pointer is not None and pointer.kind == NOTICE:
        return None
    if frames[0].kind in OWN and frames[0].band == SURE and pointer is None:
        return None
    wants = [one.kind for one in resources.request_words.wants(whole)]
    other = len(frames) == 1 and asks_something_else(frames[0])
    if pointer is not None and pointer.awaits and (orders.policy.orders_first or wants or not other):
        return frame
    if all(one.kind in POLITE for one in frames) and not wants:
        return None
    if orders.policy.orders_first and _is_known(resources, sender):
        return frame
    known = pointer is not None and bool(wants) and not other
    claims = orders.proving.way_of(claim_in(whole, frame, resources, orders, asked=False)) is not None
    about = any((one.kind in OF_ORDERS and one.band == SURE and is_about_own(one)) or one.has("of_my_order") for one in frames)
    begun = bool(wants) and orders.policy.orders_first
    return frame if known or claims or about or begun else None


def _is_known(resources: Resources, sender: str) -> bool:
    """Whether who writes proved who they are; not where that cannot be read."""
    try:
        return resources.orders is not None and resources.orders.proving.proofs.customer(sender) is not None
    except StoreError as error:
        logger.error("who asks cannot be told: %s", error)
        return False


def _joined(frames: Sequence[Frame], text: str) -> Frame:
    first = next((one for one in frames if one.kind in OF_ORDERS), frames[0])
    return replace(
        first, text=text, kind=OPEN, band=SURE if first.band == SURE else LOST, words=plain(text), mentions=tuple(each for one in frames for each in one.mentions),
        quantities=tuple(each for one in frames for each in one.quantities), cues=frozenset(cue for one in frames for cue in one.cues),
    )
