"""Rasa component: which kind of question a message is, and in which band of confidence.

The classifier is `bot.nlu.classifier`'s; this file is its door to Rasa. In config.yml, after a featurizer with the
encoder's layers (`MiniLMFeaturizer`, `layers: true`):

    - name: bot.nlu.intents.EnsembleIntentClassifier
      let_in: 0.4         # share of strangers that may be taken for a known kind of question
      given_up: 0.005     # share of right guesses that may be given up without a question back
      calibrated: true    # false: probabilities as they come, for cross-validation
      ranking_length: 6

The message gets `intent`, `intent_ranking`, whose confidences are those of being right, `band`: sure, unsure or lost, and
`tied` where the second guess is as likely as the first.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import calibration
from bot.nlu.classifier.calibration import UNCALIBRATED, Calibration
from bot.nlu.classifier.cores import cores
from bot.nlu.classifier.described import Described
from bot.nlu.classifier.ensemble import Ensemble
from bot.nlu.classifier.wording import counted
from bot.nlu.featurizer import text_of
from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.reader import Reader
from bot.nlu.subjects import MASKED_TEXT, MENDED_TEXT, SUBJECT_COUNTS

BAND = "band"
TIED = "tied"
SURE, UNSURE, LOST = "sure", "unsure", "lost"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EnsembleIntentClassifier(Reader):
    """Perceptrons and a linear SVM, with a confidence and bands learned by cross-validation."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What holds for every key that config.yml leaves out, see the head of this file."""
        return {"let_in": 0.4, "given_up": 0.005, "calibrated": True, "ranking_length": 6}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Checks the component's part of config.yml.

        Raises:
            InvalidConfigException: if a share is not between 0 and 1.
        """
        cls._check_share(config, "let_in")
        cls._check_share(config, "given_up")

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._ensemble: Optional[Ensemble] = None
        self._calibration = UNCALIBRATED

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The code that the component calls counts as part of it."""
        return code_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the intent examples and stores the result.

        Raises:
            InvalidConfigException: if there are not at least two intents to tell apart.
        """
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = np.array([example.get(INTENT) for example in examples])
        if len(np.unique(labels)) < 2:
            raise InvalidConfigException("EnsembleIntentClassifier needs examples of at least two intents.")
        described = _described(examples)
        with cores() as pool:
            learning = pool.submit(Ensemble, described, labels, pool)
            if self._config["calibrated"]:
                shares = self._config["let_in"], self._config["given_up"]
                self._calibration = calibration.learned(described, labels, *shares, pool)
            self._ensemble = learning.result()
        with self._model_storage.write_to(self._resource) as folder:
            self._ensemble.save(folder)
            self._calibration.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EnsembleIntentClassifier:
        """Loads a trained component; the file formats cannot carry code."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._ensemble = Ensemble.load(folder)
            component._calibration = Calibration.load(folder)
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent, ranking and band of each message."""
        if not messages or self._ensemble is None:
            return messages
        guesses = self._ensemble.guess(_described(messages))
        names = self._ensemble.classes
        for message, row, confidence in zip(messages, guesses.probabilities, self._calibration.confidence(guesses.signs)):
            best = np.argsort(-row, kind="stable")[: self._config["ranking_length"]]
            # The others share the first guess's scale, so that the ranking falls and each stays below 1.
            ranking = [{"name": str(names[at]), "confidence": float(confidence * row[at] / row[best[0]])} for at in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set(BAND, self._band(float(confidence)))
            message.set(TIED, len(best) > 1 and bool(row[best[1]] >= self._calibration.margin * row[best[0]]))
        return messages

    def _band(self, confidence: float) -> str:
        if confidence >= self._calibration.sure:
            return SURE
        return UNSURE if confidence >= self._calibration.unsure else LOST


def _described(messages: Sequence[Message]) -> Described:
    """A message that nothing has searched for subjects names none."""
    return Described(
        counted(*([text_of(message, kind) for message in messages] for kind in (MASKED_TEXT, MENDED_TEXT))),
        np.vstack([message.get_dense_features(TEXT)[1].features for message in messages]),
        np.array([message.get(SUBJECT_COUNTS) or [0.0] for message in messages], dtype=np.float32),
    )
