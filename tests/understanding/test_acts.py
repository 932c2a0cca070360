"""What a short message does counts as a cue only where something was said that it can go on from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.rules.advice import Profile
from bot.rules.knowledge import load
from bot.settings import settings
from bot.understanding.acts import ActError, examples, with_act
from bot.understanding.frame import LOST, SURE, Frame, Meant, Mention
from bot.understanding.memory import Asked, Memory
from bot.understanding.resolve import Resolved, resolve

KNOWN = load(settings().knowledge)
TALK = Memory(asked=Asked("together", ("retinol", "glycolic_acid"), recent=("glycolic_acid", "retinol")))


def frame(act: str, certain: bool = False, band: str = LOST, **more: object) -> Frame:
    return replace(Frame(text="x", words=("x",), band=band, acts=(Meant(act, 0.8, certain),)), **more)  # type: ignore[arg-type]


def resolved(said: Frame, memory: Memory = TALK) -> Resolved:
    return resolve(said, memory, KNOWN, "", 0.0)


def test_an_act_counts_in_a_talk_alone() -> None:
    assert with_act(frame("which_then"), TALK).has("which_then")
    assert not with_act(frame("which_then"), Memory()).has("which_then")


def test_beside_a_sure_guess_only_a_certain_one_counts_where_something_is_named() -> None:
    named = (Mention("ingredient", "retinol", "retinol", 0, 7),)
    assert not with_act(frame("which_then", band=SURE, mentions=named), TALK).has("which_then")
    assert not with_act(frame("which_then", band=SURE, confidence=0.95), TALK).has("which_then")
    assert with_act(frame("which_then", band=SURE, confidence=0.6), TALK).has("which_then")
    assert with_act(frame("which_then", certain=True, band=SURE, mentions=named), TALK).has("which_then")


def test_what_asks_for_sources_is_no_doubt() -> None:
    assert not with_act(frame("doubts", certain=True, band=SURE, kind="source"), TALK).has("doubts")


def test_a_long_message_says_itself_what_it_asks() -> None:
    assert not with_act(frame("which_then", words=("word",) * 30), TALK).has("which_then")


def test_what_is_only_told_leaves_the_talk_where_it_is() -> None:
    found = resolved(frame("tells"), replace(TALK, situation="office_day_sunscreen"))
    assert (found.frame.kind, found.memory.asked, found.memory.situation) == ("noted", TALK.asked, "office_day_sunscreen")


def test_a_question_is_not_only_told() -> None:
    assert resolved(frame("tells", text="x?")).frame.kind != "noted"


def test_the_second_one_is_added_by_itself() -> None:
    found = resolved(frame("adds_second"))
    assert (found.frame.kind, found.asked.subjects) == ("waiting_time", ("introducing_products",))


def test_all_that_was_talked_of_makes_a_week() -> None:
    assert resolved(frame("whole_plan")).frame.kind == "plan_week"
    assert resolved(frame("whole_plan"), Memory(asked=Asked("what_is", ("retinol",), recent=("retinol",)))).frame.kind != "plan_week"


def test_few_words_ask_of_what_was_talked_of() -> None:
    found = resolved(frame("asks_how_often"), Memory(asked=Asked("what_is", ("retinol",), recent=("retinol",))))
    assert (found.frame.kind, found.asked.subjects) == ("frequency", ("retinol",))


def test_one_of_the_two_named_before_a_situation_is_chosen() -> None:
    memory = Memory(asked=Asked("situation", recent=("glycolic_acid", "retinol")), person=Profile())
    found = resolved(frame("which_then"), memory)
    assert (found.frame.kind, found.asked.subjects) == ("better", ("glycolic_acid", "retinol"))


@pytest.mark.parametrize(("stored", "names"), [("which_then: [a]", "which_then"), ("[1]", "under its name"), ("a: [", "acts.yml")])
def test_examples_that_cannot_be_used_are_named(stored: str, names: str, tmp_path: Path) -> None:
    path = tmp_path / "acts.yml"
    path.write_text(stored, encoding="utf-8")
    with pytest.raises(ActError, match=names):
        examples(path)
