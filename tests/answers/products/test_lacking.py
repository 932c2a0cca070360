"""What is asked for and is not in the shop is noted for its owner in names of the knowledge."""

from __future__ import annotations

import pytest

from bot.answers.products.services import SERVICES
from tests.answers.talking import Talk


@pytest.mark.parametrize("text, lacks", [
    ("show me a sunscreen under 2 dollars", "sunscreen under 2.00 USD"),
    ("show me a moisturiser for rosacea under 2 dollars", "moisturizer under 2.00 USD"),
    ("show me serums for oily skin", ""),
    ("what ampoules do you have", ""),
])  # fmt: skip
def test_a_wish_that_nothing_meets_is_noted(text: str, lacks: str, talk: Talk) -> None:
    talk.say(SERVICES["find_product"], "find_product", text)
    assert talk.answer is not None and talk.answer.lacks == lacks
