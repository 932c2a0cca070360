"""`Reader`: what every component of the pipeline that learns shares; a reader only says what it learns and what it leaves on a message."""

from __future__ import annotations

from typing import Any, Dict

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self


class Reader(GraphComponent, IntentClassifier):
    """A component that learns from the training data and keeps what it learned in Rasa's storage of models."""

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Checks the component's part of config.yml.

        Raises:
            InvalidConfigException: if a key has a value that it cannot have.
        """

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Creates an untrained component (see parent class)."""
        cls.validate_config(config)
        return cls(config, model_storage, resource)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: no later component trains on what a reader finds."""
        return training_data

    @classmethod
    def _check_share(cls, config: Dict[str, Any], key: str) -> None:
        if not isinstance(config[key], (int, float)) or not 0 <= config[key] <= 1:
            raise InvalidConfigException(f"{cls.__name__}: `{key}` must be from 0 to 1, not {config[key]!r}.")

    @classmethod
    def _check_number(cls, config: Dict[str, Any], key: str, least: int) -> None:
        if not isinstance(config[key], int) or isinstance(config[key], bool) or config[key] < least:
            raise InvalidConfigException(f"{cls.__name__}: `{key}` must be a number from {least}, not {config[key]!r}.")
