"""The questions of a message that are about one order, as one question."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence

from bot.understanding.frame import SURE, Frame
from bot.understanding.memory import Memory
from bot.understanding.order_numbers import told
from bot.understanding.support import FAULTS, OF_ORDERS, PROBLEM, REFUND, STATUS, listens


def whole(frames: Sequence[Frame], memory: Memory) -> Sequence[Frame]:
    """The questions of a message, those about one order as one: "where is 10432? mina@example.com. When will it be here?"."""
    proofs = [told(one, asked=True) for one in frames]
    named = any(one.number for one in proofs) and any(one.email for one in proofs)
    numbered = any(one.number for one in proofs)
    ours = [
        one for one in frames
        if one.kind in OF_ORDERS or not told(one, asked=False).nothing or listens(one, memory) or (named and one.has(*FAULTS))
        or (numbered and (one.has("refuses_email", "of_somebody_else") or told(one, asked=True).number))
    ]
    if len(ours) < 2:
        return frames
    first = next((one for one in ours if one.kind in OF_ORDERS and one.band == SURE), None)
    faulty = next((one for one in ours if named and one.has(*FAULTS)), None)
    keeps_it = any(one.has("refuses_refund") for one in ours)
    if faulty and (first is None or first.kind == STATUS or (keeps_it and first.kind == REFUND)):
        first = replace(faulty, kind=PROBLEM, band=SURE)
    chosen = first if first is not None else next((one for one in ours if one.kind in OF_ORDERS), ours[0])
    joined = replace(
        chosen,
        text=" ".join(one.text for one in ours),
        words=tuple(word for one in ours for word in one.words),
        mentions=chosen.mentions,
        quantities=tuple(quantity for one in ours for quantity in one.quantities),
        cues=frozenset(cue for one in ours for cue in one.cues),
    )
    kept: List[Frame] = []
    for one in frames:
        if one is ours[0]:
            kept.append(joined)
        elif not any(one is other for other in ours):
            kept.append(one)
    return kept
