"""Rasa component: what a short message does in a talk, by its meaning: `acts`, names of `data/understanding/_acts.yml`.

Learned from those examples and from questions that stand by themselves. Whether an act counts is decided by `bot.understanding.acts`, which knows
what was said before. In config.yml, after a featurizer with the encoder's layers:

    - name: bot.nlu.acts.ActReader
      let_in: 0.02        # share of questions that stand by themselves and may sound like an act
      certain: 0.004      # share of them that may sound like one for certain
      others: 5600        # how many of the training examples are learned from as none
"""

from __future__ import annotations

import hashlib
from typing import Any, Dict, List, Optional, Sequence

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier.cores import cores
from bot.nlu.classifier.meaning import NONE, PARTS, Meaning, Shares, Texts, learned_from
from bot.nlu.described import masked_layers
from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.ordinary_words import counted
from bot.nlu.reader import Reader
from bot.understanding.acts import FILE, MOST_WORDS, examples

ACTS = "acts"
ACT = "act"
# Their training examples go on from an answer themselves: they say nothing of what an act is not.
GOING_ON = frozenset({
    "follow_up", "show_more", "ask_source", "affirm", "deny", "thank", "tell_profile", "ask_replace", "find_similar",
})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActReader(Reader):
    """Leaves on each short message what it may do in a talk."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What holds for every key that config.yml leaves out, see the head of this file."""
        return {"let_in": 0.02, "certain": 0.004, "others": 5600, "precision": "int8"}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Checks the component's part of config.yml.

        Raises:
            InvalidConfigException: if a key has a value that it cannot have.
        """
        cls._check_share(config, "let_in")
        cls._check_share(config, "certain")
        cls._check_number(config, "others", 1)

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._meaning: Optional[Meaning] = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The code that the component calls and the examples of acts count as part of it."""
        return f"{code_fingerprint()}-{hashlib.sha256(FILE.read_bytes()).hexdigest()}"

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples of acts and from the training examples, and stores the result.

        Raises:
            ActError: when the examples of acts cannot be used.
        """
        by_themselves = [one for one in training_data.intent_examples if one.get(TEXT) and one.get(INTENT) not in GOING_ON]
        order = np.random.default_rng(0).permutation(len(by_themselves))
        others, strangers = np.sort(order[: self._config["others"]]), np.sort(order[self._config["others"] :])
        told = [(text, f"{ACT}{PARTS}{name}") for name, texts in examples().items() for text in texts]
        counts = counted(one.get(TEXT) for one in training_data.intent_examples)
        own = masked_layers([text for text, _ in told], counts, self._config["precision"])
        layers = np.vstack([one.get_dense_features(TEXT)[1].features for one in by_themselves])
        labels = [*(label for _, label in told), *(f"{NONE}{PARTS}{by_themselves[row].get(INTENT)}" for row in others)]
        texts = Texts(np.vstack([own, layers[others]]), np.array(labels))
        with cores() as pool:
            self._meaning = learned_from(texts, layers[strangers], (ACT,), Shares(self._config["let_in"], self._config["certain"]), pool)
        with self._model_storage.write_to(self._resource) as folder:
            self._meaning.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ActReader:
        """Loads a trained component; the file formats cannot carry code."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._meaning = Meaning.load(folder)
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leaves on each short message what it may do."""
        short: Sequence[Message] = [one for one in messages if 0 < len((one.get(TEXT) or "").split()) <= MOST_WORDS]
        if self._meaning is not None and short:
            layers = np.vstack([one.get_dense_features(TEXT)[1].features for one in short])
            for message, said in zip(short, self._meaning.guess(layers)):
                message.set(ACTS, said)
        return messages
