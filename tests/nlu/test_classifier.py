"""The classifier of intents: learned the same each time, kept on disk unchanged, sure of what it knows, not of strangers."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import Any, Iterator

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import calibration, perceptron
from bot.nlu.classifier.calibration import UNCALIBRATED, Calibration
from bot.nlu.classifier.cores import cores
from bot.nlu.classifier.described import Described
from bot.nlu.classifier.ensemble import Ensemble
from bot.nlu.classifier.wording import counted
from bot.nlu.encoder import LAYER_DIMENSIONS, SentenceEncoder
from bot.nlu.intents import BAND, LOST, SURE, UNSURE, EnsembleIntentClassifier

KINDS = {
    "price": "how much is {}|what does {} cost|price of {}|is {} expensive|what do i pay for {}|cost of {} please",
    "stock": "is {} in stock|do you still have {}|when is {} back|{} sold out?|any {} left|is {} available",
    "parcel": "where is my {} parcel|track the {} i ordered|my {} has not arrived|{} still not here|is my {} on its way|when does my {} arrive",
    "refund": "money back for {}|refund my {}|i want my money for {} returned|when is {} refunded|reimburse {}|get a refund on {}",
    "texture": "is {} sticky|does {} feel greasy|how thick is {}|is {} runny|is {} light or heavy|what does {} feel like",
    "greeting": "hello there {}|hi {}|good morning {}|hey {}|good evening {}|greetings {}",
    "vegan": "is {} vegan|does {} have animal products|is {} cruelty free|{} tested on animals?|is there honey in {}|is {} plant based",
    "age": "can a teenager use {}|is {} ok at 14|too old for {} at 70|from which age is {}|{} for a child|my son is 12, is {} fine",
}
THINGS = ("cream", "the toner", "that serum", "this mask")
STRANGERS = ("who won the match last night", "translate this into french", "my car will not start", "book a flight to rome")


@pytest.fixture(scope="module", autouse=True)
def _fewer_steps() -> Iterator[None]:
    """So few and so plain examples are learned in a quarter of the steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(perceptron, "LEAST_STEPS", perceptron.LEAST_STEPS // 4)
        yield


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def described(encoder: SentenceEncoder, texts: list[str]) -> Described:
    return Described(counted(texts, texts), encoder.encode_layers(texts), np.zeros((len(texts), 0), np.float32))


@pytest.fixture(scope="module")
def learned(encoder: SentenceEncoder) -> tuple[Described, np.ndarray[Any, Any]]:
    pairs = [(text.format(thing), kind) for kind, texts in KINDS.items() for text in texts.split("|") for thing in THINGS]
    return described(encoder, [text for text, _ in pairs]), np.array([kind for _, kind in pairs])


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with cores() as found:
        yield found


@pytest.fixture(scope="module")
def ensemble(learned: tuple[Described, np.ndarray[Any, Any]], pool: Executor) -> Ensemble:
    return Ensemble(*learned, pool)


def test_new_wordings_are_told_apart(encoder: SentenceEncoder, ensemble: Ensemble) -> None:
    asked = {"what's the price for your cleanser": "price", "has the essence run out": "stock", "hello": "greeting",
             "i'd like to be refunded": "refund", "may a 13 year old have it": "age"}
    guesses = ensemble.guess(described(encoder, list(asked)))
    assert ensemble.classes[guesses.probabilities.argmax(axis=1)].tolist() == list(asked.values())
    np.testing.assert_allclose(guesses.probabilities.sum(axis=1), 1)


def test_two_trainings_give_the_same_classifier(
    encoder: SentenceEncoder, learned: tuple[Described, np.ndarray[Any, Any]], ensemble: Ensemble, pool: Executor
) -> None:
    texts = described(encoder, [*STRANGERS, "is it sticky"])
    first, second = ensemble.guess(texts), Ensemble(*learned, pool).guess(texts)
    np.testing.assert_array_equal(first.probabilities, second.probabilities)
    np.testing.assert_array_equal(first.signs, second.signs)


def test_a_classifier_is_kept_on_disk_unchanged(encoder: SentenceEncoder, ensemble: Ensemble, tmp_path: Path) -> None:
    ensemble.save(tmp_path)
    loaded = Ensemble.load(tmp_path)
    texts = described(encoder, ["is the mask greasy", *STRANGERS])
    assert loaded.classes.tolist() == ensemble.classes.tolist()
    np.testing.assert_array_equal(loaded.guess(texts).probabilities, ensemble.guess(texts).probabilities)
    np.testing.assert_allclose(loaded.guess(texts).signs, ensemble.guess(texts).signs, atol=1e-2)


@pytest.fixture(scope="module")
def calibrated(learned: tuple[Described, np.ndarray[Any, Any]], pool: Executor) -> Calibration:
    return calibration.learned(*learned, let_in=0.4, given_up=0.005, cores=pool)


def test_strangers_are_trusted_less(encoder: SentenceEncoder, calibrated: Calibration, ensemble: Ensemble, tmp_path: Path) -> None:
    found = calibrated
    found.save(tmp_path)
    assert Calibration.load(tmp_path) == found
    assert 0 < found.unsure <= found.sure < 1
    known = found.confidence(ensemble.guess(described(encoder, ["how much is it", "is the cream vegan", "refund please"])).signs)
    strange = found.confidence(ensemble.guess(described(encoder, list(STRANGERS))).signs)
    assert known.min() > strange.max()
    assert known.min() >= found.sure > strange.mean()


def test_the_limit_rises_when_fewer_strangers_are_let_in(
    learned: tuple[Described, np.ndarray[Any, Any]], calibrated: Calibration, pool: Executor
) -> None:
    assert calibration.learned(*learned, let_in=0.05, given_up=0.005, cores=pool).sure > calibrated.sure


def test_few_classes_are_not_calibrated(learned: tuple[Described, np.ndarray[Any, Any]], pool: Executor) -> None:
    examples, labels = learned
    few = np.flatnonzero(np.isin(labels, ["price", "stock"]))
    assert calibration.learned(examples.at(few), labels[few], 0.4, 0.005, pool) == UNCALIBRATED
    classifier = Ensemble(examples.at(few), labels[few], pool)
    probabilities = classifier.guess(examples.at(few)).probabilities
    assert (classifier.classes[probabilities.argmax(axis=1)] == labels[few]).mean() > 0.95


def test_a_perceptron_learns_what_no_line_parts() -> None:
    random = np.random.default_rng(1)
    inputs = random.uniform(-1, 1, (400, 2)).astype(np.float32)
    classes = (inputs[:, 0] * inputs[:, 1] > 0).astype(np.int64)
    network = perceptron.learned(inputs, classes, 2, [2], seed=0)
    assert (network.logits(inputs).argmax(axis=1) == classes).mean() > 0.9


def message(text: str, intent: str | None = None) -> Message:
    return Message({TEXT: text, "masked_text": text, "subject_counts": [0.0], **({INTENT: intent} if intent else {})})


def component(tmp_path: Path, **config: Any) -> EnsembleIntentClassifier:
    return EnsembleIntentClassifier.create(
        {**EnsembleIntentClassifier.get_default_config(), **config}, LocalModelStorage(tmp_path), Resource("intents"),
        ExecutionContext(GraphSchema({}), node_name="intents"),
    )


def with_features(messages: list[Message]) -> list[Message]:
    from bot.nlu.featurizer import MiniLMFeaturizer

    config = {**MiniLMFeaturizer.get_default_config(), "layers": True}
    made = MiniLMFeaturizer.create(config, LocalModelStorage(Path()), Resource("features"),
                                   ExecutionContext(GraphSchema({}), node_name="features"))
    found: list[Message] = made.process(messages)
    assert found[0].get_dense_features(TEXT)[1].features.shape == (1, LAYER_DIMENSIONS)
    return found


def test_the_component_sets_intent_ranking_and_band(tmp_path: Path) -> None:
    examples = [message(text.format("it"), kind) for kind, texts in KINDS.items() for text in texts.split("|")]
    trained = component(tmp_path)
    trained.train(TrainingData(with_features(examples)))
    loaded = EnsembleIntentClassifier.load(
        trained._config, LocalModelStorage(tmp_path), Resource("intents"), ExecutionContext(GraphSchema({}), node_name="intents")
    )
    known, strange = loaded.process(with_features([message("how much is it"), message("zqx 77 glorp")]))
    assert known.get("intent")["name"] == "price"
    assert known.get(BAND) == SURE
    assert strange.get(BAND) in (UNSURE, LOST)
    ranking = [one["confidence"] for one in known.get("intent_ranking")]
    assert len(ranking) == 6 and ranking == sorted(ranking, reverse=True) and 0 <= ranking[-1] <= ranking[0] <= 1


def test_wrong_settings_and_too_few_intents_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfigException, match="let_in"):
        component(tmp_path, let_in=4)
    with pytest.raises(InvalidConfigException, match="two intents"):
        component(tmp_path).train(TrainingData([message("hello", "greet")]))
