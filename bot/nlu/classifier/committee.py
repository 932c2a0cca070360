"""`Committee`: perceptrons that differ in nothing but where they began, and whose mean counts.

One alone names another class than its twin for two of five texts that were not learned, so that an answer would hang on the machine
that trained the model; see benchmarks/TRIED.md.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Dict, List, Sequence

import numpy as np
import numpy.typing as npt

from bot.nlu.classifier.described import Matrix
from bot.nlu.classifier.perceptron import Perceptron, learned

MEMBER, _PARTS = "member", "_"


class Committee:
    """Learned networks over the same inputs and classes."""

    def __init__(self, members: Sequence[Perceptron]) -> None:
        self._members = list(members)

    def logits(self, inputs: Matrix) -> Matrix:
        """The mean score of each class, before softmax: of inputs of shape (texts, inputs) shape (texts, classes)."""
        scores: Matrix = np.mean([member.logits(inputs) for member in self._members], axis=0)
        return scores

    def arrays(self) -> Dict[str, Matrix]:
        """What was learned, by name, to be kept on disk; `Committee.restored` takes it back."""
        return {
            f"{MEMBER}{number}{_PARTS}{name}": value.astype(np.float32)
            for number, member in enumerate(self._members)
            for name, value in member.arrays().items()
        }

    @staticmethod
    def restored(arrays: Dict[str, Matrix]) -> Committee:
        """The committee that `arrays` was called on."""
        members: Dict[str, Dict[str, Matrix]] = {}
        for name, value in arrays.items():
            member, own = name.split(_PARTS, 1)
            members.setdefault(member, {})[own] = value
        return Committee([Perceptron.restored(members[member]) for member in sorted(members)])


def learned_by(seeds: Sequence[int], inputs: Matrix, classes: npt.NDArray[np.int64], count: int, blocks: List[int]) -> Committee:
    """Learns a committee of a network for each seed, as many at once as there are cores; the rest as for
    `bot.nlu.classifier.perceptron.learned`."""
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        return Committee(list(cores.map(lambda seed: learned(inputs, classes, count, blocks, seed), seeds)))
