"""What is said of each thing in words that name several: "the lamp to black and the backpack to medium"."""

from __future__ import annotations

from typing import Dict, List, Sequence

from bot.support.gateway import Line
from bot.support.naming import titles_in

MARKS = frozenset({",", "."})
PARTS = MARKS | {"and", "also", "then", "but"}
BECOMES = frozenset({"for", "into", "become"})


def target_of(words: Sequence[str], lines: Sequence[Line]) -> Dict[str, List[str]]:
    """What each line shall become, by its key; under "" what is said where none is named.

    Lines of one title get what is said of it one after the other where it is said of as many, else all of it.
    """
    mentions = titles_in([line.title for line in lines], words)
    if len({line.title for line in lines}) == 1 and not mentions:
        return {"": _behind(words, everything=True)}
    if not mentions:
        return {"": _behind(words, everything=True)}
    found: Dict[str, List[str]] = {}
    said: Dict[str, List[List[str]]] = {}
    for number, one in enumerate(mentions):
        end = next((other.start for other in mentions[number + 1 :] if other.start >= one.end and other.title != one.title), len(words))
        same = next((other.start for other in mentions[number + 1 :] if other.title == one.title and other.start >= one.end), end)
        said.setdefault(one.title, []).append(_behind(words[one.end : min(end, same)], everything=bool(said.get(one.title))))
    for title, parts in said.items():
        of_title = [line for line in lines if line.title == title]
        told = [part for part in parts if part]
        for place, line in enumerate(of_title):
            found[line.key] = told[place] if len(told) == len(of_title) > 1 else [word for part in parts for word in part]
    leading = words[: mentions[0].start]
    if not any(found.values()):  # "I want the blue lamp instead"
        for line in lines:
            found[line.key] = list(leading)
    return found


def answers_of(words: Sequence[str], lines: Sequence[Line]) -> Dict[str, List[str]]:
    """What is said of each line in an answer to the question which variant it shall be: all that stands around its name, as in "a bigger
    bottle, and for the lamp a dimmer one". `words` hold the marks between them too."""
    mentions = titles_in([line.title for line in lines], words)
    if not mentions:
        return {"": list(words)}
    cuts = [0]
    for one, following in zip(mentions, mentions[1:]):
        marks = [place for place in range(one.end, following.start) if words[place] in PARTS]
        cuts.append(marks[-1] if marks else following.start)
    cuts.append(len(words))
    found: Dict[str, List[str]] = {}
    for number, one in enumerate(mentions):
        for line in lines:
            if line.title == one.title:
                found.setdefault(line.key, []).extend(word for word in words[cuts[number] : cuts[number + 1]] if word not in MARKS)
    return found


def _behind(words: Sequence[str], everything: bool) -> List[str]:
    """The words behind the one that says what something becomes; all of them where there is none."""
    place = next((at for at, word in enumerate(words) if word == "to"), next((at for at, word in enumerate(words) if word in BECOMES), -1))
    return list(words[place:]) if place >= 0 else list(words)
