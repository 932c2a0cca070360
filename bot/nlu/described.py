"""Texts that are no messages, described as the pipeline describes messages: subjects masked, then the encoder's layers."""

from __future__ import annotations

from typing import Dict, Sequence

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
