"""What people ask about beside skincare, and words that nobody knows: subjects of which no rule can speak."""

from __future__ import annotations

from pathlib import Path
from typing import List, Mapping, Sequence, Tuple

import yaml

from bot.understanding.matching import PatternFinder, Word
from bot.understanding.patterns import compiled

FILE = "_strangers.yml"
# Words behind or before which a subject stands.
BEFORE = frozenset({"with", "and", "plus", "or", "use", "using", "used", "after", "before", "over", "under", "on", "apply", "mix", "mixing", "add", "to"})
AFTER = frozenset({"with", "and", "plus", "or", "together", "serum", "cream", "toner"})
ARTICLES = frozenset({"a", "an", "the", "my", "some", "this", "that"})


class Strangers:
    """Finds them in the words of a question."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        """Takes patterns by the name of what they stand for ("a tattoo")."""
        self._patterns = PatternFinder([(name, row) for name, texts in named.items() for one in texts for row in compiled(one, {})])

    @classmethod
    def load(cls, folder: Path) -> Strangers:
        """The strangers of a folder's `_strangers.yml`."""
        return cls(yaml.load((folder / FILE).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))

    def find(self, spoken: Sequence[Word], unknown: Sequence[str]) -> Tuple[str, ...]:
        """Names of strangers, then unknown words that stand in a subject's place, each once.

        Args:
            spoken: the words of the question.
            unknown: those of its words, lower case, that are neither English nor the field's.
        """
        found = [match.name for match in self._patterns.find(spoken)]
        for place, word in enumerate(spoken):
            if word.mention is None and word.norm in unknown and _in_a_subjects_place(spoken, place):
                found.append(word.norm)
        return tuple(dict.fromkeys(found))


def _in_a_subjects_place(spoken: Sequence[Word], place: int) -> bool:
    before: List[str] = [word.text for word in spoken[max(0, place - 2) : place]]
    while before and before[-1] in ARTICLES:
        before.pop()
    after = spoken[place + 1].text if place + 1 < len(spoken) else ""
    return bool(before and (before[-1] in BEFORE or before[-1] == "^")) or after in AFTER
