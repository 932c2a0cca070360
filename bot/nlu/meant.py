"""Rasa component: what a question asks the shop's owner, or in which mood it is said, by its meaning.

Phrases tell topics and moods where they are sure (`bot.understanding.asked`); this tells them in words that nobody wrote a
phrase for. The message gets `meant`: names of `data/understanding/topics` and `.../upset` with how likely it says anything of
that sort, and whether that is certain. Whether that counts is not decided here. In config.yml, after a featurizer with the encoder's layers:

    - name: bot.nlu.meant.MeaningReader
      let_in: 0.02        # share of skincare questions that may sound like one where the classifier is not sure of their kind
      certain: 0.0005     # share of them that may sound like one for certain
      others: 5000        # how many of the other training examples are learned from at most
"""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.before import BEFORE
from bot.nlu.classifier.cores import cores
from bot.nlu.classifier.meaning import NONE, OTHER, PARTS, Meaning, Shares, Texts, learned_from
from bot.nlu.described import CACHE, masked_layers
from bot.nlu.featurizer import shared_encoder, text_of
from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.meant_examples import MOOD, SKINCARE, TOPIC, Example, digest, labelled, own_examples
from bot.nlu.ordinary_words import counted
from bot.nlu.reader import Reader
from bot.nlu.subjects import MASKED_TEXT
from bot.understanding import topics
from bot.understanding.frame import kind_of_intent
from bot.understanding.talks import MOST_LETTERS, MOST_OF_FOLLOW_UPS

MEANT, MEANT_IN_TALK = "meant", "meant_in_talk"
# Of the training examples about the shop in which no phrase stands so many are learned as none; the others may be topics.
SURELY_NONE = 1 / 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningReader(Reader):
    """Leaves on each message what it asks the shop's owner, and its mood."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What holds for every key that config.yml leaves out, see the head of this file."""
        return {"let_in": 0.02, "certain": 0.0005, "others": 5000, "precision": "int8"}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Checks the component's part of config.yml.

        Raises:
            InvalidConfigException: if a key has a value that it cannot have.
        """
        cls._check_share(config, "let_in")
        cls._check_share(config, "certain")
        cls._check_number(config, "others", 0)

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._meaning: Optional[Meaning] = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The code that the component calls and the examples of topics and moods count as part of it."""
        return f"{code_fingerprint()}-{digest()}"

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples of topics and moods and from the training examples, and stores the result.

        Raises:
            AskedError: when the examples of topics or moods cannot be used.
        """
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        chosen = _chosen(labelled((kind_of_intent(one.get(INTENT)), one.get(TEXT)) for one in examples), self._config["others"])
        layers = np.vstack([one.get_dense_features(TEXT)[1].features for one in examples])
        own = own_examples()
        own_layers = masked_layers([one.text for one in own], counted(one.get(TEXT) for one in examples), self._config["precision"])
        labels = np.array([*(one.label for one in own), *chosen.labels])
        texts = Texts(np.vstack([own_layers, layers[chosen.rows]]), labels)
        shares = Shares(self._config["let_in"], self._config["certain"])
        with cores() as pool:
            self._meaning = learned_from(texts, layers[chosen.strangers], (TOPIC, MOOD), shares, pool)
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
    ) -> MeaningReader:
        """Loads a trained component; the file formats cannot carry code."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._meaning = Meaning.load(folder)
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leaves on each message what it means."""
        if not messages or self._meaning is None:
            return messages
        spoken = [message for message in messages if message.get(MASKED_TEXT) or message.get(TEXT)]
        if spoken:
            layers = np.vstack([message.get_dense_features(TEXT)[1].features for message in spoken])
            for message, said in zip(spoken, self._meaning.guess(layers)):
                message.set(MEANT, said)
            self._read_in_talk(spoken[0])
        return messages

    def _read_in_talk(self, message: Message) -> None:
        """Leaves on a short message which topic it asks for together with what was said just before it: "do you wrap gifts?", "how much is it?"."""
        said, before = text_of(message, MASKED_TEXT), BEFORE.get()[-1:]
        if self._meaning is None or not before or len(said.split()) > MOST_OF_FOLLOW_UPS:
            return
        layers = shared_encoder(self._config["precision"], CACHE).encode_layers([f"{before[0][-MOST_LETTERS:]} {said}"])
        message.set(MEANT_IN_TALK, self._meaning.guess(layers, (TOPIC,))[0])


class _Chosen(NamedTuple):
    """Which training examples are learned, with their classes, and the skincare questions that are left to learn limits from."""

    rows: np.ndarray[Any, np.dtype[np.int64]]
    labels: List[str]
    strangers: np.ndarray[Any, np.dtype[np.int64]]


def _chosen(examples: Sequence[Example], others: int) -> _Chosen:
    """Draws the training examples to learn from; the same examples give the same choice."""
    random = np.random.default_rng(0)
    group = np.array([example.label.split(PARTS)[0] for example in examples])
    none, other = random.permutation(np.flatnonzero(group == NONE)), random.permutation(np.flatnonzero(group == OTHER))
    kept = [np.flatnonzero((group != NONE) & (group != OTHER)), none[:others], other[: round(len(other) * SURELY_NONE)]]
    rows = np.sort(np.concatenate(kept))
    skincare = {f"{NONE}{PARTS}{kind}" for kind in topics.groups().get(SKINCARE, ())}
    strangers = np.sort([row for row in none[others:] if examples[row].label in skincare]).astype(np.int64)
    return _Chosen(rows, [examples[row].label for row in rows], strangers)
