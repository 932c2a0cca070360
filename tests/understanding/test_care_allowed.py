"""What is allowed and what is to be left: of somebody with a disease or a medicine, before a procedure, when a child is planned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.advice import Profile
from bot.understanding.memory import Asked, Memory
from bot.understanding.resolve import Resolved, resolve
from tests.knowledge import knowledge
from tests.understanding.reading import frame

ROSACEA = Memory(person=Profile(safety=("skin_disease",)))
BEFORE_PEEL = Memory(person=Profile(procedure="before_wax_peel_laser", procedure_at=1.0), asked=Asked("medical"))


def resolved(text: str, kind: str, memory: Memory | None = None, intent: str = "") -> Resolved:
    found = replace(frame(text, kind), intent=intent or f"ask_{kind}")
    return resolve(found, memory or Memory(), knowledge(), "", 1.0)


@pytest.mark.parametrize("text", ["which of these can I keep: lactic acid, vitamin C and panthenol?", "what may I still use, retinol or glycerin?"])
def test_of_several_each_is_looked_at(text: str) -> None:
    assert resolved(text, "check_routine", ROSACEA).asked.kind == "can_use"
    assert len(resolved(text, "better", ROSACEA).asked.subjects) >= 2


def test_of_who_must_leave_nothing_it_stays_a_routine() -> None:
    assert resolved("which of these can I keep: glycerin and panthenol?", "check_routine").asked.kind == "check_routine"


@pytest.mark.parametrize("text", ["should i stop my retinol", "do I pause the glycolic acid?", "should I leave out vitamin C and retinal"])
def test_before_a_procedure_what_to_leave_is_said(text: str) -> None:
    assert resolved(text, "check_routine", BEFORE_PEEL).asked.kind == "medical"
    assert resolved(text, "need", BEFORE_PEEL).asked.kind == "medical"


@pytest.mark.parametrize("text", ["and when can I start again?", "when can I use it again?"])
def test_when_to_begin_again_is_said_by_the_procedure(text: str) -> None:
    assert resolved(text, "restart", BEFORE_PEEL).asked.kind == "medical"


@pytest.mark.parametrize("text", ["on accutane can I use a sheet mask?", "can I use an essence on isotretinoin"])
def test_beside_a_medicine_what_is_asked_about_is_answered(text: str) -> None:
    assert resolved(text, "medical").asked.kind == "can_use"


@pytest.mark.parametrize("text", ["we're trying for a baby and I use adapalene every night", "we are trying for a baby, I use retinal twice a week"])
def test_what_a_pregnancy_forbids_is_said_unasked(text: str) -> None:
    assert resolved(text, "tell_profile", intent="tell_profile").asked.kind == "pregnancy"


def test_of_two_kinds_of_skin_compared_the_first_is_meant() -> None:
    found = resolved("my skin is more oily than dry", "tell_profile", intent="tell_profile")
    assert found.person.skin_types == ("oily",)


def test_a_tube_of_which_a_story_told_is_refused_in_pregnancy() -> None:
    told = frame("i am 20 weeks pregnant and have half a tube of hydroquinone and tretinoin", "medical").mentions
    asked = replace(frame("can I finish the tubes?", "pregnancy"), told=told, story="ask_pregnancy", intent="ask_pregnancy")
    found = resolve(asked, Memory(person=Profile(pregnant=True)), knowledge(), "", 1.0)
    assert found.asked.kind == "pregnancy" and set(found.asked.subjects) == {"hydroquinone", "tretinoin"}
