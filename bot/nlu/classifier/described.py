"""`Described`: texts as a classifier sees them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from bot.nlu.encoder import DIMENSIONS

Matrix = npt.NDArray[np.float32]
Labels = npt.NDArray[Any]


class Described(NamedTuple):
    """Texts, a row each.

    Attributes:
        counts: what the texts hold, typing slips mended, see `bot.nlu.classifier.wording.counted`.
        layers: what the encoder says of them, shape (texts, encoder's `LAYER_DIMENSIONS`).
        subjects: how many subjects of each label they name, shape (texts, labels); may have no column.
    """

    counts: csr_matrix
    layers: Matrix
    subjects: Matrix

    @property
    def sentences(self) -> Matrix:
        """The encoder's sentence vectors, of unit length."""
        return self.layers[:, :DIMENSIONS]

    def at(self, rows: npt.NDArray[np.int64]) -> Described:
        """Those rows alone."""
        return Described(self.counts[rows], self.layers[rows], self.subjects[rows])
