"""A message is cut into the questions it asks, and what is one question stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.clauses import MOST_QUESTIONS, parts

CASES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "clauses.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", CASES)
def test_the_questions_of_a_message(text: str) -> None:
    assert [part.question for part in parts(text)] == CASES[text]


def test_what_is_told_belongs_to_the_question_after_it() -> None:
    text = "My skin is dry. What is retinol? I use a toner, is it safe with it?"
    assert [text[part.start : part.end] for part in parts(text)] == [
        "My skin is dry. What is retinol",
        "I use a toner, is it safe with it",
    ]


def test_what_is_told_at_the_end_belongs_to_the_last_question() -> None:
    text = "What is retinol? How often? I'm pregnant"
    assert text[parts(text)[-1].start :] == "How often? I'm pregnant"


def test_a_bare_question_word_has_the_subject_of_the_question_it_is_completed_from() -> None:
    text = "how much and how often should i use niacinamide"
    assert all("niacinamide" in text[part.start : part.end] for part in parts(text))


WORDS = ["can", "i", "use", "it", "and", "how", "often", "what", "is", "retinol", ",", "?", ".", "or", "when", "if", "tell", "me"]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=120))
def test_parts_of_any_text_stand_in_it_in_order(text: str) -> None:
    found = parts(text)
    assert [part.start for part in found] == sorted(part.start for part in found)
    assert all(0 <= part.start < part.end <= len(text) and part.question.strip() for part in found)


def test_of_endless_questions_the_first_are_read() -> None:
    found = parts("is retinol ok? how much of it? " * 60)
    assert 2 < len(found) <= MOST_QUESTIONS
    assert found[0].question == "is retinol ok"


def test_of_questions_that_are_all_marks_few_are_read() -> None:
    noise = "is it a#b$c%d^e&f*g(h)i_j+k=l? "
    assert 0 < len(parts(noise * 40)) < len(parts("may i use retinol then? " * 40))
