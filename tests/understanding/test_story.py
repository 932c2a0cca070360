"""What a story tells is no part of what it asks, but for what its question points back to."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nlu.clauses import parts
from bot.rules.knowledge import load
from bot.rules.safety import red_flags
from bot.settings import settings
from bot.understanding.frame import ALLERGIC, NEGATED, Frame
from bot.understanding.whose import MINE
from tests.understanding.reading import read

ROUTINE = (
    "I moved north in autumn and my cheeks have been tight and flaky ever since, also under make-up. In the morning I use a "
    "toner and a propolis ampoule, at night azelaic acid. My flatmate gave me a mandelic acid serum last week. "
)


def story(told: str, question: str, kind: str = "can_use", **heard: Any) -> Frame:
    """The frame of the question that stands behind what is told."""
    text = f"{told}{question}?"
    return read(text, kind, asked=(len(told), len(text)), story=kind, **heard)


def test_only_the_subjects_of_the_question_are_asked_about() -> None:
    found = story(ROUTINE, "Is squalane fine under sunscreen")
    assert set(found.ids("ingredient", "product_type")) == {"squalane", "sunscreen"}
    assert {"propolis", "azelaic_acid", "mandelic_acid"} <= {one.id for one in found.told}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Can I use it every night", {"mandelic_acid"}),
        ("Shall I go on with the ampoule", {"propolis", "ampoule"}),
        ("Is everything in the right order", {"toner", "propolis", "azelaic_acid", "mandelic_acid"}),
    ],
)
def test_a_question_that_points_back_means_what_was_told(question: str, meant: set[str]) -> None:
    assert set(story(ROUTINE, question).ids("ingredient", "product_type")) == meant


def test_the_last_sentence_with_several_is_meant_by_which() -> None:
    told = ROUTINE + "In the shop I saw a bakuchiol serum and a peptide cream. My budget is small. "
    found = story(told, "Which one would you take", "better")
    assert set(found.ids("ingredient", "family")) == {"bakuchiol", "peptide"} and found.pointed


def test_people_beside_the_story_are_not_whom_it_is_about() -> None:
    told = "My sister's wedding is on Friday and my skin is a mess. " + ROUTINE
    assert story(told, "Is squalane fine").whose == MINE


def test_a_reaction_of_long_ago_is_an_allergy_and_no_emergency() -> None:
    told = (
        "Everybody in class raves about this essence and my skin is very dry, so I want it too. I remember eating propolis honey at school and my "
        "throat closed and I was wheezing. My toner is plain. "
    )
    found = story(told, "Is the essence fine for me", red_flags=frozenset(red_flags(load(settings().knowledge))), forced="report_reaction")
    assert found.kind != "report_reaction"
    assert "propolis" in {one.id for one in (*found.told, *found.mentions) if one.role == ALLERGIC}
    assert all(one.role == NEGATED for one in (*found.told, *found.mentions) if one.id == "severe_allergic_reaction")


def test_what_goes_on_now_stays_an_emergency_in_a_story() -> None:
    told = ROUTINE + "I remember that it tingled at first. Since an hour my lips are swollen and I am wheezing. "
    flags = frozenset(red_flags(load(settings().knowledge)))
    assert story(told, "Should I rinse it off", red_flags=flags, forced="report_reaction").kind == "report_reaction"


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (ROUTINE + "I asked her what was in it. Can I layer both?", ["Can I layer both"]),
        (ROUTINE + "I wanted to stop the serum for now. Good idea?", ["I wanted to stop the serum for now. Good idea"]),
        (ROUTINE + "What should go first and is mixing them a mistake?", ["What should go first", "is mixing them a mistake"]),
        (ROUTINE + "Recommend me a cream. Does the toner matter?", ["Recommend me a cream", "Does the toner matter"]),
    ],
)
def test_the_questions_of_a_story(text: str, questions: list[str]) -> None:
    assert [part.question for part in parts(text)] == questions
    assert all(part.story for part in parts(text))


def test_few_words_around_a_question_are_no_story() -> None:
    assert not any(part.story for part in parts("My skin is dry and I use a gentle toner, is retinol ok for me?"))
