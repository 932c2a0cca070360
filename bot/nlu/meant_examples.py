"""What the reading of meanings is learned from: the examples of topics and moods, and questions that mean none of them.

Among the training examples of kinds of question about the shop stand many that ask for a topic. Those in which its phrases
stand are examples of it; of the others only a part is learned as none of them, since some are topics in other words.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable, List, NamedTuple, Tuple

from bot.nlu.classifier.meaning import NONE, OTHER, PARTS
from bot.understanding import topics, upset
from bot.understanding.asked import AskedError, in_words, load, named_lists
from bot.understanding.frame import UNSURE, Frame

TOPIC, MOOD = "topic", "mood"
SHOP, SKINCARE, ELSEWHERE = "shop", "skincare", "_elsewhere.yml"
FOLDERS = (topics.FOLDER, upset.FOLDER)


class Example(NamedTuple):
    """A text with its class."""

    text: str
    label: str


def own_examples() -> List[Example]:
    """The examples of topics and moods, and what only sounds like them.

    Raises:
        AskedError: when the data cannot be used, or a topic and a mood have one name.
    """
    pack, _, _ = topics.pack()
    moods, _, _ = load(upset.FOLDER, upset.Upset)
    both = sorted({*pack} & {*moods})
    if both:
        raise AskedError(f"{both[0]} is a topic and a mood; give one of them another name")
    found = [Example(text, f"{TOPIC}{PARTS}{name}") for name, topic in pack.items() for text in _said(topic.examples, topic.takes)]
    found += [Example(text, f"{MOOD}{PARTS}{name}") for name, mood in moods.items() for text in _said(mood.examples, mood.takes)]
    sounding = named_lists(topics.FOLDER / ELSEWHERE)
    return found + [Example(text, f"{NONE}{PARTS}{kind}") for kind, texts in sounding.items() for text in texts]


def labelled(examples: Iterable[Tuple[str, str]]) -> List[Example]:
    """Training examples with the class that they are learned as: a topic or a mood where its phrases stand in one about the
    shop, `OTHER` with its kind for the rest of those, `NONE` with its kind for all else.

    Args:
        examples: kinds of question and texts.
    """
    finder, moods = topics.finder({}), upset.finder()
    of_shop = set(topics.groups().get(SHOP, ()))
    found: List[Example] = []
    for kind, text in examples:
        if kind not in of_shop:
            found.append(Example(text, f"{NONE}{PARTS}{kind}"))
            continue
        frame = _plain(text, kind)
        mood, topic = moods.find(frame), finder.find(frame)
        label = f"{MOOD}{PARTS}{mood.name}" if mood else f"{TOPIC}{PARTS}{topic.name}" if topic else f"{OTHER}{PARTS}{kind}"
        found.append(Example(text, label))
    return found


def files() -> List[Path]:
    """The files that the reading of meanings is learned from, beside the training examples."""
    return sorted(path for folder in FOLDERS for path in folder.glob("*.yml"))


def digest() -> str:
    """Changes when one of these files does."""
    said = hashlib.sha256()
    for path in files():
        said.update(path.read_bytes())
    return said.hexdigest()


def _said(*lists: Iterable[str]) -> Iterable[str]:
    """The texts of lists, each once; of "kind | question" the question."""
    return dict.fromkeys(text.rsplit(" | ", 1)[-1] for one in lists for text in one)


def _plain(text: str, kind: str) -> Frame:
    words = tuple(word.text for word in in_words(text) if word.text not in ("^", "$"))
    return Frame(text=text, words=words, intent=kind, band=UNSURE)
