"""Which products a question speaks of: those it names or counts off, the one in mind, or the page's.

A product named in the message wins over the page's. "It" is what was spoken of last on the same page; on a page of
another product it is that page's.
"""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.answers.products.brands import sold_brands
from bot.answers.products.by_words import MOST_MEANT, by_words, holders, strange_name, two_sides
from bot.answers.products.called import called, called_beside, compares
from bot.answers.products.item import carries
from bot.answers.products.naming import named_so
from bot.answers.products.query import shop_types
from bot.answers.turn import Turn
from bot.rules.items import covers
from bot.store.text import words
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import CONTENT, FORM, SUBJECTS, USED, Frame, Mention
from bot.understanding.shopping import counted, in_mind, named_types, recent

MOST_PRODUCTS = 3
# Kinds of question that ask for a fact of each product that may be meant.
OF_FACTS = frozenset({"price", "stock", "sizes", "product_ingredients", "reduction", "cart"})
CANDIDATES = 300
# Kinds of question that are about several products at once, and those in which a product stands beside other subjects.
OF_SEVERAL = frozenset({"difference", "better", "together", "strength", "choose", "for_skin_type", "for_concern"})
WITH_OTHERS = OF_SEVERAL | {"avoid_mixing", "order", "can_use", "follow_up", "replace"}


def read(turn: Turn, handles: Sequence[str]) -> List[ProductView]:
    """The products with these handles that the shop still sells, in their order."""
    return turn.products.by_handles([one for one in handles if one])


def named(turn: Turn) -> List[ProductView]:
    """The products that the question names or counts off ("the second one")."""
    said = by_name(turn)
    if said and turn.frame.kind in OF_FACTS:
        return _all_called_so(turn, said)
    found = said or read(turn, counted(turn.frame, turn.memory))
    if not found and turn.frame.kind in OF_FACTS:
        found = _fitting(turn, by_words(turn))
    return found or _of_brand_and_kind(turn)


def called_in_all(turn: Turn) -> List[ProductView]:
    """The products that words of their names single out, where the question names none in the usual way: no claim or kind that
    many products share is taken for a name."""
    return _fitting(turn, by_words(turn, strictly=True))


def _fitting(turn: Turn, found: List[ProductView]) -> List[ProductView]:
    """Those of which no kind of product that the question names is foreign."""
    kinds = [one for one in turn.frame.of("product_type") if one.end > one.start and one.id in named_types(turn.frame)]
    return [one for one in found if not any(_is_foreign(turn, kind, one) for kind in kinds)]


def _all_called_so(turn: Turn, said: List[ProductView]) -> List[ProductView]:
    """With the product that a part of a name was taken for, all others that have that part: "cosrx snail essence" may mean
    either of two. Only what was said is less than a whole name."""
    mentions = [one for one in turn.frame.of("product") if one.text]
    parts = {one.text for one in mentions if one.id in {product.handle for product in said}}
    if len(parts) != 1 or len(said) > 1 and compares(turn.frame):
        return said
    brands = {word for one in turn.frame.of("brand") for word in words(one.text)} if sold_brands(turn) else set()
    said_words = [word for word in words(parts.pop()) if word not in brands or turn.products.knows(word)]
    others = holders(turn, said_words, sold_brands(turn)) if said_words else []
    if said[0].handle not in {one.handle for one in others} or len(others) > MOST_MEANT:
        return said
    return [*said, *(one for one in others if one.handle not in {product.handle for product in said})]


def by_name(turn: Turn) -> List[ProductView]:
    """The products that the question names, without those that the words right beside the name contradict: "moon snail
    *cream*" is no toner, though the shop's one moon snail is."""
    pair = two_sides(turn) if compares(turn.frame) else []
    if pair:
        return pair
    found = read(turn, turn.frame.ids("product", role=None)[:MOST_PRODUCTS])
    if not found:
        return called(turn)
    mentions = {one.id: one for one in turn.frame.of("product")}
    if compares(turn.frame):
        beside = called_beside(turn, list(mentions.values()))
        found = [*found, *(one for one in beside if one.handle not in mentions)][:MOST_PRODUCTS]
    return [one for one in found if one.handle not in mentions or not _contradicted(turn, mentions[one.handle], one)]


def _contradicted(turn: Turn, mention: Mention, product: ProductView) -> bool:
    """Whether a kind or an ingredient that stands in or beside a product's name is none of its own."""
    near = [one for one in turn.frame.of("product_type", *CONTENT) if _touches(one, mention)]
    return any(_is_foreign(turn, one, product) for one in near)


def _is_foreign(turn: Turn, one: Mention, product: ProductView) -> bool:
    """Whether a kind or an ingredient is neither in a product's name nor its own."""
    items = turn.resources.items
    if carries(product, [one.text]) or one.text.lower() in product.title.lower() or named_so(product, one.text):
        return False
    if one.label == "product_type":
        return one.id != items.type_of(product)
    return not covers(turn.knowledge, items.item(product), one.id)


def _touches(one: Mention, product: Mention) -> bool:
    """Whether a subject stands within a product's name or right beside it, with no more than a space between."""
    return one.end > one.start and one.start <= product.end + 1 and product.start <= one.end + 1


def meant(turn: Turn) -> List[ProductView]:
    """The products that a question about the shop is about: those named, else the one in mind unless it names a kind of
    product."""
    found = named(turn)
    if found:
        return found
    if turn.frame.kind in OF_FACTS and strange_name(turn):
        return []
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
    bare = frame.short and not frame.of(*SUBJECTS) and len(turn.asked.subjects) < 2
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
    brands, types = sold_brands(turn), named_types(turn.frame)
    if not brands or not types:
        return []
    wanted = ProductQuery(brands=brands, product_type=shop_types(turn.knowledge, types), limit=MOST_PRODUCTS + 1)
    said = [one for one in turn.frame.of(*CONTENT) if not one.role]
    found = [
        one for one in turn.products.search(wanted)
        if turn.resources.items.type_of(one) in types and not any(_is_foreign(turn, content, one) for content in said)
    ]
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
    sold = turn.products.search(ProductQuery(text=word, product_type=shop_types(turn.knowledge, (kind,)), limit=CANDIDATES))
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
