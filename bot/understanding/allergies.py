"""Finds what somebody tells they are allergic to, in their own words: a subject, or any name that the knowledge may not have."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence, Tuple

import yaml
from pydantic import BaseModel, Extra

from bot.understanding.frame import Frame, Mention, mention_word
from bot.understanding.matching import ENDS, PatternFinder, Row, Word
from bot.understanding.patterns import compiled

FILE = "_allergies.yml"
BEFORE, BEFORE_SUBJECT, BEHIND = "before", "before_subject", "behind"
BEFORE_SEVERE, BEHIND_SEVERE = "before_severe", "behind_severe"
SEVERE, OF_NAMES_BEHIND = frozenset({BEFORE_SEVERE, BEHIND_SEVERE}), frozenset({BEHIND, BEHIND_SEVERE})
MOST_WORDS = 2
KEPT = 16
"""So many rows of words are kept with what they tell, as those of cues are."""
PRODUCT_TYPE = mention_word("product_type")
WORST, WORST_WORD = "severe_allergic_reaction", "anaphyla"
NEAR = 3
HOLDING = frozenset({"with", "w", "containing"})
ALLERGY = "_allergy"
"""How the ids of entries of allergies end."""
NEVER_PAST = frozenset({"changing_mole", "severe_acne"})
JOINTS = frozenset({",", "and", "or", "nor", "/", "&", "plus"})
ADVERBS = frozenset({"both", "each", "once", "twice", "nearly", "almost", "already", "actually", "has", "had", "have", "always", "usually", "really", "just", "even", "all", "sometimes", "often"})
ARTICLES = frozenset({*HOLDING, "a", "an", "the", "my", "some", "any", "all", "to", "both", "eating", "using", "raw", "anything", "everything", "products"})


class Told(NamedTuple):
    """Subjects that the person reacts to, and names of other things they react to, each once; whether an allergy is denied, and whether
    a reaction was so severe that only an allergist may test."""

    mentions: frozenset[Mention] = frozenset()
    names: Tuple[str, ...] = ()
    denied: bool = False
    severe: bool = False


class Ways(BaseModel):
    """`_allergies.yml`: lists of words, patterns that stand before or behind a name, those of a severe reaction, what is asked or denied, words that end one."""

    words: Dict[str, List[str]]
    before_severe: List[str]
    behind_severe: List[str]
    before: List[str]
    before_subject: List[str]
    asked: List[str]
    behind: List[str]
    ends: List[str]
    denied: List[str]

    class Config:
        extra = Extra.forbid


class AllergyFinder:
    """Looks for all ways of telling at once; made once."""

    def __init__(self, ways: Ways) -> None:
        self._ends = frozenset((*ways.ends, *ENDS))
        self._denied = frozenset(ways.denied)
        self._asked = tuple(ways.asked)
        sides = (
            (BEFORE, ways.before), (BEFORE_SUBJECT, ways.before_subject), (BEHIND, ways.behind),
            (BEFORE_SEVERE, ways.before_severe), (BEHIND_SEVERE, ways.behind_severe),
        )
        rows: List[Tuple[str, Row]] = [(side, row) for side, patterns in sides for one in patterns for row in compiled(one, ways.words)]
        self._patterns = PatternFinder(rows)
        self._kept = lru_cache(maxsize=KEPT)(self._find)

    @classmethod
    def load(cls, folder: Path) -> AllergyFinder:
        """The finder of a folder's `_allergies.yml`."""
        return cls(Ways.parse_obj(yaml.load((folder / FILE).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)))

    def find(self, spoken: Tuple[Word, ...]) -> Told:
        """What the words of a message tell; nothing of what they ask or deny ("I'm not allergic to nuts")."""
        return self._kept(spoken)

    def _find(self, spoken: Tuple[Word, ...]) -> Told:
        mentions: List[Mention] = []
        names: List[str] = []
        denied = severe = False
        for match in self._patterns.find(spoken):
            before = [word.text for word in _before(spoken, match.start)]
            if self._denied & set(before) and match.name not in OF_NAMES_BEHIND:
                denied = True
                continue
            if " ".join(before).endswith(self._asked):
                continue
            named = self._names_before(spoken, match.start) if match.name in OF_NAMES_BEHIND else self._names_after(spoken, match.end)
            for words in named:
                if match.name == BEFORE_SUBJECT and not any(word.mention for word in words):
                    continue
                mentions += [word.mention for word in words if word.mention]
                severe = severe or (match.name in SEVERE and bool(words))
                names += [] if not words or any(word.mention for word in words) else [" ".join(word.norm for word in words)]
        return Told(frozenset(mentions), tuple(dict.fromkeys(names)), denied, severe)

    def _names_after(self, spoken: Sequence[Word], place: int) -> List[List[Word]]:
        """The names from a place on, joined by "and" or a comma."""
        found: List[List[Word]] = []
        while place < len(spoken):
            while place < len(spoken) and spoken[place].text in ARTICLES:
                place += 1
            name: List[Word] = []
            while place < len(spoken) and self._names(spoken[place], name):
                name.append(spoken[place])
                place += 1
            if not name:
                break
            if name[0].text == PRODUCT_TYPE and place < len(spoken) and spoken[place].text in HOLDING:
                continue  # a cream with lanolin: the lanolin
            found.append(name)
            joint = place
            while joint < len(spoken) and spoken[joint].text in JOINTS:
                joint += 1
            if joint == place:
                break
            place = joint
        return found

    def _names_before(self, spoken: Sequence[Word], place: int) -> List[List[Word]]:
        """The names up to a place, joined by "and" or a comma."""
        found: List[List[Word]] = []
        while place > 0 and spoken[place - 1].text in ADVERBS:
            place -= 1
        while place > 0:
            name: List[Word] = []
            while place > 0 and self._names(spoken[place - 1], name):
                place -= 1
                name.insert(0, spoken[place])
            if name:
                found.insert(0, name)
            joint = place
            while joint > 0 and spoken[joint - 1].text in JOINTS:
                joint -= 1
            if not name or joint == place:
                break
            place = joint
        return found or [[]]

    def _names(self, word: Word, name: Sequence[Word]) -> bool:
        """True where a word may stand in a name of which some words are found: a subject is one by itself."""
        if word.mention is not None or any(one.mention for one in name):
            return not name
        return len(name) < MOST_WORDS and word.text not in self._ends and word.text not in JOINTS and _is_word(word.text, bool(name))


