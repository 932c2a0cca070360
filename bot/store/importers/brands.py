"""The brand of a product whose file names none: one that people know, at the beginning of its title, or a tag that the title
begins with."""

from __future__ import annotations

import re

from bot.rules.knowledge import Knowledge
from bot.store.importers.kinds import Kinds
from bot.store.text import words

LONGEST, SHORTEST_TELLING = 4, 3
_MARKED = re.compile(r"\s{0,8}[\[【(]([^\]】)]{2,40})[\]】)]")


class BrandWords:
    """Knows the brands of one knowledge; made once."""

    def __init__(self, knowledge: Knowledge, kinds: Kinds) -> None:
        self._kinds = kinds
        self._names = {
            tuple(words(text)): entry.name
            for entry in knowledge.brands.values()
            for text in (entry.name, *entry.aliases, *entry.ko)
        }
        subjects = (knowledge.ingredients, knowledge.families, knowledge.concerns, knowledge.skin_types)
        self._talk = {tuple(words(text)) for group in subjects for one in group.values() for text in one.wordings}

    def of(self, title: str, tags: str) -> str:
        """The brand by title and tags, as the shop writes it; "" where neither tells."""
        said = words(title)
        for tag in sorted((one.strip() for one in tags.split(",")), key=len, reverse=True):
            run = tuple(words(tag))
            if run and run == tuple(said[: len(run)]) and len(run) < len(said) and self._may_be_brand(tag, run):
                return tag
        for size in range(min(LONGEST, len(said) - 1), 0, -1):
            if tuple(said[:size]) in self._names:
                return self._names[tuple(said[:size])]
        return ""

    def in_place_of(self, vendor: str, title: str, tags: str) -> str:
        """The brand that a title begins with where the file names the shop itself as the vendor: "[Axis-Y] Glow Serum". "" where
        the vendor is no less likely."""
        shared = set(words(vendor)) & set(words(title))
        if not vendor or any(len(word) >= SHORTEST_TELLING for word in shared):
            return ""
        marked = _MARKED.match(title)
        if not marked:
            return self.of(title, "") if tuple(words(vendor)) not in self._names else ""
        run = tuple(words(marked[1]))
        tagged = any(run == tuple(words(one)) for one in tags.split(","))
        return marked[1].strip() if run in self._names or (tagged and self._may_be_brand(marked[1], run)) else ""

    def _may_be_brand(self, tag: str, run: tuple[str, ...]) -> bool:
        return run not in self._talk and not self._kinds.kind(tag).kind and not tag.isdigit()
