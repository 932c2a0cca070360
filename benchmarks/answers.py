"""What a system answers to a test set, and the figures that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List

import numpy as np
from sklearn.metrics import matthews_corrcoef

from benchmarks.datasets import NONE

BINS = 10


@dataclass(frozen=True)
class Answers:
    """Attributes:
    guesses: the first guess for each test message, whatever its confidence.
    confidences: of the guesses, 0 to 1.
    accepted: False where the system, as it is set, takes a message for out of scope.
    training: seconds.
    milliseconds: for one message alone, median.
    """

    guesses: List[str]
    confidences: List[float]
    accepted: List[bool]
    training: float
    milliseconds: float


def figures(answers: Answers, expected: List[str]) -> Dict[str, float]:
    """Accuracy without and with rejection, share of out-of-scope messages rejected, Matthews correlation over all
    (HINT3's measure), expected calibration error over all."""
    truth, guesses = np.array(expected), np.array(answers.guesses)
    sure = np.array(answers.confidences)
    final = np.where(answers.accepted, guesses, NONE)
    known = truth != NONE
    return {
        "accuracy": float((guesses == truth)[known].mean()),
        "in-scope": float((final == truth)[known].mean()),
        "OOS recall": float((final == NONE)[~known].mean()) if not known.all() else float("nan"),
        "MCC": float(matthews_corrcoef(truth, final)),
        "ECE": _calibration_error(sure, guesses == truth),
        "train s": answers.training,
        "ms": answers.milliseconds,
    }


def _calibration_error(sure: np.ndarray, right: np.ndarray) -> float:  # type: ignore[type-arg]
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    parts = [bins == index for index in np.unique(bins)]
    return float(sum(abs(sure[part].mean() - right[part].mean()) * part.mean() for part in parts))
