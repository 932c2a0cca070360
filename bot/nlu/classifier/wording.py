"""`Wording`: texts as weights of their words, pairs of words and letter sequences, which forgive typing slips."""

from __future__ import annotations

from typing import Dict, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

BUCKETS = 2**13
_COUNTING = {"n_features": BUCKETS, "alternate_sign": False, "norm": None, "dtype": np.float32}


class Wording:
    """TF-IDF over hashed features: hashing has no vocabulary, which keeps the model small and quick to load."""

    def __init__(self) -> None:
        self._words = HashingVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **_COUNTING)
        self._letters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), **_COUNTING)
        self._word_weights = TfidfTransformer(sublinear_tf=True)
        self._letter_weights = TfidfTransformer(sublinear_tf=True)

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learns the weights.

        Args:
            texts: at least one.

        Returns:
            The texts' features, as `transform` gives them.
        """
        words, letters = self._words.transform(texts), self._letters.transform(texts)
        return _joined(self._word_weights.fit_transform(words), self._letter_weights.fit_transform(letters))

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """The texts' features: float32, shape (texts, 2 * `BUCKETS`), each half of unit length."""
        words, letters = self._words.transform(texts), self._letters.transform(texts)
        return _joined(self._word_weights.transform(words), self._letter_weights.transform(letters))

    def parts(self) -> Dict[str, TfidfTransformer]:
        """What `fit` learned, by name, to be kept on disk."""
        return {"word_weights": self._word_weights, "letter_weights": self._letter_weights}

    def restore(self, parts: Dict[str, TfidfTransformer]) -> None:
        """Takes back what `parts` gave."""
        self._word_weights, self._letter_weights = parts["word_weights"], parts["letter_weights"]


def _joined(words: csr_matrix, letters: csr_matrix) -> csr_matrix:
    return hstack([words, letters]).astype(np.float32).tocsr()


def unit_rows(features: csr_matrix) -> csr_matrix:
    """The same rows at unit length, so that their products are cosines."""
    rows: csr_matrix = normalize(features)
    return rows
