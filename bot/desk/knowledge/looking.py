"""Every statement as an owner looks for it: in words, with its sources by name, and what has become of it in this shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Optional
from urllib.parse import urlencode

from bot.desk.review.words import kind_words
from bot.phrases import Phrases, capital
from bot.rules.knowledge import Knowledge
from bot.rules.names import is_nameable, name
from bot.rules.schema import Source
from bot.rules.statements import Statement, statements
from bot.statements.allowed import kept
from bot.statements.file import Own
from bot.store.text import fold

LONGEST = 80
PARTS: Mapping[str, tuple[str, ...]] = {
    "situations": ("situations",), "topics": ("topics",), "pairs": ("pairs",), "facts": ("product_types", "ingredients", "families", "concerns", "skin_types", "terms"),
    "safety": ("safety", "practices", "guidelines", "shelf_life"),
}
LABELS: Mapping[str, str] = {
    "": "All", "situations": "Situations", "topics": "Questions", "pairs": "Pairs", "facts": "Facts", "safety": "Safety", "open": "Yours to change", "changed": "Changed by you",
}
"""What a list can be narrowed to, in words."""


@dataclass(frozen=True)
class Listed:
    """A statement in a list. `kept`: why it cannot be changed, empty where it can; `folded`: what words are looked for in."""

    statement: Statement
    title: str
    about: str
    sources: Sequence[Source]
    kept: str
    folded: str


@dataclass(frozen=True)
class KnowledgeWish:
    """Which statements are wanted, as it stands in the page's address; unknown values mean none."""

    q: str = ""
    part: str = ""
    skip: int = 0

    @classmethod
    def of(cls, args: Any) -> KnowledgeWish:
        """From the address's query; anything can stand there."""
        part, skip = str(args.get("part") or ""), str(args.get("skip") or "")
        return cls(str(args.get("q") or "").strip()[:LONGEST], part if part in LABELS else "", int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 6 else 0)

    def query(self, **changes: Any) -> str:
        """The address's query for these wishes with some changed; from the first page unless one is given."""
        wanted: dict[str, Any] = {"q": self.q, "part": self.part, **changes}
        parts = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(parts)}" if parts else ""


class Statements:
    """Looks through the project's statements; made of the knowledge once, and again when that changes."""

    def __init__(self, knowledge: Callable[[], Knowledge], phrases: Phrases) -> None:
        self._knowledge, self._phrases = knowledge, phrases
        self._all = lru_cache(maxsize=1)(self._read)

    def found(self, wish: KnowledgeWish, owns: Mapping[str, Own]) -> tuple[list[Listed], dict[str, int]]:
        """The statements that are wanted, and how many with these words there are of each part."""
        words = fold(wish.q).split()
        spoken = {address: fold(" ".join(one.say or ())) for address, one in owns.items()}
        with_words = [one for one in self.all() if all(word in one.folded or word in spoken.get(one.statement.address, "") for word in words)]
        of = {part: [one for one in with_words if _is_of(one, part, owns)] for part in LABELS}
        return of[wish.part], {part: len(found) for part, found in of.items()}

    def of(self, address: str) -> Optional[Listed]:
        """The statement at an address, None where there is none."""
        return next((one for one in self.all() if one.statement.address == address), None)

    def all(self) -> list[Listed]:
        """Every statement, situations and questions first."""
        return self._all(_Same(self._knowledge()))

    def _read(self, same: _Same) -> list[Listed]:
        data = same.knowledge
        order = [file for files in PARTS.values() for file in files]
        return [self._listed(data, one) for one in sorted(statements(data), key=lambda one: order.index(one.file))]

    def _listed(self, data: Knowledge, one: Statement) -> Listed:
        title = capital(one.entry.replace("_", " ")) if one.file in ("situations", "topics", "pairs", "practices", "guidelines", "shelf_life") else ""
        if not title:
            title = data.safety[one.entry].name if one.file == "safety" else capital(name(data, one.entry)) if is_nameable(data, one.entry) else one.entry
        if one.file == "pairs":
            pair = data.pairs[one.entry]
            title = capital(" and ".join(name(data, side) if is_nameable(data, side) else side.replace("_", " ") for side in (pair.a, pair.b)))
        keys: Sequence[str] = getattr(one.tags, "sources", ())
        sources = [data.sources[key] for key in dict.fromkeys(keys)]
        about = "" if one.kind.startswith("pair_") or one.file in PARTS["safety"] else kind_words(self._phrases, one.kind)
        folded = fold(" ".join((title, *one.texts, *(source.publisher for source in sources), one.entry.replace("_", " "))))
        return Listed(one, title, about, sources, kept(data, one), folded)


class _Same:
    """A knowledge by what it is, not by what it holds: it cannot be hashed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.knowledge is self.knowledge

    def __hash__(self) -> int:
        return id(self.knowledge)


def _is_of(one: Listed, part: str, owns: Mapping[str, Own]) -> bool:
    if part in PARTS:
        return one.statement.file in PARTS[part]
    return not part or (not one.kept if part == "open" else one.statement.address in owns)
