"""`Phrases`: what the assistant says in its own words, from `data/responses/<language>/*.yml`.

English has every key, another language those in which it answers; what it lacks is said in English.
Each file holds `wording:`, a mapping from key to a text or to {text, buttons}; a button is its text, which is also what it
sends, or {title, payload}. Rasa does not read that key, so that a changed word needs no training.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping

import yaml

from bot.paths import DATA

RESPONSES = DATA / "responses"
LANGUAGE = "en"
KEY = "wording"


class PhraseError(Exception):
    """The wording cannot be used; the message names the file and what is wrong."""


class Phrases:
    """All wording of one language."""

    def __init__(self, texts: Mapping[str, str], buttons: Mapping[str, List[Dict[str, str]]]) -> None:
        self._texts = texts
        self._buttons = buttons

    @classmethod
    def load(cls, folder: Path) -> Phrases:
        """The wording of all files of a folder.

        Raises:
            PhraseError: when a file cannot be read, has another form, or two files have one key.
        """
        texts: Dict[str, str] = {}
        buttons: Dict[str, List[Dict[str, str]]] = {}
        for path in sorted(folder.glob("*.yml")):
            try:
                entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[KEY]
                for key, entry in entries.items():
                    if key in texts:
                        raise PhraseError(f"{path.name}: {key} stands in another file too")
                    texts[key], buttons[key] = _entry(entry)
            except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
                raise PhraseError(f"{path.name} cannot be used: {error}") from error
        return cls(texts, buttons)

    def under(self, other: Phrases) -> Phrases:
        """This wording, with the other's where it has the key."""
        return Phrases({**self._texts, **other._texts}, {**self._buttons, **other._buttons})

    @property
    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._texts)

    def has(self, key: str) -> bool:
        """True where there is such a wording."""
        return key in self._texts

    def say(self, key: str, **params: str) -> str:
        """The text of a key, filled; {Name} gives the value of `name` with a capital.

        Raises:
            KeyError: when there is no such key or a value is missing.
        """
        capitals = {capital(name): capital(value) for name, value in params.items()}
        return capital(self._texts[key].format_map({**params, **capitals}))

    def buttons_of(self, key: str) -> List[Dict[str, str]]:
        """The buttons of a key."""
        return [dict(button) for button in self._buttons[key]]


def phrases(language: str = LANGUAGE) -> Phrases:
    """The wording of a language, read once; English where there is none of it."""
    return _all_phrases()[language if language in _all_phrases() else LANGUAGE]


def languages() -> frozenset[str]:
    """The languages that there is any wording in, by their codes."""
    return frozenset(_all_phrases())


@lru_cache(maxsize=1)
def _all_phrases() -> Mapping[str, Phrases]:
    english = Phrases.load(RESPONSES / LANGUAGE)
    others = [path for path in sorted(RESPONSES.iterdir()) if path.is_dir() and path.name != LANGUAGE]
    return {LANGUAGE: english, **{path.name: english.under(Phrases.load(path)) for path in others}}


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """The text with its first letter in lower case, as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def _entry(entry: Any) -> tuple[str, List[Dict[str, str]]]:
    if isinstance(entry, str):
        return entry, []
    buttons = [{"title": one, "payload": one} if isinstance(one, str) else dict(one) for one in entry.get("buttons") or ()]
    return entry["text"], buttons
