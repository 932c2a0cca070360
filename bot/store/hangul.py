"""Korean names as people write them in Latin letters: 독도 is "dokdo", 라운드랩 "round lab", 세라마이딘 "ceramidin".

Names that were Korean first are spelt as they sound; names that were English first come back with their consonants, of which
several sound alike in Korean (l and r, b and p, g and k).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_FIRST = 0xAC00
_LAST = 0xD7A3
_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "_", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"]
_FINALS = ["_", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"]
_SOUNDS_ALIKE = (
    ("tion", "son"), ("ch", "j"), ("sh", "s"), ("ph", "p"), ("th", "s"), ("qu", "k"), ("ck", "k"), ("x", "ks"), ("ce", "se"), ("ci", "si"),
    ("cy", "si"), ("ng", "n"), ("c", "k"), ("g", "k"), ("q", "k"), ("b", "p"), ("f", "p"), ("v", "p"), ("d", "t"), ("l", "r"), ("z", "j"),
)
_HANGUL = re.compile(r"[가-힣]")
_NO_CONSONANT = re.compile(r"[^kstprmnjh]")
_REPEATED = re.compile(r"(.)\1+")
LEAST_CONSONANTS = 3


def romanised(text: str) -> str:
    """A Korean word by its sounds (Revised Romanization, syllable by syllable); other letters stay as they are."""
    return "".join(map(_syllable, text))


@lru_cache(maxsize=20_000)
def consonants(text: str) -> str:
    """The consonants of a word in Latin letters, those that sound alike in Korean taken as one."""
    sound = text
    for written, heard in _SOUNDS_ALIKE:
        sound = sound.replace(written, heard)
    return _REPEATED.sub(r"\1", _NO_CONSONANT.sub("", sound))


class Sounds:
    """The Korean words among `words`, to be found by how people write them in Latin letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._spelt: defaultdict[str, list[str]] = defaultdict(list)
        self._heard: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            if _HANGUL.search(word):
                spelt = romanised(word)
                self._spelt[spelt].append(word)
                heard = consonants(spelt)
                if len(heard) >= LEAST_CONSONANTS:
                    self._heard[heard].append(word)

    def like(self, latin: str) -> tuple[str, ...]:
        """The Korean words that a Latin one stands for: by its spelling, else by its consonants where there are enough; an
        English "r" at the end is not heard in Korean."""
        if latin in self._spelt or not self._heard:
            return tuple(self._spelt.get(latin, ()))
        heard = consonants(latin)
        found = self._heard.get(heard) or (self._heard.get(heard[:-1]) if heard.endswith("r") else None)
        return tuple(found or ())


def _syllable(letter: str) -> str:
    code = ord(letter)
    if not _FIRST <= code <= _LAST:
        return letter
    initial, rest = divmod(code - _FIRST, len(_VOWELS) * len(_FINALS))
    vowel, final = divmod(rest, len(_FINALS))
    return f"{_INITIALS[initial]}{_VOWELS[vowel]}{_FINALS[final]}".replace("_", "")
