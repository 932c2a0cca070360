"""A question that goes on with a situation is answered by the sentences of its advice that fit, and not by whatever comes next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.nlu.before import BEFORE
from bot.rules.advice import Profile, line_of
from bot.understanding.frame import LOST, Guess
from bot.understanding.memory import Asked, Memory, Said
from tests.understanding.reading import frame

LASHES, TESTOSTERONE, DYE = "lash_extensions_and_cleansing", "skin_on_testosterone", "hair_dye_itchy_hairline"


def go_on(shop: Resources, situation: str, before: str, text: str, person: Profile | None = None) -> tuple[str, Memory]:
    """What is said to a message behind the advice on a situation, and the memory after it."""
    entry = shop.knowledge.situations[situation]
    more = tuple(line_of(shop.knowledge, one) for one in entry.fact.more)
    memory = Memory(asked=Asked(entry.kind, tuple(entry.about)), said=Said(more), situation=situation, person=person or Profile())
    asked = frame(text, "out_of_scope", band=LOST, confidence=0.1, in_talk=(Guess(situation, 0.9),))
    token = BEFORE.set((before,))
    try:
        messages, after = reply([asked], memory, Place("", "web", 0.0, "web-again", text), shop)
    finally:
        BEFORE.reset(token)
    return messages[0].text, after


@pytest.mark.parametrize(("situation", "before", "text", "said", "never"), [
    (TESTOSTERONE, "been good with the wash for five weeks", "does it ever stop or is this me now?", "it often eases later", "Wash mildly"),
    (DYE, "my ears and hairline itch since i coloured it", "so is it the toner or the dye?", "Itching after colour", "Swelling of face"),
])
def test_what_fits_is_said(sample_shop: Resources, situation: str, before: str, text: str, said: str, never: str) -> None:
    reply_, _ = go_on(sample_shop, situation, before, text)
    assert said in reply_ and never not in reply_, reply_


def test_what_asks_nothing_is_told_only_what_is_new(sample_shop: Resources) -> None:
    reply_, after = go_on(sample_shop, LASHES, "i got lash extensions", "the lady used black glue and they are long")
    assert "keep oil" not in reply_
    assert len(after.said.more) <= len(sample_shop.knowledge.situations[LASHES].fact.more)


def test_what_was_said_further_is_not_left_to_say(sample_shop: Resources) -> None:
    _, after = go_on(sample_shop, LASHES, "lash extensions", "my lids are red and crusty, do they have to come off?")
    assert not any("red, swollen or crusty" in one.text for one in after.said.more)


def test_it_leaves_through_the_gate(sample_shop: Resources) -> None:
    """Benzoyl peroxide is a part of the advice on such spots: who is allergic to it is not told to use it."""
    asked = "which wash should i use then?"
    plain, _ = go_on(sample_shop, TESTOSTERONE, "my chest and back are spotty", asked)
    held, _ = go_on(sample_shop, TESTOSTERONE, "my chest and back are spotty", asked, replace(Profile(), allergies=("benzoyl_peroxide",)))
    assert "benzoyl peroxide wash" in plain
    assert "take a light gel moisturizer and sunscreen, and a benzoyl peroxide wash" not in held
