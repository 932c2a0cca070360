"""Cross-validation of the project's own examples on its own pipeline: read and encoded once, then learnt in folds.

Near-duplicates ("retinol daily?", "niacinamide daily?") are kept in one fold, so that no example is told by its twin
and the figures hold for messages nobody has written yet.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import StratifiedGroupKFold

from bot.nlu.encoder import DIMENSIONS
from bot.nlu.questions import QuestionSplitter
from bot.nlu.subjects import MASKED_TEXT, STAND_INS

FOLDS = 5
ALIKE = 0.95
ALL_INTENTS = 1000
BLOCK = 1000
STAND_IN_WORDS = frozenset(" ".join(STAND_INS.values()).split()) | {"sunscreen", "moisturizer", "cleanser", "serums"}
Progress = Callable[[str, int, int], None]


class Example(NamedTuple):
    """A training example: its intent, its text, and the file and line it stands in."""

    intent: str
    text: str
    path: Path
    line: int


@dataclass(frozen=True)
class Judged:
    """An example as a classifier that never saw it read it: the guess, its confidence, and that of its own intent."""

    example: Example
    guess: str
    confidence: float
    own: float

    @property
    def right(self) -> bool:
        return self.guess == self.example.intent


class Score(NamedTuple):
    """Precision, recall and F1 of an intent (0 to 1) over its examples."""

    precision: float
    recall: float
    f1: float
    examples: int


def examples(folder: Path) -> List[Example]:
    """All examples of `<folder>/*.yml`, in order."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        intent = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            said = line.strip()
            if said.startswith("- intent:"):
                intent = said.removeprefix("- intent:").strip()
            elif intent and line[:1].isspace() and said.startswith("- "):
                found.append(Example(intent, said.removeprefix("- ").strip(), path, number))
    return found


def described(config: Path, found: Sequence[Example], progress: Progress) -> List[Message]:
    """The examples as the pipeline's featurizers leave them, entity marks aside."""
    reader = RasaYAMLReader()
    content = {"nlu": [{"intent": one.intent, "examples": f"- {one.text}\n"} for one in found]}
    data = reader.reads(yaml.safe_dump(content, allow_unicode=True, width=10_000))
    before, _ = components(config)
    for step, (component, settings) in enumerate(before):
        progress("reading the examples", step, len(before))
        data = made(component, settings, data).process_training_data(data)
    return list(data.training_examples)


def made(component: Any, settings: Dict[str, Any], data: TrainingData) -> Any:
    """A pipeline's component with its settings, trained and loaded again if it has something to learn."""
    name = component.__name__
    context = ExecutionContext(GraphSchema({}), node_name=name)
    with tempfile.TemporaryDirectory() as folder:
        given = (settings, LocalModelStorage.create(Path(folder)), Resource(name), context)
        untrained = component.create(*given)
        if not hasattr(untrained, "train"):
            return untrained
        untrained.train(data)
        return component.load(*given)


def components(config: Path) -> Tuple[List[Tuple[Any, Dict[str, Any]]], Tuple[Any, Dict[str, Any]]]:
    """The pipeline up to its intent classifier: what describes a message, and the classifier, with their settings."""
    before: List[Tuple[Any, Dict[str, Any]]] = []
    for entry in yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]:
        module, name = entry["name"].rsplit(".", 1)
        component = getattr(import_module(module), name)
        settings = {**component.get_default_config(), **{key: value for key, value in entry.items() if key != "name"}}
        if component is QuestionSplitter:
            continue
        if issubclass(component, IntentClassifier):
            return before, (component, settings)
        before.append((component, settings))
    raise ValueError("config.yml has no intent classifier.")


def cross_validate(
    config: Path, found: Sequence[Example], progress: Progress = lambda *_: None, folds: int = FOLDS
) -> List[Judged]:
    """Judges every example by a classifier trained without it and its near-duplicates.

    Args:
        config: the project's config.yml.
        found: see `examples`.
        progress: told what is being done, and how far it is.
        folds: into how many parts the examples are split.

    Returns:
        One judgement an example, in their order.
    """
    messages = described(config, found, progress)
    labels = np.array([one.intent for one in found])
    splits = StratifiedGroupKFold(folds, shuffle=True, random_state=0).split(labels, labels, near_duplicates(messages, labels))
    judged: Dict[int, Judged] = {}
    for number, (train, test) in enumerate(splits):
        progress("learning and judging", number, folds)
        rankings = _learn_and_judge(config, [messages[i] for i in train], [messages[i] for i in test])
        for place, ranking in zip(test, rankings):
            own = ranking.get(found[place].intent, 0.0)
            guess = max(ranking, key=ranking.__getitem__)
            judged[place] = Judged(found[place], guess, ranking[guess], own)
    progress("done", folds, folds)
    return [judged[place] for place in range(len(found))]


def _learn_and_judge(config: Path, train: List[Message], test: List[Message]) -> List[Dict[str, float]]:
    _, (component, settings) = components(config)
    labels = [message.get(INTENT) for message in test]
    made(component, {**settings, "ranking_length": ALL_INTENTS, "calibrated": False}, TrainingData(train)).process(test)
    rankings = [{one["name"]: one["confidence"] for one in message.get("intent_ranking")} for message in test]
    for message, label in zip(test, labels):
        message.set(INTENT, label)
    return rankings


def near_duplicates(messages: Sequence[Message], labels: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """A group number for each example; near-duplicates of one intent share theirs.

    Two examples are near-duplicates when their wordings are the same but for subjects, punctuation and articles, or
    when the sentence encoder finds them alike to `ALIKE` (cosine).
    """
    parent = list(range(len(messages)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    first: Dict[Tuple[str, str], int] = {}
    for place, message in enumerate(messages):
        wording = (labels[place], skeleton(message.get(MASKED_TEXT) or message.get(TEXT)))
        parent[root(place)] = root(first.setdefault(wording, place)) if wording[1] else root(place)
    for one, other in alike(messages):
        if labels[one] == labels[other]:
            parent[root(one)] = root(other)
    return np.array([root(place) for place in range(len(messages))])


def skeleton(masked: str) -> str:
    """A masked wording without stand-ins, articles and punctuation: "is the serum ok ?" is "is ok"."""
    words = re.findall(r"[\w']+", masked)
    return " ".join(word for word in words if word not in STAND_IN_WORDS and word not in {"a", "an", "the", "my"})


def alike(messages: Sequence[Message], least: float = ALIKE) -> List[Tuple[int, int]]:
    """Pairs of places whose dense features have at least this cosine."""
    vectors = np.vstack([message.get_dense_features(TEXT)[1].features[:, :DIMENSIONS] for message in messages])
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs: List[Tuple[int, int]] = []
    for begin in range(0, len(vectors), BLOCK):
        rows, columns = np.nonzero(vectors[begin : begin + BLOCK] @ vectors.T >= least)
        pairs.extend((begin + int(row), int(column)) for row, column in zip(rows, columns) if begin + row < column)
    return pairs


def scores(judged: Sequence[Judged]) -> Mapping[str, Score]:
    """Precision, recall and F1 of each intent, weakest first."""
    labels = sorted({one.example.intent for one in judged})
    precision, recall, f1, support = precision_recall_fscore_support(
        [one.example.intent for one in judged], [one.guess for one in judged], labels=labels, zero_division=0
    )
    found = {label: Score(*row) for label, row in zip(labels, zip(precision, recall, f1, map(int, support)))}
    return dict(sorted(found.items(), key=lambda item: item[1].f1))


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean of all intents' F1."""
    return float(np.mean([score.f1 for score in scores(judged).values()]))
