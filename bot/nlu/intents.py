"""Rasa component: which kind of question a message is.

A linear classifier over the sentence encoder's features and a latent semantic analysis of the masked wording (TF-IDF
of words and of character n-grams, which forgive typing slips). Training and prediction are deterministic.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence

import numpy as np
import numpy.typing as npt
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.subjects import MASKED_TEXT, SUBJECT_COUNTS

BUCKETS = 2**13
SUBJECT_WEIGHT = 0.3
TRUSTED = ["scipy.sparse._csr.csr_matrix"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Logistic regression over dense sentence features and the masked text's TF-IDF, reduced to few dimensions."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`C`: inverse regularisation. `dense_weight`: the encoder's features against the wording's.
        `dimensions`: of the reduced wording. `ranking_length`: how many guesses are kept."""
        return {"C": 10.0, "dense_weight": 2.0, "dimensions": 300, "max_iter": 40, "ranking_length": 6}

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        hashing = {"n_features": BUCKETS, "alternate_sign": False, "norm": None, "dtype": np.float32}
        self._words = HashingVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **hashing)
        self._letters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), **hashing)
        self._word_weights = TfidfTransformer(sublinear_tf=True)
        self._letter_weights = TfidfTransformer(sublinear_tf=True)
        self._reduction = TruncatedSVD(config["dimensions"], n_iter=2, random_state=0)
        self._regression = LogisticRegression(
            C=config["C"], max_iter=config["max_iter"], class_weight="balanced", random_state=0
        )

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Creates an untrained component (see parent class)."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The code that the component calls counts as part of it."""
        return code_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the intent examples and stores the result."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [_wording(example) for example in examples]
        self._word_weights.fit(self._words.transform(texts))
        self._letter_weights.fit(self._letters.transform(texts))
        self._reduction.fit(self._counts(texts))
        self._reduction.components_ = self._reduction.components_.astype(np.float32)
        labels = [example.get(INTENT) for example in examples]
        self._regression.fit(self._features(examples), labels)
        with self._model_storage.write_to(self._resource) as folder:
            for name, part in self._parts().items():
                skops.io.dump(part, folder / f"{name}.skops")
        return self._resource

    def _parts(self) -> Dict[str, Any]:
        """What training gives; the hashing has no state, which keeps the model small and quick to load."""
        return {
            "word_weights": self._word_weights,
            "letter_weights": self._letter_weights,
            "reduction": self._reduction,
            "regression": self._regression,
        }

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Loads a trained component; the file format cannot carry code."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            for name in component._parts():
                setattr(component, f"_{name}", skops.io.load(folder / f"{name}.skops", trusted=TRUSTED))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets the intent and the ranking of each message."""
        for message, row in zip(messages, self._probabilities(messages)):
            best = np.argsort(-row, kind="stable")[: self._config["ranking_length"]]
            names = self._regression.classes_
            ranking = [{"name": str(names[index]), "confidence": float(row[index])} for index in best]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: no later component trains on predicted intents."""
        return training_data

    def _probabilities(self, messages: Sequence[Message]) -> npt.NDArray[np.float64]:
        probabilities: npt.NDArray[np.float64] = self._regression.predict_proba(self._features(messages))
        return probabilities

    def _features(self, messages: Sequence[Message]) -> npt.NDArray[np.float32]:
        """One row a message: the encoder's features, the reduced wording, which labels of subjects it names."""
        dense = np.vstack([message.get_dense_features(TEXT)[1].features for message in messages])
        wording = self._reduction.transform(self._counts([_wording(message) for message in messages]))
        subjects = SUBJECT_WEIGHT * np.array([message.get(SUBJECT_COUNTS) for message in messages], dtype=np.float32)
        return np.hstack([dense * self._config["dense_weight"], wording, subjects]).astype(np.float32)

    def _counts(self, texts: Sequence[str]) -> csr_matrix:
        words = self._word_weights.transform(self._words.transform(texts))
        letters = self._letter_weights.transform(self._letters.transform(texts))
        return hstack([words, letters]).astype(np.float32).tocsr()


def _wording(message: Message) -> str:
    wording: str = message.get(MASKED_TEXT)
    return wording