def _before(spoken: Sequence[Word], place: int) -> Sequence[Word]:
    """The words of the same sentence just before a place."""
    near = spoken[max(0, place - NEAR) : place]
    start = max((at + 1 for at, word in enumerate(near) if word.text in ENDS), default=0)
    return near[start:]


def _is_word(text: str, goes_on: bool) -> bool:
    """True for a word of letters, and for a number behind one ("quaternium 15")."""
    plain = text.replace("-", "")
    return plain.isalpha() or (plain.isalnum() and (goes_on or plain[:1].isalpha()))


def _is_of_the_word_alone(frame: Frame) -> bool:
    """True where "anaphylactic to nuts" says what somebody is, and nothing else in the message shows a reaction."""
    flags = [one.text.lower() for one in (*frame.told, *frame.mentions) if one.label == "safety" and one.id == WORST]
    says_it = frame.has("allergy_told") and frame.has("is_anaphylactic_to") and not frame.has("names_an_alarm")
    return says_it and all(text.startswith(WORST_WORD) for text in flags)


def is_no_emergency(frame: Frame) -> bool:
    """True where a reaction is what a thing always does to somebody ("lanolin makes my lips swell") or what it did long ago, and
    none that they have now. What changes slowly, as a mole does, is never past."""
    allergy = frame.has("allergen_named") or any(one.endswith(ALLERGY) for one in frame.ids("safety"))
    habit = (allergy and frame.has("reacts_always")) or frame.has("reacts_in_its_season") or _is_of_the_word_alone(frame)
    past = frame.has("long_ago") and not NEVER_PAST & set(frame.ids("safety"))
    return (habit or past) and not frame.has("right_now")
