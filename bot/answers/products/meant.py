"""Which products a question speaks of: those it names or counts off, the one in mind, or the page's.

A product named in the message wins over the page's. "It" is what was spoken of last on the same page; on a page of
another product it is that page's.
"""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.answers.products.item import carries
from bot.answers.products.query import shop_types
from bot.answers.turn import Turn
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import CONTENT, FORM, SUBJECTS, USED, Frame, Mention
from bot.understanding.shopping import counted, in_mind, named_types, recent

MOST_PRODUCTS = 3
CANDIDATES = 300
# Kinds of question that are about several products at once, and those in which a product stands beside other subjects.
OF_SEVERAL = frozenset({"difference", "better", "together", "strength", "choose", "for_skin_type", "for_concern"})
WITH_OTHERS = OF_SEVERAL | {"avoid_mixing", "order", "can_use", "follow_up", "replace"}


def read(turn: Turn, handles: Sequence[str]) -> List[ProductView]:
    """The products with these handles that the shop still sells, in their order."""
    return turn.products.by_handles([one for one in handles if one])


def named(turn: Turn) -> List[ProductView]:
    """The products that the question names or counts off ("the second one")."""
    handles = turn.frame.ids("product", role=None)[:MOST_PRODUCTS]
    return read(turn, handles or counted(turn.frame, turn.memory)) or _of_brand_and_kind(turn)


def meant(turn: Turn) -> List[ProductView]:
    """The products that a question about the shop is about: those named, else the one in mind unless it names a kind of
    product."""
    found = named(turn)
    if found:
        return found
    pointed = _pointed_at(turn)
    if pointed or turn.frame.ids("product_type"):
        return pointed or _only_one(turn)
    return read(turn, [in_mind(turn.frame, turn.memory, turn.page) or turn.page]) or read(turn, turn.memory.shown.listed[:1])


def subject(turn: Turn, goes_on: bool = False) -> List[ProductView]:
    """The products that a skincare question is about; none where it is about skincare as such. `goes_on`: a question
    without a product is about the one in mind."""
    frame, found = turn.frame, named(turn)
    refers = goes_on or points_back(frame)
    if len(found) > 1 or (found and not refers):
        return found
    lately = recent(turn.memory)
    if frame.has("several_of_them") and not found and frame.kind in OF_SEVERAL and len(lately) > 1:
        return read(turn, lately[:MOST_PRODUCTS])
    pointed = _pointed_at(turn)
    last = pointed or read(turn, [in_mind(frame, turn.memory, turn.page)])
    bare = frame.short and not frame.of(*SUBJECTS)
    if last and (bare or pointed or (refers and _may_refer(turn, last[0]))):
        return list({one.handle: one for one in (*last, *found)}.values())
    return found


def points_back(frame: Frame) -> bool:
    """True where it points back at something; the "it" of "is it ok to ..." does not."""
    return frame.has("refers_behind_expletive") or (frame.has("points_back") and not frame.has("expletive"))


def others(turn: Turn, products: Sequence[ProductView]) -> Tuple[str, ...]:
    """The subjects of the question beside the products: not those that their names hold ("the *BHA* liquid")."""
    types = {turn.resources.items.type_of(product) for product in products}
    titles = [product.title.lower() for product in products]
    found = [
        one.id
        for one in turn.frame.of(*SUBJECTS)
        if one.id not in types and one.role != FORM and not any(one.text.lower() in title for title in titles)
    ]
    return tuple(dict.fromkeys(found))


def own_kind(turn: Turn) -> List[ProductView]:
    """The product that "your peptide ampoule" means where the shop has exactly one ampoule with peptide in its title."""
    if not turn.frame.has("your_own"):
        return []
    for content, kind in _side_by_side(turn.frame):
        titled = _titled(turn, kind.id, content.text)
        if len(titled) == 1:
            return titled
    return []


def _of_brand_and_kind(turn: Turn) -> List[ProductView]:
    """The products of a brand and a kind, where there are few and the question wants to know something of them: the price
    of "Saebyeok Derm ampoules"."""
    brands, types = turn.frame.ids("brand"), named_types(turn.frame)
    if not brands or not types:
        return []
    wanted = ProductQuery(brands=brands, product_type=shop_types(turn.knowledge, types), limit=MOST_PRODUCTS + 1)
    found = [one for one in turn.products.search(wanted) if turn.resources.items.type_of(one) in types]
    return found if len(found) <= MOST_PRODUCTS else []


def _only_one(turn: Turn) -> List[ProductView]:
    """The one product that "the yuja ampoule" can mean: of that kind with that word in its title."""
    if not turn.frame.has("the_one_kind"):
        return []
    for kind in turn.frame.of("product_type"):
        before = turn.frame.text[: kind.start].split()
        titled = _titled(turn, kind.id, before[-1]) if before else []
        if len(titled) == 1:
            return titled
    return []


def _titled(turn: Turn, kind: str, word: str) -> List[ProductView]:
    """Products of a kind with a word in their title."""
    sold = turn.products.search(ProductQuery(product_type=shop_types(turn.knowledge, (kind,)), limit=CANDIDATES))
    return [one for one in sold if turn.resources.items.type_of(one) == kind and carries(one, [word])]


def _side_by_side(frame: Frame) -> List[Tuple[Mention, Mention]]:
    """Contents with the kind of product that stands right behind them: "peptide ampoule"."""
    kinds = [one for one in frame.of("product_type") if one.end > one.start]
    return [(one, kind) for one in frame.of(*CONTENT) for kind in kinds if 0 <= kind.start - one.end <= 1]


def _may_refer(turn: Turn, product: ProductView) -> bool:
    """True unless the question has a subject of its own that it is plainly about."""
    kind = turn.resources.items.type_of(product)
    own = [one for one in turn.frame.of(*SUBJECTS) if one.id != kind and one.role != USED]
    return not own or turn.frame.kind in WITH_OTHERS


def _pointed_at(turn: Turn) -> List[ProductView]:
    """The product in mind, or the page's, where the question says "this serum" or "the serum" and it is one."""
    types = turn.frame.ids("product_type", role=None)
    if not types or not turn.frame.has("points_at_a_kind"):
        return []
    candidates = read(turn, [in_mind(turn.frame, turn.memory, turn.page), turn.page])
    return [one for one in candidates if turn.resources.items.type_of(one) in types][:1]
