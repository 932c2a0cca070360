"""Products that a question means by words of their names, wherever these stand: "relief sun", "clean it zero", "anua toner".

All that have the words are meant, as the customer may mean any of them; the one whose whole name they are is meant alone.
"""

from __future__ import annotations

import re
from typing import FrozenSet, Iterator, List, Sequence, Tuple

from bot.answers.products.brands import sold_brands
from bot.answers.products.naming import EDGES, is_strange, named_so
from bot.answers.turn import Turn
from bot.store.generic_words import GENERIC_WORDS, KIND_WORDS, LINKING_WORDS, SIZE_WORDS
from bot.store.importers.sizes import without_size
from bot.store.text import words
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import CONTENT, FORM, NEEDS, NEGATED, Mention

MOST_MEANT, CANDIDATES, LONGEST = 4, 60, 8
_VERSUS = re.compile(r"\s(?:vs\.?|versus|or|and|compared to|than)\s", re.IGNORECASE)


def by_words(turn: Turn, strictly: bool = False) -> List[ProductView]:
    """The products that the longest run of words names; none where that is more than MOST_MEANT, or says no more than a kind,
    an ingredient or a need.

    Args:
        turn: the question.
        strictly: whether claims of many products ("daily sunscreen") are no name either.
    """
    found = _named(turn, turn.frame.text, 0, strictly)
    return found if len(found) <= MOST_MEANT else []


def strange_name(turn: Turn) -> str:
    """What a question calls a product by a word that stands right before a name's words or a kind and in no name of the shop:
    "midnight blue cream"; empty where there is none."""
    if turn.frame.has("dearest", "cheapest", "cheaper"):
        return ""  # "the most expensive serum" is no name
    said = words(turn.frame.text)
    told = {word for one in turn.frame.mentions for word in words(one.text)}
    kinds = {word for one in turn.frame.of("product_type") for word in words(one.text)}
    for place, word in enumerate(said):
        end = place + 1
        while end < len(said) and turn.products.knows(said[end]) and said[end] not in EDGES:
            end += 1
        if end > place + 1 and said[end - 1] in kinds and word not in told and is_strange(turn, word):
            return " ".join(said[place:end])
    return ""


def called_by_content(turn: Turn) -> List[ProductView]:
    """The products, MOST_MEANT at most, whose names have the contents and the kind that a question names: "bakuchiol night cream"."""
    frame = turn.frame
    said = [word for one in sorted(frame.of(*CONTENT, "product_type"), key=lambda one: one.start) if one.role in ("", FORM) for word in words(one.text)]
    if not frame.of("product_type") or not frame.of(*CONTENT) or frame.of("product"):
        return []
    found = holders(turn, list(dict.fromkeys(said)), sold_brands(turn))
    return found if len(found) <= MOST_MEANT else []


def two_sides(turn: Turn) -> List[ProductView]:
    """The products of "reedle shot 100 vs 300", one of each side; empty where a side names none or several."""
    text = turn.frame.text
    parted = _VERSUS.search(text)
    if not parted:
        return []
    left = _named(turn, text[: parted.start()], 0, strictly=False)
    right = _named(turn, text[parted.end() :], parted.end(), strictly=False)
    if left and not right:  # "the 100 vs the 300" of one line
        numbers = [word for word in words(text[parted.end() :]) if word[:1].isdigit()]
        line = [word for word in words(text[: parted.start()]) if not word[:1].isdigit() and turn.products.knows(word)]
        right = [one for one in holders(turn, [*line, *numbers[:1]], sold_brands(turn)) if one not in left] if numbers and line else []
    return [left[0], right[0]] if left and right and left[0] != right[0] else []


def _named(turn: Turn, text: str, at: int, strictly: bool) -> List[ProductView]:
    """The products that a part of the question names, which begins at a place of its text."""
    mentions = [one for one in turn.frame.mentions if at <= one.start and one.end <= at + len(text)]
    wanted = {one.id for one in mentions if one.label == "brand" and one.role != NEGATED}
    brands = tuple(one for one in sold_brands(turn, wanted))
    if wanted and not brands:
        return []
    best: Tuple[str, ...] = ()
    found: List[ProductView] = []
    talk = frozenset(word for one in mentions if one.label in ("product_type", *CONTENT, *NEEDS) for word in words(one.text))
    talk |= GENERIC_WORDS if strictly else frozenset()
    for run, strange in _runs(turn, text, at, mentions):
        for part in _parts(run, len(best)):
            if (strange and part[0] == run[0]) or len(part) <= len(best) or not _tells(part, talk, bool(brands)):
                continue
            having = holders(turn, part, brands, side_by_side=not brands)
            if having:
                best, found = part, having
                break
    return found


