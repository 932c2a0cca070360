"""Whoever's words a lesson holds is known after it was changed too."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.teaching.lessons import Lesson, Wording
from bot.teaching.marks import with_marks
from tests.teaching.conftest import answer

BEFORE: tuple[tuple[str, list[str]], ...] = (("do you give classes", ["a"]), ("when is your workshop", ["b"]), ("is there a webinar", []), ("teach me skincare", ["c"]))


def lesson(*wordings: tuple[str, Sequence[str]]) -> Lesson:
    """With these wordings and their marks."""
    return answer().copy(update={"wordings": [Wording(said=said, people=list(people)) for said, people in wordings]})


@pytest.mark.parametrize(
    ("changed", "marks"),
    [
        ([said for said, _ in BEFORE], [people for _, people in BEFORE]), (["Do you give CLASSES?", "is there a webinar"], [["a"], []]),
        (["do you give many classes", "when is your workshop", "is there a webinar", "teach me skincare"], [["a"], ["b"], [], ["c"]]),
        (["do you give classes", "something else", "is there a webinar", "teach me skincare"], [["a"], ["b"], [], ["c"]]),
        (["when is your workshop", "is there a webinar", "teach me skincare", "do you give a class"], [["b"], [], ["c"], ["a"]]),
        (["do you give classes", "x", "y", "z", "is there a webinar", "teach me skincare"], [["a"], ["b"], ["b"], ["b"], [], ["c"]]),
        (["do you give classes", "when is your workshop", "a new one", "is there a webinar", "teach me skincare"], [["a"], ["b"], [], [], ["c"]]),
    ],
)  # fmt: skip
def test_marks_stay(changed: list[str], marks: list[list[str]]) -> None:
    found = with_marks(lesson(*((said, ()) for said in changed)), lesson(*BEFORE))
    assert [one.people for one in found.wordings] == marks and [one.said for one in found.wordings] == changed


def test_marks_are_united() -> None:
    (found,) = with_marks(lesson(("do you give classes", ["z"])), lesson(*BEFORE)).wordings
    assert found.people == ["a", "z"]
