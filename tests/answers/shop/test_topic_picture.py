"""A picture of the owner's beside what is said: of a topic or a lesson, the same for every channel, and never one that could not be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.answers.rendering import rendered
from bot.answers.resources import Resources
from bot.answers.shop.services import SERVICES
from bot.answers.taught import MARK, TAUGHT, taught
from bot.home.folder import LESSONS, SHOP, Home
from bot.teaching.lessons import written
from tests.answers.talking import Talk
from tests.pictures import photo
from tests.teaching.conftest import answer

ADDRESS = "/widget/pictures/map.png"
STORE = "topics:\n  store:\n    answer: yes\n    say: We are at the old harbour.\n    picture: map.png\n"
SAID = "do you have a physical store"


@pytest.fixture
def home(sample_shop: Resources) -> Iterator[Home]:
    found = Home(sample_shop.chosen.home)
    yield found
    for name in (SHOP, LESSONS):
        found.put(name, None)
    found.put_bytes("pictures/map.png", None)


def payload(talk: Talk, text: str) -> dict[str, Any]:
    said = talk.say(SERVICES["shop_topic"], "shop_topic", text)
    assert talk.answer is not None and "old harbour" in said, said
    return dict(rendered(talk.turn("shop_topic", text), talk.answer.parts[0]).payload)


def test_a_topics_picture_stands_beside_its_words(talk: Talk, home: Home) -> None:
    home.put(SHOP, STORE)
    home.put_bytes("pictures/map.png", photo(kind="PNG"))
    found = payload(talk, SAID)
    assert found["image"]["src"] == ADDRESS and found["image"]["beside"] and found["image"]["alt"]
    assert found["body"].startswith("Yes. We are at the old harbour.")


def test_so_does_one_of_what_the_staff_see_to(talk: Talk, home: Home) -> None:
    home.put(SHOP, f"{STORE}    hand_over: true\n")
    home.put_bytes("pictures/map.png", photo(kind="PNG"))
    assert payload(talk, SAID)["image"]["src"] == ADDRESS


@pytest.mark.parametrize("raw", [None, b"<svg><script>1</script></svg>"])
def test_one_that_could_not_be_shown_is_left_out(talk: Talk, home: Home, raw: bytes | None) -> None:
    home.put(SHOP, STORE)
    home.put_bytes("pictures/map.png", raw)
    assert "image" not in payload(talk, SAID)


def test_a_lessons_picture_stands_beside_its_answer(talk: Talk, home: Home) -> None:
    home.put(LESSONS, written([answer().copy(update={"picture": "map.png"})]))
    home.put_bytes("pictures/map.png", photo(kind="PNG"))
    turn = talk.turn("discount", "do you offer skincare classes")
    turn = replace(turn, frame=replace(turn.frame, kind=TAUGHT, cues=turn.frame.cues | {f"{MARK}{answer().id}"}))
    found = rendered(turn, taught(turn).parts[0]).payload
    assert found["image"] == {"src": ADDRESS, "alt": answer().title, "beside": True}
