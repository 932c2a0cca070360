"""`SentenceEncoder`: texts to unit vectors whose dot product says how alike their meanings are."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from bot.nlu.encoder.build import ensure_network
from bot.nlu.encoder.files import MAX_TOKENS, TOKENIZER_FILE, EncoderError, Precision, verified

DIMENSIONS = 384
# The vector, then means of two inner layers and the last layer's greatest values: what a classifier learns from.
LAYER_DIMENSIONS = 4 * DIMENSIONS
# A text is cut here before it is tokenised: 128 tokens of ordinary text end long before, and tokenising
# a message of megabytes would hold the server up for seconds.
MAX_CHARACTERS = 4000
# From so many texts on, which is training, all cores are used; a message is encoded on one.
MANY = 64
BATCH = 32

Vectors = npt.NDArray[np.float32]


class SentenceEncoder:
    """Encodes texts with all-MiniLM-L6-v2 on one thread.

    A text's vector does not depend on what else is encoded with it (to 1e-6), in training or at run time: a message
    runs through the network alone, training examples run with others that have equally many tokens, so that nothing
    is padded, and the network's int8 steps do not depend on the text.
    """

    def __init__(
        self, precision: Precision = "int8", cache_size: int = 1024, directory: Path | None = None
    ) -> None:
        """Load the tokenizer and the network, which is built first when it is not on disk yet.

        Args:
            precision: "int8" (small and fast) or "fp32" (the published model to six digits).
            cache_size: how many of the last texts' vectors are kept (about 6 KB each); 0 keeps none.
            directory: where built networks are kept; models/encoder of the checkout by default.

        Raises:
            EncoderError: if the model's files are missing, are not the published ones, or do not load.
            OSError: if the network has to be built and the directory cannot be written.
        """
        self.precision: Precision = precision
        self._tokenizer = load_tokenizer()
        self._session = _load_session(ensure_network(precision, directory))
        self._cached = lru_cache(maxsize=cache_size)(self._compute)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, each on its own.

        Args:
            texts: any texts; what is past 128 tokens or `MAX_CHARACTERS` of one does not count.

        Returns:
            float32, shape (number of texts, 384), in the order of the texts, each row of length 1. The
            array is the caller's to change.
        """
        return np.ascontiguousarray(self.encode_layers(texts)[:, :DIMENSIONS])

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """Encode texts as `encode` does, with what the inner layers say after the vector.

        Args:
            texts: as `encode` takes them.

        Returns:
            float32, shape (number of texts, `LAYER_DIMENSIONS`): first the unit vector, then the means of the last
            layer but one and but two, then the greatest values of the last. The array is the caller's to change.
        """
        cut = [text[:MAX_CHARACTERS] for text in texts]
        if len(cut) >= MANY:
            return self._compute_many(cut)
        found = list(map(self._cached, cut))
        return np.stack(found) if found else np.empty((0, LAYER_DIMENSIONS), dtype=np.float32)

    def _compute(self, text: str) -> Vectors:
        vector: Vectors = self._run([self._tokens(text)])[0]
        return vector

    def _compute_many(self, texts: Sequence[str]) -> Vectors:
        """All texts on all cores, in batches of texts with equally many tokens, which need no padding."""
        tokens = [self._tokens(text) for text in texts]
        by_length: dict[int, list[int]] = {}
        for row, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(row)
        batches = [rows[at : at + BATCH] for rows in by_length.values() for at in range(0, len(rows), BATCH)]
        vectors = np.empty((len(texts), LAYER_DIMENSIONS), dtype=np.float32)
        with ThreadPoolExecutor() as pool:
            for rows, found in zip(batches, pool.map(lambda rows: self._run([tokens[row] for row in rows]), batches)):
                vectors[rows] = found
        return vectors

    def _tokens(self, text: str) -> list[int]:
        # JSON may carry half a surrogate pair, which the tokenizer refuses.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(clean).ids
        return ids

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """Vectors of texts that have equally many tokens."""
        ids = np.array(tokens, dtype=np.int64)
        found = self._session.run(["embedding", "layers"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vectors: Vectors = np.hstack(found)
        return vectors


def load_tokenizer() -> Tokenizer:
    """The model's tokenizer, which neither pads nor gives more than `MAX_TOKENS`.

    Raises:
        EncoderError: as `verified` raises it.
    """
    tokenizer = Tokenizer.from_file(str(verified(TOKENIZER_FILE)))
    # The published file pads every text to 128 tokens, which would cost ten times the work.
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _load_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The arena keeps the largest text's memory for ever and makes a run no faster here.
    options.enable_cpu_mem_arena = False
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own exceptions have no common base but Exception
        raise EncoderError(
            f"ONNX Runtime cannot load {path} (delete it to have it rebuilt): {error}"
        ) from error
