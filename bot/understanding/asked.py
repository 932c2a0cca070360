"""What customers ask of the shop or let it know: the form of `data/understanding/topics` and `.../upset`.

An entry is found where one of its phrases stands in the question, nothing speaks against it, and no other found entry goes
before it. Of several the one with the longest phrase is meant. Where no phrase stands that one is found which the question sounds
like (`Frame.meant`): where the classifier is sure of a kind that is nothing for the shop's owner, only if it does so for certain
and names nothing of skincare; in a long story about skincare not at all.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Dict, FrozenSet, Generic, Iterator, List, Mapping, NamedTuple, Sequence, Tuple, Type, TypeVar

import yaml
from pydantic import BaseModel, Extra, Field, ValidationError

from bot.understanding.frame import CONTENT, NEEDS, SURE, Frame, kind_of_intent
from bot.understanding.matching import ENDS, PatternFinder, Row, Word
from bot.understanding.patterns import PatternError, compiled
from bot.understanding.plain import SENTENCE_ENDS, Spoken, words

LISTS, GROUPS = "_words.yml", "_kinds.yml"
PHRASES_ONLY = "phrases_only"
"""The group of kinds of which a sure guess lets phrases count alone."""
ASKED, TURNED, THEN, UNLESS = "asked", "turned", "then", "unless"
MARKS = "\"'()[]{}<>*,:.!?;\u2026\u201c\u201d"
PLAINER = str.maketrans({"\u2019": "'", "\u2018": "'", "-": " ", "/": " ", "\u2013": " ", "\u2014": " ", "\n": " . "})
# So many words may a question leave out of its message and still be all of it ("hello", "please").
FEW_LEFT_OUT = 2
LONGEST = 2000
LONG, NEAR = 35, 6
"""A message of so many words that names something of skincare is a story: it sounds like many things, and words of a phrase stand far
from each other in it by chance; they count where they span few."""
TELLS_AN_ALLERGY = ("allergen_named", "allergy_denied")
OF_SKINCARE = (*CONTENT, *NEEDS, "condition", "safety", "term")


class AskedError(Exception):
    """Phrases cannot be used; the message names the file, the entry and what is wrong."""


class Asked(BaseModel):
    """One thing that is asked or told.

    Attributes:
        kind: the kind of question as which it is answered.
        asked: phrases, of which one must stand in the question; see `patterns` for their form.
        turned: phrases that ask it the other way round, so that yes becomes no ("without an account").
        then: phrases that ask it only behind what `after` names: kinds of policy, or other entries, said last or guessed.
        unless: phrases that speak against it.
        not_from: kinds, or groups of them, of which a sure guess of the classifier speaks against it.
        names_no: labels of what must not be named in it.
        over: entries that it goes before.
        examples: how people say it, in whole sentences; its meaning is learned from them.
        takes, leaves: questions that it takes, and that look like it and belong elsewhere; "kind | question" with the kind that
            the classifier guessed.
    """

    kind: str
    asked: List[str] = Field(..., min_items=1)
    turned: List[str] = []
    after: List[str] = []
    then: List[str] = []
    unless: List[str] = []
    not_from: List[str] = []
    names_no: List[str] = []
    over: List[str] = []
    examples: List[str] = []
    takes: List[str] = []
    leaves: List[str] = []

    class Config:
        extra = Extra.forbid
        allow_mutation = False


Entry = TypeVar("Entry", bound=Asked)


LONG_TEXT = 10_000
"""Past the last word of any question: the place of what stands nowhere in it as it was written."""


class Found(NamedTuple):
    """An entry found.

    Attributes:
        name: its name.
        turned: whether it is asked the other way round; None where that is not known.
        span: how many words its phrase spans; none where it only sounds like it.
    """

    name: str
    turned: bool | None
    span: int


class AskedFinder(Generic[Entry]):
    """Looks for all entries at once; made once."""

    def __init__(
        self,
        entries: Mapping[str, Entry],
        lists: Mapping[str, Sequence[str]],
        alone: FrozenSet[str] = frozenset(),
        phrases_only: FrozenSet[str] = frozenset(),
        certain_first: bool = False,
    ) -> None:
        """
        Args:
            entries: by name; of two that are found alike the first is meant.
            lists: lists of words by name, for phrases to name.
            alone: kinds of which a sure question is read without what is told before it.
            phrases_only: kinds of which a sure guess lets phrases count alone.
            certain_first: whether what a question sounds like for certain goes before phrases, which may stand in it by chance.

        Raises:
            AskedError: when a phrase cannot be read, or an entry goes before one that is not there.
        """
        self.entries = dict(entries)
        self._alone = alone
        self._phrases_only = phrases_only
        self._certain_first = certain_first
        rows: List[Tuple[str, Row]] = []
        for name, entry in self.entries.items():
            strange = [one for one in entry.over if one not in self.entries]
            if strange:
                raise AskedError(f"{name}: over {strange[0]}, which there is not")
            for group in (ASKED, TURNED, THEN, UNLESS):
                try:
                    rows += [(f"{group}:{name}", row) for one in getattr(entry, group) for row in compiled(one, lists)]
                except PatternError as error:
                    raise AskedError(f"{name}: {group}: {error}") from error
        self._patterns = PatternFinder(rows)

    def find(self, frame: Frame, before: Sequence[str] = ()) -> Found | None:
        """What a question asks, None where it is nothing of this.

        Args:
            frame: the question.
            before: kinds and entries that were answered last.
        """
        found = self.all(frame, before)
        return found[0] if found else None

    def all(self, frame: Frame, before: Sequence[str] = ()) -> List[Found]:
        """Everything that a question may ask and that nothing found goes before, what is meant most likely first."""
        spans = self._spans(frame)
        around = {*before, kind_of_intent(frame.intent)}
        found: Dict[str, Found] = {}
        in_story = self._is_story(frame)
        for name, entry in self.entries.items():
            groups = [ASKED, TURNED, *([THEN] if around.intersection(entry.after) else [])]
            span = max((spans.get(f"{group}:{name}", 0) for group in groups), default=0)
            other = (frame.band == SURE and kind_of_intent(frame.intent) in entry.not_from) or bool(frame.of(*entry.names_no))
            if in_story and span > NEAR:
                continue
            if span and f"{UNLESS}:{name}" not in spans and not other:
                found[name] = Found(name, f"{TURNED}:{name}" in spans, span)
        beaten = {one for name in found for one in self.entries[name].over}
        kept = [one for name, one in found.items() if name not in beaten]
        sounding = self._sounds_like(frame, spans)
        if kept and not (self._certain_first and self._certain(frame, sounding)):
            return sorted(kept, key=lambda one: -one.span)
        same = [found[one.name] for one in sounding if one.name in found]
        return same or sounding

    def beside(self, frame: Frame, first: Found, before: Sequence[str] = ()) -> List[Found]:
        """What a question asks besides what was found first, by phrases that stand apart from its own, in the order of the text; where the first
        only sounds like it, what goes before it."""
        places = self._places(frame)
        taken = [self._place(first.name, places)] if first.span else []
        found: List[Tuple[int, Found]] = []
        for one in self.all(replace(frame, meant=()), before):
            start, end = self._place(one.name, places)
            apart = all(end <= other or past <= start for other, past in taken)
            if one.span and one.name != first.name and apart and (first.span or first.name in self.entries[one.name].over):
                taken.append((start, end))
                found.append((start, one))
        return [one for _, one in sorted(found, key=lambda each: each[0])]

    def _place(self, name: str, places: Mapping[str, Tuple[int, int]]) -> Tuple[int, int]:
        """Where the longest phrase of an entry stands in the question as it was written."""
        found = [places[f"{group}:{name}"] for group in (ASKED, TURNED, THEN) if f"{group}:{name}" in places]
        return max(found, key=lambda one: one[1] - one[0], default=(0, LONG_TEXT))

    def _places(self, frame: Frame) -> Mapping[str, Tuple[int, int]]:
        places: Dict[str, Tuple[int, int]] = {}
        for match in self._patterns.find(in_words(frame.text)):
            start, end = places.get(match.name, (0, 0))
            if match.end - match.start > end - start:
                places[match.name] = (match.start, match.end)
        return places

    def _sounds_like(self, frame: Frame, spans: Mapping[str, int]) -> List[Found]:
        """What a question means, whatever its words. Which way round it is asked is known where there is only one."""
        surely_else = frame.band == SURE and kind_of_intent(frame.intent) in self._phrases_only
        named = [one for one in frame.meant if one.name in self.entries and f"{UNLESS}:{one.name}" not in spans]
        if not named or frame.rules or frame.has(*TELLS_AN_ALLERGY) or (frame.has("goes_on") and not named[0].certain):
            return []  # a rule decided, or it goes on with the talk
        if self._is_story(frame) or surely_else and (not named[0].certain or frame.of(*OF_SKINCARE)):
            return []
        return [Found(named[0].name, None if self.entries[named[0].name].turned else False, 0)]

    def _is_story(self, frame: Frame) -> bool:
        of_skincare = bool(frame.of(*OF_SKINCARE)) or kind_of_intent(frame.story) in self._alone
        return len(frame.text.split()) >= LONG and of_skincare

    def _certain(self, frame: Frame, sounding: Sequence[Found]) -> bool:
        return any(one.certain and one.name == found.name for one in frame.meant for found in sounding)

    def _spans(self, frame: Frame) -> Mapping[str, int]:
        """How many words the longest match of each group of each entry spans."""
        spans: Dict[str, int] = {}
        for reading in _readings(frame, self._alone):
            for match in self._patterns.find(reading):
                spans[match.name] = max(spans.get(match.name, 0), match.end - match.start)
        return spans


def load(folder: Path, form: Type[Entry]) -> Tuple[Dict[str, Entry], Dict[str, List[str]], Dict[str, List[str]]]:
    """The entries of all files of a folder by name, its lists of words and its groups of kinds.

    Raises:
        AskedError: when a file cannot be read or an entry has a mistake.
    """
    entries: Dict[str, Entry] = {}
    groups, lists = named_lists(folder / GROUPS), named_lists(folder / LISTS)
    for path in sorted(folder.glob("[!_]*.yml")):
        for name, value in _content(path).items():
            if name in entries:
                raise AskedError(f"{path.name}: {name} stands in another file too")
            try:
                entry = form.parse_obj(value)
                kinds = [kind for one in entry.not_from for kind in groups.get(one, [one])]
                entries[name] = entry.copy(update={"not_from": kinds})
            except ValidationError as error:
                first = error.errors()[0]
                raise AskedError(f"{path.name}, {name}: {first['loc'][0]}: {first['msg']}") from error
    return entries, lists, groups


def in_words(text: str) -> Tuple[Word, ...]:
    """A text in plain words with the ends of its sentences, as phrases see it; slips are not mended."""
    tokens: List[Spoken] = []
    for chunk in text[:LONGEST].lower().translate(PLAINER).split():
        word = chunk.strip(MARKS)
        if word:
            tokens.append(Spoken(word, word, len(tokens)))
        if chunk[-1] in SENTENCE_ENDS and "." not in word:  # "P.O. box" ends no sentence
            tokens.append(Spoken(chunk[-1], chunk[-1], len(tokens)))
    return words(tokens, (), 0, len(tokens))


def _readings(frame: Frame, alone: FrozenSet[str]) -> Iterator[Sequence[Word]]:
    """The question with its slips mended; and with what is told before it as it was written, unless it is a sure
    question of these kinds."""
    written = in_words(frame.text)
    said = [word.text for word in written if word.text not in ENDS]
    if list(frame.words) != said:
        yield (Word("^", "^"), *(Word(one, one) for one in frame.words), Word("$", "$"))
    sure_alone = (frame.band == SURE and kind_of_intent(frame.intent) in alone) or kind_of_intent(frame.story) in alone
    if not sure_alone or len(frame.words) + FEW_LEFT_OUT >= len(said):
        yield written


def named_lists(path: Path) -> Dict[str, List[str]]:
    """The lists of a file by name; none where there is no such file.

    Raises:
        AskedError: when it cannot be read or holds something else.
    """
    if not path.is_file():
        return {}
    named = _content(path)
    if not all(isinstance(values, list) for values in named.values()):
        raise AskedError(f"{path.name}: must hold lists by name")
    return {name: [str(one) for one in values] for name, values in named.items() if isinstance(values, list)}


def _content(path: Path) -> Dict[str, object]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    except (OSError, yaml.YAMLError) as error:
        raise AskedError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise AskedError(f"{path.name}: must hold entries by name")
    return data
