"""From what a message looks for, and whom it is for, to a query to the shop."""

from __future__ import annotations

from dataclasses import replace
from typing import Iterator, List, Sequence, Tuple

from bot.answers.products.cards import minor_units
from bot.answers.products.item import Items, closest
from bot.answers.resources import Resources
from bot.rules.advice import Profile, merge
from bot.rules.knowledge import Knowledge
from bot.rules.names import looked_for
from bot.store.text import type_slug
from bot.store.views import ProductQuery, ProductView
from bot.understanding.frame import ALLERGIC, CONTENT, EXCEPTED, NEGATED, REPLACED, Frame
from bot.understanding.shopping import named_types

CANDIDATES = 60
OTHER_KIND = "wish_kind"
KEPT_OUT = (NEGATED, EXCEPTED, ALLERGIC, REPLACED)
FLAGS = {"marked_vegan": "vegan", "cruelty_free": "cruelty_free"}


def query(frame: Frame, person: Profile, resources: Resources) -> ProductQuery:
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
        max_price=_bound(frame, "", resources),
        min_price=_bound(frame, "min", resources),
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
    wordings = [one.text for one in frame.of("product_type") if one.id in types]
    return closest([one for one in products if items.type_of(one) in types], wordings) if types else list(products)


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
    allergies = [one for one in person.allergies if one in knowledge.ingredients or one in knowledge.families]
    return merge(named, person.avoids, allergies, *(entry.about for entry in entries))


def flags(frame: Frame) -> Tuple[str, ...]:
    """The marks of the shop that the frame asks for."""
    return tuple(flag for cue, flag in FLAGS.items() if frame.has(cue))


def relaxed(wanted: ProductQuery) -> Iterator[Tuple[ProductQuery, str]]:
    """The query, then the same with one wish after another dropped, each with the key of the wish's name. What must
    not be in a product is never dropped."""
    yield wanted, ""
    if wanted.skin_types:
        yield replace(wanted, skin_types=()), "wish_skin"
    if wanted.max_price is not None:
        yield replace(wanted, skin_types=(), max_price=None), "wish_price"
    if wanted.concerns:
        yield replace(wanted, skin_types=(), max_price=None, concerns=()), "wish_concern"
    if wanted.product_type and wanted.with_ingredients:
        yield replace(wanted, skin_types=(), max_price=None, concerns=(), product_type=None), OTHER_KIND


def _bound(frame: Frame, role: str, resources: Resources) -> int | None:
    """A bound of the price in minor units: the highest wanted, or with "min" the lowest."""
    amount = frame.number("price", role)
    return None if amount is None else minor_units(amount, resources.shop.currency)
