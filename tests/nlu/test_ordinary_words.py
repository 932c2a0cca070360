"""Slips in ordinary words are read as the likeliest word, and right words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.ordinary_words import OrdinaryWords, counted
from bot.nlu.shop_words import shop_words

EXAMPLES = ["what is the shipping time", "is this the last order", "these tests", "which mask should i pick", "add hibiscus"]
WORDS = OrdinaryWords(counted(EXAMPLES * 5))


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("shiping", "shipping"), ("laast", "last"), ("whn", "when"), ("msk", "mask"), ("pck", "pick"), ("tese", "these"),
        ("teh", "the"), ("hibicus", "hibiscus"), ("hsipping", "shipping"), ("becuase", "because"), ("shjippign", "shipping"),
    ],
)
def test_a_slip_is_read_as_the_likeliest_word(slip: str, word: str) -> None:
    assert not WORDS.knows(slip)
    assert WORDS.meant(slip) == word


def test_words_of_the_examples_are_likelier_than_others() -> None:
    assert OrdinaryWords().meant("tesst") == "test" and WORDS.meant("tesst") == "tests"
    assert WORDS.likelihood("shipping") > OrdinaryWords().likelihood("shipping")
    assert OrdinaryWords(counted(["my hibiscus"])).meant("hibicus") is None, "one rare word may be a slip itself"


@pytest.mark.parametrize("word", ["the", "order", "hibiscus", "is", "people"])
def test_right_words_are_known(word: str) -> None:
    assert WORDS.knows(word)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=14))
def test_a_meant_word_is_one_that_is_known(word: str) -> None:
    meant = WORDS.meant(word)
    assert meant is None or WORDS.knows(meant) or len(meant) == 3


@pytest.mark.parametrize("word", ["dented", "carton", "stinks"])
def test_words_of_complaints_are_no_slips(word: str) -> None:
    assert WORDS.meant(word), "ordinary English alone takes it for another"
    assert word in shop_words()
