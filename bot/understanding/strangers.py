"""What people ask about beside skincare, and words that nobody knows: subjects of which no rule can speak."""

from __future__ import annotations

from pathlib import Path
from typing import List, Mapping, NamedTuple, Sequence, Tuple

import yaml

from bot.understanding.frame import Mention, mention_word
from bot.understanding.matching import PatternFinder, Word
from bot.understanding.patterns import compiled

FILE = "_strangers.yml"
# Words behind or before which a subject stands.
BEFORE = frozenset(
    ["with", "and", "plus", "or", "use", "using", "used", "after", "before", "over", "under", "on", "apply", "applying", "mix", "mixing", "add", "adding", "to", "put", "putting", "try", "trying", "combine", "combining", "layer", "layering", "take", "taking", "of", "about", "into", "called", "has", "contains", "is", "are", "like"]
)
AFTER = frozenset({"with", "and", "plus", "or", "together"})
# What stands between those words and a subject.
BETWEEN = frozenset(["a", "an", "the", "my", "your", "his", "her", "our", "some", "this", "that", "new", "own", "little", "bit", "pure", "raw", "real"])
# Words that say of what kind the thing is that the word before them names.
KINDS = frozenset(
    ["complex", "spray", "venom", "milk", "extract", "powder", "booster", "peptide", "oil", "butter", "acid", "wax", "tablets", "tablet", "pills", "pill", "drops", "gel", "balm", "cream", "serum", "toner", "lotion", "ointment", "essence", "ampoule", "mask", "paste", "tincture", "injections", "injection", "patch", "patches", "stick", "vinegar", "fat", "blood", "water"]
)
# Said of any product.
OF_ANY = frozenset(["drugstore", "pharmacy", "supermarket", "brandname", "travel", "sample", "luxury", "fav", "holiday", "hotel", "gym", "winter", "summer"])
# Places of the body that are no subject.
BODY = frozenset(
    ["collarbone", "collarbones", "shoulder", "shoulders", "elbow", "elbows", "knee", "knees", "ankle", "ankles", "wrist", "wrists", "thigh", "thighs", "shin", "shins", "calf", "calves", "ribs", "hip", "hips", "buttocks", "bum", "forearm", "forearms", "nape", "temple", "temples", "earlobe", "earlobes", "jawline", "cheekbone", "cheekbones", "torso", "spine"]
)
PRODUCT_TYPE = mention_word("product_type")


class Found(NamedTuple):
    """Strangers by name, each once, and the kinds of product that are named by them ("snake venom cream")."""

    names: Tuple[str, ...]
    kinds: Tuple[Mention, ...] = ()

    def holds(self, mention: Mention) -> bool:
        """True where the mention says no more than of what kind a stranger is."""
        return any((one.start, one.end, one.id) == (mention.start, mention.end, mention.id) for one in self.kinds)


class Strangers:
    """Finds them in the words of a question."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        """Takes patterns by the name of what they stand for ("a tattoo")."""
        self._patterns = PatternFinder([(name, row) for name, texts in named.items() for one in texts for row in compiled(one, {})])

    @classmethod
    def load(cls, folder: Path) -> Strangers:
        """The strangers of a folder's `_strangers.yml`."""
        return cls(yaml.load((folder / FILE).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))

    def find(self, spoken: Sequence[Word], unknown: Sequence[str], rare: Sequence[str] = ()) -> Found:
        """The named strangers, then unknown words that stand in a subject's place.

        Args:
            spoken: the words of the question.
            unknown: those of its words, lower case, that are neither English nor the field's.
            rare: those that are English and seldom said of skincare: strangers only before the kind of thing they name.
        """
        found = [match.name for match in self._patterns.find(spoken)]
        kinds: List[Mention] = []
        place = 0
        while place < len(spoken):
            end = _end_of_name(spoken, place, unknown, rare)
            kind = spoken[end] if end < len(spoken) else None
            is_named = kind is not None and (kind.text in KINDS or kind.norm in KINDS or kind.text == PRODUCT_TYPE)
            known_words = all(word.norm not in unknown for word in spoken[place:end])
            if end > place and (is_named or (not known_words and _in_a_subjects_place(spoken, place, end))):
                name = [word.norm for word in spoken[place:end]]
                if is_named and kind is not None:
                    name.append(kind.norm)
                    kinds += [kind.mention] if kind.mention else []
                found.append(" ".join(name))
            place = max(end, place + 1)
        return Found(tuple(dict.fromkeys(found)), tuple(kinds))


def _end_of_name(spoken: Sequence[Word], place: int, unknown: Sequence[str], rare: Sequence[str]) -> int:
    """Where the row of unknown words, rare ones and numbers among them ends that begins at a place."""
    end = place
    while end < len(spoken) and spoken[end].mention is None and _may_name(spoken[end].norm, end > place, unknown, rare):
        end += 1
    return end


def _may_name(word: str, goes_on: bool, unknown: Sequence[str], rare: Sequence[str]) -> bool:
    known = word in OF_ANY or word in BODY
    return (word in unknown or word in rare) and not known or (goes_on and any(map(str.isdigit, word)))


def _in_a_subjects_place(spoken: Sequence[Word], place: int, end: int) -> bool:
    before: List[str] = [word.text for word in spoken[max(0, place - 4) : place]]
    while before and before[-1] in BETWEEN:
        before.pop()
    after = spoken[end].text if end < len(spoken) else ""
    return bool(before and before[-1] in BEFORE) or after in AFTER
