"""Replies in Telegram's form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.formatting import keyboard, pieces, sources_line, to_html, units, with_bold_verdict
from tests.peers.telegram_html import parse

TEXTS = st.text(max_size=300)


@given(TEXTS | st.lists(st.sampled_from(["**", "[", "](", ")", "<", ">", "&", "- ", "\n", "https://a.b/", '"', "x"])).map("".join))
def test_any_text_gives_html_that_telegram_reads(text: str) -> None:
    parse(to_html(text))


@given(st.lists(st.text(alphabet="ab .!\n😀가", max_size=60), max_size=40).map("".join), st.integers(20, 200))
def test_pieces_are_short_enough_and_lose_no_word(text: str, longest: int) -> None:
    found = pieces(text, longest)
    assert all(units(piece) <= longest for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_pieces_end_with_sentences() -> None:
    text = " ".join(f"Sentence number {number} says something." for number in range(300))
    assert len(pieces(text)) == 3
    assert all(piece.endswith(".") for piece in pieces(text))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("No. Avoid it.", "**No.** Avoid it."),
        ("Not every day: use it twice.", "**Not every day:** use it twice."),
        ("x" * 100 + ". y", "x" * 100 + ". y"),
        ("no end", "no end"),
        ("**No.** Avoid", "**No.** Avoid"),
    ],
)
def test_the_verdict_is_bold(body: str, shown: str) -> None:
    assert with_bold_verdict(body) == shown


def test_sources_link_and_escape_and_the_unsourced_are_left_out() -> None:
    line = sources_line("Source:", [
        {"publisher": "A & B", "kind": "medical", "address": "https://a.example/?x=1&y=2"},
        {"publisher": "bad", "kind": "brand", "address": "javascript:alert(1)"},
        {"publisher": "nobody", "kind": "unsourced", "address": None},
    ])
    assert line == '<i>Source:</i> <a href="https://a.example/?x=1&amp;y=2">A &amp; B</a>; bad'
    assert sources_line("Source:", []) == ""


def test_short_labels_share_a_row_and_long_ones_stand_alone() -> None:
    found = keyboard([("Dry", "1"), ("Oily", "2"), ("Normal", "3"), ("Skip", "4"), ("How much ampoule should I use?", "5")])
    assert found is not None
    assert [[button["text"] for button in row] for row in found["inline_keyboard"]] == [
        ["Dry", "Oily", "Normal"], ["Skip"], ["How much ampoule should I use?"],
    ]
    assert keyboard([]) is None
