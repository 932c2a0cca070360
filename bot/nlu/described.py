"""Texts as the encoder describes them: what is no message as the pipeline describes messages, and messages behind what was said before."""

from __future__ import annotations

from typing import Dict, Sequence

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classifier.described import Matrix
from bot.nlu.encoder.files import Precision
from bot.nlu.featurizer import shared_encoder, text_of
from bot.nlu.subjects import MASKED_TEXT, SubjectExtractor

CACHE = 1024


def masked_layers(texts: Sequence[str], counts: Dict[str, int], precision: Precision) -> Matrix:
    """The encoder's layers of texts, shape (texts, layers).

    Args:
        texts: as people write them.
        counts: how often each word stands in the training examples, by which slips are mended.
        precision: as the encoder takes it.
    """
    extractor = SubjectExtractor(SubjectExtractor.get_default_config(), counts)
    messages = [Message({TEXT: text}) for text in texts]
    extractor.mask(messages)
    layers: Matrix = shared_encoder(precision, CACHE).encode_layers([text_of(message, MASKED_TEXT) for message in messages])
    return layers


def layers_in_talk(both: Sequence[str], alone: Sequence[str], precision: Precision) -> Matrix:
    """The encoder's layers of messages with all that came before them, then of the same messages alone.

    Args:
        both: each message with what was said before it in front; the message itself where nothing was.
        alone: the same messages.
        precision: as the encoder takes it.

    Returns:
        Shape (texts, twice the encoder's `LAYER_DIMENSIONS`).
    """
    encoder = shared_encoder(precision, CACHE)
    layers = encoder.encode_layers(alone)
    longer = [place for place, (whole, last) in enumerate(zip(both, alone)) if whole != last]
    whole_layers = layers.copy()
    if longer:
        whole_layers[longer] = encoder.encode_layers([both[place] for place in longer])
    return np.concatenate([whole_layers, layers], axis=1)
