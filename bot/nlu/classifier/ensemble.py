"""`Ensemble`: perceptrons on the encoder's layers and a linear SVM on sentence vector and wording, their scores joined.

The two kinds err on different texts: perceptrons read the meaning, the SVM the words, subjects masked and not.
What was compared stands in benchmarks/TRIED.md.
"""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from threading import Lock
from typing import Any, Dict, List, NamedTuple, Tuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack, load_npz, save_npz, vstack
from scipy.special import log_softmax, softmax
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bot.nlu.classifier.described import Described, Labels, Matrix
from bot.nlu.classifier.perceptron import Perceptron, learned
from bot.nlu.classifier.wording import MASKED, Wording, masked_unit_rows
from bot.nlu.encoder import DIMENSIONS

# What a perceptron makes of a borderline text depends on chance; what the mean of two does, less.
PERCEPTRONS = 2
C = 0.3
SENTENCE_WEIGHT, TEXT_WEIGHT, SUBJECT_WEIGHT = 1.5, 0.7, 0.3
# Of the sentence vector the SVM learns from the main axes, and no longer than it takes: half the time, as good.
AXES, TOLERANCE = 128, 0.1
# Brings the SVM's margins to the scale of log-probabilities, and weighs them against the perceptrons'.
MARGIN_SCALE, SVM_WEIGHT = 3.0, 1.25
# Of the joined scores: makes the greatest probability about as often right as it says.
SHARPNESS = 0.58
NEIGHBOURS = 3
# From so many texts on, which is training, their words are compared as sparse rows.
MANY = 64
CERTAIN = 1e-5
# liblinear draws from one random state for the whole process: two of its machines side by side would disturb each other.
_LIBLINEAR = Lock()
SIGNS = ("log-odds of the guess", "greatest logit", "likeness in meaning", "likeness in wording")


class Guesses(NamedTuple):
    """Attributes:
    probabilities: of each class, shape (texts, classes).
    signs: how far each first guess can be trusted, shape (texts, `SIGNS`); likeness is the mean cosine to the guessed
        class's `NEIGHBOURS` nearest examples.
    """

    probabilities: npt.NDArray[np.float64]
    signs: npt.NDArray[np.float64]


