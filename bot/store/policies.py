"""The shop's own policies, as its owner wrote them in `data/shop.yml`."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import yaml
from pydantic import BaseModel, Extra, Field, ValidationError, constr

from bot.store.text import words

RARE = 2
SHORTEST = 4
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


class Shop(_Strict):
    """A shop: its name, how to reach it, and a policy for each kind of support question. `delivers_to` are the ISO 3166
    codes of the countries that it delivers to; empty where the owner lists none."""

    name: Text
    about: Text
    currency: str = Field(..., regex=r"^[A-Z]{3}$")
    contact: Contact
    delivers_to: list[Country] = []
    policies: dict[str, Policy]

    def policy(self, kind: str) -> Optional[Policy]:
        """The policy for a kind of question ("delivery_time"), or None when the owner wrote none."""
        return self.policies.get(kind)

    def said_for(self, kind: str, message: str) -> str:
        """The policy's words, the sentence first that holds the most of the message's rare words ("charged twice"): those
        in no more than a few sentences of all policies. Empty where the owner wrote no policy."""
        policy = self.policy(kind)
        if policy is None:
            return ""
        sentences = SENTENCE_END.split(policy.say)
        rare = _stems(message) & _rare(tuple(one.say for one in self.policies.values()))
        best = max(sentences, key=lambda one: len(_stems(one) & rare))
        if best == sentences[0] or len(_stems(best) & rare) <= len(_stems(sentences[0]) & rare) or POINTS_BACK.match(best):
            return policy.say
        return " ".join([best, *(one for one in sentences if one != best)])


@lru_cache(maxsize=4)
def _rare(policies: tuple[str, ...]) -> frozenset[str]:
    """Stems that stand in no more than a few sentences of all policies."""
    counts = Counter(stem for policy in policies for one in SENTENCE_END.split(policy) for stem in _stems(one))
    return frozenset(stem for stem, count in counts.items() if count <= RARE)


def _stems(text: str) -> set[str]:
    """The longer words of a text without their commonest endings, so that "charge" is "charged" too."""
    return {ENDING.sub("", word) for word in words(text) if len(word) >= SHORTEST}


def load_shop(path: Path) -> Shop:
    """Reads and checks the shop's file.

    Raises:
        ShopError: when it cannot be read or a field is wrong.
    """
    try:
        return Shop.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ShopError(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ShopError(f"{path}: {where}") from error
