"""Meanings are learned from vectors: which of a group, whether any of it, and limits that strangers seldom pass."""

from __future__ import annotations

from pathlib import Path
from typing import Tuple

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.nlu.classifier.cores import cores
from bot.nlu.classifier.meaning import Meaning, Shares, Texts, learned_from
from bot.nlu.encoder import DIMENSIONS

EACH, SHARES = 14, Shares(0.05, 0.01)
LABELS = ("topic:gift", "topic:store", "mood:anger", "mood:threat", "none:skin", "none:talk")


def near(centre: int, count: int, random: np.random.Generator, centres: NDArray[np.float64]) -> NDArray[np.float32]:
    rows = centres[centre] + random.standard_normal((count, DIMENSIONS)) * 0.04
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture(scope="module")
def learned() -> Tuple[Meaning, NDArray[np.float64], np.random.Generator]:
    """A meaning of two groups, where the classes' texts lie, and a source of further ones."""
    random = np.random.default_rng(3)
    centres = random.standard_normal((len(LABELS), DIMENSIONS))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    layers = np.vstack([near(at, EACH, random, centres) for at in range(len(LABELS))])
    texts = Texts(layers, np.repeat(np.array(LABELS), EACH))
    with cores() as pool:
        meaning = learned_from(texts, near(4, 60, random, centres), ("topic", "mood"), SHARES, pool)
    return meaning, centres, random


def test_texts_say_what_they_are_near_to(learned: Tuple[Meaning, NDArray[np.float64], np.random.Generator]) -> None:
    meaning, centres, random = learned
    for at, label in enumerate(LABELS[:4]):
        said = meaning.guess(near(at, 6, random, centres))
        likeliest = [max(names, key=lambda one: one[1])[0] for names in said]
        assert likeliest == [label.split(":")[1]] * 6


def test_strangers_say_nothing(learned: Tuple[Meaning, NDArray[np.float64], np.random.Generator]) -> None:
    meaning, centres, random = learned
    said = meaning.guess(near(4, 200, random, centres))
    assert sum(map(bool, said)) <= 200 * 0.12
    assert sum(any(certain for *_, certain in names) for names in said) <= 200 * 0.05


def test_what_lies_between_two_is_neither(learned: Tuple[Meaning, NDArray[np.float64], np.random.Generator]) -> None:
    meaning, centres, _ = learned
    between = (centres[0] + centres[1])[None] / np.linalg.norm(centres[0] + centres[1])
    limits = {group: limit._replace(least=0.0, margin=0.0001) for group, limit in meaning._limits.items()}
    strict = Meaning(meaning._names, meaning._networks, limits)
    assert strict.guess(between.astype(np.float32)) == [[]]


def test_what_is_stored_guesses_as_before(learned: Tuple[Meaning, NDArray[np.float64], np.random.Generator], tmp_path: Path) -> None:
    meaning, centres, random = learned
    meaning.save(tmp_path)
    texts = np.vstack([near(at, 3, random, centres) for at in range(len(LABELS))])
    assert Meaning.load(tmp_path).guess(texts) == meaning.guess(texts)
