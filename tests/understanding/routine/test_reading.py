"""From a message to the steps of a routine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.steps import MORNING, NIGHT, Step
from bot.understanding.frame import Frame, Mention
from bot.understanding.places import places
from bot.understanding.routine.reading import read, told
from tests.knowledge import knowledge
from tests.understanding.reading import frame

AM, PM, BOTH = (MORNING,), (NIGHT,), (MORNING, NIGHT)


def steps(text: str) -> list[Step]:
    """The steps that a text names as used."""
    return list(told(frame(text), knowledge()).named)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I use toner, vitamin C serum, retinol ampoule and cream, ok?",
         [("toner",), ("serum", "ascorbic_acid"), ("ampoule", "retinol"), ("moisturizer",)]),
        ("a serum with niacinamide, then a cream containing ceramides",
         [("serum", "niacinamide"), ("moisturizer", "ceramide")]),
        ("a serum with 5% niacinamide and panthenol", [("serum", "niacinamide", "panthenol")]),
        ("an ampoule (retinol) and a toner", [("ampoule", "retinol"), ("toner",)]),
        ("a cream w/ ceramides", [("moisturizer", "ceramide")]),
        ("glycolic acid and a hydrating toner", [("exfoliant", "glycolic_acid"), ("toner",)]),
        ("cleanser with salicylic acid and niacinamide, spf",
         [("water_cleanser", "salicylic_acid", "niacinamide"), ("sunscreen",)]),
        ("niacinamide, retinol, ceramide cream",
         [("serum", "niacinamide"), ("serum", "retinol"), ("moisturizer", "ceramide")]),
        ("hello there", []),
    ],
)
def test_a_subject_and_its_form_are_one_step(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [step.ids for step in steps(text)] == expected


def test_only_what_was_not_said_is_implied() -> None:
    assert [step.implied for step in steps("retinol, vitamin c serum, toner")] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("morning: cleanser, vitamin c. night: cleanser, retinol", [AM, AM, PM, PM]),
        ("toner and vitamin c in the morning, retinol at night", [AM, AM, PM]),
        ("In the morning I use toner. At night retinol and a cream", [AM, PM, PM]),
        ("cleanser, toner and cream morning and night, sunscreen in the morning", [BOTH, BOTH, BOTH, AM]),
        ("AM: gel cleanser, spf PM: oil cleanser, retinal serum", [AM, AM, PM, PM]),
        ("toner, serum, cream", [(), (), ()]),
        ("i put retinol on at night. also i have a toner", [PM, ()]),
        ("retinol 0.5% at night", [PM]),
        ("morning routine = cleanser\nnight routine = retinol", [AM, PM]),
    ],
)
def test_times_of_day_go_to_their_steps(text: str, expected: list[tuple[str, ...]]) -> None:
    said = frame(text)
    assert [step.times for step in read(places(text, said.mentions), knowledge(), said.mentions)] == expected


def test_a_product_of_the_shop_takes_the_place_of_the_words_in_its_name() -> None:
    text = "I use Quiet Retinol Serum and a toner"
    product = Step("serum", ("retinol",), title="Quiet Retinol Serum", handle="quiet-retinol-serum")
    said = frame(text)
    named = replace(said, mentions=(Mention("product", product.handle, text[6:25], 6, 25), *said.mentions))
    assert told(named, knowledge(), {product.handle: product}).named == (product, Step("toner"))
    assert [step.ids for step in told(named, knowledge()).named] == [("serum", "retinol"), ("toner",)]


def main(step: Step) -> str:
    """What a step is known by: the active in it, else its kind."""
    return step.actives[0] if step.actives else step.type


@pytest.mark.parametrize(
    ("text", "named", "gone"),
    [
        ("remove the glycolic acid", [], ["glycolic_acid"]),
        ("can I drop the toner", [], ["toner"]),
        ("take the retinol out and add bakuchiol", ["bakuchiol"], ["retinol"]),
        ("i got rid of the toner, i use an essence", [], ["toner", "essence"]),
        ("i stopped retinol and started azelaic acid", ["azelaic_acid"], ["retinol"]),
        ("bakuchiol instead of retinol", ["bakuchiol"], ["retinol"]),
        ("swap the retinol for bakuchiol", ["retinol", "bakuchiol"], []),
        ("a drop of retinol on my toner", ["retinol", "toner"], []),
        ("i use a toner without niacinamide", ["toner"], ["niacinamide"]),
    ],
)
def test_what_is_taken_out_is_told_from_what_is_used(text: str, named: list[str], gone: list[str]) -> None:
    said = told(frame(text), knowledge())
    assert [main(step) for step in said.named] == named
    assert [main(step) for step in said.gone] == gone


def test_what_somebody_is_allergic_to_is_no_step() -> None:
    mention = Mention("ingredient", "niacinamide", "niacinamide", 15, 26, role="allergic")
    assert told(Frame("i'm allergic to niacinamide", mentions=(mention,)), knowledge()).silent
