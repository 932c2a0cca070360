"""Whose skin a question is about, where a message speaks of several people."""

from __future__ import annotations

import pytest

from bot.understanding.whose import MINE, OTHER
from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("story", "question", "expected"),
    [
        ("My cousin swears by snail mucin.", "Can I use it every night?", MINE),
        ("My aunt gave me her retinol.", "May I put it on?", MINE),
        ("My brother only washes with soap. My skin is dry and tight.", "Should I get a toner?", MINE),
        ("I'm breastfeeding, my baby is two months old.", "Is retinol fine?", MINE),
        ("My daughter is ten.", "Can she use niacinamide?", OTHER),
        ("I'm nine months along.", "And the hydroquinone tube my sister left here?", MINE),
        ("My niece is ten and has spots.", "Which serum should I buy?", OTHER),
        ("My mother has rosacea.", "Is vitamin C all right for her?", OTHER),
        ("My friend gave me a serum for my son.", "Can I put it on him?", OTHER),
    ],
)
def test_the_question_tells_whom_a_story_is_about(story: str, question: str, expected: str) -> None:
    text = f"{story} {question}"
    assert read(text, asked=(len(story) + 1, len(text))).whose == expected
