"""What a question sounds like counts where no phrase stands, and where nothing of skincare is surely meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding.asked import AskedFinder
from bot.understanding.frame import UNSURE, Frame, Meant, Mention
from bot.understanding.topics import Topic
from tests.understanding.reading import frame


def topic(*asked: str, **more: object) -> Topic:
    return Topic.parse_obj({"name": "x", "asked": list(asked), **more})


TOPICS = {
    "ribbon": topic("red ribbon"),
    "shelf": topic("(top|low) shelf", unless=["my shelf"]),
    "door": topic("open door", turned=["closed door"]),
}


def finder(certain_first: bool = False) -> AskedFinder[Topic]:
    return AskedFinder(TOPICS, {}, phrases_only=frozenset({"can_use"}), certain_first=certain_first)


def meant(text: str, name: str, certain: bool = False, kind: str = "payment") -> Frame:
    return replace(frame(text, kind), meant=(Meant(name, 0.9, certain),))


def test_without_a_phrase_it_is_what_it_sounds_like() -> None:
    found = finder().find(meant("something bright round the box", "ribbon"))
    assert found is not None and (found.name, found.turned, found.span) == ("ribbon", False, 0)
    assert finder().find(frame("something bright round the box", "payment")) is None


def test_a_phrase_decides() -> None:
    said = meant("a red ribbon", "shelf", certain=True)
    assert [one.name for one in finder().all(said)] == ["ribbon"]


def test_what_is_certain_goes_before_phrases_where_they_may_stand_by_chance() -> None:
    assert [one.name for one in finder(certain_first=True).all(meant("a red ribbon", "shelf", certain=True))] == ["shelf"]
    assert [one.name for one in finder(certain_first=True).all(meant("a red ribbon", "shelf"))] == ["ribbon"]


def test_a_sure_guess_of_skincare_lets_only_the_certain_count() -> None:
    assert finder().find(meant("the bright one", "ribbon", kind="can_use")) is None
    assert finder().find(meant("the bright one", "ribbon", certain=True, kind="can_use")) is not None
    assert finder().find(meant("the bright one for dry skin with retinol", "ribbon", certain=True, kind="can_use")) is None
    assert finder().find(replace(meant("the bright one", "ribbon", kind="can_use"), band=UNSURE)) is not None


def test_what_speaks_against_an_entry_does_so_in_any_words() -> None:
    assert finder().find(meant("it stands on my shelf", "shelf", certain=True)) is None


@pytest.mark.parametrize("text", ["almonds give me hives", "i am allergic to cod"])
def test_an_allergy_is_never_a_topic(text: str) -> None:
    assert finder().find(replace(meant(text, "ribbon", certain=True, kind="allergy"), cues=frozenset({"allergen_named"}))) is None


def test_which_way_round_it_is_asked_is_not_known() -> None:
    found = finder().find(meant("the thing one walks through", "door"))
    assert found is not None and found.turned is None


def test_a_frame_keeps_what_it_means_through_json() -> None:
    said = meant("something bright", "ribbon", certain=True)
    assert Frame.read(said.as_data()).meant == said.meant


STORY = "my chin is dry and sore since i tried retinol on the advice of somebody at work " * 3


def test_a_story_of_skincare_asks_nothing_of_the_shop_by_chance() -> None:
    far = replace(frame(f"a red towel lay on the small table with a ribbon. {STORY}", "payment"), story="ask_medical")
    spread = AskedFinder({"ribbon": topic("red ... ribbon")}, {}, alone=frozenset({"medical"}))
    assert spread.find(far) is None
    assert spread.find(replace(far, story="", mentions=())) is not None
    assert spread.find(replace(frame(f"{STORY} with a red silk ribbon", "payment"), story="ask_medical")) is not None
    assert finder().find(replace(meant(STORY, "ribbon"), mentions=(Mention("ingredient", "retinol", "retinol", 0, 1),))) is None
