"""What the knowledge knows of a product's words: names of ingredients, which tell a list from prose, kinds and concerns."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.labels.finding import FORMAL
from bot.labels.inci import normalise_inci
from bot.paths import CATALOGUE
from bot.rules.knowledge import Knowledge, load
from bot.rules.labelling import LabelReader
from bot.store.importers.brands import BrandWords
from bot.store.importers.deriving import Deriving
from bot.store.importers.kinds import Kinds
from bot.yaml_files import read_yaml

HEADINGS = CATALOGUE / "label_headings.yml"
MOST_WORDS_IN_NAME = 9
MOST_KEPT = 40_000
DENIED_BEFORE = frozenset(("no", "without", "non", "zero", "ohne", "sans", "sin"))
"""Right in front of a name: it is not in there. Only the next word is taken so: a name too many is careful, one too few is
not."""
DENIED_BEHIND = frozenset(("free", "alternative", "alternatives"))
DENIED_OF = {"free": ("of", "from"), "alternative": ("to",), "alternatives": ("to",), "instead": ("of",)}
_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[^\W\d_]{2,}")


class KnownNames:
    """The names of one knowledge; made once."""

    def __init__(self, knowledge: Knowledge) -> None:
        reader = self.reader = LabelReader(knowledge)
        words = read_yaml(HEADINGS)
        self._knowledge = knowledge
        self.kinds = Kinds(knowledge)
        self.brands = BrandWords(knowledge, self.kinds)
        self.deriving = Deriving(knowledge)
        self._known = reader.known
        self._formal = reader.formal
        self._name_words = frozenset(words["name_words"])
        self._endings = tuple(words["korean_endings"])
        self._korean = {
            text.replace(" ", ""): ingredient.inci
            for ingredient in knowledge.ingredients.values()
            for text in ingredient.ko
            if len(text) > 1
        }
        self.is_known = lru_cache(maxsize=MOST_KEPT)(self._is_known)
        self.is_formal = lru_cache(maxsize=MOST_KEPT)(self._is_formal)

    def named_in(self, text: str) -> tuple[str, ...]:
        """What a text says is in the product: ingredients by their INCI names, families by their own; what it denies
        ("retinol-free", "without alcohol", "a retinol alternative") left out."""
        data, found = self._knowledge, []
        for one in data.names_in_text.find(_without_denied(text)):
            if one in data.ingredients:
                found.append(data.ingredients[one].inci)
            elif one in data.families:
                found.append(data.families[one].name)
        if _HANGUL.search(text):
            bare = text.replace(" ", "")
            found += [inci for name, inci in self._korean.items() if name in bare and f"{name}무첨가" not in bare]
        return tuple(dict.fromkeys(found))

    def _is_known(self, name: str) -> bool:
        """Whether a name is an ingredient's, or has the form of one."""
        if len(name.split()) > MOST_WORDS_IN_NAME:
            return False
        return normalise_inci(name) in self._known or self._is_formal(name)

    def _is_formal(self, name: str) -> bool:
        """Whether it stands on labels but is hardly said: "butylene glycol", not "retinol"."""
        if normalise_inci(name) in self._formal or FORMAL.search(name):
            return True
        if _HANGUL.search(name):
            return len(name) > 2 and name.replace(" ", "").endswith(self._endings)
        return not self._name_words.isdisjoint(_WORD.findall(name.lower()))


@lru_cache(maxsize=2)
def known_names(knowledge: Path) -> KnownNames:
    """The names of the knowledge in this folder.

    Raises:
        KnowledgeError: when it cannot be read.
    """
    return KnownNames(load(knowledge))


def _without_denied(text: str) -> str:
    """The text without the words that stand beside a denial."""
    words = text.split()
    bare = [word.strip(",;:!?()[]").lower() for word in words]
    kept: list[str] = []
    place = 0
    while place < len(words):
        behind = bare[place + 1] if place + 1 < len(words) else ""
        if bare[place] in DENIED_BEFORE:
            place += 2
        elif behind in DENIED_OF.get(bare[place], ()):
            place += 3
        else:
            if behind not in DENIED_BEHIND and not bare[place].endswith("-free"):
                kept.append(words[place])
            place += 1
    return " ".join(kept)
