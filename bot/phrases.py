"""`Phrases`: what the assistant says in its own words, from `data/responses/<language>/*.yml`.

English has every key, another language those in which it answers; what it lacks is said in English.
Each file holds `wording:`, a mapping from key to a text or to {text, buttons}; a button is its text, which is also what it
sends, or {title, payload}. Rasa does not read that key, so that a changed word needs no training.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Dict, Iterable, List, Mapping

import yaml

from bot.home.folder import RESPONSES as OWN_RESPONSES
from bot.home.folder import Home
from bot.home.origins import origin
from bot.home.project import MISSING, Place
from bot.nearest import did_you_mean
from bot.paths import DATA
from bot.settings import settings

RESPONSES = DATA / "responses"
LANGUAGE = "en"
KEY = "wording"
PROTECTED = ("safety.yml", "verdicts.yml")
"""Files of what is said to keep people safe."""
logger = logging.getLogger(__name__)


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
        return cls.load_files(sorted(folder.glob("*.yml")))

    @classmethod
    def load_files(cls, paths: Iterable[Path]) -> Phrases:
        """The wording of these files.

        Raises:
            PhraseError: see `load`.
        """
        texts: Dict[str, str] = {}
        buttons: Dict[str, List[Dict[str, str]]] = {}
        for path in paths:
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

    def text(self, key: str) -> str:
        """The text of a key as it is written.

        Raises:
            KeyError: when there is no such key.
        """
        return self._texts[key]

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


def project_phrases() -> tuple[Mapping[str, Phrases], frozenset[str]]:
    """The project's wording by language, without the owner's, and the keys of what keeps people safe."""
    english = Phrases.load(RESPONSES / LANGUAGE)
    protected = Phrases.load_files([RESPONSES / LANGUAGE / name for name in PROTECTED]).keys
    others = [path for path in sorted(RESPONSES.iterdir()) if path.is_dir() and path.name != LANGUAGE]
    return {LANGUAGE: english, **{path.name: english.under(Phrases.load(path)) for path in others}}, frozenset(protected)


@lru_cache(maxsize=1)
def _all_phrases() -> Mapping[str, Phrases]:
    found, protected = project_phrases()
    home = Home(settings().home)
    return {code: known.under(own_phrases(home.responses(code), known, protected)) for code, known in found.items()}


def own_phrases(path: Path, known: Phrases, protected: frozenset[str] = frozenset()) -> Phrases:
    """An owner's wording of keys that there are; none where they have no such file.

    Args:
        path: the owner's file, in the form of the project's.
        known: the project's wording.
        protected: keys of what keeps people safe, which nobody rewords.

    Raises:
        PhraseError: the file cannot be used, a key is unknown or protected, or a text lacks or invents a value in braces.
    """
    if not path.is_file():
        return Phrases({}, {})
    own, used = Phrases.load_files([path]), []
    for key in sorted(own.keys):
        wrong = _mistake(key, own, known, protected)
        if not wrong:
            used.append(key)
        elif not _was_right(path, key, own, known, key in protected):
            raise PhraseError(f"{path.name} of your own files: {wrong}")
        else:
            logger.error("%s of your own files: %s; the project's counts until you choose at the desk, under Updates", path.name, wrong)
    return Phrases({key: own._texts[key] for key in used}, {key: own._buttons[key] or known._buttons[key] for key in used})


def _mistake(key: str, own: Phrases, known: Phrases, protected: frozenset[str]) -> str:
    """Why a wording of the owner's cannot be used; empty where it can."""
    if not known.has(key):
        return f"there is no wording {key!r}.{did_you_mean(key, known.keys)}"
    if key in protected:
        return f"{key!r} keeps people safe, so it stays as it is"
    if _values(own.text(key)) != _values(known.text(key)):
        return f"{key!r} needs {', '.join(sorted(_values(known.text(key)))) or 'no'} in braces"
    return ""


def _was_right(path: Path, key: str, own: Phrases, known: Phrases, protected: bool) -> bool:
    """Whether the wording fitted the project's when it was made, which an update changed since. One that keeps people safe and was not changed
    was no owner's to reword then either."""
    noted, before = origin(Home(path.parents[1]), Place(f"{OWN_RESPONSES}/{path.name}", (KEY, key)))
    if not noted or not fits(own.text(key), before):
        return False
    return not protected or _entry(before) != (known._texts[key], known._buttons[key])


def fits(own: Any, entry: Any) -> bool:
    """Whether a wording takes the same values as the project's, each as it stands in a file; never where there is none.

    Raises:
        PhraseError: its braces cannot be read.
    """
    return entry is not MISSING and _values(_entry(own)[0]) == _values(_entry(entry)[0])


def _values(text: str) -> frozenset[str]:
    """The names of the values that a text takes.

    Raises:
        PhraseError: its braces cannot be read.
    """
    try:
        return frozenset(name.lower() for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError as error:
        raise PhraseError(f"{text!r}: {error}") from error


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
