"""Texts as weights of their words, pairs of words and letter sequences, which forgive typing slips.

`counted` hashes, which needs no vocabulary and keeps the model small and quick to load; `Wording` weighs the counts.
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

BUCKETS = 2**13
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
    """TF-IDF of counts."""

    def __init__(self) -> None:
        self._words = TfidfTransformer(sublinear_tf=True)
        self._letters = TfidfTransformer(sublinear_tf=True)

    def fit(self, counts: Counts) -> csr_matrix:
        """Learns the weights.

        Args:
            counts: of at least one text.

        Returns:
            The texts' features, as `transform` gives them.
        """
        return _joined(self._words.fit_transform(counts.words), self._letters.fit_transform(counts.letters))

    def transform(self, counts: Counts) -> csr_matrix:
        """The texts' features: float32, shape (texts, 2 * `BUCKETS`), each half of unit length."""
        return _joined(self._words.transform(counts.words), self._letters.transform(counts.letters))

    def parts(self) -> Dict[str, TfidfTransformer]:
        """What `fit` learned, by name, to be kept on disk."""
        return {"words": self._words, "letters": self._letters}

    def restore(self, parts: Dict[str, TfidfTransformer]) -> None:
        """Takes back what `parts` gave."""
        self._words, self._letters = parts["words"], parts["letters"]


def _joined(words: csr_matrix, letters: csr_matrix) -> csr_matrix:
    return hstack([words, letters]).astype(np.float32).tocsr()


def unit_rows(features: csr_matrix) -> csr_matrix:
    """The same rows at unit length, so that their products are cosines."""
    rows: csr_matrix = normalize(features)
    return rows
