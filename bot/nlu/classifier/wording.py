"""Texts as weights of their words, pairs of words and letter sequences, which forgive typing slips.

A row has four parts of `BUCKETS` columns: words and letters of the text with its subjects masked, words and letters of
the text as it is written. `counted` hashes, which needs no vocabulary and keeps the model small and quick to load;
`Wording` weighs the counts.
"""

from __future__ import annotations

from typing import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

BUCKETS = 2**13
PARTS = 4
# How many of a row's columns tell of the masked text; they come first.
MASKED = 2 * BUCKETS
Weights = npt.NDArray[np.float32]
_words = HashingVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b").build_analyzer()
_letters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4)).build_analyzer()
_HASHER = FeatureHasher(BUCKETS, input_type="string", dtype=np.float32, alternate_sign=False)


def counted(masked: Sequence[str], written: Sequence[str]) -> csr_matrix:
    """Counts what texts hold.

    Args:
        masked: the texts with their subjects masked.
        written: the same as they are written.

    Returns:
        How often, shape (texts, `PARTS` * `BUCKETS`).
    """
    # Hashed as texts of their own and then put side by side: for one message scikit-learn's checks of four calls, and
    # SciPy's of joining their results, would take longer than the work.
    parts = (part for pair in zip(masked, written) for text in pair for part in (_words(text), _letters(text)))
    counts = _HASHER.transform(parts)
    part = np.repeat(np.arange(counts.shape[0], dtype=np.int32) % PARTS, np.diff(counts.indptr))
    columns = counts.indices + part * np.int32(BUCKETS)
    return csr_matrix((counts.data, columns, counts.indptr[::PARTS]), shape=(len(masked), PARTS * BUCKETS))


class Wording:
    """TF-IDF of counts, as scikit-learn's `TfidfTransformer` weighs with `sublinear_tf`. It learns by that; texts are
    weighed by hand, since for one message the library's checks take longer than the work."""

    def __init__(self, weights: Weights) -> None:
        """Takes the weight of each column."""
        self.weights = weights

    @staticmethod
    def learned(counts: csr_matrix) -> Wording:
        """Learns the weights from the counts of at least one text."""
        return Wording(TfidfTransformer().fit(counts).idf_.astype(np.float32))

    def transform(self, counts: csr_matrix) -> csr_matrix:
        """The texts' features: float32, each of the four parts of a text of unit length."""
        values = (1 + np.log(counts.data)) * self.weights[counts.indices]
        part = np.repeat(np.arange(counts.shape[0]) * PARTS, np.diff(counts.indptr)) + counts.indices // BUCKETS
        lengths = np.sqrt(np.bincount(part, values**2, minlength=counts.shape[0] * PARTS)).astype(np.float32)
        return csr_matrix((values / lengths[part], counts.indices, counts.indptr), shape=counts.shape)


def masked_unit_rows(features: csr_matrix) -> Weights:
    """The part that tells of the masked text as dense rows of unit length, shape (texts, `MASKED`), whose products are
    cosines; empty ones stay empty."""
    rows: Weights = features.toarray()[:, :MASKED]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=rows, where=lengths > 0)
