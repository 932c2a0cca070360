"""Products found for a person: up to three, each with its reason. Only rows of the shop are ever named."""

from __future__ import annotations

from dataclasses import replace
from typing import AbstractSet as Set
from typing import Iterator, List, NamedTuple, Sequence

from bot.answers.answer import Answer, Statements
from bot.answers.products.against import against, is_free_of_unwanted, warnings
from bot.answers.products.asked_sizes import in_that_size, size_not_sold
from bot.answers.products.brands import list_brands, not_sold, sold_brands, unwanted_brands
from bot.answers.products.by_words import by_words
from bot.answers.products.careful import careful, treated
from bot.answers.products.claims import claims
from bot.answers.products.gifts import gifts
from bot.answers.products.lacking import lacking
from bot.answers.products.listing import show_list
from bot.answers.products.meant import by_name, called_in_all
from bot.answers.products.other_kinds import of_other_kind
from bot.answers.products.query import OTHER_KIND, contents, nearest_kinds, of_kind, query, relaxed
from bot.answers.products.similar import say_instead, show_alternatives
from bot.answers.products.stock import stock_of_asked
from bot.answers.turn import Turn
from bot.rules.advice import Question
from bot.rules.answers import answer
from bot.rules.conflicts import harsh_for_sensitive
from bot.rules.finder import DAILY, kinds_for
from bot.rules.gate import checked, held
from bot.rules.items import key_ingredients
from bot.rules.names import listed, looked_for, several
from bot.rules.ranking import Wants, in_order
from bot.rules.safety import TEEN
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import CONTENT, NEEDS, NEGATED
from bot.understanding.shopping import named_types
from bot.understanding.wishes import GIFT, narrowed, narrows, wish_of

DROPS_CONCERN = "wish_concern"
DROPS_PRICE = "wish_price"
MOST_WARNED = 3


class _Found(NamedTuple):
    """What the shop has for a wish: the products, the best first, the key of the wish that was dropped (empty for none),
    whether they are only near to the kind named, and how many there are in all (0: no more than these, negative: more than
    these, nobody counted how many)."""

    products: List[ProductView]
    dropped: str
    near: bool = False
    total: int = 0


def find_product(turn: Turn) -> Answer:
    """Up to three products that fit; says which wish was dropped, or plainly nothing when the shop has none. A short message
    adds its wish to those of the list shown last."""
    if narrows(turn.frame, turn.memory):
        turn = replace(turn, frame=narrowed(turn.frame, turn.memory))
    return careful(turn, _answer(turn))


def _answer(turn: Turn) -> Answer:
    frame = turn.frame
    named = by_name(turn) or [one for one in called_in_all(turn) if is_free_of_unwanted(turn, one)]
    if named and frame.has("something_like"):
        return show_alternatives(turn, named[0])
    if named and not frame.has("of_brand"):
        return _named(turn, named)
    brands = sold_brands(turn)
    if frame.ids("brand") and not brands:
        return not_sold(turn)
    if not brands and frame.has("lists_brands"):
        return list_brands(turn)
    if _is_of_age_alone(turn):
        asked = Question("age", profile=turn.person)
        advice = checked(turn.knowledge, asked, answer(turn.knowledge, asked), turn.held_for)
        return turn.answer(Statements(advice), memory=turn.remembered(advice, asked))
    wanted = replace(query(frame, turn.person, turn.resources, turn.currency), brands=brands)
    if brands and not frame.ids("skin_type"):
        wanted = replace(wanted, skin_types=())
    if frame.has(GIFT) and not _wishes(replace(wanted, flags=())):
        return gifts(turn, wanted)
    other = of_other_kind(turn) if not contents(frame) else []
    if other:
        return _within_budget(turn, other, wanted)
    if not _wishes(wanted) and not frame.of(*CONTENT, role=NEGATED):
        called = [one for one in by_words(turn) if is_free_of_unwanted(turn, one)]
        if called:
            return _named(turn, called)
        which = "products_which_for_them" if frame.has("of_others") else "products_which"
        return turn.reply(turn.say("products_none_of_kind" if turn.resources.kinds.other_in(frame.text) else which))
    return _searched(turn, wanted)


def _is_of_age_alone(turn: Turn) -> bool:
    """True where somebody young looks for nothing but what is done about age: no product is shown for that."""
    concerns = [turn.knowledge.concerns[one] for one in turn.frame.ids("concern") if one in turn.knowledge.concerns]
    young = turn.person.age is not None and turn.person.age < TEEN
    return young and bool(concerns) and all(one.of_age for one in concerns)


