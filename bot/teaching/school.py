"""`School`: what a lesson would change, shown before it counts; teaching it, taking it back, and forgetting who is erased."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import AbstractSet, Optional

import numpy as np

from bot.home.folder import LESSONS, SHOP, Home, HomeError
from bot.home.versions import Texts, Version, Versions
from bot.rules.knowledge import Knowledge
from bot.teaching.kept import Encode, Kept, kept_questions, unit
from bot.teaching.learning import LIMIT, Learned, learned
from bot.teaching.lessons import Does, Lesson, new_id, parsed, plainly, written
from bot.teaching.marks import with_marks
from bot.teaching.refusing import Known, plain_refusals, refusals, short
from bot.teaching.shop_topic import with_topic
from bot.teaching.taught import Taught, learned_from
from bot.teaching.trials import Past, Trial

MOST_FLIPS = 0.005
"""Share of the kept questions that a lesson may take."""
MOST_SHOWN = 8
Change = tuple[list[Lesson], Optional[Lesson], Optional[Lesson]]
"""All lessons as they become, and the one that changes as it was and as it is."""


class School:
    """Teaches. Calls read files and encode texts, for seconds where the kept questions are not known yet: keep them off an event loop. Each
    raises HomeError where the owner's folder cannot be read or written."""

    def __init__(
        self, home: Home, folder: Path, encode: Encode, knowledge: Callable[[], Knowledge], kinds: AbstractSet[str], unsaid: Callable[[], AbstractSet[str]],
    ) -> None:
        """
        Args:
            home, folder, encode, unsaid: see `Taught`.
            knowledge: gives what is known of skincare.
            kinds: kinds of question that can be meant.
        """
        self.home, self._folder, self._encode = home, folder, encode
        self._knowledge, self._kinds, self._unsaid = knowledge, kinds, unsaid
        self._taught = Taught(home, folder, encode, unsaid)
        self.versions = Versions(home)

    def lessons(self) -> list[Lesson]:
        """What is taught, in the order of the file."""
        return parsed(self.home.text(LESSONS))

    def trial(self, lesson: Lesson, past: Sequence[Past] = (), new: bool = False) -> Trial:
        """Tries a lesson without teaching it.

        Args:
            lesson: it; one of this id is replaced, unless it is `new`.
            past: what was asked.
            new: whether its id is still to be chosen.
        """
        others, kept = [one for one in self.lessons() if new or one.id != lesson.id], self.kept()
        vectors = unit(self._encode([one.said for one in lesson.wordings])) if lesson.wordings else np.zeros((0, kept.vectors.shape[1]), dtype=np.float32)
        refused = refusals(lesson, vectors, self._known(others), kept)
        if refused:
            return Trial(lesson, refused, len(kept.texts))
        alone = learned([lesson], [vectors], kept, "", self._unsaid())
        return self._held_against(lesson, alone, kept, vectors @ alone.lines[0, :-1] + alone.lines[0, -1], past)

    def _held_against(self, lesson: Lesson, alone: Learned, kept: Kept, scores: np.ndarray, past: Sequence[Past]) -> Trial:  # type: ignore[type-arg]
        sounding = np.flatnonzero(kept.vectors @ alone.lines[0, :-1] + alone.lines[0, -1] >= LIMIT)
        unsaid = self._unsaid()
        taken = [row for row in sounding if alone.best(kept.vectors[row])[0]]
        flips = [kept.texts[row] for row in taken if kept.kinds[row] not in unsaid and kept.kinds[row] != (lesson.kind or None)]
        unsafe = [kept.texts[row] for row in taken if kept.safety[row] and kept.kinds[row] != lesson.kind]
        found = [one for one in past if one.text and alone.best(unit(np.frombuffer(one.vector, dtype=np.int8)[None])[0])[0]]
        gained, changed = [one for one in found if not one.answered], [one for one in found if one.answered]
        liked = [one.text for one in changed if one.liked]
        refused = []
        if unsafe:
            refused.append(f"“{short(unsafe[0])}” would get this answer, and its own keeps people safe. Use wordings that are further from it.")
        elif len(flips) + len(liked) > max(1, MOST_FLIPS * len(kept.texts)):
            refused.append(f"{len(flips) + len(liked)} questions that are answered rightly would get this answer, such as “{short([*liked, *flips][0])}”: that is too many.")
        staying = [kept.texts[row] for row in sounding if row not in set(taken)]
        return Trial(
            lesson, refused, len(kept.texts), [*liked, *flips], staying, _texts(gained), sum(one.people for one in gained), _texts(changed),
            [one.said for one, score in zip(lesson.wordings, scores) if score < LIMIT],
        )

    def teach(self, lesson: Lesson, who: str, past: Sequence[Past] = (), new: bool = False) -> Trial:
        """Teaches a lesson; it counts at once, in every process. Whose words a changed one's wordings are stays with them.

        Args:
            lesson, past, new: see `trial`.
            who: who teaches it.

        Returns:
            What it changes; nothing is taught where `refused` says why not.
        """
        tried = self.trial(lesson, past, new)
        if tried.refused:
            return tried

        def made(now: list[Lesson]) -> Change:
            before = None if new else _of_id(lesson.id, now)
            others = [one for one in now if one is not before]
            after = lesson.copy(update={"id": new_id(lesson.name or lesson.kind or lesson.does.value, now)}) if new else lesson
            refused = plain_refusals(after, self._known(others))  # once more, since somebody else may have taught meanwhile
            if refused:
                raise _Refused(refused)
            if before:  # a picture is named in the file alone, which the desk's form does not have
                after = with_marks(after, before).copy(update={"picture": before.picture if after.does is Does.ANSWER else ""})
            return [*others, after], before, after

        try:
            self._change(who, f"Taught “{short(lesson.title)}”", made)
        except _Refused as error:
            return replace(tried, refused=error.why)
        return tried

    def take_back(self, lesson_id: str, who: str) -> None:
        """Takes a lesson away, wherever it stands in the history.

        Raises:
            HomeError: there is none of this id.
        """

        def made(now: list[Lesson]) -> Change:
            before = _of_id(lesson_id, now)
            if before is None:
                raise HomeError("This lesson is not there any more.")
            return [one for one in now if one is not before], before, None

        found = _of_id(lesson_id, self.lessons())
        self._change(who, f"Took back “{short(found.title if found else lesson_id)}”", made)

    def back(self, number: int, who: str) -> Version:
        """Takes back a change and all after it.

        Raises:
            HomeError: there is no such change.
        """
        done = self.versions.back(who, number)
        self._taught.learn()
        return done

    def kept(self) -> Kept:
        """The kept questions."""
        return kept_questions(self._folder, self._encode)

    def _known(self, others: Sequence[Lesson]) -> Known:
        return Known(others, self._knowledge(), self._kinds)

    def _change(self, who: str, what: str, make: Callable[[list[Lesson]], Change]) -> None:
        def changed(now: Texts) -> Mapping[str, Optional[str]]:
            lessons, before, after = make(parsed(now.get(LESSONS)))
            text = written(lessons)
            learned_from(lessons, text, self._folder, self._encode, self._unsaid())  # what cannot be learned is not written
            return {LESSONS: text, SHOP: with_topic(now.get(SHOP), before, after, self._unsaid())}

        self.versions.change(who, what, changed)
        self._taught.learn()


class _Refused(Exception):
    """A lesson that was tried is refused now; `why` holds a sentence each."""

    def __init__(self, why: Sequence[str]) -> None:
        super().__init__(*why)
        self.why = why


def _of_id(lesson_id: str, lessons: Sequence[Lesson]) -> Optional[Lesson]:
    return next((one for one in lessons if one.id == lesson_id), None)


def _texts(past: Sequence[Past]) -> list[str]:
    by_people: dict[str, Past] = {}
    for one in past:
        known = by_people.get(plainly(one.text))
        by_people[plainly(one.text)] = replace(one, people=one.people + known.people) if known else one
    return [one.text for one in sorted(by_people.values(), key=lambda one: -one.people)]


__all__ = ["Does", "Past", "School", "Trial"]
