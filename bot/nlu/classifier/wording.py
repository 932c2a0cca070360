"""Texts as weights of their words, pairs of words and letter sequences, which forgive typing slips.

`counted` hashes, which needs no vocabulary and keeps the model small and quick to load; `Wording` weighs the counts.
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

BUCKETS = 2**13
Weights = npt.NDArray[np.float32]
_HASHING = {"n_features": BUCKETS, "alternate_sign": False, "norm": None, "dtype": np.float32}
_WORDS = HashingVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **_HASHING)
_LETTERS = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), **_HASHING)


class Counts(NamedTuple):
    """How often texts hold words and pairs of words, and letter sequences, each of shape (texts, `BUCKETS`)."""

    words: csr_matrix
    letters: csr_matrix

    def at(self, rows: npt.NDArray[np.int64]) -> Counts:
        """Those rows alone."""
        return Counts(self.words[rows], self.letters[rows])


def counted(texts: Sequence[str]) -> Counts:
    """Counts what texts hold."""
    return Counts(_WORDS.transform(texts), _LETTERS.transform(texts))


class Wording:
    """TF-IDF of counts, as scikit-learn's `TfidfTransformer` weighs with `sublinear_tf`. It learns by that; one message
    is weighed by hand, since the library's checks take longer than the work."""

    def __init__(self, words: Weights, letters: Weights) -> None:
        """Takes the weight of each bucket, as `weights` gave them."""
        self._words, self._letters = words, letters

    @staticmethod
    def learned(counts: Counts) -> Wording:
        """Learns the weights from the counts of at least one text."""
        return Wording(*(TfidfTransformer().fit(one).idf_.astype(np.float32) for one in counts))

    def transform(self, counts: Counts) -> csr_matrix:
        """The texts' features: float32, shape (texts, 2 * `BUCKETS`), each half of unit length."""
        return hstack([_weighed(counts.words, self._words), _weighed(counts.letters, self._letters)], format="csr")

    def weights(self) -> Dict[str, Weights]:
        """What was learned, by name, to be kept on disk."""
        return {"words": self._words, "letters": self._letters}


def _weighed(counts: csr_matrix, weights: Weights) -> csr_matrix:
    values = (1 + np.log(counts.data)) * weights[counts.indices]
    return unit_rows(csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape))


def unit_rows(features: csr_matrix) -> csr_matrix:
    """The same rows at unit length, so that their products are cosines; empty ones stay empty."""
    row = np.repeat(np.arange(features.shape[0]), np.diff(features.indptr))
    lengths = np.sqrt(np.bincount(row, features.data**2, minlength=features.shape[0])).astype(np.float32)
    return csr_matrix((features.data / lengths[row], features.indices, features.indptr), shape=features.shape)
