"""Where patterns stand in a text: for what depends on what stands before or after it, as "drop the retinol" does.

The patterns are those of `data/understanding/_places.yml`, written as those of `_cues.yml`; what only matters for the whole
question is a cue instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, Iterator, List, Mapping, NamedTuple, Sequence, Tuple

import yaml

from bot.paths import DATA
from bot.understanding.frame import Mention, mention_word
from bot.understanding.matching import PatternFinder, Word
from bot.understanding.patterns import PatternError, compiled
from bot.understanding.plain import COLLAPSED, SENTENCE_ENDS, TIME, Spoken
from bot.understanding.plain import words as plain_words

FILE = DATA / "understanding" / "_places.yml"
APOSTROPHES = "'’"
IN_NUMBERS = ".,"
LINE_END = "\n"


class PlaceError(Exception):
    """The patterns cannot be used; the message names the pattern and what is wrong."""


class Token(NamedTuple):
    """A word as patterns see it, and where it stands in the text."""

    word: Word
    start: int
    end: int


class Span(NamedTuple):
    """Where something stands in a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Places:
    """The places of each pattern in a text, by its name, in order."""

    text: str
    tokens: Tuple[Token, ...]
    found: Mapping[str, Sequence[Span]]

    def of(self, name: str) -> Sequence[Span]:
        """Where a pattern stands."""
        return self.found.get(name, ())

    def has(self, *names: str) -> bool:
        """True where one of the patterns stands somewhere."""
        return any(name in self.found for name in names)

    def between(self, start: int, end: int) -> Tuple[Token, ...]:
        """The tokens between two places, without marks of a sentence's start and end."""
        return tuple(one for one in self.tokens if start <= one.start and one.end <= end and one.start < one.end)


def places(text: str, mentions: Sequence[Mention] = ()) -> Places:
    """Looks for all patterns in a text; a mention counts as one word."""
    tokens = tuple(_tokens(text, mentions))
    found: Dict[str, List[Span]] = {}
    for match in _finder().find([one.word for one in tokens]):
        span = Span(tokens[match.start].start, tokens[match.end - 1].end)
        if span not in found.setdefault(match.name, []):
            found[match.name].append(span)
    return Places(text, tokens, found)


@lru_cache(maxsize=1)
def _finder() -> PatternFinder:
    """The finder of all patterns of the file.

    Raises:
        PlaceError: when the file or a pattern cannot be used.
    """
    try:
        data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        lists = data["words"]
        rows = [
            (name, row) for name, templates in data["places"].items() for one in templates for row in compiled(one, lists)
        ]
    except (OSError, yaml.YAMLError, KeyError, TypeError, PatternError) as error:
        raise PlaceError(f"{FILE.name} cannot be used: {error}") from error
    return PatternFinder(rows)


def _tokens(text: str, mentions: Sequence[Mention]) -> Iterator[Token]:
    """Mentions, words with contractions written out, numbers and signs, with marks where sentences begin and end."""
    at = {one.start: one for one in sorted(mentions, key=lambda one: one.end) if one.label in COLLAPSED or one.label == TIME}
    yield Token(Word("^", "^"), 0, 0)
    place = 0
    while place < len(text):
        mention = at.get(place)
        if mention is not None and mention.end > place:
            label = mention.id if mention.label == TIME else mention_word(mention.label)
            norm = label if mention.label == TIME else mention.text.lower()
            yield Token(Word(label, norm, mention), place, mention.end)
            place = mention.end
            continue
        end = _word_end(text, place)
        if not text[place].isspace() or text[place] == LINE_END:
            yield from _written(text[place:end].lower(), place, end)
        place = end
    yield Token(Word("$", "$"), len(text), len(text))


def _written(written: str, start: int, end: int) -> Iterator[Token]:
    if written == LINE_END:
        yield Token(Word(".", "."), start, end)
    else:
        for word in plain_words([Spoken(written, _parted(written), 0)], (), 0, 1)[1:-1]:
            yield Token(word, start, end)
    if written in SENTENCE_ENDS:
        yield Token(Word(written, written), start, end)
    if written in (*SENTENCE_ENDS, LINE_END):
        yield Token(Word("^", "^"), end, end)


def _parted(written: str) -> str:
    """The word with a plain apostrophe."""
    return written.replace(APOSTROPHES[1], APOSTROPHES[0])


def _word_end(text: str, start: int) -> int:
    """Past the word or number that begins at a place; past the one sign that stands there otherwise."""
    end = start
    while end < len(text):
        here, after = text[end], text[end + 1 : end + 2]
        inside = end > start and after.isalnum() and (
            here in APOSTROPHES or (here in IN_NUMBERS and text[end - 1].isdigit() and after.isdigit())
        )
        if not (here.isalnum() or inside):
            break
        end += 1
    return max(end, start + 1)