class Ensemble:
    """A learned classifier. `classes` are the labels, in the order of `Guesses.probabilities`."""

    def __init__(self, examples: Described, labels: Labels, cores: Executor) -> None:
        """Learns from examples, each part on a core of its own; the same examples give the same classifier.

        Args:
            examples: of at least two labels.
            labels: one for each example.
            cores: see `bot.nlu.classifier.cores`.
        """
        self.classes, numbers = np.unique(labels, return_inverse=True)
        self._wording = Wording.learned(examples.counts)
        wording = self._wording.transform(examples.counts)
        blocks = [DIMENSIONS] * (examples.layers.shape[1] // DIMENSIONS) + [examples.subjects.shape[1]]
        linear = cores.submit(_linear, examples, wording, numbers, len(self.classes))
        inputs = _inputs(examples)
        networks = [cores.submit(learned, inputs, numbers, len(self.classes), blocks, seed) for seed in range(PERCEPTRONS)]
        self._linear = linear.result()
        self._perceptrons = [network.result() for network in networks]
        self._keep_neighbours(numbers, examples.sentences.astype(np.float16), wording)

    def guess(self, texts: Described) -> Guesses:
        """Guesses the class of texts."""
        wording = self._wording.transform(texts.counts)
        inputs = _inputs(texts)
        logits = np.mean([network.logits(inputs) for network in self._perceptrons], axis=0)
        scores = log_softmax(logits, axis=1) + SVM_WEIGHT * log_softmax(MARGIN_SCALE * self._margins(texts, wording), axis=1)
        probabilities = softmax(SHARPNESS * scores.astype(np.float64), axis=1)
        first = probabilities.argmax(axis=1)
        greatest = np.clip(probabilities.max(axis=1), CERTAIN, 1 - CERTAIN)
        meaning, words = self._likeness(first, texts.sentences, wording)
        signs = np.stack([np.log(greatest / (1 - greatest)), logits.max(axis=1), meaning, words], axis=1)
        return Guesses(probabilities, signs)

    def _likeness(self, guessed: npt.NDArray[np.int64], sentences: Matrix, wording: csr_matrix) -> Tuple[Matrix, Matrix]:
        """Of texts to the examples nearest to them of the class guessed for each: in meaning, in wording."""
        meaning, words = np.empty(len(guessed), np.float32), np.empty(len(guessed), np.float32)
        # Of a message's few questions dense rows are the quickest, of thousands of texts they would be most of the work.
        sparse = normalize(wording[:, :MASKED]) if len(guessed) >= MANY else None
        for number in np.unique(guessed):
            rows, own = np.flatnonzero(guessed == number), self._examples[number]
            meaning[rows] = _nearest(sentences[rows] @ own.sentences.T)
            if sparse is not None:
                words[rows] = _nearest((sparse[rows] @ own.wordings.T).toarray())
                continue
            alike = wording if len(rows) == len(guessed) else wording[rows]
            words[rows] = _nearest((own.wordings @ masked_unit_rows(alike).T).T)
        return meaning, words

    def save(self, folder: Path) -> None:
        """Writes the classifier into a folder that exists."""
        arrays = {"classes": self.classes, "ends": np.cumsum([len(own.sentences) for own in self._examples])}
        arrays["sentences"] = np.vstack([own.sentences for own in self._examples]).astype(np.float16)
        arrays.update({f"linear_{name}": value for name, value in self._linear._asdict().items()})
        for number, network in enumerate(self._perceptrons):
            arrays.update({f"perceptron{number}_{name}": value for name, value in network.arrays().items()})
        arrays["wording"] = self._wording.weights
        np.savez(folder / "ensemble.npz", **arrays)
        save_npz(folder / "wordings.npz", vstack([own.wordings for own in self._examples]), compressed=False)

    @classmethod
    def load(cls, folder: Path) -> Ensemble:
        """Reads what `save` wrote; none of the formats can carry code."""
        ensemble = cls.__new__(cls)
        with np.load(folder / "ensemble.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        ensemble.classes = arrays["classes"]
        ensemble._linear = _Linear(**_named(arrays, "linear_"))
        count = sum(name.startswith("perceptron") and name.endswith("_shift") for name in arrays)
        ensemble._perceptrons = [Perceptron.restored(_named(arrays, f"perceptron{number}_")) for number in range(count)]
        wordings = load_npz(folder / "wordings.npz").tocsr()
        ensemble._examples = _by_class(arrays["sentences"].astype(np.float32), wordings, arrays["ends"])
        ensemble._wording = Wording(arrays["wording"])
        return ensemble

    def _margins(self, texts: Described, wording: csr_matrix) -> Matrix:
        part = self._linear
        margins: Matrix = texts.sentences @ part.sentence + wording @ part.wording + texts.subjects @ part.subjects
        return margins + part.bias

    def _keep_neighbours(self, numbers: npt.NDArray[np.int64], sentences: npt.NDArray[np.float16], wording: csr_matrix) -> None:
        # As coarse as they are on disk, so that a classifier that was loaded judges as the one that was learned.
        order = np.argsort(numbers, kind="stable")
        wordings = normalize(wording[:, :MASKED])[order]
        self._examples = _by_class(sentences[order].astype(np.float32), wordings, np.cumsum(np.bincount(numbers)))


class _Examples(NamedTuple):
    """What the examples of one class say and hold, a row each, of unit length."""

    sentences: Matrix
    wordings: csr_matrix


def _by_class(sentences: Matrix, wordings: csr_matrix, ends: npt.NDArray[np.int64]) -> List[_Examples]:
    """Of examples sorted by class; `ends` says where each class's end."""
    return [_Examples(sentences[begin:end], wordings[begin:end]) for begin, end in zip([0, *ends[:-1]], ends)]


class _Linear(NamedTuple):
    """The SVM's weights, inputs x classes, apart by kind of input."""

    sentence: Matrix
    wording: Matrix
    subjects: Matrix
    bias: Matrix


def _linear(examples: Described, wording: csr_matrix, numbers: npt.NDArray[np.int64], classes: int) -> _Linear:
    axes = np.linalg.eigh(examples.sentences.T @ examples.sentences)[1][:, -AXES:]
    inputs = (csr_matrix(examples.sentences @ axes), wording[:, :MASKED], wording[:, MASKED:], csr_matrix(examples.subjects))
    scales = (SENTENCE_WEIGHT, 1.0, TEXT_WEIGHT, SUBJECT_WEIGHT)
    rows = hstack([part * scale for part, scale in zip(inputs, scales)]).tocsr()
    with _LIBLINEAR:
        svm = LinearSVC(C=C, tol=TOLERANCE, random_state=0).fit(rows, numbers)
    weights, bias = svm.coef_.T.astype(np.float32), svm.intercept_.astype(np.float32)
    if classes == 2:  # scikit-learn keeps one margin for two classes
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    parts = np.split(weights, np.cumsum([part.shape[1] for part in inputs])[:-1])
    sentence, masked, written, subjects = (np.ascontiguousarray(part * np.float32(scale)) for part, scale in zip(parts, scales))
    return _Linear(axes @ sentence, np.vstack([masked, written]), subjects, bias)


def _named(arrays: Dict[str, Any], prefix: str) -> Dict[str, Any]:
    """The arrays whose names begin so, under the rest of their names."""
    return {name[len(prefix) :]: value for name, value in arrays.items() if name.startswith(prefix)}


def _inputs(texts: Described) -> Matrix:
    return np.hstack([texts.layers, texts.subjects]).astype(np.float32)


def _nearest(cosines: Matrix) -> Matrix:
    nearest: Matrix = np.sort(cosines, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
    return nearest
