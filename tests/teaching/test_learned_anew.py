"""What was learned is learned anew where something that it rests on changed, and no file that cannot be written costs an answer."""

from __future__ import annotations

import numpy as np
import pytest

from bot.home.folder import LESSONS, Home, HomeError
from bot.teaching import kept
from bot.teaching import taught as module
from bot.teaching.at_home import encode
from bot.teaching.lessons import Lesson
from bot.teaching.school import School
from bot.teaching.taught import Taught
from tests.teaching.conftest import CLASSES, UNSAID, answer
from tests.teaching.test_school import found, taught

OTHER_WORDS = "can I join a class"


def soon(here: Taught) -> Lesson | None:
    """What a message is taken for once learning is over."""
    here.find(OTHER_WORDS)
    with here._learning:
        pass
    return here.find(OTHER_WORDS)


def test_what_is_missing_is_learned_again(school: School, home: Home) -> None:
    school.teach(answer(), "Mina")
    home.put(LESSONS, (home.text(LESSONS) or "").replace("online", "in our shop"))
    here = taught(school)
    assert here.find("can I join a class") is None and here.find(CLASSES[0].upper()) is not None
    lesson = soon(here)
    assert lesson is not None and lesson.say == "Every first Saturday, in our shop."


def test_a_broken_file_teaches_nothing_and_costs_no_answer(school: School, home: Home) -> None:
    here = taught(school)
    school.teach(answer(), "Mina")
    assert here.find("can I join a class")
    home.put(LESSONS, "- broken: [")
    assert here.find("can I join a class"), "what was read before goes on counting"
    assert taught(school).find("can I join a class") is None and dict(taught(school).lessons) == {}


def test_what_was_learned_cannot_carry_code(school: School, home: Home) -> None:
    school.teach(answer(), "Mina")
    for content in (b"", b"PK\x03\x04broken", b"x" * 99):
        home.put_bytes(home.learned.name, content)
        assert found(school, CLASSES[0]) == "classes"
    np.savez(home.learned, allow_pickle=True, ids=np.array([object()], dtype=object))
    assert found(school, "nothing like it") == ""


@pytest.mark.parametrize("change", ["kept questions", "encoder", "unsaid topics"])
def test_an_update_is_learned_anew(school: School, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    school.teach(answer(), "Mina")
    before = school.home.learned.read_bytes()
    said: set[str] = set(UNSAID)
    here = Taught(school.home, school._folder, encode, lambda: frozenset(said))
    assert here.find(OTHER_WORDS) is not None and school.home.learned.read_bytes() == before
    if change == "kept questions":
        monkeypatch.setattr(module, "kept_digest", lambda: "others")
    elif change == "encoder":
        monkeypatch.setattr("bot.teaching.kept.encoder_name", lambda: "another")
        kept._digest_in.cache_clear()
    else:
        said.clear()
    assert soon(here) is not None and school.home.learned.read_bytes() != before
    kept._digest_in.cache_clear()


def test_what_cannot_be_written_is_told_once_and_costs_no_answer(school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    school.teach(answer(), "Mina")
    school.home.learned.unlink()

    def full(self: Home, name: str, content: bytes | None) -> None:
        raise HomeError("No space left on device.")

    monkeypatch.setattr(Home, "put_bytes", full)
    here = taught(school)
    assert soon(here) is not None
    here.learn()
    assert caplog.text.count("No space left") == 1 and here.find(OTHER_WORDS) is not None


def test_what_cannot_be_learned_is_not_tried_with_every_message(school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    school.teach(answer(), "Mina")
    school.home.learned.unlink()

    def broken(*_: object) -> None:
        raise OSError("the encoder is gone")

    monkeypatch.setattr(module, "learned_from", broken)
    here = taught(school)
    assert [soon(here) for _ in range(5)] == [None] * 5 and caplog.text.count("the encoder is gone") == 1
    assert here.find(CLASSES[0]) is not None
