"""What customers ask in vain, the same questions together, what most people asked first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timezone
from threading import Lock, Thread, Timer
from time import monotonic
from typing import Optional, Sequence

import numpy as np

from bot.desk.review.alike import Matrix, nearest
from bot.desk.review.sorted import Sorted, plainly, sorted_by_meaning
from bot.store.reviews import Looking, Wanted, Wordings
from bot.store.reviews.looking import State, midnight

QUICK_S = 0.5
"""What is sorted in less is sorted anew for whoever looks."""
STALE_S = 60.0
"""What takes longer is sorted anew at most once in so long, beside whoever looks."""
KEPT_S = 600.0
"""After so long without a look what is sorted is dropped."""
MOST_WORDINGS = 12
DAY_S = 86_400.0


@dataclass(frozen=True)
class Group:
    """Questions that ask the same.

    Attributes:
        title: the wording that most people used.
        topic: the topic that the shop has not said, empty for none.
        people, times: who asked it in vain, and how often.
        answered: how many people asked alike and were answered.
        wordings: the commonest wordings, each with how often; `further` how many there are beside.
        kinds: what it was taken for, with how often.
        last: the day in UTC on which it was asked last; the moment could tell whose it was.
    """

    title: str
    topic: str
    people: int
    times: int
    answered: int
    wordings: Sequence[tuple[str, int]]
    further: int
    kinds: Sequence[tuple[str, int]]
    last: date


class Groups:
    """Groups of the questions of a database, kept while nothing changes. Calls block, the first one for seconds where there are very
    many: keep them off an event loop. Each raises StoreError where the database gives no answer."""

    def __init__(self, looking: Looking, wordings: Wordings) -> None:
        self._looking, self._wordings = looking, wordings
        self._lock = Lock()
        self._sorting = Lock()
        self._kept: Optional[Sorted] = None
        self._state: Optional[State] = None
        self._took = self._at = self._looked = 0.0
        self._will_drop = False

    def ranked(self, wanted: Wanted, skip: int, most: int) -> tuple[list[Group], int]:
        """Some of the groups, and how many there are. Of `wanted` channel and days count.

        Args:
            wanted: which turns count.
            skip, most: a page of them.
        """
        found = self._sorted()
        if not len(found.turns):
            return [], 0
        within, group = _within(found, wanted), found.group[found.wording]
        counted = found.lacking & (group >= 0) & within
        pairs = np.unique(np.stack([group[counted], found.person[counted]]), axis=1)
        people = np.bincount(pairs[0], minlength=len(found.middles))
        times = np.bincount(group[counted], minlength=len(found.middles))
        ranked = np.lexsort((np.arange(len(people)), -times, -people))
        ranked = ranked[people[ranked] > 0]
        page = ranked[skip : skip + most]
        if not len(page):
            return [], len(ranked)
        answered = _answered(found, page, within)
        shown = [_group(found, np.flatnonzero(counted & (group == one)), int(people[one]), answered[place]) for place, one in enumerate(page)]
        return shown, len(ranked)

    def together(self, words: str) -> tuple[list[str], str]:
        """The commonest wordings of the group that a wording is of, that one first, and the topic that the shop has not said and that this very wording
        asks for, empty for none. Of a wording that is in no group itself alone, or nothing where nobody said it.

        Args:
            words: the wording, however its case and marks are.
        """
        found, plain = self._sorted(), plainly(words)
        rows = [row for row, turn in enumerate(found.turns) if plainly(turn.text) == plain]
        if not rows:
            return [], ""
        text, number = found.turns[rows[-1]].text, int(found.group[found.wording[rows[-1]]])
        if number < 0:
            return [text], ""
        of_group = np.flatnonzero(found.lacking & (found.group[found.wording] == number))
        group = _group(found, of_group, 0, 0)
        others = [one for one, _ in group.wordings if plainly(one) != plain]
        return [text, *others], next((found.turns[row].topic for row in rows if found.turns[row].topic), "")

    def _sorted(self) -> Sorted:
        """What is sorted, as new as `QUICK_S` and `STALE_S` say; nothing that was erased is ever in it."""
        state = self._looking.state()
        with self._lock:
            kept, known, self._looked = self._kept, self._state, monotonic()
            fits, rests = state == known, monotonic() - self._at < STALE_S
        if kept is not None and known is not None and fits:
            return kept
        if kept is None or known is None or self._took < QUICK_S or not self._looking.only_grew(known, state):
            return self._sort()
        if not rests and not self._sorting.locked():
            Thread(target=self._sort, name="groups of questions", daemon=True).start()
        return kept

    def _sort(self) -> Sorted:
        with self._sorting:
            began, state = monotonic(), self._looking.state()
            found = sorted_by_meaning(self._wordings.all(), self._wordings.vectors)
            with self._lock:
                self._kept, self._state, self._at = found, state, monotonic()
                self._took = self._at - began
            self._drop_later()
            return found

    def _drop_later(self) -> None:
        with self._lock:
            begun, self._will_drop = self._will_drop, True
        if not begun:
            timer = Timer(KEPT_S, self._drop)
            timer.daemon = True
            timer.start()

    def _drop(self) -> None:
        """Drops what nobody has looked at for long, so that nothing erased stays in this process."""
        with self._lock:
            is_idle, self._will_drop = monotonic() - self._looked >= KEPT_S, False
            self._kept = None if is_idle else self._kept
        if not is_idle:
            self._drop_later()


def _answered(found: Sorted, page: Matrix, within: Matrix) -> list[int]:
    """How many people asked what the groups of a page ask, and were answered."""
    near = nearest(found.directions, found.middles[page]) if len(found.answered) else np.zeros(0, dtype=np.int64)
    of_wording = np.full(len(found.group), -1, dtype=np.int64)
    of_wording[found.answered[: len(near)]] = near
    of_wording[found.group >= 0] = _places(found.group[found.group >= 0], page)  # the very wording, where it was answered too
    place = of_wording[found.wording]
    there = (place >= 0) & within & ~found.lacking
    pairs = np.unique(np.stack([place[there], found.person[there]]), axis=1)
    return [int(count) for count in np.bincount(pairs[0], minlength=len(page))]


def _within(found: Sorted, wanted: Wanted) -> Matrix:
    """Which turns are of the channel and days wanted."""
    since = midnight(wanted.since).timestamp() if wanted.since else -np.inf
    until = midnight(wanted.until).timestamp() + DAY_S if wanted.until else np.inf
    within: Matrix = (found.at >= since) & (found.at < until)
    if wanted.channel:
        within &= found.channel == wanted.channel
    return within


def _places(groups: Matrix, page: Matrix) -> Matrix:
    """Where each group stands on the page, -1 where it does not."""
    places = np.full(int(max(groups.max(initial=0), page.max(initial=0))) + 1, -1, dtype=np.int64)
    places[page] = np.arange(len(page))
    found: Matrix = places[groups]
    return found


def _group(found: Sorted, rows: Matrix, people: int, answered: int) -> Group:
    turns = [found.turns[row] for row in rows]
    by_wording: dict[str, Counter[str]] = {}
    asked_by: dict[str, set[str]] = {}
    for turn in turns:
        by_wording.setdefault(plainly(turn.text), Counter())[turn.text] += 1
        asked_by.setdefault(plainly(turn.text), set()).add(turn.sender)
    ordered = sorted(by_wording, key=lambda one: (-len(asked_by[one]), -by_wording[one].total(), one))
    wordings = [(by_wording[one].most_common(1)[0][0], by_wording[one].total()) for one in ordered]
    topics = Counter(turn.topic for turn in turns if turn.topic).most_common(1)
    kinds = Counter(turn.kind for turn in turns).most_common(3)
    last = datetime.fromtimestamp(max(turn.at for turn in turns), timezone.utc).date()
    return Group(
        wordings[0][0], topics[0][0] if topics else "", people, len(turns), answered, wordings[:MOST_WORDINGS],
        max(0, len(wordings) - MOST_WORDINGS), kinds, last,
    )
