"""The shop's own policies, as its owner wrote them in `data/shop.yml`."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from pydantic import BaseModel, Extra, Field, ValidationError, constr

from bot.nearest import did_you_mean
from bot.store.text import words
from bot.yaml_files import YamlFileError, line_of, read_yaml, shown

RARE = 2
SHORTEST = 4
MOST_HERE = 2
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
ENDING = re.compile(r"(?:ing|ed|es|s|e)$")
# Such a sentence needs the one before it.
POINTS_BACK = re.compile(r"(?:it|they|this|these|that|those|then|there)\b", re.I)

if TYPE_CHECKING:
    Text = str
    Country = str
else:
    Country = constr(regex=r"^[A-Z]{2}$")
    Text = constr(strip_whitespace=True, min_length=1, max_length=500)


class ShopError(Exception):
    """`data/shop.yml` cannot be used; the message names the field and what is wrong with it."""


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Contact(_Strict):
    """How people reach the shop's staff."""

    email: Text
    phone: Text
    hours: Text
    address: Text


class Policy(_Strict):
    """What the shop says on one kind of question. `hand_over`: the shop's staff must look into it, because the
    assistant sees no orders and no accounts."""

    say: Text
    more: list[Text] = []
    hand_over: bool = False


class Topic(_Strict):
    """A narrower question with an answer of its own ("gift cards"). `asked` holds what people write, several words each,
    of which all must be said; without `say` the shop has not decided, and that is what people are told."""

    name: Text
    asked: list[Text]
    say: Optional[Text] = None
    hand_over: bool = False


class Shop(_Strict):
    """A shop: its name, how to reach it, and a policy for each kind of support question. `delivers_to` are the ISO 3166
    codes of the countries that it delivers to; empty where the owner lists none."""

    name: Text
    about: Text
    currency: str = Field(..., regex=r"^[A-Z]{3}$")
    contact: Contact
    delivers_to: list[Country] = []
    policies: dict[str, Policy]
    topics: dict[str, Topic] = {}

    def topics_in(self, question: str, talk: str = "") -> list[Topic]:
        """The topics that a question is about. The last two words of what is asked must stand
        in the question itself, those before them there or in the talk around it ("can I *return* it? *who pays*?")."""
        here, around = _roots(question), _roots(question) | _roots(talk)
        runs = {key: [[_root(word) for word in words(asked)] for asked in one.asked] for key, one in self.topics.items()}
        return [
            self.topics[key]
            for key, asked in runs.items()
            if any(here.issuperset(roots[-MOST_HERE:]) and around.issuperset(roots) for roots in asked)
        ]

    def policy(self, kind: str) -> Optional[Policy]:
        """The policy for a kind of question ("delivery_time"), or None when the owner wrote none."""
        return self.policies.get(kind)

    def said_for(self, kind: str, message: str) -> str:
        """The policy's words. Where one sentence holds more of the message's rare words ("charged twice") than the first,
        it comes first and alone with that one; rare are words in no more than a few sentences of all policies. Empty where
        the owner wrote no policy."""
        policy = self.policy(kind)
        if policy is None:
            return ""
        sentences = SENTENCE_END.split(policy.say)
        asked = self.asked_for(kind, message)
        return f"{asked} {sentences[0]}" if asked else policy.say

    def asked_for(self, kind: str, message: str) -> str:
        """The sentence of a policy that the message asks for, empty where none stands out from the first."""
        policy = self.policy(kind)
        if policy is None:
            return ""
        sentences = SENTENCE_END.split(policy.say)
        rare = _stems(message) & _rare(tuple(one.say for one in self.policies.values()))
        best = max(sentences, key=lambda one: len(_stems(one) & rare))
        stands_out = len(_stems(best) & rare) > len(_stems(sentences[0]) & rare)
        return best if stands_out and not POINTS_BACK.match(best) else ""


@lru_cache(maxsize=4)
def _rare(policies: tuple[str, ...]) -> frozenset[str]:
    """Stems that stand in no more than a few sentences of all policies."""
    counts = Counter(stem for policy in policies for one in SENTENCE_END.split(policy) for stem in _stems(one))
    return frozenset(stem for stem, count in counts.items() if count <= RARE)


def _stems(text: str) -> set[str]:
    """The longer words of a text without their commonest endings, so that "charge" is "charged" too."""
    return {_root(word) for word in words(text) if len(word) >= SHORTEST}


def _roots(text: str) -> set[str]:
    """All words of a text without their commonest endings."""
    return {_root(word) for word in words(text)}


def _root(word: str) -> str:
    return ENDING.sub("", word) if len(word) >= SHORTEST else word


def load_shop(path: Path) -> Shop:
    """Reads and checks the shop's file.

    Raises:
        ShopError: when it cannot be read or a field is wrong.
    """
    try:
        return Shop.parse_obj(read_yaml(path))
    except YamlFileError as error:
        raise ShopError(str(error)) from error
    except ValidationError as error:
        raise ShopError("; ".join(_told(path, one["loc"], one["msg"]) for one in error.errors())) from error


def _told(path: Path, place: tuple[int | str, ...], what: str) -> str:
    """A mistake with its line, and for a field that nobody knows the name it probably should have."""
    field = ".".join(str(step) for step in place if step != "__root__")
    if what == "extra fields not permitted":
        what = f"there is no such field.{did_you_mean(str(place[-1]), _fields_beside(place))}"
    return f"{shown(path)}:{line_of(path, place)}: {field or 'the file'}: {what}"


def _fields_beside(place: tuple[int | str, ...]) -> list[str]:
    """The fields that may stand where a field that nobody knows does."""
    kinds: dict[str, type[_Strict]] = {"contact": Contact, "policies": Policy, "topics": Topic}
    key = str(place[0]) if len(place) > 1 else ""
    return list(kinds[key].__fields__ if key in kinds else Shop.__fields__)
