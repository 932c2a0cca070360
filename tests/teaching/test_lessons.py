"""Lessons as the owner's file has them."""

from __future__ import annotations

import pytest

from bot.home.folder import HomeError
from bot.teaching.lessons import Does, Lesson, Wording, mark_of, parsed, plainly, without_person, written
from tests.teaching.conftest import answer


def test_what_is_written_is_read_again() -> None:
    lessons = [
        answer(hand_over=True, topic="loyalty"), Lesson(id="b", does=Does.MEANT, kind="payment", wordings=[Wording(said="paypal?", people=["ab"])]),
        Lesson(id="c", does=Does.ASIDE, wordings=[Wording(said="Größe: “42”?")], known_too=True),
    ]  # fmt: skip
    assert parsed(written(lessons)) == lessons
    assert parsed(None) == parsed("") == parsed(written([])) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\n", "must be a list"), ("- id: [", "not YAML"), ("- id: a\n  does: answer\n  wordings: []\n", "needs `say`"), ("- id: A B\n", "lesson 1, id"),
        ("- {id: a, does: meant, wordings: []}\n", "needs `kind`"), ("- {id: a, does: aside, wordings: []}\n- {id: a, does: aside, wordings: []}\n", "given twice"),
        ("- {id: a, does: aside, wordings: [{said: x, by: y}]}\n", "lesson 1, wordings.0.by"), ("- !!python/object:os.system {}\n", "not YAML"),
    ],
)
def test_a_mistake_is_named(text: str, told: str) -> None:
    with pytest.raises(HomeError) as caught:
        parsed(text)
    assert told in str(caught.value)


def test_a_mark_tells_people_apart_and_not_who_they_are() -> None:
    key = b"k" * 32
    assert mark_of(key, "rest:me") == mark_of(key, "rest:me") != mark_of(key, "rest:you")
    assert mark_of(b"x" * 32, "rest:me") != mark_of(key, "rest:me") and "me" not in mark_of(key, "rest:me")


def test_who_is_erased_takes_their_words_along() -> None:
    both, mine, owners = Wording(said="both", people=["a", "b"]), Wording(said="mine", people=["a"]), Wording(said="owner's")
    lessons = [answer(id="one").copy(update={"wordings": [both, mine, owners]}), answer(id="two").copy(update={"wordings": [mine]})]
    (left,) = without_person(lessons, "a")
    assert [(one.said, one.people) for one in left.wordings] == [("both", ["b"]), ("owner's", [])]


def test_a_title_is_nobodys_words() -> None:
    assert Lesson(id="x", does=Does.ASIDE, wordings=[Wording(said="my secret")]).title == "Not for us"


def test_case_and_marks_make_no_other_wording() -> None:
    assert plainly("  Do you — sell: Gift-Cards?! ") == "do you sell gift cards" and plainly("?!") == ""
