"""Finds cues, relations and roles in the words of a question, by the patterns of `data/understanding/_cues*.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple

import yaml

from bot.understanding.frame import Mention
from bot.understanding.matching import PatternFinder, Row, Word
from bot.understanding.patterns import PatternError, compiled

FILES = "_cues*.yml"
PARTS = ("words", "cues", "told", "relations", "roles")
CUE, TOLD, RELATION, ROLE = "cue", "told", "relation", "role"
JOINTS = frozenset({",", "and", "or", "nor", "/", "&", "plus", "the", "a", "an", "my", "any", "also", "strong", "harsh"})
KEPT = 16
"""So many rows of words are kept with what was found: each question of a story is read in the words of all of it."""
Patterns = Mapping[str, Sequence[str]]


class CueError(Exception):
    """The cues cannot be used; the message names the cue and what is wrong."""


@dataclass(frozen=True)
class Found:
    """What the patterns found: names of cues and of what is told, of relations in the order of the file, and roles by the
    mention they belong to."""

    cues: frozenset[str]
    told: frozenset[str]
    relations: Tuple[str, ...]
    roles: Mapping[Mention, str]


class CueFinder:
    """Looks for all patterns at once; made once."""

    def __init__(
        self, words: Mapping[str, Sequence[str]], cues: Patterns, told: Patterns, relations: Patterns, roles: Patterns
    ) -> None:
        """
        Args:
            words: lists of words by name, for patterns to name.
            cues, told, relations: patterns by name; those of `told` count wherever in the message they stand.
            roles: patterns by role, each with the one mention that gets it.

        Raises:
            CueError: when a pattern cannot be read.
        """
        self.names = frozenset((*cues, *told))
        self.people = frozenset(words.get("people", ()))
        self._relations = list(relations)
        rows: List[Tuple[str, Row]] = []
        for group, named, over_mentions in ((CUE, cues, True), (TOLD, told, True), (RELATION, relations, True), (ROLE, roles, False)):
            for name, templates in named.items():
                try:
                    rows += [(f"{group}:{name}", row) for one in templates for row in compiled(one, words, over_mentions)]
                except PatternError as error:
                    raise CueError(f"{group} {name}: {error}") from error
        self._patterns = PatternFinder(rows)
        self._kept = lru_cache(maxsize=KEPT)(self._find)

    @classmethod
    def load(cls, folder: Path) -> CueFinder:
        """The finder of all `_cues*.yml` in a folder, whose lists and patterns are joined.

        Raises:
            CueError: when a file cannot be read or used, or two of them have a cue of one name.
        """
        joined: Dict[str, Dict[str, List[str]]] = {part: {} for part in PARTS}
        for path in sorted(folder.glob(FILES)):
            try:
                data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
            except (OSError, yaml.YAMLError) as error:
                raise CueError(f"{path.name}: cannot be read: {error}") from error
            if not isinstance(data, dict) or not set(data) <= set(PARTS):
                raise CueError(f"{path.name}: may hold only {', '.join(PARTS)}")
            for part, named in data.items():
                for name, patterns in named.items():
                    if name in joined[part]:
                        raise CueError(f"{path.name}: {part} has {name} already")
                    joined[part][name] = _written(patterns, f"{path.name}: {name}")
        return cls(*(joined[part] for part in PARTS))

    def find(self, words: Tuple[Word, ...]) -> Found:
        """The cues, relations and roles of a question's words."""
        return self._kept(words)

    def _find(self, words: Tuple[Word, ...]) -> Found:
        cues: set[str] = set()
        told: set[str] = set()
        relations: set[str] = set()
        roles: Dict[Mention, str] = {}
        for match in self._patterns.find(words):
            group, name = match.name.split(":", 1)
            if group == CUE:
                cues.add(name)
            elif group == TOLD:
                told.add(name)
            elif group == RELATION:
                relations.add(name)
            else:
                for mention in _joined(words, match.start, match.end):
                    roles.setdefault(mention, name)
        return Found(frozenset(cues), frozenset(told), tuple(one for one in self._relations if one in relations), roles)


def _written(patterns: Any, where: str) -> List[str]:
    """A list as it stands, or one of all words of the `stems` with all `endings`.

    Raises:
        CueError: when it is neither.
    """
    if isinstance(patterns, list):
        return [str(one) for one in patterns]
    if not isinstance(patterns, dict) or set(patterns) != {"stems", "endings"}:
        raise CueError(f"{where}: write a list, or stems and endings")
    return list(dict.fromkeys(f"{stem}{ending}" for stem in patterns["stems"] for ending in patterns["endings"]))


def _joined(words: Sequence[Word], start: int, end: int) -> Sequence[Mention]:
    """The mention of a match, and those joined to it by "and", "or" or a comma."""
    place = next((at for at in range(start, end) if words[at].mention), None)
    if place is None:
        return ()
    first = words[place].mention
    found = [first] if first else []
    for word in words[place + 1 :]:
        if word.mention is not None:
            found.append(word.mention)
        elif word.text not in JOINTS:
            break
    return found
