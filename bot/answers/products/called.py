"""Products that are called by a part of their names together with their kind, where the words alone single none out: "the
peel please toner", "dokdo toner" for a Korean title."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.products.naming import has_words, is_strange, own_words
from bot.answers.products.query import shop_types
from bot.answers.turn import Turn
from bot.store.generic_words import CLAIM_WORDS, GENERIC_WORDS, KIND_WORDS, LINKING_WORDS, SIZE_WORDS
from bot.store.importers.sizes import size_in_title
from bot.store.text import words
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import CONTENT, NEEDS, Frame, Mention
from bot.understanding.shopping import compares_prices, named_types, says_versus

MOST_WORDS, MOST_MEANT, CANDIDATES = 6, 3, 60
# Kinds of question that are about a product of the shop whenever words of its name stand in them.
OF_TWO = frozenset({"difference", "better"})
OF_ONE = frozenset({"price", "stock", "product_ingredients", "find_similar", "sizes", "cart", "reduction", "allergy", "pregnancy"})


def called(turn: Turn) -> List[ProductView]:
    """The products, MOST_MEANT at most, that have the words right before a kind in their names and are of that kind; of several
    kinds where two products are compared."""
    frame = turn.frame
    types = named_types(frame)
    named: List[ProductView] = []
    for kind in frame.of("product_type"):
        if kind.id not in types or kind.end <= kind.start:
            continue
        found = _of_one_kind(turn, kind)
        named += [one for one in found if one not in named] if len(found) <= MOST_MEANT else []
        if found and not compares(frame):
            return named
    if named:
        return named[:MOST_MEANT]
    return [] if types else _of_unknown(turn) or _of_shop_word(turn)


def called_beside(turn: Turn, taken: Sequence[Mention]) -> List[ProductView]:
    """The products called by a part of their names, of kinds that stand in none of these mentions."""
    types = named_types(turn.frame)
    kinds = [one for one in turn.frame.of("product_type") if one.id in types and one.end > one.start]
    apart = [one for one in kinds if not any(one.start < other.end and other.start < one.end for other in taken)]
    found = [_of_one_kind(turn, one) for one in apart]
    return [one for products in found if len(products) == 1 for one in products]


def compares(frame: Frame) -> bool:
    """Whether two products are held against each other: "compare ...", "which is cheaper, the rice toner or the snail toner"."""
    return frame.has("says_compare", "cheapest") or says_versus(frame) or compares_prices(frame) or (frame.kind in OF_TWO and bool(frame.has("the_one_kind") or frame.of("product")))


def _of_one_kind(turn: Turn, kind: Mention) -> List[ProductView]:
    """Those that the longest run of words right before a kind names."""
    run = _before(turn, kind)
    for start in range(len(run)):
        part = run[start:]
        found = _holding(turn, part, kind.id) if _tells(turn.frame, part) else []
        if found:
            return found
    return []


def _of_unknown(turn: Turn) -> List[ProductView]:
    """The products of "dokdo toner", which stands where a name is asked for and is none that the reading of the message knows."""
    for text in turn.frame.unknown:
        kinds = turn.resources.kinds.known_in(text)
        run = [word for word in words(text) if word not in KIND_WORDS | LINKING_WORDS]
        found = _holding(turn, run, kinds[-1]) if kinds and run else []
        if 0 < len(found) <= MOST_MEANT:
            return found
    return []


def _of_shop_word(turn: Turn) -> List[ProductView]:
    """The products of "the carrot pad", whose kind is a word of shops and none of the knowledge's own, in a question about one."""
    kinds = turn.resources.kinds.known_in(turn.frame.text) if turn.frame.kind in OF_ONE else []
    said = words(turn.frame.text)
    for place in (place for place, word in enumerate(said) if word in KIND_WORDS and place):
        run = _name_at_end(turn, said[:place])
        found = _holding(turn, run, kinds[-1]) if kinds and run and _tells(turn.frame, run) else []
        if 0 < len(found) <= MOST_MEANT:
            return found
    return []


def _name_at_end(turn: Turn, said: Sequence[str]) -> List[str]:
    """The last words, back to the first that can be no part of a name."""
    near = list(said[-MOST_WORDS:])
    past = max((place + 1 for place, word in enumerate(near) if word in LINKING_WORDS or not turn.products.knows(word)), default=0)
    # Of "midnight blue cream" the shop has no more than a blue cream.
    return [] if past and past < len(near) and is_strange(turn, near[past - 1]) else near[past:]


def _before(turn: Turn, kind: Mention) -> List[str]:
    """The words before a kind, back to the first that can be no part of a name."""
    return _name_at_end(turn, words(turn.frame.text[: kind.start]))


def _tells(frame: Frame, run: Sequence[str]) -> bool:
    """Whether a run of words may be a name: more than an ingredient, a need or what is said of many products."""
    spoken = {word for one in frame.of(*CONTENT, *NEEDS) for word in words(one.text)}
    own = [word for word in run if word not in CLAIM_WORDS | SIZE_WORDS and not word.isdigit()]
    if set(run) <= spoken:
        of_one = frame.has("the_one_kind") or bool(size_in_title(frame.text))
        return compares(frame) or (of_one and (frame.kind in OF_ONE or frame.has("something_like")))
    if frame.kind in OF_ONE or compares(frame):
        return len(run) > 1 or any(word not in KIND_WORDS for word in own)
    return any(word not in GENERIC_WORDS for word in own)


def _holding(turn: Turn, run: Sequence[str], kind: str) -> List[ProductView]:
    wanted = ProductQuery(text=" ".join(run), product_type=shop_types(turn.knowledge, (kind,)), limit=CANDIDATES)
    found = [one for one in turn.products.search(wanted) if turn.resources.items.type_of(one) == kind]
    return [one for one in found if has_words(own_words(one), run)]
