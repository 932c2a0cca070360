"""What speaks against what somebody asks: practices, open skin, a child's sore skin, a strong sun; and what is only guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.advice import Profile
from bot.rules.practices import rule_for
from bot.understanding.frame import LOST, UNSURE, Guess
from bot.understanding.memory import Asked, Memory
from bot.understanding.resolve import Resolved, resolve
from bot.understanding.situations import emergency
from tests.knowledge import knowledge
from tests.understanding.reading import read, reader

KNOWLEDGE = knowledge()
NOW = 1_000_000.0
NOBODY = Profile()
ON_TABLETS = Profile(safety=("isotretinoin_oral",))
INJECTED = Profile(procedure="after_injectables", procedure_at=NOW - 3600)
LASERED = Profile(procedure="after_ablative_laser", procedure_at=NOW - 3600)


def heard(message: str, person: Profile = NOBODY, kind: str = "can_use", **fields: str) -> Resolved:
    """A message of somebody."""
    return resolve(read(message, kind, **fields), Memory(person=person), KNOWLEDGE, "", NOW)


@pytest.mark.parametrize(
    ("message", "person", "rule"),
    [
        ("could i book a lip wax for friday?", ON_TABLETS, "isotretinoin_procedures"),
        ("and dermaplaning?", ON_TABLETS, "isotretinoin_procedures"),
        ("is a mild peel ok for my prom", ON_TABLETS, "isotretinoin_procedures"),
        ("would a face roller be alright", ON_TABLETS, "isotretinoin_gentle"),
        ("i take rivaroxaban, can i have a hydrafacial", Profile(), "blood_thinner_procedures"),
        ("can i have my chin lasered? ipl i mean", Profile(pregnant=True), "pregnancy_procedures"),
        ("is the steam room alright", Profile(pregnant=True), "pregnancy_heat"),
        ("jade roller tonight?", INJECTED, "injectables_pressure"),
        ("i had my forehead botoxed today, can i go to the gym", Profile(), "injectables_heat"),
        ("when is foundation ok again?", INJECTED, "injectables_makeup"),
        ("is a sauna ok tonight", LASERED, "after_ablative_laser"),
        ("can i gua sha over it", Profile(safety=("open_skin",)), "open_skin"),
        ("is waxing ok today?", Profile(irritated=True), "hurt_skin"),
    ],
)
def test_a_practice_is_refused_with_its_reason(message: str, person: Profile, rule: str) -> None:
    found = heard(message, person)
    assert found.frame.kind == "practice"
    assert rule_for(KNOWLEDGE, found.asked.practices, found.person) is KNOWLEDGE.practices[rule]


@pytest.mark.parametrize("message", ["is a sauna good for skin?", "which roller should i buy", "can i wax my legs on monday"])
def test_a_practice_of_somebody_for_whom_it_is_fine(message: str) -> None:
    assert heard(message).frame.kind != "practice"


def test_every_practice_can_be_heard() -> None:
    asked = {one for entry in KNOWLEDGE.practices.values() for one in entry.practices}
    assert {f"practice_{one}" for one in asked} <= reader().cues
    assert {cue for entry in KNOWLEDGE.safety.values() for cue in (*entry.asked, *entry.meant_with)} <= reader().cues


@pytest.mark.parametrize(
    ("message", "procedure"),
    [
        ("had my lips filled on saturday", "after_injectables"),
        ("i got botox this morning", "after_injectables"),
        ("i had erbium laser on my cheeks on monday", "after_ablative_laser"),
        ("i had my lip waxed yesterday", "before_wax_peel_laser"),
    ],
)
def test_the_procedure_is_remembered_by_its_kind(message: str, procedure: str) -> None:
    assert heard(message, kind="tell_profile").person.procedure == procedure


@pytest.mark.parametrize(
    "message",
    [
        "ascorbic acid on a nick from the razor on my jaw?",
        "can i dab my ampoule where i picked the scab raw",
        "niacinamide on knuckles that are cracked and bleed, ok?",
        "may i use a peptide serum on a cut on my cheek",
    ],
)
def test_nothing_goes_on_open_skin(message: str) -> None:
    found = heard(message, kind="irritation", band=UNSURE)
    assert found.frame.kind == "can_use"
    assert "open_skin" in found.person.safety


def test_it_goes_on_open_skin_neither() -> None:
    assert heard("may i put it where i scratched myself open", kind="return", band=LOST).frame.kind == "medical"


@pytest.mark.parametrize("message", ["the seal was scratched open when it arrived", "my hair is cut short, which shampoo", "you cut the price of the skin toner"])
def test_other_things_that_are_cut_and_open(message: str) -> None:
    assert "open_skin" not in heard(message).asked.safety


def test_a_child_with_sore_skin_from_an_active() -> None:
    found = heard("my niece is ten and used my glycolic toner, her chin is red and sore, what now?", kind="age")
    assert found.frame.kind == "child_reacted"
    before = Memory(other=Profile(age=11), whom="niece", of_other=True, asked=Asked("can_use", ("retinol",), recent=("retinol",)))
    assert resolve(read("her face is burning now", "irritation"), before, KNOWLEDGE, "", NOW).frame.kind == "child_reacted"
    assert heard("my aunt is fifty and her chin is sore from glycolic acid", kind="irritation").frame.kind != "child_reacted"


@pytest.mark.parametrize("message", ["i am on minocycline and off to the beach on friday, what should i change?", "i use tretinoin, is a week of skiing a problem?"])
def test_a_medicine_and_a_strong_sun(message: str) -> None:
    assert heard(message, kind="medical").frame.kind == "strong_sun"


def test_a_strong_sun_without_either() -> None:
    assert heard("which sunscreen for the beach?", kind="choose").frame.kind != "strong_sun"


def test_nobody_is_pregnant_by_a_guess_alone() -> None:
    story = "my son gave me a retinol 0.2 for christmas and i am a bit worried about it at 54, i never used one, how do i begin with it"
    assert heard(story, kind="pregnancy", band=UNSURE).frame.kind not in ("pregnancy", "pregnancy_used")
    assert heard("i used retinol before i found out that i am pregnant, i am so worried", kind="pregnancy").frame.kind == "pregnancy_used"


def test_one_sentence_must_tell_of_an_emergency() -> None:
    told = (Guess("burn_or_blisters", 0.4),)
    one = read("my cheek burns and the layer came off", "irritation", situations=told)
    assert emergency(one, KNOWLEDGE) == "burn_or_blisters"
    spread = read("my cheek burns. it was a peel", "irritation", situations=told)
    assert emergency(spread, KNOWLEDGE) == "burn_or_blisters"
    assert emergency(replace(spread, alarm=(Guess("", 0.0),)), KNOWLEDGE) == ""
    assert emergency(replace(spread, alarm=(Guess("burn_or_blisters", 0.3),)), KNOWLEDGE) == "burn_or_blisters"


def test_what_needs_a_cue_must_have_it() -> None:
    told = (Guess("blocked_vessel", 0.8),)
    assert emergency(read("chin filler on tuesday", "tell_profile", situations=told), KNOWLEDGE) == ""
    assert emergency(read("my chin is grey after the filler", "tell_profile", situations=told), KNOWLEDGE) == "blocked_vessel"
