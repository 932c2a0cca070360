"""Products found for a person: up to three, each with its reason. Only rows of the shop are ever named."""

from __future__ import annotations

from dataclasses import replace
from typing import AbstractSet as Set
from typing import Iterator, List, NamedTuple, Sequence

from bot.answers.answer import Answer
from bot.answers.products.against import against, warnings
from bot.answers.products.brands import list_brands, not_sold, sold_brands
from bot.answers.products.careful import careful
from bot.answers.products.listing import MOST_PRODUCTS, show_list
from bot.answers.products.meant import read
from bot.answers.products.query import OTHER_KIND, contents, nearest_kinds, of_kind, query, relaxed
from bot.answers.products.similar import say_instead, show_alternatives
from bot.answers.turn import Turn
from bot.rules.advice import Question
from bot.rules.answers import answer
from bot.rules.finder import DAILY, kinds_for
from bot.rules.gate import checked
from bot.rules.items import key_ingredients
from bot.rules.names import listed, looked_for, several
from bot.rules.ranking import Wants, in_order
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import CONTENT, NEEDS
from bot.understanding.shopping import named_types
from bot.understanding.wishes import narrowed, narrows, wish_of

DROPS_CONCERN = "wish_concern"


class _Found(NamedTuple):
    """What the shop has for a wish: the products, the best first, the key of the wish that was dropped (empty for none),
    and whether they are only near to the kind named."""

    products: List[ProductView]
    dropped: str
    near: bool = False


def find_product(turn: Turn) -> Answer:
    """Up to three products that fit; says which wish was dropped, or plainly nothing when the shop has none. A short message
    adds its wish to those of the list shown last."""
    if narrows(turn.frame, turn.memory):
        turn = replace(turn, frame=narrowed(turn.frame, turn.memory))
    return careful(turn, _answer(turn))


def _answer(turn: Turn) -> Answer:
    frame = turn.frame
    named = read(turn, frame.ids("product", role=None)[:MOST_PRODUCTS])
    if named and frame.has("something_like"):
        return show_alternatives(turn, named[0])
    if named and not frame.has("of_brand"):
        return _named(turn, named)
    brands = sold_brands(turn)
    if frame.of("brand") and not brands:
        return not_sold(turn)
    if not brands and frame.has("lists_brands"):
        return list_brands(turn)
    wanted = replace(query(frame, turn.person, turn.resources), brands=brands)
    if brands and not frame.ids("skin_type"):
        wanted = replace(wanted, skin_types=())
    if not _wishes(wanted):
        return turn.reply(turn.say("products_which"))
    return _searched(turn, wanted)


def _named(turn: Turn, named: List[ProductView]) -> Answer:
    """What was asked for by name. What speaks against it for this person is said beside it, so that it is shown all the
    same."""
    hints = [*warnings(turn, named), *(text for one in named if (text := say_instead(turn, one)))]
    return show_list(turn, named, [turn.say("products_named")], hints, wish=wish_of(turn.frame), for_use=False)


def _wishes(wanted: ProductQuery) -> bool:
    return bool(
        wanted.brands or wanted.product_type or wanted.concerns or wanted.skin_types or wanted.with_ingredients or wanted.flags
    )


def _searched(turn: Turn, wanted: ProductQuery) -> Answer:
    found = next(_attempts(turn, wanted), None)
    if found is None:
        return turn.reply(turn.say("products_none"))
    hints: List[str] = []
    if not found.near:
        hints += [] if _names_needs(wanted) else [turn.say("products_narrow")]
        sold_out = not any(one.in_stock for one in found.products)
        hints += [text] if sold_out and (text := say_instead(turn, found.products[0])) else []
    return show_list(turn, found.products, _intro(turn, wanted, found), hints, wanted, wish_of(turn.frame))


def _attempts(turn: Turn, wanted: ProductQuery) -> Iterator[_Found]:
    """What is found with all wishes, then with fewer and fewer; only what is not empty."""
    frame, items = turn.frame, turn.resources.items
    near: List[ProductView] = []
    for attempt, dropped in relaxed(wanted):
        offered = turn.products.search(attempt)
        if near and dropped == DROPS_CONCERN:
            yield _Found(best_first(turn, near, wanted), dropped, near=True)
        near = near or [one for one in offered if wanted.concerns and not against(turn, one)]
        other_kind = dropped == OTHER_KIND
        kept = nearest_kinds(frame, offered, items, turn.knowledge) if other_kind else of_kind(frame, offered, items)
        found = [one for one in kept if not against(turn, one)]
        fitting = found if other_kind else best_first(turn, found, attempt)
        if fitting:
            yield _Found(fitting, dropped)


def _intro(turn: Turn, wanted: ProductQuery, found: _Found) -> List[str]:
    """What to look for, then what was found and which wish it does not meet."""
    if found.near:
        return [turn.say("products_near_kind", kind=_kind(turn))]
    intro = [_what_to_look_for(turn)] if _names_needs(wanted) else []
    if found.dropped == OTHER_KIND:
        wished = several(turn.knowledge, turn.frame.ids(*CONTENT))
        return [*intro, turn.say("products_other_kind", kind=_kind(turn), ingredients=wished)]
    if found.dropped:
        return [*intro, turn.say("products_wish_dropped", wish=turn.say(found.dropped).lower())]
    if wanted.brands:
        count = str(len(found.products))
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
    ordered.sort(key=lambda one: not set(key_ingredients(data, one)) & sought)
    return [views[one.handle] for one in ordered]


def _sought(turn: Turn) -> Set[str]:
    """Ids of the ingredients asked for, with the other forms of each and the members of families."""
    data = turn.knowledge
    named = [looked_for(data, one) for one in contents(turn.frame)]
    return {member for one in named for member in (data.families[one].members if one in data.families else [one])}
