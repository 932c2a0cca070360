"""`Calibration`: how likely a first guess is right, and from where on it is not one, learned from the training data alone.

Classifiers are learned with whole classes left out and some examples held back. The left-out classes stand for questions
nobody thought of: their examples are strangers, whose every guess is wrong. Which signs tell strangers is learned by a
logistic regression, strongly regularised, since a left-out class is nearer to the known ones than most strangers are.
"""

from __future__ import annotations

import json
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import List, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from bot.nlu.classifier.described import Described, Labels
from bot.nlu.classifier.ensemble import SIGNS, Ensemble

# Classes left out, and examples of the others held back, in each round.
LEFT_OUT, HELD_BACK = 1 / 3, 1 / 4
# With fewer classes there is nothing to leave out.
LEAST_CLASSES = 6
# Rounds: enough for small sets, one for sets of so many examples.
ENOUGH, MOST_ROUNDS = 6000, 12
# How many of the messages are taken to be strangers when confidence is made a probability.
STRANGERS = 0.1
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """Attributes:
    mean, weights: the score of signs is (signs - mean) @ weights.
    slope, intercept: the confidence is the logistic function of slope * score + intercept.
    sure, unsure: least confidence of an answer, and of a question back.
    margin: how likely the second guess must be, as a share of the first, for the two to be tied.
    """

    mean: List[float]
    weights: List[float]
    slope: float
    intercept: float
    sure: float
    unsure: float
    margin: float

    def confidence(self, signs: Numbers) -> Numbers:
        """How likely guesses are right, 0 to 1, from their signs (see `Guesses`)."""
        score = (signs - np.array(self.mean)) @ np.array(self.weights)
        confidence: Numbers = expit(self.slope * score + self.intercept)
        return confidence

    def save(self, folder: Path) -> None:
        """Writes it into a folder that exists."""
        (folder / "calibration.json").write_text(json.dumps(asdict(self)), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> Calibration:
        """Reads what `save` wrote."""
        return Calibration(**json.loads((folder / "calibration.json").read_text(encoding="utf-8")))


# The probability as it comes: its log-odds are the first sign.
UNCALIBRATED = Calibration([0.0] * len(SIGNS), [1.0] + [0.0] * (len(SIGNS) - 1), 1.0, 0.0, 0.5, 0.2, 0.9)


class _Trial(NamedTuple):
    """Guesses for texts that were not learned from: their signs, how likely the second guess was as a share of the first,
    whether the first was right, whether their class was one of those learned."""

    signs: Numbers
    second: Numbers
    right: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]


def learned(examples: Described, labels: Labels, let_in: float, given_up: float, cores: Executor) -> Calibration:
    """Learns a calibration.

    Args:
        examples, labels, cores: as `Ensemble` takes them.
        let_in: share of strangers that may be taken for a known class; the others get a question back, or nothing.
        given_up: share of right guesses that may be given up without a question back.

    Returns:
        The calibration; `UNCALIBRATED` when there are too few classes.
    """
    if len(np.unique(labels)) < LEAST_CLASSES:
        return UNCALIBRATED
    trial = _trial(examples, labels, cores)
    mean, deviation = trial.signs.mean(axis=0), trial.signs.std(axis=0) + 1e-9
    balanced = np.where(trial.known, 0.5 / trial.known.sum(), 0.5 / (~trial.known).sum())
    told = LogisticRegression().fit((trial.signs - mean) / deviation, trial.known, sample_weight=balanced)
    weights = told.coef_[0] / deviation
    score = (trial.signs - mean) @ weights
    expected = np.where(trial.known, (1 - STRANGERS) / trial.known.sum(), STRANGERS / (~trial.known).sum()) * len(score)
    likely = LogisticRegression(C=1e3).fit(score[:, None] / score.std(), trial.right, sample_weight=expected)
    slope, intercept = float(likely.coef_[0, 0] / score.std()), float(likely.intercept_[0])
    sure = float(np.quantile(score[~trial.known], 1 - let_in))
    unsure = min(sure, float(np.quantile(score[trial.right], given_up)))
    least = [float(expit(slope * limit + intercept)) for limit in (sure, unsure)]
    return Calibration(mean.tolist(), weights.tolist(), slope, intercept, least[0], least[1], margin(trial.second[trial.known], trial.right[trial.known]))


def margin(second: Numbers, right: npt.NDArray[np.bool_]) -> float:
    """How likely the second guess is, as a share of the first, where the first is as often wrong as right; 1, which none is,
    where no guess was wrong.

    Args:
        second: of guesses for texts that were not learned from, how likely the second was as a share of the first.
        right: whether the first was right.
    """
    if right.all():
        return 1.0
    if not right.any():
        return 0.0
    likely = LogisticRegression(C=1e3).fit(second[:, None], right)
    slope, even = float(likely.coef_[0, 0]), float(likely.intercept_[0])
    return float(np.clip(-even / slope, 0.0, 1.0)) if slope < 0 else 1.0


def _trial(examples: Described, labels: Labels, cores: Executor) -> _Trial:
    random = np.random.default_rng(0)
    classes = np.unique(labels)
    rounds = []
    for _ in range(int(np.clip(-(-ENOUGH // len(labels)), 1, MOST_ROUNDS))):
        left_out = random.permutation(classes)[: round(len(classes) * LEFT_OUT)]
        known = ~np.isin(labels, left_out)
        asked = ~known | (random.random(len(labels)) < HELD_BACK)
        # A class none of whose examples is left to learn from is a stranger too.
        known &= np.isin(labels, labels[~asked])
        classifier = Ensemble(examples.at(np.flatnonzero(~asked)), labels[~asked], cores)
        guesses = classifier.guess(examples.at(np.flatnonzero(asked)))
        right = classifier.classes[guesses.probabilities.argmax(axis=1)] == labels[asked]
        top = np.sort(guesses.probabilities, axis=1)[:, -2:]
        rounds.append(_Trial(guesses.signs, top[:, 0] / top[:, 1], right, known[asked]))
    return _Trial(*(np.concatenate(part) for part in zip(*rounds)))
