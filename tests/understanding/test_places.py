"""Where patterns stand in a text."""

from __future__ import annotations

import pytest

from bot.understanding.frame import Mention
from bot.understanding.places import places


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("I've stopped it", "removes", ["stopped"]),
        ("take it out. Leave out the rest", "removes", ["Leave out"]),
        ("And a toner", "adds", ["And"]),
        ("toner and a cream", "adds", []),
        ("i’m also using it", "says_i_use", ["i’m also using"]),
        ("it's 0.5 mon, not much", "monday", ["mon"]),
        ("a lemon", "monday", []),
    ],
)
def test_places_are_those_of_the_text_as_written(text: str, name: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places(text).of(name)] == found


def test_a_mention_is_one_word() -> None:
    text = "take the vitamin c out"
    mention = Mention("ingredient", "ascorbic_acid", "vitamin c", 9, 18)
    assert [text[start:end] for start, end in places(text, (mention,)).of("removes")] == [text]
    assert not places(text).has("removes")


def test_a_number_with_a_point_ends_no_sentence() -> None:
    tokens = [token.word.text for token in places("retinol 0.5% at night. then").tokens]
    assert "0.5" in tokens and tokens.count(".") == 1 and tokens.count("^") == 2
