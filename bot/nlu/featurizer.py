"""`MiniLMFeaturizer`: gives each message the sentence encoder's vector, for Rasa's classifiers.

In config.yml (after the component that masks subjects, unless `texts` is raw):

    - name: bot.nlu.featurizer.MiniLMFeaturizer
      texts: raw          # masked: the message's `masked_text` instead; both: one after the other
      layers: false       # true: 1,536 dimensions instead of 384, see `SentenceEncoder.encode_layers`
      precision: int8     # or fp32
      cache_size: 1024
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder.build import GRAPH_VERSION
from bot.nlu.encoder.files import PACKAGE, TOKENIZER_SHA256, WEIGHTS_SHA256, Precision
from bot.nlu.encoder.sentence import SentenceEncoder
from bot.nlu.fingerprint import code_fingerprint

MASKED_TEXT = "masked_text"
KINDS = {"raw": (TEXT,), "masked": (MASKED_TEXT,), "both": (TEXT, MASKED_TEXT)}


@lru_cache(maxsize=2)
def shared_encoder(precision: Precision, cache_size: int) -> SentenceEncoder:
    """Return this process's encoder: loading a second model must not cost a second network.

    Args:
        precision: as `SentenceEncoder` takes it.
        cache_size: as `SentenceEncoder` takes it.

    Returns:
        The same encoder for the same arguments.

    Raises:
        EncoderError: as `SentenceEncoder` raises it.
    """
    return SentenceEncoder(precision, cache_size)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MiniLMFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds a dense sentence feature of the message's text; learns nothing and stores nothing."""

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages whose presence Rasa checks and whose versions enter its training cache's key."""
        return ["onnxruntime", "tokenizers", PACKAGE]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what holds for every key that config.yml leaves out."""
        return {
            **DenseFeaturizer.get_default_config(),
            "texts": "raw",
            "layers": False,
            "precision": "int8",
            "cache_size": 1024,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Tie Rasa's training cache to the weights, the graph's version and the code, also that of the component
        before it, which leaves `masked_text` on the very messages that are cached here."""
        return f"{WEIGHTS_SHA256}-{TOKENIZER_SHA256}-v{GRAPH_VERSION}-{code_fingerprint()}"

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Check the component's part of config.yml.

        Raises:
            InvalidConfigException: if a key has a value that it cannot have.
        """
        texts, precision, size = config["texts"], config["precision"], config["cache_size"]
        if texts not in KINDS:
            raise InvalidConfigException(f"MiniLMFeaturizer: `texts` must be raw, masked or both, not {texts!r}.")
        if precision not in ("int8", "fp32"):
            raise InvalidConfigException(
                f"MiniLMFeaturizer: `precision` must be int8 or fp32, not {precision!r}."
            )
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise InvalidConfigException(
                f"MiniLMFeaturizer: `cache_size` must be a number from 0, not {size!r}."
            )

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MiniLMFeaturizer:
        """Create the component as Rasa's graph asks for it; there is nothing in the storage to load."""
        return cls(config, execution_context.node_name or cls.__name__)

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Take the encoder of this process.

        Args:
            config: the complete configuration (`get_default_config` with config.yml's keys over it).
            name: the features' origin when config.yml gives no alias.

        Raises:
            InvalidConfigException: if the configuration is wrong.
            EncoderError: if the encoder cannot be loaded.
        """
        super().__init__(name, config)
        self._texts: str = config["texts"]
        self._origin: str = config[FEATURIZER_CLASS_ALIAS] or name
        encoder = shared_encoder(config["precision"], config["cache_size"])
        self._encode = encoder.encode_layers if config["layers"] else encoder.encode

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the feature to every training example that has a text; returns the same object."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the feature to every message that has a text.

        Args:
            messages: the messages; their `features` are extended in place.

        Returns:
            The same messages.
        """
        spoken = [message for message in messages if message.get(TEXT)]
        blocks = [self._encode([text_of(message, kind) for message in spoken]) for kind in KINDS[self._texts]]
        for row, message in enumerate(spoken):
            vector = np.hstack([block[row : row + 1] for block in blocks])
            message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, self._origin))
        return messages


def text_of(message: Message, kind: str) -> str:
    """The text of one kind; a message that nothing has masked or mended is its own masked and mended text."""
    text: str = message.get(kind) or message.get(TEXT)
    return text
