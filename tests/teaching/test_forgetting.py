"""Whoever is erased is in no lesson and no change, whatever mistakes the files have."""

from __future__ import annotations

import pytest

from bot.home.folder import LESSONS, Home
from bot.home.versions import Versions
from bot.store.errors import StoreError
from bot.teaching.forgetting import forget_person, forgetting
from bot.teaching.lessons import Wording, mark_of, written
from bot.teaching.unreadable import without_mark
from tests.teaching.conftest import answer

SECRET = "my secret way"


def lessons(home: Home, broken: str = "") -> str:
    """A file with words of a person."""
    mine = Wording(said=SECRET, people=[mark_of(home.key(), "rest:me")])
    return (
        written([answer("one way", "another way").copy(update={"wordings": [*answer("one way").wordings, mine]})])
        + broken
    )


def everything(home: Home) -> str:
    """All that stands in the folder."""
    return "".join(path.read_bytes().decode("latin-1") for path in home.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("broken", ["- id: [\n", "- id: A B\n  does: aside\n", "colour: green\n", "\t- x\n"])
def test_a_mistake_keeps_nobodys_words(home: Home, broken: str) -> None:
    home.put(LESSONS, lessons(home, broken))
    assert forget_person(home, "rest:me") == 1
    assert SECRET not in everything(home) and "one way" in everything(home) and broken in (home.text(LESSONS) or "")


def test_a_mistake_is_no_matter_for_others(home: Home) -> None:
    text = lessons(home, "- id: [\n")
    home.put(LESSONS, text)
    assert forget_person(home, "rest:other") == 0 and home.text(LESSONS) == text


def test_what_is_no_text_is_cleared_too(home: Home) -> None:
    home.put_bytes(LESSONS, lessons(home).encode() + b"# \xff\n")
    assert forget_person(home, "rest:me") == 1
    assert SECRET not in everything(home) and home.lessons.read_bytes().endswith(b"# \xff\n")


def test_a_change_with_a_mistake_is_cleared_and_a_broken_one_goes(home: Home) -> None:
    texts = [lessons(home, "- id: [\n"), lessons(home), "[]\n"]
    for number in range(3):
        Versions(home).change("Mina", "Taught", lambda _: {LESSONS: texts[number]})  # noqa: B023 - called at once
    second = home.history / "000002.json"
    second.write_text(second.read_text("utf-8")[:-9], encoding="utf-8")
    (home.history / "000009.json").write_text("{", encoding="utf-8")
    forget_person(home, "rest:me")
    assert SECRET not in everything(home) and not second.exists() and (home.history / "000009.json").exists()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("- id: a\n  wordings:\n  - said: x\n  - {said: y, people: [MM]}\n- id: [\n", "- id: a\n  wordings:\n  - said: x\n- id: [\n"),
        ("- id: a\n  wordings:\n  - people: [MM]\n    said: y\n  - said: x\n", "- id: a\n  wordings:\n  - said: x\n"),
        ("- id: a\n  wordings:\n  - said: y\n    people:\n    - NN\n    - MM\n  - said: x\n", "- id: a\n  wordings:\n  - said: x\n"),
        ("- id: a\n  wordings: [{said: y,\n    people: [MM]}]\n- id: b\n", "- id: b\n"), ("[{id: a, wordings: [{said: y, people: [MM]}]}\n", ""),
        ("said: y\npeople: MM\n", ""),
    ],
)  # fmt: skip
def test_the_wording_of_a_mark_is_cut_out(text: str, left: str) -> None:
    assert without_mark(text, "MM") == (left, 1)


def test_what_cannot_be_read_is_told(home: Home) -> None:
    home.lessons.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be read"):
        forgetting(home.folder)("rest:me")
