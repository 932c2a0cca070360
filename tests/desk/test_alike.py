"""Wordings are put together by their meaning, always the same way."""

from __future__ import annotations

import numpy as np

from bot.answers.reviewing import meaning
from bot.desk.review.alike import BLOCK, directions, grouped, nearest, unit
from bot.nlu.featurizer import shared_encoder

ASKED = (
    "is it tested on animals", "animal testing?", "do you test on animals", "can I pay in installments", "is it possible to pay in instalments",
    "which country do you ship from", "from which country is it shipped",
)
WANTED = [0, 0, 0, 1, 1, 2, 2]


def test_what_asks_the_same_stands_together() -> None:
    rows = directions([meaning(text) for text in ASKED])
    found, middles = grouped(rows)
    assert found.tolist() == WANTED and len(middles) == 3
    assert nearest(rows, middles).tolist() == WANTED
    assert nearest(directions([meaning("what does niacinamide do")]), middles).tolist() == [-1]


def test_meanings_in_bytes_say_what_the_vectors_say() -> None:
    vectors = shared_encoder("int8", 1024).encode(ASKED)
    short = unit(directions([meaning(text) for text in ASKED]))
    assert np.abs(vectors @ vectors.T - short @ short.T).max() < 0.005


def test_many_blocks_give_every_time_what_they_are_made_of() -> None:
    draw = np.random.default_rng(3)
    middles = draw.normal(size=(40, 384))
    of = draw.integers(0, 40, BLOCK * 3 + 7)
    rows = middles[of] + draw.normal(size=(len(of), 384)) * 0.4
    rows = (rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
    found, kept = grouped(rows)
    assert len(kept) == 40 and len(set(zip(found.tolist(), of.tolist()))) == 40
    again, _ = grouped(rows)
    assert (found == again).all()


def test_nothing_is_in_no_group() -> None:
    found, middles = grouped(np.zeros((0, 384), dtype=np.int8))
    assert len(found) == 0 and middles.shape == (0, 384)
    assert nearest(np.zeros((2, 384), dtype=np.int8), middles).tolist() == [-1, -1]
