"""How near a message is to what is advised moves shares between situations, and nothing else."""

from __future__ import annotations

from typing import Dict, List

import numpy as np
import pytest
from scipy.special import softmax

from bot.nlu.advised import Advised, known_meanings, sentences
from bot.nlu.classifier.described import Matrix
from bot.rules.knowledge import load
from bot.settings import settings

KNOWN = load(settings().knowledge).situations
NAMES = ["", "burn_or_blisters", *sorted(KNOWN)[:3]]
LOGITS = np.array([[1.0, 0.5, 2.0, 2.0, 1.0]], np.float32)


class Encoder:
    """Gives each text a direction of its own."""

    def __init__(self) -> None:
        self.texts: List[str] = []

    def __call__(self, texts: List[str]) -> Matrix:
        self.texts += [text for text in texts if text not in self.texts]
        found = np.zeros((len(texts), 200), np.float32)
        for row, text in enumerate(texts):
            found[row, self.texts.index(text)] = 1
        return found


def test_the_situation_whose_advice_is_nearest_gains_and_none_and_red_flags_stay() -> None:
    encoder = Encoder()
    advised = Advised(NAMES, KNOWN, {}, encoder)
    second = encoder([sentences(KNOWN[NAMES[3]])[-1]])
    shares, plain = advised.shares(LOGITS, second), softmax(LOGITS, axis=1)
    assert shares[0].argmax() == 3 and shares[0, 3] > plain[0, 3]
    assert shares[0, :2] == pytest.approx(plain[0, :2]) and shares.sum() == pytest.approx(1)


def test_what_was_kept_is_not_encoded_again_and_changed_words_are() -> None:
    encoder = Encoder()
    kept: Dict[str, Matrix] = known_meanings(Advised(NAMES, KNOWN, {}, encoder).arrays())  # type: ignore[arg-type]
    again = Encoder()
    one = KNOWN[NAMES[2]]
    changed = one.copy(update={"fact": one.fact.copy(update={"say": "Something new."})})
    Advised(NAMES, {**KNOWN, NAMES[2]: changed}, kept, again)
    assert again.texts == ["Something new."]