def _parts(run: Sequence[str], least: int) -> Iterator[Tuple[str, ...]]:
    """The parts of a run that are longer than `least`, the longest first, that begin and end as a name may."""
    for size in range(min(len(run), LONGEST), least, -1):
        for start in range(len(run) - size + 1):
            part = tuple(run[start : start + size])
            if part[0] not in EDGES and part[-1] not in EDGES:
                yield part


def holders(turn: Turn, said: Sequence[str], brands: Tuple[str, ...] = (), side_by_side: bool = False) -> List[ProductView]:
    """The products, of these brands where some are given, that have all words in their names; those alone whose whole name
    they are where there are such. `side_by_side`: the words must stand together there."""
    wanted = ProductQuery(text=" ".join(said), brands=brands, limit=CANDIDATES)
    found = [one for one in turn.products.search(wanted) if named_so(one, " ".join(said))]
    if side_by_side:
        found = [one for one in found if _together(said, _plain(one))]
    whole = [one for one in found if set(_own_words(one)) <= {form for word in said for form in _forms(word)}]
    return whole or found


def _runs(turn: Turn, text: str, at: int, mentions: Sequence[Mention]) -> List[Tuple[Tuple[str, ...], bool]]:
    """The runs of words that the shop has in its names, brands left out; and whether a strange word stands right before."""
    for one in mentions:
        # "Reedle shot" stands for a brand, and in its products' names.
        of_names = all(turn.products.knows(word) for word in words(one.text)) and not set(words(one.text)) <= set(words(one.id))
        if one.label == "brand" and one.end > one.start and not of_names:
            text = f"{text[: one.start - at]}{'.' * (one.end - one.start)}{text[one.end - at :]}"
    known = {word for one in mentions if one.label not in ("brand", "product") for word in words(one.text)}
    found: List[Tuple[Tuple[str, ...], bool]] = []
    run: List[str] = []
    strange = False
    for word in (*words(text), ""):
        if word and turn.products.knows(word):
            run.append(word)
            continue
        if run:
            found.append((tuple(run), strange))
        run, strange = [], bool(word) and word not in known and is_strange(turn, word)
    return found


def _tells(part: Sequence[str], talk: FrozenSet[str], branded: bool) -> bool:
    """Whether words may single out products: with a brand one that is no kind of product, else two of which one is more than
    what skincare is talked about with."""
    own = [word for word in part if word not in KIND_WORDS | SIZE_WORDS | EDGES and not word.isdigit()]
    told = any(word not in talk for word in own)
    return told or (len(part) > 2 and len(own) > 1 and not talk >= set(own)) if not branded else bool(own) and (told or len(part) > 1)


def _plain(product: ProductView) -> List[str]:
    return words(f"{product.brand} {product.title}")


def _own_words(product: ProductView) -> List[str]:
    """The words of a title without brand and size."""
    brand = set(words(product.brand))
    return [word for word in words(without_size(product.title)) if word not in brand and word not in LINKING_WORDS]


def _together(said: Sequence[str], name: Sequence[str]) -> bool:
    """Whether words stand in a name one behind the other, others of their kind between them perhaps left out by one."""
    bare = [word for word in said if word not in LINKING_WORDS]
    own = [word for word in name if word not in LINKING_WORDS]
    places = []
    for word in bare:
        at = next((place for place, other in enumerate(own) if other in _forms(word)), None)
        if at is None:
            return False
        places.append(at)
    close = max(places) - min(places) < len(places)
    return (places == sorted(places) and len(places) > 2) or (close and (len(places) > 2 or places == sorted(places)))


def _forms(word: str) -> Tuple[str, ...]:
    return (word, f"{word}s", word.removesuffix("s"))
