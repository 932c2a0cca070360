"""How people come to a situation over several messages of a talk, the last of which says little alone: "my hands get so dry", then
"even with the cream you sold me?". The form of `data/understanding/talks`, learned by `bot.nlu.situations`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Dict, List, NamedTuple

import yaml

from bot.paths import DATA

FOLDER = DATA / "understanding" / "talks"
SHOP_TALKS = DATA / "understanding" / "shop_talks"
"""Talks by the kind of question, or the topic, that their last message asks the shop, learned by `bot.nlu.shop_talks`."""
NO_SITUATION = "none"
"""The name under which talks stand whose last message asks for no situation."""
BETWEEN = " / "
MOST_BEFORE = 3
"""So many messages before the last one are taken together with it."""
MOST_LETTERS = 300
MOST_OF_FOLLOW_UPS = 14
"""So many words ask for themselves, whatever the shop said before."""


class TalkError(Exception):
    """The examples cannot be used; the message names the file, the entry and what is wrong."""


class Talk(NamedTuple):
    """What a person wrote: `before` the messages before, as one text, and the `last` one."""

    before: str
    last: str

    @property
    def both(self) -> str:
        """All of it as one text."""
        return f"{self.before} {self.last}"


def said_before(messages: List[str]) -> str:
    """Earlier messages of a person, the latest last, as the one text that counts beside the next message."""
    return " ".join(messages[-MOST_BEFORE:])[-MOST_LETTERS:]


@lru_cache(maxsize=4)
def talks(folder: Path = FOLDER) -> Dict[str, List[Talk]]:
    """Talks by the name of the situation that their last message comes to, or `NO_SITUATION`.

    Raises:
        TalkError: when a file cannot be read, a talk has no earlier message, or one stands twice.
    """
    found: Dict[str, List[Talk]] = {}
    seen: Dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        for name, texts in _read(path).items():
            for text in texts:
                *before, last = [part.strip() for part in text.split(BETWEEN)]
                if not before or not last:
                    raise TalkError(f"{path.name}, {name}: {text!r} has no message before the last; part them by {BETWEEN!r}")
                if text.lower() in seen:
                    raise TalkError(f"{path.name}, {name}: {text!r} stands in {seen[text.lower()]} too")
                seen[text.lower()] = name
                found.setdefault(name, []).append(Talk(said_before(before), last))
    return found


def _read(path: Path) -> Dict[str, List[str]]:
    try:
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise TalkError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(read, dict) or not all(isinstance(texts, list) and all(isinstance(text, str) for text in texts) for texts in read.values()):
        raise TalkError(f"{path.name}: should be a mapping from name to a list of talks")
    return {str(name): texts for name, texts in read.items()}
