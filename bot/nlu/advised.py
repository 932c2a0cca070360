"""`Advised`: how near a message is to what is advised in each situation, beside how near it is to how people tell of it.

A question often shares more with the sentence that answers it than with any example. Examples say what a situation is, so this only moves shares
from one situation to another: how likely it is that none is told of, or a red flag, stays as the networks have it.
"""

from __future__ import annotations

from typing import Callable, Dict, List, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from bot.nlu.classifier.described import Matrix
from bot.rules.schema import Situation

SHARPNESS, NEARNESS = 1.15, 6.0
"""What a network's score and a cosine weigh; see benchmarks/TRIED.md."""
TEXTS, MEANINGS = "advised_texts", "advised_meanings"
END, LINE = ". ", "\n"


class Advised:
    """The sentences advised in situations, by their meaning."""

    def __init__(self, names: Sequence[str], situations: Mapping[str, Situation], known: Mapping[str, Matrix], encode: Callable[[List[str]], Matrix]) -> None:
        """
        Args:
            names: all that a message may be taken for, in the networks' order.
            situations: those of the knowledge, by name.
            known: meanings of sentences; another one is encoded, so that changed words need no training.
            encode: gives the meanings of texts as vectors of unit length, shape (texts, dimensions).
        """
        said = [(place, text) for place, name in enumerate(names) if name in situations for text in sentences(situations[name])]
        new = sorted({text for _, text in said if text not in known})
        meanings: Dict[str, Matrix] = dict(known)
        if new:
            meanings.update(zip(new, encode(new)))
        owners = np.array([place for place, _ in said], np.int64)
        self._texts = [text for _, text in said]
        self._meanings = np.array([meanings[text] for text in self._texts], np.float32)
        self._starts = np.flatnonzero(np.diff(owners, prepend=-1))
        self._owners = owners[self._starts]

    def shares(self, logits: Matrix, meanings: Matrix) -> Matrix:
        """Of each message the share of each name, shape (messages, names).

        Args:
            logits: the networks' scores, of that shape.
            meanings: the messages' vectors of unit length, shape (messages, dimensions).
        """
        shares: Matrix = softmax(logits, axis=1)
        if len(self._owners):
            nearest = np.maximum.reduceat(meanings @ self._meanings.T, self._starts, axis=1)
            scores = SHARPNESS * logits[:, self._owners] + NEARNESS * nearest
            together = shares[:, self._owners].sum(axis=1, keepdims=True)
            shares[:, self._owners] = together * softmax(scores, axis=1)
        return shares

    def arrays(self) -> Dict[str, npt.NDArray[np.generic]]:
        """What was encoded, to be kept on disk; `known_meanings` takes it back."""
        return {TEXTS: np.frombuffer(LINE.join(self._texts).encode(), np.uint8), MEANINGS: self._meanings.astype(np.float16)}


def known_meanings(arrays: Mapping[str, Matrix]) -> Dict[str, Matrix]:
    """The meanings that `Advised.arrays` kept, by sentence."""
    return dict(zip(arrays[TEXTS].tobytes().decode().split(LINE), arrays[MEANINGS].astype(np.float32)))


def sentences(situation: Situation) -> List[str]:
    """What is advised in a situation, sentence by sentence, each on one line."""
    said = (" ".join(text.split()) for text in (situation.fact.say, *situation.fact.more))
    return [part for text in said for part in text.replace("? ", END).split(END) if part]
