"""Rasa component: the subjects of a message as entities with the knowledge's ids.

The knowledge is read when the component is loaded, so that a new ingredient needs no training; what is learned is
how often the examples hold each word, so that a typing slip is read as the likeliest word. The component also leaves
on the message `mended_text`, its wording without slips, `masked_text`, the same with each subject replaced by a
stand-in of its label, which lets the classifier see the kind of question rather than its subject, how many
subjects of each label it names, its words with their places (`spoken`) and those that nobody knows.
A pasted ingredient list becomes one entity (`label`); what stands in it is no subject of the message.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Doc, Span

from bot.labels.finding import LabelFinder
from bot.nlu import dates, durations, numbers
from bot.nlu.bounds import in_short_runs, readable
from bot.nlu.countries import country_name, find_countries
from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.names.brands import BrandFinder, is_unwanted
from bot.nlu.names.product_names import ProductNames
from bot.nlu.ordinary_words import counted
from bot.nlu.pipeline import PRODUCT_LABEL, SubjectFinder
from bot.nlu.plain import written_out
from bot.nlu.shop_words import shop_words
from bot.nlu.unknown_words import unknown_words
from bot.nlu.vocabulary import signs, wordings
from bot.nlu.written_words import written
from bot.rules.knowledge import load as load_knowledge
from bot.rules.labelling import LabelReader
from bot.settings import settings

LABEL = "label"
COUNTS_FILE = "word_counts.json"
MENDED_TEXT = "mended_text"
MASKED_TEXT = "masked_text"
SUBJECT_COUNTS = "subject_counts"
SPOKEN = "spoken"
UNKNOWN_WORDS = "unknown_words"
RARE_WORDS = "rare_words"
COUNTED = ("product_type", "ingredient", "family", "concern", "skin_type", "safety", "time_of_day")
MOST_COUNTED = 2
DETERMINERS = ("the", "a", "an", "your", "this", "that", "my")
A_PRODUCT = "the serum"
# By id, for subjects that tell something about the kind of question, so that the classifier may tell them from others.
OWN_STAND_INS = {
    "sunscreen": "sunscreen", "moisturizer": "moisturizer", "water_cleanser": "cleanser", "oil_cleanser": "cleanser",
    "tretinoin": "tretinoin", "adapalene": "tretinoin", "rx_retinoid": "tretinoin", "fragrance": "fragrance",
}
STAND_INS = {
    "product_type": "serum",
    "ingredient": "niacinamide",
    "family": "niacinamide",
    "concern": "dark spots",
    "skin_type": "oily",
}


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class SubjectExtractor(GraphComponent, EntityExtractorMixin):
    """Finds subjects, numbers, order numbers and e-mail addresses. Registered as a featurizer too, because Rasa runs
    no extractor over the training examples."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`knowledge`: the folder of the skincare knowledge; empty for the project's own. `product_names`: the file
        of the shop's product names; empty for the one that the settings name."""
        return {"knowledge": "", "product_names": ""}

    def __init__(self, config: Dict[str, Any], counts: Optional[Mapping[str, int]] = None) -> None:
        """
        Args:
            config: as `get_default_config` gives it, with config.yml's keys over it.
            counts: how often the training examples hold each word, where that was learned.
        """
        folder = Path(config["knowledge"]) if config["knowledge"] else settings().knowledge
        knowledge = load_knowledge(folder)
        label_names = LabelReader(knowledge)
        self._labels = LabelFinder(label_names.known, label_names.formal)
        products = ProductNames(Path(config["product_names"]) if config["product_names"] else settings().product_names)
        self._brands = BrandFinder(knowledge, products)
        self._finder = SubjectFinder(wordings(knowledge), signs(knowledge), products, counts, shop_words())
        self._storage: Optional[ModelStorage] = None
        self._resource: Optional[Resource] = None

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SubjectExtractor:
        """Creates the component as it is before training (see parent class)."""
        component = cls(config)
        component._storage, component._resource = model_storage, resource
        return component

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SubjectExtractor:
        """Loads the trained component (see parent class)."""
        with model_storage.read_from(resource) as folder:
            return cls(config, json.loads((folder / COUNTS_FILE).read_text(encoding="utf-8")))

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The code that the component calls counts as part of it."""
        return code_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Counts the words of the examples and stores the counts; `load` gives the component that knows them."""
        assert self._storage is not None and self._resource is not None
        counts = counted(message.get(TEXT, "") for message in training_data.intent_examples)
        with self._storage.write_to(self._resource) as folder:
            (folder / COUNTS_FILE).write_text(json.dumps(counts, sort_keys=True), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Masks the training examples as messages are masked."""
        self.mask(training_data.intent_examples)
        return training_data

    def mask(self, examples: Iterable[Message]) -> None:
        """Leaves on examples what the classifiers learn from, and nothing that only a message is asked for: Rasa takes the fingerprint
        of all that stands on each of thousands of them."""
        for message in examples:
            text = message.get(TEXT, "")
            pasted = self._labels(text)
            self._describe(message, self._finder(pasted.own_words(text) if pasted else text))

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds entities and what the classifier sees to messages."""
        for message in messages:
            text = readable(message.get(TEXT) or "", settings().longest_message)
            pasted = self._labels(text)
            said = pasted.own_words(text) if pasted else text
            doc = self._finder(said)
            found = [*_entities(doc, said), *self._of_shop(said), *_numbers(in_short_runs(said))]
            if pasted:
                found.append({"entity": LABEL, "value": "list", "start": pasted.start, "end": pasted.end})
            extracted = self.add_extractor_name(found)
            message.set(ENTITIES, message.get(ENTITIES, []) + extracted, add_to_output=True)
            words = self._describe(message, doc)
            self._leave_words(message, doc, words)
        return messages

    def _of_shop(self, text: str) -> List[Dict[str, Any]]:
        """Brands and countries."""
        said = list(written(text))
        brands = [
            {"entity": "brand", "value": one.name, "text": text[one.start : one.end], "start": one.start, "end": one.end}
            | ({"role": "negated"} if is_unwanted(said, one) else {})
            for one in self._brands.find(text, said)
        ]
        countries = [
            {"entity": "country", "value": one.code, "text": country_name(one.code), "start": one.start, "end": one.end}
            for one in find_countries(said)
        ]
        return [*brands, *countries]

    def _describe(self, message: Message, doc: Doc) -> Sequence[str]:
        """Leaves on the message what the classifier sees besides its text, and gives its mended words."""
        found = [span.label_ for span in (*doc.spans["subjects"], *doc.spans["safety"])]
        words = [written_out(token.text) for token in doc.user_data["mended"]]
        message.set(MENDED_TEXT, " ".join(" ".join(words).split()))
        message.set(MASKED_TEXT, masked(doc, words, OWN_STAND_INS))
        message.set(SUBJECT_COUNTS, [min(found.count(label), MOST_COUNTED) for label in COUNTED])
        return words

    def _leave_words(self, message: Message, doc: Doc, words: Sequence[str]) -> None:
        """Leaves on the message its words with their places, and those that nobody knows."""
        nobody_knows = unknown_words(doc, self._finder)
        message.set(UNKNOWN_WORDS, list(nobody_knows.unknown))
        message.set(RARE_WORDS, list(nobody_knows.rare))
        message.set(SPOKEN, [(token.lower_, mended, token.idx) for token, mended in zip(doc, words)])


def masked(doc: Doc, mended: Sequence[str], stand_ins: Mapping[str, str]) -> str:
    """The message in lower case, slips mended, chat words written out, with a stand-in for each subject; forms are
    left out, so that "a vitamin C serum" reads like "a niacinamide".

    Args:
        doc: as `SubjectFinder` gives it.
        mended: its words, slips mended and chat words written out.
        stand_ins: stand-ins by id, before those by label.
    """
    words: List[str] = []
    roles = doc.user_data["roles"]
    spans = {span.start: span for span in (*doc.spans["subjects"], *doc.spans["products"])}
    position = 0
    while position < len(doc):
        span = spans.get(position)
        if span is not None and span.label_ == PRODUCT_LABEL:
            words.append(STAND_INS["product_type"] if words and words[-1] in DETERMINERS else A_PRODUCT)
            position = span.end
        elif span is not None and span.label_ in STAND_INS:
            if roles.get(span.start) != "form":
                words.append(_stand_in(span, stand_ins))
            position = span.end
        else:
            words.append(mended[position])
            position += 1
    return " ".join(" ".join(words).split())


def _stand_in(span: Span, stand_ins: Mapping[str, str]) -> str:
    word = stand_ins.get(span.id_, STAND_INS[span.label_])
    several = span.label_ == "product_type" and span.text.lower().endswith("s")
    return f"{word}s" if several else word


def _entities(doc: Doc, text: str) -> List[Dict[str, Any]]:
    entities = []
    for span in (*doc.spans["safety"], *doc.spans["subjects"], *doc.spans["products"]):
        entity = {
            "entity": span.label_,
            "value": span.id_,
            "text": text[span.start_char : span.end_char],
            "start": span.start_char,
            "end": span.end_char,
        }
        if span.label_ == "safety":
            role = "negated" if span.start in doc.user_data["denied"] else None
        else:
            role = doc.user_data["roles"].get(span.start)
        if role:
            entity["role"] = role
        entities.append(entity)
    return sorted(entities, key=lambda entity: entity["start"])


def _numbers(text: str) -> List[Dict[str, Any]]:
    found: List[Dict[str, Any]] = [
        {
            "entity": one.label,
            "value": one.value,
            "start": one.start,
            "end": one.end,
            **({"role": one.role} if one.role else {}),
        }
        for one in numbers.find(text)
    ]
    ages = [(one["start"], one["end"]) for one in found if one["entity"] == "age"]
    for lasted in durations.find(text):
        if not any(lasted.start < end and start < lasted.end for start, end in ages):
            found.append({"entity": "duration", "value": f"{lasted.days:g}", "start": lasted.start, "end": lasted.end})
    return [*found, *_dates(text)]


def _dates(text: str) -> List[Dict[str, Any]]:
    """Dates printed on a pack, with their marks; a mark alone is one without a value."""
    if not dates.about_pack_dates(text):
        return []
    printed = dates.printed_in(text)
    return [
        {"entity": f"date_{one.mark}" if one.mark else "date", "value": one.day.isoformat(), "start": 0, "end": len(text)} for one in printed
    ] or [{"entity": "date", "value": "", "start": 0, "end": len(text)}]
