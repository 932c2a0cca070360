"""`Described`: texts as a classifier sees them."""

from __future__ import annotations

from typing import Any, NamedTuple, Sequence

import numpy as np
import numpy.typing as npt

from bot.nlu.encoder import DIMENSIONS

Matrix = npt.NDArray[np.float32]
Labels = npt.NDArray[Any]


class Described(NamedTuple):
    """Texts, a row each.

    Attributes:
        texts: as they were written.
        wordings: the texts, their subjects masked.
        layers: what the encoder says of them, shape (texts, encoder's `LAYER_DIMENSIONS`).
        subjects: how many subjects of each label they name, shape (texts, labels); may have no column.
    """

    texts: Sequence[str]
    wordings: Sequence[str]
    layers: Matrix
    subjects: Matrix

    @property
    def sentences(self) -> Matrix:
        """The encoder's sentence vectors, of unit length."""
        return self.layers[:, :DIMENSIONS]

    def at(self, rows: npt.NDArray[np.int64]) -> Described:
        """Those rows alone."""
        return Described(
            [self.texts[row] for row in rows],
            [self.wordings[row] for row in rows],
            self.layers[rows],
            self.subjects[rows],
        )
