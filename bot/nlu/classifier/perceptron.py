"""`Perceptron`: a network of one hidden layer, learned with NumPy alone.

Dropout, label smoothing and decoupled weight decay under Adam with a cosine schedule: the usual recipe (Srivastava et al.
2014; Szegedy et al. 2016; Loshchilov and Hutter 2017 and 2019), small enough to need no deep-learning framework, which
would cost the server hundreds of megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Sequence

import numpy as np
import numpy.typing as npt

from bot.nlu.classifier.described import Matrix

HIDDEN = 256
EPOCHS = 16
# Few examples need more passes, and small batches: fewer steps than these leave the network half learned.
LEAST_STEPS = 640
FEW = 5000
SMALL_BATCH, BATCH = 32, 256
SMALL_RATE, RATE = 2e-3, 3e-3
WARM_UP = 0.05
INPUT_DROPOUT, HIDDEN_DROPOUT = 0.1, 0.5
SMOOTHING = 0.1
DECAY = 0.01
FIRST_MOMENT, SECOND_MOMENT, TINY = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Perceptron:
    """A learned network.

    Attributes:
        shift, scale: of the input: (input - shift) / scale.
        weights: hidden weights (inputs x hidden), hidden bias, output weights (hidden x classes), output bias.
    """

    shift: Matrix
    scale: Matrix
    weights: Sequence[Matrix]

    def logits(self, inputs: Matrix) -> Matrix:
        """The score of each class, before softmax.

        Args:
            inputs: shape (texts, inputs).

        Returns:
            Shape (texts, classes).
        """
        hidden_weights, hidden_bias, output_weights, output_bias = self.weights
        hidden = np.maximum(((inputs - self.shift) / self.scale) @ hidden_weights + hidden_bias, 0)
        scores: Matrix = hidden @ output_weights + output_bias
        return scores

    def arrays(self) -> Dict[str, Matrix]:
        """What was learned, by name, to be kept on disk; `Perceptron.restored` takes it back."""
        return {"shift": self.shift, "scale": self.scale, **{f"weights_{at}": one for at, one in enumerate(self.weights)}}

    @staticmethod
    def restored(arrays: Dict[str, Matrix]) -> Perceptron:
        """The network that `arrays` was called on."""
        return Perceptron(arrays["shift"], arrays["scale"], [arrays[f"weights_{at}"] for at in range(4)])


def learned(inputs: Matrix, classes: npt.NDArray[np.int64], count: int, blocks: Sequence[int], seed: int) -> Perceptron:
    """Learns a network.

    Args:
        inputs: shape (examples, inputs).
        classes: the class of each example, 0 to `count` - 1.
        count: how many classes there are.
        blocks: sizes of the groups of inputs that share a unit, in order; each group weighs alike.
        seed: the same seed and inputs give the same network.

    Returns:
        The network.
    """
    shift, scale = _unit(inputs, blocks)
    inputs = (inputs - shift) / scale
    random = np.random.default_rng(seed)
    weights = [
        _normal(random, inputs.shape[1], HIDDEN, 0.5 * np.sqrt(2 / inputs.shape[1])),
        np.zeros(HIDDEN, np.float32),
        _normal(random, HIDDEN, count, np.sqrt(1 / HIDDEN)),
        np.zeros(count, np.float32),
    ]
    batch, rate = (SMALL_BATCH, SMALL_RATE) if len(inputs) < FEW else (BATCH, RATE)
    batches = -(-len(inputs) // batch)
    steps = max(EPOCHS, -(-LEAST_STEPS // batches)) * batches
    adam = _Adam(weights, steps, rate)
    while adam.step < steps:
        order = random.permutation(len(inputs))
        for at in range(0, len(order), batch):
            rows = order[at : at + batch]
            adam.update(_gradients(weights, inputs[rows], classes[rows], random))
    return Perceptron(shift, scale, weights)


def _unit(inputs: Matrix, blocks: Sequence[int]) -> List[Matrix]:
    """Each input's mean, and a scale halfway (geometrically) between its own deviation and its block's."""
    deviation = inputs.std(axis=0) + 1e-6
    scale = np.empty_like(deviation)
    ends = np.cumsum(blocks)
    for begin, end in zip(ends - blocks, ends):
        own = deviation[begin:end]
        scale[begin:end] = np.sqrt(own * np.sqrt(np.mean(own**2))) if end > begin else own
    return [inputs.mean(axis=0), scale]


def _normal(random: np.random.Generator, rows: int, columns: int, deviation: Any) -> Matrix:
    drawn: Matrix = (random.standard_normal((rows, columns)) * deviation).astype(np.float32)
    return drawn


def _gradients(
    weights: Sequence[Matrix], inputs: Matrix, classes: npt.NDArray[np.int64], random: np.random.Generator
) -> List[Matrix]:
    """Of the smoothed cross entropy, for one batch under dropout."""
    hidden_weights, hidden_bias, output_weights, output_bias = weights
    inputs = inputs * _kept(random, inputs.shape, INPUT_DROPOUT)
    sums = inputs @ hidden_weights + hidden_bias
    alive = _kept(random, sums.shape, HIDDEN_DROPOUT) * (sums > 0)
    hidden = sums * alive
    scores = hidden @ output_weights + output_bias
    error = np.exp(scores - scores.max(axis=1, keepdims=True))
    error /= error.sum(axis=1, keepdims=True)
    error -= SMOOTHING / scores.shape[1]
    error[np.arange(len(classes)), classes] -= 1 - SMOOTHING
    error /= np.float32(len(classes))
    back = (error @ output_weights.T) * alive
    return [inputs.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]


def _kept(random: np.random.Generator, shape: Any, dropout: float) -> Matrix:
    # Bytes are drawn four times as fast as floats, and tell the shares of dropout to a thousandth.
    least = round(256 * dropout)
    kept: Matrix = (random.integers(256, size=shape, dtype=np.uint8) >= least) * np.float32(256 / (256 - least))
    return kept


class _Adam:
    """Changes weights in place by their gradients."""

    def __init__(self, weights: Sequence[Matrix], steps: int, rate: float) -> None:
        self._weights = weights
        self._first = [np.zeros_like(one) for one in weights]
        self._second = [np.zeros_like(one) for one in weights]
        self._change = [np.empty_like(one) for one in weights]
        self._steps, self._rate = steps, rate
        self.step = 0

    def update(self, gradients: Sequence[Matrix]) -> None:
        """Takes a step, and the gradients for scratch paper: new arrays of that size would take half the time."""
        self.step += 1
        done = self.step / self._steps
        rate = np.float32(self._rate * min(1.0, done / WARM_UP) * 0.5 * (1 + np.cos(np.pi * done)))
        first_scale = np.float32(1 / (1 - FIRST_MOMENT**self.step))
        second_scale = np.float32(1 / (1 - SECOND_MOMENT**self.step))
        for weight, gradient, first, second, change in zip(self._weights, gradients, self._first, self._second, self._change):
            np.subtract(gradient, first, out=change)
            change *= np.float32(1 - FIRST_MOMENT)
            first += change
            gradient *= gradient
            gradient -= second
            gradient *= np.float32(1 - SECOND_MOMENT)
            second += gradient
            np.multiply(second, second_scale, out=change)
            np.sqrt(change, out=change)
            change += np.float32(TINY)
            np.divide(first, change, out=change)
            change *= rate * first_scale
            if weight.ndim > 1:
                weight *= 1 - rate * np.float32(DECAY)
            weight -= change