def _named(turn: Turn, named: List[ProductView]) -> Answer:
    """What was asked for by name. What speaks against it for this person is said beside it, so that it is shown all the
    same."""
    sizes = (text for one in named if (text := stock_of_asked(turn, one)))
    hints = [*sizes, *warnings(turn, named), *(text for one in named if (text := say_instead(turn, one)))]
    return show_list(turn, named, [turn.say("products_named")], hints, wish=wish_of(turn.frame), for_use=False)


def _within_budget(turn: Turn, other: List[ProductView], wanted: ProductQuery) -> Answer:
    """Products of a kind without rules; where none is within the price asked for, the others and that they are not."""
    low, high = wanted.min_price or 0, wanted.max_price
    fitting = [one for one in other if one.price_min >= low and (high is None or one.price_min <= high)]
    if fitting:
        return _named(turn, fitting)
    dropped = turn.say("products_wish_dropped", wish=turn.say("wish_price").lower())
    answered = show_list(turn, other, [dropped], warnings(turn, other[:MOST_WARNED]), wish=wish_of(turn.frame), for_use=False)
    return replace(answered, lacks=_lacks(turn, wanted))


def _wishes(wanted: ProductQuery) -> bool:
    return bool(
        wanted.brands or wanted.product_type or wanted.concerns or wanted.skin_types or wanted.with_ingredients or wanted.flags
    )


def _searched(turn: Turn, wanted: ProductQuery) -> Answer:
    found = next(_attempts(turn, wanted), None)
    if found is None or (found.dropped == DROPS_CONCERN and treated(turn)):
        return replace(_nothing(turn, wanted), lacks=_lacks(turn, wanted))
    sized = in_that_size(turn.frame, found.products)
    if sized:
        found = found._replace(products=[*sized, *(one for one in found.products if one not in sized)])
    hints = [turn.say("products_not_in_size", size=size)] if not sized and (size := _size_missing(turn, found.products)) else []
    if not found.near:
        hints += [] if _names_needs(wanted) else [turn.say("products_narrow")]
        sold_out = not any(one.in_stock for one in found.products)
        hints += [text] if sold_out and (text := say_instead(turn, found.products[0], _budget(wanted, found))) else []
    intro = [*claims(turn, found.products), *_intro(turn, wanted, found)]
    answered = show_list(turn, found.products, intro, hints, wanted, wish_of(turn.frame), total=found.total)
    return replace(answered, lacks=_lacks(turn, wanted)) if found.dropped else answered


def _lacks(turn: Turn, wanted: ProductQuery) -> str:
    return lacking(turn, named_types(turn.frame), contents(turn.frame), wanted.max_price)


def _size_missing(turn: Turn, products: Sequence[ProductView]) -> str:
    """The size asked for, where it is known of each of these that it does not come in it."""
    sizes = [size_not_sold(turn.frame, one) for one in products]
    return sizes[0] if sizes and all(sizes) else ""


def _of_family(turn: Turn, wanted: ProductQuery) -> Answer | None:
    """What has a relative of the ingredient asked for, where the shop has none with itself: retinal for retinol."""
    named = contents(turn.frame)
    family = turn.knowledge.ingredients[named[0]].family if len(named) == 1 and not wanted.without_ingredients and named[0] in turn.knowledge.ingredients else ""
    if not family or family not in turn.knowledge.families or not turn.knowledge.families[family].inherits:
        return None
    wider = replace(wanted, with_ingredients=(turn.resources.labels.names_of(family, False),))
    of_the_kind = of_kind(turn.frame, turn.products.search(wider), turn.resources.items)
    offered = of_the_kind or turn.products.search(replace(wider, product_type=None))
    found = [one for one in offered if not against(turn, one)]
    if not found:
        return None
    intro = turn.say("products_of_family", ingredient=several(turn.knowledge, named), family=several(turn.knowledge, [family]))
    return show_list(turn, best_first(turn, found, wider), [intro], wanted=wider, wish=wish_of(turn.frame))


def _nothing(turn: Turn, wanted: ProductQuery) -> Answer:
    """That the shop has nothing that fits; why, where this person must leave what was asked for."""
    asked = (*contents(turn.frame), *named_types(turn.frame))
    against_it = [one for one in asked if held(turn.knowledge, one, turn.held_for)]
    if not against_it:
        near = _of_family(turn, wanted)
        if near:
            return near
        plain = "products_none_without" if wanted.without_ingredients else "products_none"
        return turn.reply(turn.say("products_none_treated" if treated(turn) else "held_back_products" if turn.person.allergies else plain))
    question = Question("can_use", subjects=tuple(against_it), needs=turn.frame.ids("concern"), profile=turn.person, polar=True)
    advice = answer(turn.knowledge, question)
    return turn.answer(Statements(checked(turn.knowledge, question, advice, turn.held_for), polar=True), memory=turn.remembered(advice, question))
def _budget(wanted: ProductQuery, found: _Found) -> int | None:
    """The price named, unless what was found is above it already."""
    return None if found.dropped == DROPS_PRICE else wanted.max_price


