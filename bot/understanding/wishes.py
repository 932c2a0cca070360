"""What the list shown last was looked for, so that a short message narrows it: "and without fragrance", "under 30"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Mapping

from bot.understanding.frame import CONTENT, NEEDS, NEGATED, SUBJECTS, Frame, Mention, Quantity
from bot.understanding.memory import Memory
from bot.understanding.topics import BEGIN, QUESTION_WORDS

PRICE, BRAND = "price", "brand"
WISHED = (*SUBJECTS, *NEEDS, BRAND)
MARKS = ("marked_vegan", "cruelty_free")
GIFT = "gift_idea"
# A new one of these takes the place of the old one.
REPLACED = (*NEEDS, BRAND)
# "The second one, is it vegan" asks about one of the list.
COUNTED = ("first", "second", "third", "last_one", "first_two")
FEW, MOST_EXCLUDING = 6, 20


def wish_of(frame: Frame) -> dict[str, Any]:
    """What a message looks for, as JSON can keep it: its mentions, price bounds and marks. Empty where it looks for
    nothing."""
    found = {
        "mentions": [[one.label, one.id, one.text, one.role] for one in frame.of(*WISHED)],
        "quantities": [[one.value, one.role] for one in frame.quantities if one.measures == PRICE],
        "cues": sorted(frame.cues.intersection((*MARKS, GIFT))),
    }
    return {key: value for key, value in found.items() if value}


def narrows(frame: Frame, memory: Memory) -> bool:
    """True for a short message that adds a wish to those of the list shown last."""
    counts = len(memory.shown.listed) > 1 and frame.has(*COUNTED)
    if not memory.shown.wish or counts or frame.of("product", "product_type", "safety"):
        return False
    if frame.has("same_brand"):
        return True
    adds = frame.of(*NEEDS, BRAND) or _prices(frame) or _is_plain(frame)
    brief = len(frame.words) <= FEW or frame.has("adds_a_wish") or (_prices(frame) and frame.has("sets_amount"))
    return bool(adds) and (brief or excludes(frame, memory))


def excludes(frame: Frame, memory: Memory) -> bool:
    """True for a message behind a list that says what must not be in it, and asks nothing: "nothing with retinol please, it is just for fun"."""
    contents = frame.of(*CONTENT)
    denied = bool(contents) and all(one.role == NEGATED for one in contents)
    asks = "?" in frame.text or bool({*frame.words[:1]} & (BEGIN | QUESTION_WORDS))
    return denied and not asks and bool(memory.shown.wish) and len(frame.words) <= MOST_EXCLUDING and not frame.of("product", "product_type")


def plainly_narrows(frame: Frame, memory: Memory) -> bool:
    """True where it can be nothing else: a price, a mark, or something that must not be in it."""
    return narrows(frame, memory) and (_is_plain(frame) or _prices(frame))


def narrowed(frame: Frame, memory: Memory) -> Frame:
    """The frame with the wishes of the list shown last too, but for those that it replaces. What comes from the list has no
    place in the text: it starts and ends at 0."""
    before = memory.shown.wish
    own = {(one.label, one.role) for one in frame.of(*REPLACED)}
    bounds = {one.role for one in frame.quantities if one.measures == PRICE}
    mentions = [one for one in _mentions(before) if (one.label, one.role) not in own]
    prices = [one for one in _quantities(before) if one.role not in bounds]
    return replace(
        frame,
        mentions=(*mentions, *frame.mentions),
        quantities=(*prices, *frame.quantities),
        cues=frame.cues.union(before.get("cues") or ()),
    )


def names_wishes(frame: Frame) -> bool:
    """True where the message says what is looked for: a kind, an ingredient, a need or a price."""
    return bool(frame.of(*SUBJECTS, "term", *NEEDS)) or _prices(frame)


def adds_wishes(frame: Frame, memory: Memory) -> bool:
    """True where it names a wish that the list shown last was not looked for."""
    known = {(one.label, one.id) for one in _mentions(memory.shown.wish)}
    return _prices(frame) or any((one.label, one.id) not in known for one in frame.of(*SUBJECTS, "term", *NEEDS))


def _prices(frame: Frame) -> bool:
    return any(one.measures == PRICE for one in frame.quantities)


def _is_plain(frame: Frame) -> bool:
    return bool(frame.of(*CONTENT, role=NEGATED)) or frame.has(*MARKS)


def _mentions(wish: Mapping[str, Any]) -> list[Mention]:
    return [Mention(label, of, text, 0, 0, role) for label, of, text, role in wish.get("mentions") or ()]


def _quantities(wish: Mapping[str, Any]) -> list[Quantity]:
    return [Quantity(PRICE, value, role) for value, role in wish.get("quantities") or ()]
