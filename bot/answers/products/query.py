"""From what a message looks for, and whom it is for, to a query to the shop."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import FrozenSet, Iterable, Iterator, List, Sequence, Tuple

from bot.answers.products.cards import minor_units
from bot.answers.products.item import Items, closest
from bot.answers.resources import Resources
from bot.rules.advice import Profile, merge
from bot.rules.kinship import kin
from bot.rules.knowledge import Knowledge
from bot.rules.names import looked_for
from bot.store.text import type_slug, words
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import ALLERGIC, CONTENT, EXCEPTED, NEGATED, REPLACED, Frame
from bot.understanding.shopping import named_types

CANDIDATES = 60
OTHER_KIND = "wish_kind"
NEEDS_OF_SKIN = {"dehydrated": "dehydration", "oily": "oiliness", "dry": "dryness", "acne_prone": "acne"}
"""What a product is for that suits a skin type of which the shop says nothing."""
KEPT_OUT = (NEGATED, EXCEPTED, ALLERGIC, REPLACED)
FLAGS = {"marked_vegan": "vegan", "cruelty_free": "cruelty_free"}


def query(frame: Frame, person: Profile, resources: Resources, currency: str) -> ProductQuery:
    """What the frame looks for. The person's skin type counts where it names none."""
    labels, types = resources.labels, named_types(frame)
    wanted = [labels.names_of(looked_for(resources.knowledge, one), False) for one in contents(frame)]
    unwanted = kept_out(frame, person, resources.knowledge)
    return ProductQuery(
        product_type=shop_types(resources.knowledge, types) or None,
        concerns=frame.ids("concern"),
        skin_types=frame.ids("skin_type") or person.skin_types,
        with_ingredients=tuple(wanted),
        without_ingredients=tuple(name for one in unwanted for name in labels.names_of(one, True)),
        max_price=_bound(frame, "", currency),
        min_price=_bound(frame, "min", currency),
        flags=flags(frame),
        limit=CANDIDATES,
    )


def shop_types(knowledge: Knowledge, type_ids: Sequence[str]) -> Tuple[str, ...]:
    """The shop's own words for product types of the knowledge: slugs of every name they go by, and of the wider kinds
    under which a shop may file them (a toner pad under "Toner")."""
    types = knowledge.product_types
    texts = [text for one in type_ids for text in (one, types[one].name, *types[one].aliases, *types[one].sold_as)]
    names = {type_slug(entry.name) for entry in types.values()}
    wider = [word for one in type_ids for word in types[one].name.split() if type_slug(word) in names]
    return tuple(dict.fromkeys(type_slug(text) for text in (*texts, *wider)))


def of_kind(frame: Frame, products: Sequence[ProductView], items: Items) -> List[ProductView]:
    """Those of the kinds that the frame names, the nearest to its wording where some are nearer; all of them where it names
    no kind."""
    types = named_types(frame)
    if not types:
        return list(products)
    said = [one.text for one in frame.of("product_type") if one.id in types]
    fitting = [one for one in products if items.type_of(one) in types]
    return closest(fitting, said) if all(map(items.narrows, said)) else fitting


def nearest_kinds(
    frame: Frame, products: Sequence[ProductView], items: Items, knowledge: Knowledge
) -> List[ProductView]:
    """Products of any kind, those first whose place in the routine is nearest to that of the kind named; what is washed
    off stands in for nothing that stays on."""
    types, kinds = knowledge.product_types, named_types(frame)
    place = types[kinds[0]].order if kinds else None
    found = [one for one in products if items.type_of(one) in types and place is not None]
    stays = [one for one in found if not types[items.type_of(one)].rinse_off or (kinds and types[kinds[0]].rinse_off)]
    return sorted(stays, key=lambda one: abs((types[items.type_of(one)].order or 0) - (place or 0)))


def contents(frame: Frame) -> Tuple[str, ...]:
    """The ingredients and families looked for; not what somebody says that they use already ("been using niacinamide,
    no luck")."""
    return frame.ids(*CONTENT)


def kept_out(frame: Frame, person: Profile, knowledge: Knowledge) -> Tuple[str, ...]:
    """Ids that must not be in a product: those that the frame wants to do without, those the person avoids or is allergic
    to."""
    entries = [knowledge.safety[one] for one in person.safety if knowledge.safety[one].kind == "allergy"]
    named = [one.id for one in frame.of(*CONTENT) if one.role in KEPT_OUT]
    allergies = [one for one in person.allergies if knowledge.is_content(one)]
    return merge(named, person.avoids, *(kin(knowledge, one) for one in allergies), *(entry.about for entry in entries))


def flags(frame: Frame) -> Tuple[str, ...]:
    """The marks of the shop that the frame asks for."""
    return tuple(flag for cue, flag in FLAGS.items() if frame.has(cue))


def relaxed(wanted: ProductQuery) -> Iterator[Tuple[ProductQuery, str]]:
    """The query, then the same with one wish after another dropped, each with the key of the wish's name. What must
    not be in a product is never dropped, and a budget last: who names one has no more."""
    yield wanted, ""
    alike = tuple(NEEDS_OF_SKIN[one] for one in wanted.skin_types if one in NEEDS_OF_SKIN)
    if alike and not wanted.concerns:
        yield replace(wanted, skin_types=(), concerns=alike), ""
    if wanted.skin_types:
        yield replace(wanted, skin_types=()), "wish_skin"
    if wanted.concerns and (wanted.product_type or wanted.with_ingredients or wanted.brands):
        yield replace(wanted, skin_types=(), concerns=()), "wish_concern"
    if wanted.product_type and wanted.with_ingredients:
        yield replace(wanted, skin_types=(), concerns=(), product_type=None), OTHER_KIND
    if wanted.max_price is not None:
        yield replace(wanted, max_price=None), "wish_price"


def numbers_in(frame: Frame) -> FrozenSet[float]:
    """The numbers with which words of the question begin: of "the 50ml one" it is 50."""
    return digits_of(words(frame.text))


def digits_of(said: Iterable[str]) -> FrozenSet[float]:
    """The numbers with which some of these words begin."""
    return frozenset(float(digits) for word in said if (digits := _digits(word)))


def _digits(word: str) -> str:
    """The number that a word begins with ("50ml"); empty where it begins with none."""
    number = "".join(takewhile(lambda letter: letter.isdecimal() or letter == ".", word)).strip(".")
    return number if number.count(".") < 2 and not word.startswith(".") else ""


def _bound(frame: Frame, role: str, currency: str) -> int | None:
    """A bound of the price in minor units: the highest wanted, or with "min" the lowest."""
    amount = frame.number("price", role)
    return None if amount is None else minor_units(amount, currency)