def _attempts(turn: Turn, wanted: ProductQuery) -> Iterator[_Found]:
    """What is found with all wishes, then with fewer and fewer; only what is not empty."""
    frame, items = turn.frame, turn.resources.items
    near: List[ProductView] = []
    unwanted = unwanted_brands(turn)
    for attempt, dropped in relaxed(wanted):
        offered = turn.products.search(attempt)
        if near and dropped == DROPS_CONCERN:
            yield _Found(best_first(turn, near, wanted), dropped, near=True)
        near = near or [one for one in offered if wanted.concerns and not against(turn, one) and one.brand not in unwanted]
        other_kind = dropped == OTHER_KIND
        kept = nearest_kinds(frame, offered, items, turn.knowledge) if other_kind else of_kind(frame, offered, items)
        found = [one for one in kept if not against(turn, one) and not _too_harsh(turn, wanted, one) and one.brand not in unwanted]
        fitting = found if other_kind else best_first(turn, found, attempt)
        if fitting:
            yield _Found(fitting, dropped, total=_total(turn, attempt, offered, fitting))


def _too_harsh(turn: Turn, wanted: ProductQuery, product: ProductView) -> bool:
    """True for what sensitive skin is better without, where the person who has it asks for no active by name."""
    sensitive = turn.person.sensitive or "sensitive" in wanted.skin_types
    return sensitive and not wanted.with_ingredients and bool(harsh_for_sensitive(turn.knowledge, turn.resources.items.item(product)))


def _total(turn: Turn, attempt: ProductQuery, offered: Sequence[ProductView], fitting: Sequence[ProductView]) -> int:
    """How many fit in all, see `_Found`: a search gives no more than its limit."""
    if len(offered) < attempt.limit:
        return 0
    return turn.products.count(attempt) if len(fitting) == len(offered) else -1


def _intro(turn: Turn, wanted: ProductQuery, found: _Found) -> List[str]:
    """What to look for, then what was found and which wish it does not meet."""
    if found.near:
        return [turn.say("products_near_kind", kind=_kind(turn))]
    intro = [_what_to_look_for(turn)] if _names_needs(wanted) and not turn.person.red_flag else []
    if found.dropped == OTHER_KIND:
        wished = several(turn.knowledge, turn.frame.ids(*CONTENT))
        key = "products_other_kind_of_brand" if wanted.brands else "products_other_kind"
        return [*intro, turn.say(key, kind=_kind(turn), ingredients=wished, brand=listed(wanted.brands))]
    if found.dropped:
        return [*intro, turn.say("products_wish_dropped", wish=turn.say(found.dropped).lower())]
    if wanted.brands:
        count = str(found.total if found.total > 0 else len(found.products))
        return [*intro, turn.say("products_of_brand", brand=listed(wanted.brands), count=count)]
    return [*intro, turn.say("products_found")]


def _names_needs(wanted: ProductQuery) -> bool:
    return bool(wanted.concerns or wanted.skin_types)


def _kind(turn: Turn) -> str:
    """The name of the kind asked for; without one nothing is near to it or of another."""
    return turn.knowledge.product_types[named_types(turn.frame)[0]].name


def _what_to_look_for(turn: Turn) -> str:
    """The rules' first sentence on the concern or skin type looked for."""
    needs = turn.frame.ids(*NEEDS) or turn.person.skin_types
    asked = Question("for_concern", needs=needs, profile=turn.person)
    return turn.wording.line(checked(turn.knowledge, asked, answer(turn.knowledge, asked), turn.person).lines[0])


def best_first(turn: Turn, found: Sequence[ProductView], wanted: ProductQuery) -> List[ProductView]:
    """What is in stock first, then by what is wanted and told, as the finder ranks; brands never count. What is bought
    for an ingredient asked for goes before what merely has it on the label."""
    data, items = turn.knowledge, turn.resources.items
    views = {view.handle: view for view in found}
    concerns = tuple(one for one in wanted.concerns if one in data.concerns)
    types = () if wanted.product_type else kinds_for(data, DAILY, concerns)
    wants = Wants(types=types, concerns=concerns, profile=replace(turn.person, skin_types=tuple(wanted.skin_types)))
    ordered = list(in_order(data, wants, map(items.item, found)))
    sought = _sought(turn)
    ordered.sort(key=lambda one: (not one.in_stock, not set(key_ingredients(data, one)) & sought))
    return [views[one.handle] for one in ordered]


def _sought(turn: Turn) -> Set[str]:
    """Ids of the ingredients asked for, with the other forms of each and the members of families."""
    data = turn.knowledge
    named = [looked_for(data, one) for one in contents(turn.frame)]
    return {member for one in named for member in (data.families[one].members if one in data.families else [one])}
