"""Messages that say no more than what is wanted of the shop: "vitamin c serum please", "got any lip balms?", "toner under 15",
or a product's name alone. The classifier, which goes by how a question is asked, can only guess at them."""

from __future__ import annotations

from functools import lru_cache
from typing import FrozenSet, List, NamedTuple, Sequence, Tuple

from bot.paths import ROOT
from bot.understanding.frame import CONTENT, NEEDS, NEGATED, USED, Frame
from bot.understanding.memory import Memory
from bot.yaml_files import read_yaml

OF_WISH = ("product", "brand", "product_type", *CONTENT, *NEEDS)
ASSERTED = frozenset({"is", "are", "was", "were"})
OF_ONE_THING, OF_THE_SHOP = frozenset({"does", "has"}), frozenset({"you", "u", "your", "shop", "store"})
DENIALS = frozenset({"without", "no", "not", "free", "non", "or", "and", "nor", "but", "except"})
GOODS = frozenset({"products", "product", "items", "stuff", "something", "anything", "ones"})


class _Words(NamedTuple):
    beside: FrozenSet[str]
    not_with: FrozenSet[str]
    wares: Tuple[Tuple[str, ...], ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_yaml(ROOT / "data" / "understanding" / "_wishes.yml")
    wares = sorted((tuple(str(one).split()) for one in data["wares"]), key=len, reverse=True)
    return _Words(frozenset(map(str, data["beside"])), frozenset(map(str, data["not_with"])), tuple(wares))


def words_beside() -> FrozenSet[str]:
    """The words that ask for something, or say nothing, beside what is wanted."""
    return _words().beside


def is_bare_wish(frame: Frame, memory: Memory) -> bool:
    """True where every word is part of a wish for something of the shop. A kind or a need alone only opens a talk: behind a
    question it goes on with that."""
    if frame.of("safety", "condition", "country", "label") or any(one.role == USED for one in frame.mentions):
        return False
    words, known = _words(), frame.of(*OF_WISH)
    rest = _left(frame)
    if any(one.role == NEGATED for one in frame.mentions):
        if not _denies_only_contents(frame):
            return False
        rest = [one for one in rest if one not in DENIALS]
    ware, rest = _without_ware(rest, words.wares)
    if not all(one in words.beside or one.isdigit() or _is_price(one) for one in rest) or not words.not_with.isdisjoint(rest):
        return False
    if rest[:1] and rest[0] in ASSERTED and "there" not in rest:
        return False  # "is hyaluronic acid good for dry skin?"
    if not OF_ONE_THING.isdisjoint(rest) and OF_THE_SHOP.isdisjoint(rest):
        return False  # "does the aloe gel have parfum?"
    named = {one.label for one in known}
    if ware or "product" in named:
        return bool(ware) or not memory.asked.kind or not memory.shown.handle
    kind = "product_type" in named
    beside = bool(named - {"product_type"}) or any(one.measures == "price" for one in frame.quantities)
    opens = not memory.asked.kind and not memory.shown.listed and not memory.shown.kind
    if kind and (beside or opens):
        return True
    wished = bool(named & {*CONTENT, "brand"}) and not GOODS.isdisjoint(rest)
    return wished or (opens and bool(named & set(NEEDS)) and "for" in rest)


def is_kind_alone(frame: Frame) -> bool:
    """True where a message is a kind of product and no other word."""
    return {one.label for one in frame.mentions} == {"product_type"} and not _left(frame)


def _denies_only_contents(frame: Frame) -> bool:
    """Whether a kind of product is wanted without something that may be in it, or not of a brand: "aloe gel without alcohol"."""
    denied = [one for one in frame.mentions if one.role == NEGATED]
    return all(one.label in (*CONTENT, "brand") for one in denied) and any(one.label == "product_type" for one in frame.mentions)


def _left(frame: Frame) -> List[str]:
    """The words of the text that stand in no mention of a wish; those in mentions of terms stay."""
    text = frame.text.lower()
    for one in frame.of(*OF_WISH):
        if one.end > one.start:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return [word.strip(".,!?;:()") for word in text.split() if word.strip(".,!?;:()-")]


def _without_ware(words: Sequence[str], wares: Sequence[Tuple[str, ...]]) -> Tuple[bool, List[str]]:
    for ware in wares:
        for start in range(len(words) - len(ware) + 1):
            if tuple(words[start : start + len(ware)]) == ware:
                return True, [*words[:start], *words[start + len(ware) :]]
    return False, list(words)


def _is_price(word: str) -> bool:
    return word.strip("$€£₩").replace(".", "", 1).replace(",", "").isdigit()
