"""Rasa component: what a short message asks of the shop behind what was said before it: "and if i paid with paypal", after "how do refunds work".

Networks that begin at random learn from the talks of `data/understanding/shop_talks`, of which they see two texts: the last message with all that
came before it, and alone; and from examples of the same kinds and topics that stand by themselves, where both are the same. A message behind another gets `shop_in_talk`: kinds of question and topics of the shop with their shares, the likeliest first,
`NO_SITUATION` for what asks nothing of the shop. Whether that counts is not decided here. In config.yml, after the classifier:

    - name: bot.nlu.shop_talks.ShopTalkReader
      least: 0.1          # share from which a name is given at all
      others: 600         # how many of the training examples of skincare are learned as asking nothing of the shop
"""

from __future__ import annotations

import hashlib
from typing import Any, Dict, List, Optional, Set, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import softmax

from bot.nlu.before import BEFORE
from bot.nlu.classifier.committee import MEMBER, Committee, learned_by
from bot.nlu.classifier.meaning import PARTS
from bot.nlu.described import layers_in_talk
from bot.nlu.encoder import DIMENSIONS
from bot.nlu.featurizer import text_of
from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.meant_examples import TOPIC, digest, own_examples
from bot.nlu.reader import Reader
from bot.nlu.subjects import MENDED_TEXT
from bot.understanding.frame import Guess, kind_of_intent
from bot.understanding.talks import NO_SITUATION, SHOP_TALKS, said_before, talks
from bot.understanding.topics import groups

SHOP_IN_TALK = "shop_in_talk"
STORED = "shop_talks.npz"
NETWORKS = 2
MOST, MOST_WORDS = 3, 20
MOST_OF_A_KIND = 60
SKINCARE = "skincare"
Told = Tuple[str, str, str]
"""What was said with all before it, the last message alone, and what it asks."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ShopTalkReader(Reader):
    """Leaves on a short message what it asks of the shop behind what was said before."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What holds for every key that config.yml leaves out, see the head of this file."""
        return {"least": 0.1, "others": 600, "precision": "int8"}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Checks the component's part of config.yml.

        Raises:
            InvalidConfigException: if a key has a value that it cannot have.
        """
        cls._check_share(config, "least")
        cls._check_number(config, "others", 0)

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._names: List[str] = []
        self._networks: Optional[Committee] = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The code that the component calls and the talks count as part of it."""
        said = hashlib.sha256()
        for path in sorted(SHOP_TALKS.glob("*.yml")):
            said.update(path.read_bytes())
        return f"{code_fingerprint()}-{digest()}-{said.hexdigest()}"

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the talks, and from questions about skincare behind one of them, and stores the result.

        Raises:
            TalkError: when the talks cannot be used.
        """
        told: List[Told] = [(talk.both, talk.last, name) for name, said in talks(SHOP_TALKS).items() for talk in said]
        told += _alone(training_data, {name for *_, name in told})
        told += self._skincare(training_data, [talk.before for said in talks(SHOP_TALKS).values() for talk in said])
        self._names = sorted({name for *_, name in told})
        classes = np.searchsorted(self._names, [name for *_, name in told]).astype(np.int64)
        inputs = layers_in_talk([both for both, *_ in told], [last for _, last, _ in told], self._config["precision"])
        self._networks = learned_by(range(NETWORKS), inputs, classes, len(self._names), [DIMENSIONS] * (inputs.shape[1] // DIMENSIONS))
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / STORED, names=np.array(self._names), **self._networks.arrays())
        return self._resource

    def _skincare(self, training_data: TrainingData, before: List[str]) -> List[Told]:
        """Questions about skincare, drawn by chance, each behind a talk of the shop."""
        random = np.random.default_rng(0)
        of_skin = set(groups()[SKINCARE])
        asked = [str(one.get(TEXT)) for one in training_data.intent_examples if one.get(TEXT) and kind_of_intent(one.get(INTENT)) in of_skin]
        drawn = random.permutation(len(asked))[: self._config["others"]]
        behind = random.integers(len(before), size=len(drawn))
        return [(f"{before[place]} {asked[row]}", asked[row], NO_SITUATION) for row, place in zip(drawn, behind)]

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ShopTalkReader:
        """Loads a trained component; the file format cannot carry code."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            with np.load(folder / STORED, allow_pickle=False) as stored:
                arrays = dict(stored)
        component._names = [str(name) for name in arrays["names"]]
        component._networks = Committee.restored({name: value for name, value in arrays.items() if name.startswith(MEMBER)})
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Leaves on a short message behind another what it asks of the shop."""
        before = said_before([*BEFORE.get()])
        said = text_of(messages[0], MENDED_TEXT) if messages else ""
        if self._networks is None or not before or not 0 < len(said.split()) <= MOST_WORDS:
            return messages
        shares = softmax(self._networks.logits(layers_in_talk([f"{before} {said}"], [said], self._config["precision"])), axis=1)[0]
        likely = [place for place in np.argsort(-shares)[:MOST] if shares[place] >= self._config["least"]]
        messages[0].set(SHOP_IN_TALK, [Guess(self._names[place], round(float(shares[place]), 3)) for place in likely])
        return messages


def _alone(training_data: TrainingData, names: Set[str]) -> List[Told]:
    """What asks for these kinds and topics by itself; of no kind more than `MOST_OF_A_KIND`."""
    found = [(one.text, one.text, one.label.split(PARTS)[1]) for one in own_examples() if one.label.startswith(f"{TOPIC}{PARTS}")]
    by_kind: Dict[str, List[str]] = {}
    for one in training_data.intent_examples:
        by_kind.setdefault(kind_of_intent(one.get(INTENT)), []).append(str(one.get(TEXT) or ""))
    found += [(text, text, kind) for kind, texts in by_kind.items() for text in texts[:MOST_OF_A_KIND] if text]
    return [(both, last, name) for both, last, name in found if name in names]
