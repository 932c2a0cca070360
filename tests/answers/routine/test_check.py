"""Routines that a person tells, checked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.answers.answer import Words
from bot.answers.routine.check import check_routine
from bot.rules.gate import is_held
from bot.rules.steps import Step
from bot.store.repository import ProductRepository
from bot.understanding.frame import Frame, Mention
from tests.answers.talks import Talk
from tests.understanding.reading import frame

CHECK = "check_routine"


def says(talk: Talk, text: str) -> str:
    """What the check says to a text."""
    return talk.text(check_routine, text, CHECK)


def test_a_routine_in_one_message(talk: Talk) -> None:
    answer = talk.asks(check_routine, "I use toner, vitamin C serum, retinol ampoule and cream, ok?", CHECK)
    part = answer.parts[0]
    assert isinstance(part, Words) and part.text.startswith("Almost") and part.verdict == "careful" and not part.cite
    assert re.search(r"Morning[\s\S]*Vitamin C serum[\s\S]*Sunscreen \(add this\)[\s\S]*Night[\s\S]*Retinol ampoule \(1 to 2", part.text)
    assert [step.ids for step in answer.memory.person.routine][1] == ("serum", "ascorbic_acid")
    assert answer.memory.asked.kind == CHECK and answer.memory.said.sources and answer.memory.said.more


def test_step_by_step(talk: Talk) -> None:
    assert says(talk, "i use a toner").startswith("Noted: toner.")
    assert "toner and retinol serum" in says(talk, "and a retinol serum")
    assert says(talk, "is that ok?").startswith("Almost")
    assert "different nights" in says(talk, "also a glycolic acid exfoliant")
    assert "lycolic" not in says(talk, "remove the glycolic acid")
    swapped = says(talk, "swap the retinol for bakuchiol")
    assert "akuchiol" in swapped and "etinol" not in swapped


def test_nothing_told_yet(talk: Talk) -> None:
    assert says(talk, "can you check my routine").startswith("Tell me what you use")
    assert talk.memory.asked.kind == CHECK
    assert says(talk, "cleanser, toner, vitamin c serum, cream and sunscreen").startswith("Yes")


def test_nights_that_are_told_part_what_must_not_meet(talk: Talk) -> None:
    text = says(talk, "i do retinal on mondays and thursdays and lactic acid on saturdays, is that fine?")
    assert "different nights: just right" in text


@pytest.mark.parametrize(
    ("told", "text", "first"),
    [
        ("i'm pregnant.", "check my routine: cleanser, retinol serum, cream, sunscreen", "Not like this"),
        ("I'm 14.", "my routine is cleanser, retinol, cream and spf, is it fine", "Please ask"),
        ("i take isotretinoin.", "cleanser, retinol serum, cream, sunscreen, ok?", ""),
        ("my skin is irritated.", "cleanser, glycolic acid toner, cream, sunscreen, ok?", "Not like this"),
        ("i use a cream from my dermatologist.", "cleanser, retinol serum, cream, sunscreen, ok?", "Please ask"),
    ],
)
def test_what_must_be_left_is_not_in_what_the_gate_sees(talk: Talk, told: str, text: str, first: str) -> None:
    part = talk.asks(check_routine, f"{told} {text}", CHECK).parts[0]
    assert isinstance(part, Words) and part.text.startswith(first)
    used = [one for step in part.steps for one in step.ids]
    assert part.steps and not is_held(talk.resources.knowledge, used, talk.memory.person)


def test_the_routine_of_somebody_else_is_not_kept(talk: Talk) -> None:
    talk.memory = replace(talk.memory, person=replace(talk.memory.person, routine=(Step("toner"),)))
    said = frame("my daughter is 9. is her routine ok: cleanser, retinol, cream", CHECK, whose="other", whom="daughter")
    assert not talk.text(check_routine, said).startswith("Yes")
    assert talk.memory.person.routine == (Step("toner"),)


def test_a_product_of_the_shop_is_a_step(talk: Talk) -> None:
    with talk.resources.database.session() as session:
        product = ProductRepository(session).by_handle("onsil-works-retinol-seedling-0-1-serum")
    assert product is not None
    text = f"i use {product.title} and a cream, ok?"
    end = 6 + len(product.title)
    named = replace(frame(text, CHECK), mentions=(Mention("product", product.handle, product.title, 6, end), *frame(text).mentions))
    answer = talk.asks(check_routine, named)
    assert answer.memory.person.routine[0].handle == product.handle
    assert "1 to 2 nights" in talk.words(answer.parts[0])


def test_without_the_shop_products_named_are_read_by_their_words(talk_without_shop: Talk) -> None:
    text = "i use Quiet Retinol Serum and a cream, ok?"
    read = frame(text, CHECK)
    named: Frame = replace(read, mentions=(Mention("product", "quiet", text[6:25], 6, 25), *read.mentions))
    assert "retinol serum" in talk_without_shop.text(check_routine, named).lower()
