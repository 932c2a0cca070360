"""Learns where lessons begin and end among the kept questions: a line for each in the space of meanings, by ridge regression, which has a closed form
and takes a tenth of a second. The trained model stays as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import AbstractSet

import numpy as np

from bot.teaching.kept import Kept, Matrix, unit
from bot.teaching.lessons import Lesson

LIMIT = -0.1
"""A message is taken for a lesson from this score on, about halfway between what is taught (1) and what is known (-1): of 6,469 examples that were not
learned from five lessons took 25 and five others 9; see benchmarks/teaching."""
WEIGHT = 600.0
"""So many kept questions all wordings of a lesson weigh together."""
SMOOTH = 3.0
SAME = 0.6
"""A kept question is asked again from this cosine on, where no taught wording is nearer."""
OF_A_TOPIC = 0.25
"""A lesson that takes so large a part of a topic's questions asks for the topic."""
SAFE_MARGIN = 0.12
"""So much nearer than to a question about safety a message must be to a taught wording."""


@dataclass(frozen=True)
class Learned:
    """What was learned.

    Attributes:
        ids: of the lessons, in the order of the rows of `lines`.
        lines: a row a lesson: weights of a meaning's dimensions, then a constant.
        taught: meanings of taught wordings, and `of` the lesson of each by its place.
        staying: meanings of kept questions that sound like a lesson and stay as they are; `stay_with` the lesson of each, `stay_safe` whether it is
            about safety.
        digest: of what it was learned from.
    """

    ids: Sequence[str]
    lines: Matrix
    taught: Matrix
    of: Matrix
    staying: Matrix
    stay_with: Matrix
    stay_safe: Matrix
    digest: str

    def best(self, vector: Matrix) -> tuple[str, float]:
        """The lesson that a message is taken for, with its score; an empty id where it is none.

        Args:
            vector: the message's meaning, of length 1.
        """
        if not len(self.ids):
            return "", -1.0
        scores = self.lines[:, :-1] @ vector + self.lines[:, -1]
        best = int(scores.argmax())
        if scores[best] < LIMIT:
            return "", float(scores[best])
        near = float((self.taught[self.of == best] @ vector).max())
        stays = self.stay_with == best
        if stays.any():
            known = self.staying[stays] @ vector - np.where(self.stay_safe[stays], 0.0, SAFE_MARGIN) + SAFE_MARGIN
            if float(known.max()) >= max(near, SAME):
                return "", float(scores[best])
        return self.ids[best], float(scores[best])


def learned(lessons: Sequence[Lesson], vectors: Sequence[Matrix], kept: Kept, digest: str, unsaid: AbstractSet[str] = frozenset()) -> Learned:
    """Learns lessons.

    Args:
        lessons: what is taught.
        vectors: of each lesson the meanings of its wordings, unit vectors as rows.
        kept: what is known.
        digest: of all that.
        unsaid: topics on which the shop has no words, so that nothing is lost where a lesson takes a question of theirs.
    """
    width = kept.vectors.shape[1]
    known = _with_constant(kept.vectors)
    gram, sums = known.T @ known, known.sum(axis=0)
    lines = np.zeros((len(lessons), width + 1), dtype=np.float32)
    for place, lesson in enumerate(lessons):
        less = _with_constant(kept.vectors[_of_its_kind(lesson, kept)])
        own = _with_constant(vectors[place])
        weight = WEIGHT / max(1, len(own))
        left = gram - less.T @ less + weight * own.T @ own + SMOOTH * np.eye(width + 1)
        lines[place] = np.linalg.solve(left, weight * own.sum(axis=0) - (sums - less.sum(axis=0)))
    of = np.repeat(np.arange(len(lessons)), [len(one) for one in vectors]) if lessons else np.zeros(0, dtype=np.int64)
    taught = np.vstack(vectors) if lessons else np.zeros((0, width), dtype=np.float32)
    scores = kept.vectors @ lines[:, :-1].T + lines[:, -1]
    rows, places = np.nonzero(scores >= LIMIT) if lessons else (of, of)
    same = [_asked_too(rows[places == place], kept, unsaid) for place in range(len(lessons))]
    stays = np.array([_stays(lessons[place], kept, row, same[place]) for row, place in zip(rows, places)], dtype=bool)
    rows, places = rows[stays], places[stays]
    return Learned([one.id for one in lessons], lines, taught, of, kept.vectors[rows], places, kept.safety[rows].astype(bool), digest)


def _of_its_kind(lesson: Lesson, kept: Kept) -> Matrix:
    """Which kept questions are of the kind that a lesson means: they say nothing against it."""
    if not lesson.kind:
        return np.zeros(0, dtype=np.int64)
    return np.array([row for row, kind in enumerate(kept.kinds) if kind == lesson.kind], dtype=np.int64)


def _asked_too(rows: Matrix, kept: Kept, unsaid: AbstractSet[str]) -> AbstractSet[str]:
    """Topics that the shop has not said and that a lesson asks for too: it takes not one question of theirs by chance, but many."""
    kinds = np.array(kept.kinds)
    taken = kinds[rows]
    return {one for one in set(taken) & set(unsaid) if (taken == one).sum() >= OF_A_TOPIC * (kinds == one).sum()}


def _stays(lesson: Lesson, kept: Kept, row: int, asked_too: AbstractSet[str]) -> bool:
    """Whether a kept question that sounds like a lesson stays as it is."""
    if (lesson.kind and kept.kinds[row] == lesson.kind) or kept.kinds[row] in asked_too | {lesson.topic or None}:
        return False
    return bool(kept.safety[row]) or not lesson.known_too


def _with_constant(vectors: Matrix) -> Matrix:
    return np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])


def as_bytes(found: Learned) -> bytes:
    """What was learned, as a file holds it; the format cannot carry code."""
    target = io.BytesIO()
    np.savez(
        target, ids=np.array(list(found.ids), dtype="U60"), digest=np.array(found.digest), lines=found.lines, taught=found.taught.astype(np.float32),
        of=found.of, staying=found.staying.astype(np.float32), stay_with=found.stay_with, stay_safe=found.stay_safe,
    )  # fmt: skip
    return target.getvalue()


def from_bytes(content: bytes) -> Learned:
    """What `as_bytes` wrote.

    Raises:
        ValueError, KeyError, OSError, BadZipFile: it is something else.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        return Learned(
            [str(one) for one in stored["ids"]], stored["lines"], stored["taught"], stored["of"], stored["staying"], stored["stay_with"],
            stored["stay_safe"], str(stored["digest"]),
        )


__all__ = ["LIMIT", "Learned", "as_bytes", "from_bytes", "learned", "unit"]
