"""What a short message changes of what was listed, built or told last: something that must not be in it, another limit, what is had
already, an age."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.context import Context
from bot.understanding.frame import CONTENT, SUBJECTS, SURE, Frame, Quantity
from bot.understanding.memory import Memory
from bot.understanding.wishes import PRICE, excludes

BUILD, LIST, TELLS = "build_routine", "find_product", "tell_profile"
YOUNGEST, OLDEST = 10, 99
LEAST, MOST = 5, 2000
LONGEST, LONGEST_LIMIT, FEW = 14, 9, 8
MEASURES = frozenset({"percent", "age", "duration", "email", "times", "date", "date_made", "date_until"})


def with_amount(frame: Frame, memory: Memory) -> Frame:
    """The frame with a bare number as the price that it stands for behind a budget: "make that 20"."""
    if not frame.has("sets_amount") or len(frame.words) > LONGEST_LIMIT or frame.of(*SUBJECTS, "product") or not _has_budget(memory):
        return frame
    if any(one.measures == PRICE or one.measures in MEASURES for one in frame.quantities):
        return frame
    numbers = [word for word in frame.words if word.isdecimal() and LEAST <= int(word) <= MOST]
    return replace(frame, quantities=(Quantity(PRICE, numbers[0], ""),)) if len(numbers) == 1 else frame


def with_age(frame: Frame, memory: Memory) -> Frame:
    """The frame with a number alone as the age that it stands for after somebody told of their skin: "31"."""
    told = memory.asked.kind == TELLS and not memory.of_other and memory.person.age is None
    waits = memory.finder is not None or (memory.request is not None and bool(memory.request.awaits)) or bool(frame.quantities)
    alone = not waits and len(frame.words) == 1 and frame.words[0].isdecimal() and YOUNGEST <= int(frame.words[0]) <= OLDEST
    if not told or not alone:
        return frame
    return replace(frame, kind=TELLS, intent=TELLS, band=SURE, quantities=(Quantity("age", frame.words[0]),), cues=frame.cues | {"tells_of_myself"})


def changes_what_was_shown(context: Context) -> str:
    """ "Too dear", "I still have a sunscreen", "so what do I actually buy?" behind a routine of the shop's products; "nothing with retinol or strong
    acids", "make that 20" behind a list."""
    frame, memory = context.frame, context.memory
    if goes_on_building(frame, memory):
        return BUILD
    if not memory.shown.wish or not memory.shown.listed or frame.of("safety", "product", "condition"):
        return ""
    return LIST if excludes(frame, memory) or _limits(frame) else ""


def goes_on_building(frame: Frame, memory: Memory) -> bool:
    """Whether a message changes the routine built last, or asks for what of it is to be bought."""
    if memory.asked.kind != BUILD or not memory.routine or memory.wanted is None or frame.of(*CONTENT, "safety", "condition"):
        return False
    if len(frame.words) > LONGEST or frame.kind == BUILD and frame.of("skin_type", "concern"):
        return False
    kinds = frame.ids("product_type", role=None)
    owns = frame.has("still_has") and bool(set(kinds) & {step.type for step in memory.routine})
    alone = not kinds and not frame.of("product", "brand")
    dear = frame.has("cheaper") and not frame.has("price_cuts") and len(frame.words) <= FEW
    return owns or (alone and (_limits(frame) or dear or frame.has("asks_what_to_buy")))


def _limits(frame: Frame) -> bool:
    """Whether a message names another limit for the price, and nothing else."""
    prices = any(one.measures == PRICE for one in frame.quantities)
    return prices and frame.has("sets_amount") and len(frame.words) <= LONGEST_LIMIT and not frame.of(*SUBJECTS, "product")


def _has_budget(memory: Memory) -> bool:
    of_routine = memory.asked.kind == BUILD and memory.wanted is not None and memory.wanted.most > 0
    return of_routine or bool(memory.shown.listed and memory.shown.wish.get("quantities"))

