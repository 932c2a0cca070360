"""What was asked until now, for a lesson to be held against, and whose words a wording is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.home.folder import Home
from bot.store.review_models import WITHOUT_ANSWER
from bot.store.reviews import Asked, Wordings
from bot.teaching.lessons import mark_of, plainly
from bot.teaching.school import Past

MOST_TURNS = 20_000
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Remembered:
    """Reads the past. Calls block; each raises StoreError where the database gives no answer."""

    wordings: Wordings
    home: Home

    def past(self) -> list[Past]:
        """The latest messages whose words may be read, the same words once for those who were answered and once for those who were not."""
        turns = self.wordings.all()[-MOST_TURNS:]
        by_words: dict[tuple[str, bool], list[Asked]] = {}
        for turn in turns:
            answered = turn.outcome not in WITHOUT_ANSWER and turn.thumb != DOWN
            by_words.setdefault((plainly(turn.text), answered), []).append(turn)
        vectors = self.wordings.vectors([some[0].id for some in by_words.values()])
        return [
            Past(some[-1].text, vectors[some[0].id], len({one.sender for one in some}), answered, any(one.thumb == UP for one in some))
            for (_, answered), some in by_words.items() if some[0].id in vectors
        ]  # fmt: skip

    def marks(self, said: Iterable[str]) -> dict[str, Sequence[str]]:
        """Of each wording the marks of those who wrote it so.

        Raises:
            HomeError: the owner's folder cannot be used.
        """
        wanted: dict[str, list[str]] = {plainly(one): [] for one in said}
        for turn in self.wordings.all():
            if plainly(turn.text) in wanted:
                wanted[plainly(turn.text)].append(turn.sender)
        key = self.home.key() if any(wanted.values()) else b""
        return {one: sorted({mark_of(key, sender) for sender in wanted[plainly(one)]}) for one in said}
