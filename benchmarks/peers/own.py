"""Glasskin's own pipeline, its components and their settings as config.yml has them. What is about skincare (the
gazetteer, the splitting into questions) does not apply to other shops and is left out; nothing else is changed."""

from __future__ import annotations

import statistics
import time
from typing import Any, List

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.answers import Answers
from benchmarks.datasets import Dataset
from bot.nlu.evaluation import components, made
from bot.nlu.intents import BAND, SURE
from bot.nlu.subjects import SubjectExtractor
from bot.paths import ROOT

TIMED = 300


def answer(dataset: Dataset) -> Answers:
    """Trains on the set and answers its test messages."""
    started = time.perf_counter()
    data = TrainingData(
        [Message({TEXT: text, INTENT: intent}) for text, intent in zip(dataset.train.texts, dataset.train.intents)]
    )
    before, classifier = components(ROOT / "config.yml")
    pipeline = []
    for component, settings in (*before, classifier):
        if component is not SubjectExtractor:
            pipeline.append(made(component, settings, data))
            pipeline[-1].process_training_data(data)
    training = time.perf_counter() - started
    messages = _process(pipeline, dataset.test.texts)
    times = []
    for text in dataset.train.texts[:: max(1, len(dataset.train.texts) // TIMED)]:
        started = time.perf_counter()
        _process(pipeline, [f"{text} please"])
        times.append(time.perf_counter() - started)
    found = [message.get(INTENT) for message in messages]
    return Answers(
        [one["name"] for one in found],
        [one["confidence"] for one in found],
        [message.get(BAND) == SURE for message in messages],
        training,
        statistics.median(times) * 1000,
    )


def _process(pipeline: List[Any], texts: List[str]) -> List[Message]:
    messages = [Message({TEXT: text}) for text in texts]
    for component in pipeline:
        messages = component.process(messages)
    return messages
