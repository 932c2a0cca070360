"""Texts as weights of their words, pairs of words and letter sequences, which forgive typing slips.

`counted` hashes, which needs no vocabulary and keeps the model small and quick to load; `Wording` weighs the counts.
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

BUCKETS = 2**13
Weights = npt.NDArray[np.float32]
_HASHING = {"n_features": BUCKETS, "alternate_sign": False, "norm": None, "dtype": np.float32}
_WORDS = HashingVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **_HASHING)
_LETTERS = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), **_HASHING)


class Counts(NamedTuple):
    """How often texts hold words and pairs of words, and letter sequences, or what that weighs; each of shape
    (texts, `BUCKETS`)."""

    words: csr_matrix
    letters: csr_matrix

    def at(self, rows: npt.NDArray[np.int64]) -> Counts:
        """Those rows alone."""
        return Counts(self.words[rows], self.letters[rows])


def counted(texts: Sequence[str]) -> Counts:
    """Counts what texts hold."""
    return Counts(_WORDS.transform(texts), _LETTERS.transform(texts))


class Wording:
    """TF-IDF of counts, as scikit-learn's `TfidfTransformer` weighs with `sublinear_tf`. It learns by that; texts are
    weighed by hand, since for one message the library's checks take longer than the work."""

    def __init__(self, words: Weights, letters: Weights) -> None:
        """Takes the weight of each bucket, as `weights` gave them."""
        self._words, self._letters = words, letters

    @staticmethod
    def learned(counts: Counts) -> Wording:
        """Learns the weights from the counts of at least one text."""
        return Wording(*(TfidfTransformer().fit(one).idf_.astype(np.float32) for one in counts))

    def transform(self, counts: Counts) -> Counts:
        """The texts' features: float32, the words and the letters of each text of unit length."""
        return Counts(_weighed(counts.words, self._words), _weighed(counts.letters, self._letters))

    def weights(self) -> Dict[str, Weights]:
        """What was learned, by name, to be kept on disk."""
        return {"words": self._words, "letters": self._letters}


def _weighed(counts: csr_matrix, weights: Weights) -> csr_matrix:
    values = (1 + np.log(counts.data)) * weights[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(row, values**2, minlength=counts.shape[0])).astype(np.float32)
    return csr_matrix((values / lengths[row], counts.indices, counts.indptr), shape=counts.shape)


def dense_unit_rows(features: Counts) -> Weights:
    """The same as dense rows of unit length, shape (texts, 2 * `BUCKETS`), whose products are cosines; empty ones
    stay empty."""
    rows: Weights = np.hstack([part.toarray() for part in features])
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=rows, where=lengths > 0)
