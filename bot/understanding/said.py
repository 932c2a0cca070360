"""The words of a text as requests are read by: small letters, contractions written out, where each stands and what ends behind it."""

from __future__ import annotations

from typing import Iterator, List, NamedTuple, Sequence, Tuple

from bot.understanding.plain import WRITTEN_OUT

BLANKS = str.maketrans({**dict.fromkeys("-/_{}[]()\"*:<>|", " "), "\u2019": "'", "\u2018": "'", "\u2013": " ", "\u2014": " "})
MARKS = ".,;!?'#+$"
SENTENCE, PART = ".!?;", ","
ENDINGS = {"n't": " not", "'m": " am", "'ve": " have", "'re": " are", "'ll": " will", "'d": " would", "'s": ""}
SHORTEST_PLURAL = 3


class Said(NamedTuple):
    """A word as it is compared, where it stands in the text, and what ends behind it: a sentence, a part of one, or nothing."""

    word: str
    start: int
    end: int
    stop: str = ""


def said(text: str) -> List[Said]:
    """The words of a text: small letters, contractions written out, numbers apart from their units ("128GB" is "128 gb")."""
    found: List[Said] = []
    start = 0
    for row in text.translate(BLANKS).split("\n"):
        for chunk in row.split(" "):
            bare = chunk.strip(MARKS)
            found += [Said(word, start, start + len(chunk)) for word in _words(bare.lower())]
            if found and chunk and chunk[-1] in SENTENCE + PART:
                found[-1] = found[-1]._replace(stop="." if chunk[-1] in SENTENCE else found[-1].stop or ",")
            start += len(chunk) + 1
        if found:
            found[-1] = found[-1]._replace(stop=".")
    return found


def plain(text: str) -> Tuple[str, ...]:
    """The words of a text alone."""
    return tuple(one.word for one in said(text))


def parted(text: str) -> Tuple[str, ...]:
    """The words of a text with a mark where a sentence or a part of one ends."""
    found: List[str] = []
    for one in said(text):
        found += [one.word, one.stop] if one.stop else [one.word]
    return tuple(found)


def singular(word: str) -> str:
    """A word without its plural ending."""
    if word.endswith("lves"):  # shelves
        return f"{word[:-3]}f"
    return word[:-1] if len(word) > SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word


def holds(words: Sequence[str], phrase: Sequence[str], start: int = 0) -> int:
    """Where a phrase stands in words, from a place on; -1 where it does not."""
    size = len(phrase)
    for place in range(start, len(words) - size + 1):
        if all(one == other for one, other in zip(words[place : place + size], phrase)):
            return place
    return -1


def _words(chunk: str) -> Iterator[str]:
    for ending, written in ENDINGS.items():
        if chunk.endswith(ending):
            chunk = chunk[: -len(ending)] + written
            chunk = chunk.replace("ca not", "can not").replace("wo not", "will not")
    chunk = WRITTEN_OUT.get(chunk, chunk)
    for word in chunk.replace("'", "").split():
        digits = len(word) - len(word.lstrip("0123456789."))
        unit = word[digits:]
        if digits and unit.isalpha():
            yield from (word[:digits], unit)
        elif word:
            yield word
