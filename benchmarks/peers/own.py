"""Glasskin's own pipeline, its components and their settings as config.yml has them. What is about skincare (the
gazetteer, the splitting into questions) does not apply to other shops and is left out; nothing else is changed."""

from __future__ import annotations

import importlib
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, List

import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.answers import Answers
from benchmarks.datasets import Dataset
from bot.nlu.intents import BAND, SURE
from bot.paths import ROOT

APPLY = ("MiniLMFeaturizer", "EnsembleIntentClassifier")
TIMED = 300


def answer(dataset: Dataset) -> Answers:
    """Trains on the set and answers its test messages."""
    started = time.perf_counter()
    data = TrainingData(
        [Message({TEXT: text, INTENT: intent}) for text, intent in zip(dataset.train.texts, dataset.train.intents)]
    )
    with tempfile.TemporaryDirectory() as folder:
        components = []
        for settings in _settings():
            component = _component(settings, Path(folder))
            if hasattr(component, "train"):
                component.train(data)
            component.process_training_data(data)
            components.append(component)
    training = time.perf_counter() - started
    messages = _process(components, dataset.test.texts)
    times = []
    for text in dataset.train.texts[:: max(1, len(dataset.train.texts) // TIMED)]:
        started = time.perf_counter()
        _process(components, [f"{text} please"])
        times.append(time.perf_counter() - started)
    found = [message.get(INTENT) for message in messages]
    return Answers(
        [one["name"] for one in found],
        [one["confidence"] for one in found],
        [message.get(BAND) == SURE for message in messages],
        training,
        statistics.median(times) * 1000,
    )


def _settings() -> List[Dict[str, Any]]:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return [one for one in pipeline if one["name"].rsplit(".", 1)[1] in APPLY]


def _component(settings: Dict[str, Any], folder: Path) -> Any:
    module, name = settings["name"].rsplit(".", 1)
    kind = getattr(importlib.import_module(module), name)
    config = {**kind.get_default_config(), **{key: value for key, value in settings.items() if key != "name"}}
    return kind.create(config, LocalModelStorage(folder), Resource(name), ExecutionContext(GraphSchema({}), node_name=name))


def _process(components: List[Any], texts: List[str]) -> List[Message]:
    messages = [Message({TEXT: text}) for text in texts]
    for component in components:
        messages = component.process(messages)
    return messages
