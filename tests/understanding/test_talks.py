"""Short messages that only what was said before them explains."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.rules.advice import Profile
from bot.rules.finder import Finder
from bot.rules.knowledge import load
from bot.settings import settings
from bot.understanding.frame import LOST, SURE, Frame, Guess, Mention, Quantity
from bot.understanding.memory import Asked, Memory, OpenRequest
from bot.understanding.resolve import Resolved, resolve
from bot.understanding.situations import examples
from bot.understanding.talks import MOST_LETTERS, NO_SITUATION, Talk, TalkError, said_before, talks

KNOWN = load(settings().knowledge)
TALK = Memory(asked=Asked("shelf_life", ("sunscreen",)), situation="sunscreen_old_or_hot_bottle")
OTHER = "sunscreen_swim_sweat_sport"


def heard(share: float, name: str = OTHER, text: str = "and then?", band: str = LOST, **more: object) -> Frame:
    words = tuple(text.split())
    return replace(Frame(text=text, words=words, band=band, in_talk=(Guess(name, share),)), **more)  # type: ignore[arg-type]


def resolved(said: Frame, memory: Memory = TALK) -> Resolved:
    return resolve(said, memory, KNOWN, "", 0.0)


def test_every_talk_comes_to_a_situation_that_has_examples_or_to_none() -> None:
    assert {*talks()} - {NO_SITUATION} == {*KNOWN.situations} & {*talks()} and {*talks()} - {NO_SITUATION} <= {*examples()}


def test_what_is_certainly_meant_within_the_talk_comes_before_what_it_sounds_like_alone() -> None:
    found = resolved(heard(0.7, band=SURE, kind="shelf_life", intent="ask_shelf_life", confidence=0.7))
    assert (found.frame.kind, found.memory.situation) == ("situation", OTHER)


def test_a_question_that_names_what_it_asks_about_is_no_such_message() -> None:
    named = (Mention("ingredient", "retinol", "retinol", 0, 7),)
    found = resolved(heard(0.7, band=SURE, kind="frequency", intent="ask_frequency", confidence=0.97, mentions=named, text="how often retinol"))
    assert found.frame.kind == "frequency"


def test_a_message_with_an_order_number_goes_on_with_no_talk_of_skin() -> None:
    found = resolved(heard(0.9, quantities=(Quantity("order_number", "10432"),)))
    assert found.frame.kind != "situation"


@pytest.mark.parametrize(("share", "kind"), [(0.3, "situation"), (0.05, "lost")])
def test_a_question_that_is_not_understood_means_what_it_may_mean_within_the_talk(share: float, kind: str) -> None:
    assert resolved(heard(share, cues=frozenset({"question_word"}))).frame.kind == kind


def test_what_only_tells_more_of_the_same_is_taken_in() -> None:
    found = resolved(heard(0.7, TALK.situation, text="it was in my bag", cues=frozenset({"first_person"})))
    assert (found.frame.kind, found.memory.situation) == ("noted", TALK.situation)


def test_what_to_do_is_asked_of_what_was_told() -> None:
    told = Memory(person=Profile(skin_types=("dry",)), asked=Asked("tell_profile", needs=("dry",)))
    asks = heard(0.0, text="so what do i need", cues=frozenset({"what_now"}))
    assert resolved(asks, told).frame.kind == "for_concern"


def test_only_the_latest_messages_count_and_no_more_than_so_many_letters() -> None:
    assert said_before(["one", "two", "three", "four"]) == "two three four"
    assert len(said_before(["word " * 200])) == MOST_LETTERS


@pytest.mark.parametrize(("stored", "names"), [("some: [alone]", "no message before"), ("some: [a / b]\nother: [A / b]", "stands in some"), ("[1]", "mapping"), ("a: [", "read")])
def test_a_mistake_is_named(tmp_path: Path, stored: str, names: str) -> None:
    (tmp_path / "some.yml").write_text(stored)
    with pytest.raises(TalkError, match=names):
        talks(tmp_path)


def test_a_talk_is_read(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text("some: ['my hands are dry / so dry / why tho']")
    assert talks(tmp_path) == {"some": [Talk("my hands are dry so dry", "why tho")]}


@pytest.mark.parametrize("kind", ["irritation", "report_reaction"])
def test_how_hurt_skin_is_now_is_never_only_taken_in(kind: str) -> None:
    hurt = Memory(asked=Asked(kind))
    assert resolved(heard(0.0, text="my cheek feels funny", cues=frozenset({"first_person"})), hurt).frame.kind != "noted"


@pytest.mark.parametrize("more", [{"finder": Finder()}, {"request": OpenRequest(1, "return", "items")}])
def test_a_number_alone_is_an_age_only_where_nothing_else_waits_for_one(more: dict[str, Any]) -> None:
    told = Memory(person=Profile(skin_types=("dry",)), asked=Asked("tell_profile", needs=("dry",)))
    assert resolved(heard(0.0, text="31"), told).person.age == 31
    assert resolved(heard(0.0, text="31"), replace(told, **more)).person.age is None
