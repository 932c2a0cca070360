"""Holds every part of an answer against the person, before anything becomes words."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Iterator, List, Sequence

from bot.answers.answer import Answer, Button, Offer, Offers, Part, Statements, Words
from bot.answers.turn import Turn
from bot.rules import gate
from bot.rules.advice import Advice, Line, line_of, merge
from bot.rules.conflicts import conflicts
from bot.rules.kinship import plant
from bot.rules.names import listed
from bot.rules.schema import Verdict
from bot.understanding.frame import SURE

logger = logging.getLogger(__name__)
OF_OWN = frozenset({"check_routine", "read_label"})
AGAINST = frozenset({Verdict.NO, Verdict.DOCTOR})


def gated(turn: Turn, answer: Answer) -> Answer:
    """The answer as this person may be given it: without statements, products, steps and buttons that tell them to use what
    they must leave."""
    return replace(answer, parts=tuple(_part(turn, part) for part in answer.parts))


def refused(turn: Turn) -> Answer | None:
    """The answer where something is asked about by a name that the person reacts to, also one of which no rule speaks ("wool wax"
    with an allergy to lanolin); None elsewhere."""
    frame = turn.frame
    asks = frame.polar or frame.kind in gate.OF_USE or frame.kind in OF_OWN
    if not asks or frame.has("allergy_denied") or frame.kind in gate.ABOUT_LEAVING or frame.of("product"):
        return None
    words = f" {' '.join(frame.words)} "
    tells = frame.has("allergy_told")
    if tells and frame.kind not in gate.OF_USE:
        return None
    least = 2 if tells else 1  # where it is told in the same breath its name stands once for that
    found = [one for one in dict.fromkeys(_reacted_to(turn)) if words.count(f" {one} ") >= least]
    named = [one for one in found if not any(one != other and one in other for other in found)]
    if not named:
        return None
    entries = [turn.knowledge.safety[one] for one in turn.held_for.safety if set(named) & set(turn.knowledge.safety[one].triggers)]
    lines = (Line(key="held_reacted", params={"names": listed(named)}), *(line_of(turn.knowledge, one.say) for one in entries[:1]))
    advice = Advice(Verdict.NO, lines, sources=merge(*(one.sources for one in entries)))
    return turn.answer(Statements(advice, polar=True), memory=turn.remembered(advice, turn.asked))


def _part(turn: Turn, part: Part) -> Part:
    if isinstance(part, Statements):
        sure = turn.frame.band == SURE and not turn.frame.tied and turn.memory.readable
        return replace(part, advice=gate.checked(turn.knowledge, turn.asked, part.advice, turn.held_for, sure))
    if isinstance(part, Offers):
        return _offers(turn, part)
    used = (*part.uses, *(one for step in part.steps for one in step.ids))
    if gate.is_held(turn.knowledge, used, turn.held_for):
        # Services keep what must be left out of routines and plans; one that did not is a mistake that nobody may pay for.
        logger.error("held back: %s offers %s", turn.frame.kind, ", ".join(used))
        return Words(turn.say("held_back"))
    rests = bool(part.products) and gate.begins_something(turn.knowledge, turn.asked, turn.held_for)
    shown = [replace(one, buyable=one.buyable and not rests) for one in _allowed(turn, part.products)]
    return replace(part, buttons=_buttons(turn, part.buttons), products=shown)


def _offers(turn: Turn, part: Offers) -> Part:
    part = replace(part, buttons=_buttons(turn, part.buttons))
    rests = gate.begins_something(turn.knowledge, turn.asked, turn.held_for)
    if not part.for_use:
        # What is only told of stays, without an invitation to buy what must be left.
        buyable = not rests and turn.resources.shop.cart_link is not None
        return replace(part, offers=[replace(one, buyable=buyable and not speaks_against(turn, one)) for one in part.offers])
    if rests:
        return Words(turn.say("rest_first_products"))
    allowed = _allowed(turn, part.offers)
    if allowed or not part.offers:
        return replace(part, offers=allowed)
    return Words(turn.say("held_back_products"))


def _allowed(turn: Turn, offers: Sequence[Offer]) -> Sequence[Offer]:
    return [one for one in offers if not speaks_against(turn, one)]


def speaks_against(turn: Turn, offer: Offer) -> bool:
    """Whether the person must leave a product: by what is in it, or by what they react to."""
    found = conflicts(turn.knowledge, turn.resources.items.item(offer.product), turn.held_for)
    label = " ".join((*offer.product.ingredients, offer.product.title)).lower().replace("(", " ").replace(")", " ").replace(",", " ")
    named = any(f" {one} " in f" {label} " for one in (*_reacted_to(turn), *_names_of_allergies(turn)))
    return named or any(one.verdict in AGAINST for one in found)


def _reacted_to(turn: Turn) -> Iterator[str]:
    """Names by which a label may list what the person reacts to and no subject stands for."""
    yield from (one for one in turn.held_for.allergies if turn.knowledge.subject(one) is None)
    for entry in turn.held_for.safety:
        yield from turn.knowledge.safety[entry].triggers


def _names_of_allergies(turn: Turn) -> Iterator[str]:
    """The names, on labels and in titles, of the ingredients that the person is allergic to, and of their plants."""
    ingredients = turn.knowledge.ingredients
    for found in (ingredients[one] for one in turn.held_for.allergies if one in ingredients):
        yield from filter(None, (plant(found), found.name.lower(), *(one.lower() for one in found.aliases)))


def _buttons(turn: Turn, buttons: Sequence[Button]) -> List[Button]:
    """The buttons whose words name nothing that must be left."""
    names = turn.knowledge.names_in_text
    return [one for one in buttons if not gate.is_held(turn.knowledge, names.find(one["title"]), turn.held_for)]
