"""Rasa component: which situations a message may tell of, by its meaning.

Networks that begin at random learn from the sentence encoder's vectors of the examples of `data/understanding/situations` and `data/understanding/talks`,
and of training examples that tell of none, and their mean counts; slips are mended and nothing is masked, since here it counts what is named. They see
two texts: what was said with all that came before it, and alone, which is the same where nothing came before. The message gets `situations`: names with
their shares of what it may tell of alone, and, where it is short and something was said before it (`BEFORE`), `in_talk`: the same within the
talk; of several sentences also `alarm`: the same of the one that sounds most like a red flag. Whether one is meant is not decided here. In config.yml, after the classifier:

    - name: bot.nlu.situations.SituationReader
      least: 0.05         # share from which a situation is named at all
      most: 6             # so many are named at most
      others: 3000        # how many of the training examples are learned as telling of none
"""

from __future__ import annotations

import hashlib
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import softmax

from bot.nlu.before import BEFORE
from bot.nlu.classifier.committee import MEMBER, Committee, learned_by
from bot.nlu.classifier.described import Matrix
from bot.nlu.described import layers_in_talk
from bot.nlu.encoder import DIMENSIONS
from bot.nlu.featurizer import text_of
from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.intents import BAND
from bot.nlu.reader import Reader
from bot.nlu.subjects import MENDED_TEXT
from bot.understanding.frame import SURE, Guess
from bot.understanding.situations import FOLDER, emergencies, examples, near_misses
from bot.understanding.talks import FOLDER as TALKS
from bot.understanding.talks import NO_SITUATION, said_before, talks

SITUATIONS, IN_TALK, ALARM = "situations", "in_talk", "alarm"
NONE = ""
STORED = "situations.npz"
NETWORKS = 3
"""The mean of three is right for 56 of 100 texts where one is for 52, of five for 57, see benchmarks/TRIED.md."""
FEW_WORDS = 4
"""So few words of which the classifier is sure tell of no situation."""
MOST_WORDS = 16
"""So many words are a message of its own, whatever was said before."""
MOST_SENTENCES = 24
SENTENCE_ENDS = ".!?;\n"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SituationReader(Reader):
    """Leaves on each message which situations it may tell of."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What holds for every key that config.yml leaves out, see the head of this file."""
        return {"least": 0.05, "most": 6, "others": 3000, "precision": "int8"}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Checks the component's part of config.yml.

        Raises:
            InvalidConfigException: if a key has a value that it cannot have.
        """
        cls._check_share(config, "least")
        cls._check_number(config, "most", 1)
        cls._check_number(config, "others", 1)

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._names: List[str] = []
        self._networks: Optional[Committee] = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> str | None:
        """The code that the component calls and the examples count as part of it."""
        return f"{code_fingerprint()}-{digest()}"

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples and from questions that tell of no situation, and stores the result.

        Raises:
            SituationError: when the examples cannot be used.
        """
        told = [(text, text, name) for name, texts in examples().items() for text in texts]
        told += [(talk.both, talk.last, NONE if name == NO_SITUATION else name) for name, said in talks().items() for talk in said]
        told += [(text, text, NONE) for text in near_misses()]
        others = [str(one.get(TEXT)) for one in training_data.intent_examples if one.get(TEXT)]
        drawn = np.random.default_rng(0).permutation(len(others))[: self._config["others"]]
        told += [(others[place], others[place], NONE) for place in np.sort(drawn)]
        names = np.unique([name for *_, name in told])
        classes = np.searchsorted(names, [name for *_, name in told]).astype(np.int64)
        inputs = layers_in_talk([both for both, *_ in told], [last for _, last, _ in told], self._config["precision"])
        self._names = [str(name) for name in names]
        self._networks = learned_by(range(NETWORKS), inputs, classes, len(names), [DIMENSIONS] * (inputs.shape[1] // DIMENSIONS))
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / STORED, names=names, **self._networks.arrays())
        return self._resource

    def _shares(self, networks: Committee, texts: List[str], before: str = "") -> Matrix:
        """Of each text the share of each name behind what was said before, shape (texts, names)."""
        both = [f"{before} {text}" for text in texts] if before else texts
        shares: Matrix = softmax(networks.logits(layers_in_talk(both, texts, self._config["precision"])), axis=1)
        return shares

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SituationReader:
        """Loads a trained component; the file format cannot carry code."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            with np.load(folder / STORED, allow_pickle=False) as stored:
                arrays = dict(stored)
        component._names = [str(name) for name in arrays["names"]]
        component._networks = Committee.restored({name: value for name, value in arrays.items() if name.startswith(MEMBER)})
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leaves on each message which situations it may tell of."""
        networks = self._networks
        if networks is None:
            return messages
        spoken = [message for message in messages if _may_tell(message)]
        if spoken:
            shares = self._shares(networks, [text_of(message, MENDED_TEXT) for message in spoken])
            for message, row in zip(spoken, shares):
                message.set(SITUATIONS, self._likeliest(row))
                self._hear_alarm(networks, message)
        before = said_before([*BEFORE.get()])
        if messages and before and _goes_on(messages[0]):
            messages[0].set(IN_TALK, self._likeliest(self._shares(networks, [text_of(messages[0], MENDED_TEXT)], before)[0]))
        return messages

    def _hear_alarm(self, networks: Committee, message: Message) -> None:
        """Leaves what the one sentence sounds like that sounds most like a red flag, where the whole of several does at all."""
        flags, found = emergencies(), message.get(SITUATIONS)
        sentences = sentences_of(text_of(message, MENDED_TEXT))[:MOST_SENTENCES]
        if len(sentences) < 2 or not any(one.name in flags for one in found):
            return
        shares = self._shares(networks, sentences)
        each = [self._likeliest(row) for row in shares]
        gravest = max(each, key=lambda guesses: sum(one.share for one in guesses if one.name in flags))
        message.set(ALARM, gravest or [Guess(NONE, 0.0)])

    def _likeliest(self, row: Matrix) -> List[Guess]:
        """The situations with the greatest shares, the likeliest first."""
        first = np.argsort(-row)[: self._config["most"] + 1]
        found = [Guess(self._names[place], round(float(row[place]), 3)) for place in first if row[place] >= self._config["least"]]
        return [one for one in found if one.name != NONE][: self._config["most"]]


def digest() -> str:
    """Changes when an example does."""
    said = hashlib.sha256()
    for path in (*sorted(FOLDER.glob("*.yml")), *sorted(TALKS.glob("*.yml"))):
        said.update(path.read_bytes())
    return said.hexdigest()


def sentences_of(text: str) -> List[str]:
    """The sentences of a text; what is too short to tell anything stands with the one before it."""
    found: List[str] = []
    for part in text.translate({ord(mark): "\n" for mark in SENTENCE_ENDS}).split("\n"):
        if found and len(part.split()) < FEW_WORDS:
            found[-1] = f"{found[-1]} {part.strip()}".strip()
        elif part.strip():
            found.append(part.strip())
    return found


def _goes_on(message: Message) -> bool:
    return 0 < len((message.get(TEXT) or "").split()) <= MOST_WORDS


def _may_tell(message: Message) -> bool:
    words = (message.get(TEXT) or "").split()
    return len(words) > FEW_WORDS or (bool(words) and message.get(BAND) != SURE)
