"""From a message to the steps of a routine, through the gazetteer as it runs."""

from __future__ import annotations

import pytest

from actions.resources import knowledge
from bot.nlu.pipeline import SubjectFinder
from bot.nlu.vocabulary import signs, wordings
from bot.rules.routine_reading import Mention, read
from bot.rules.steps import MORNING, NIGHT, Step

KNOWLEDGE = knowledge()
FINDER = SubjectFinder(wordings(KNOWLEDGE), signs(KNOWLEDGE))
AM, PM, BOTH = (MORNING,), (NIGHT,), (MORNING, NIGHT)


def steps(text: str) -> list[Step]:
    """The steps of a message."""
    doc = FINDER(text)
    roles = doc.user_data["roles"]
    mentions = [
        Mention(span.label_, span.id_, roles.get(span.start), span.start_char, span.end_char)
        for span in doc.spans["subjects"]
    ]
    return read(KNOWLEDGE, text, mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I use toner, vitamin C serum, retinol ampoule and cream, ok?",
         [("toner",), ("serum", "ascorbic_acid"), ("ampoule", "retinol"), ("moisturizer",)]),
        ("a serum with niacinamide, then a cream containing ceramides",
         [("serum", "niacinamide"), ("moisturizer", "ceramide")]),
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
    ],
)
def test_times_of_day_go_to_their_steps(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [step.times for step in steps(text)] == expected


def test_a_product_of_the_shop_takes_the_place_of_the_words_in_its_name() -> None:
    text = "I use Quiet Retinol Serum and a toner"
    product = Step("serum", ("retinol",), title="Quiet Retinol Serum", handle="quiet-retinol-serum")
    doc = FINDER(text)
    mentions = [Mention(span.label_, span.id_, None, span.start_char, span.end_char) for span in doc.spans["subjects"]]
    assert read(KNOWLEDGE, text, mentions, [(product, 6, 25)]) == [product, Step("toner")]
