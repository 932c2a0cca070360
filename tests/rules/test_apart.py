"""What must not meet is kept apart, however its order is asked; an allergy holds for what is related."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.gate import checked, held
from bot.rules.kinship import kin
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


@pytest.mark.parametrize("kind", ["order", "next_step", "order_check", "waiting_time"])
@pytest.mark.parametrize("pair", [("retinal", "lactic_acid"), ("glycolic_acid", "mandelic_acid"), ("ascorbic_acid", "copper_peptide"), ("tretinoin", "bha")])
def test_a_pair_to_be_kept_apart_is_never_put_in_order(kind: str, pair: tuple[str, str]) -> None:
    for subjects in (pair, pair[::-1]):
        found = answer(KNOWLEDGE, Question(kind, subjects=subjects))
        keys = [line.key for line in found.lines]
        assert found.verdict in (Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL)
        assert "order_same_step" not in keys and "next_step_follows" not in keys
        assert ("waiting_is_not_enough" if kind == "waiting_time" else "neither_first") in keys


@pytest.mark.parametrize("subjects", [("niacinamide", "azelaic_acid"), ("toner", "moisturizer"), ("ascorbic_acid", "moisturizer")])
def test_what_may_meet_keeps_its_order(subjects: tuple[str, ...]) -> None:
    found = answer(KNOWLEDGE, Question("order", subjects=subjects))
    assert "neither_first" not in [line.key for line in found.lines]


def test_the_rule_of_a_pair_outweighs_what_is_said_of_the_medicine() -> None:
    person = Profile(safety=("prescription_retinoid",))
    asked = Question("together", subjects=("adapalene", "benzoyl_peroxide"), profile=person, safety=("prescription_retinoid",), polar=True)
    found = checked(KNOWLEDGE, asked, answer(KNOWLEDGE, asked), person)
    assert found.lines[0].key == "pair_fine" and "left_with_condition" not in [line.key for line in found.lines]
    alone = replace(asked, subjects=("benzoyl_peroxide",), kind="can_use")
    assert checked(KNOWLEDGE, alone, answer(KNOWLEDGE, alone), person).verdict is not Verdict.YES


@pytest.mark.parametrize(
    ("told", "related"),
    [("centella_extract", "asiaticoside"), ("madecassoside", "centella_extract"), ("licorice_root", "dipotassium_glycyrrhizate"), ("tocopherol", "tocopheryl_acetate"), ("chamomile", "bisabolol")],
)
def test_an_allergy_holds_for_what_is_related(told: str, related: str) -> None:
    person = Profile(allergies=(told,))
    assert related in kin(KNOWLEDGE, told)
    assert held(KNOWLEDGE, related, person)
    assert held(KNOWLEDGE, "panthenol", person) is None


def test_sensitive_skin_is_named_nothing_strong_for_a_concern() -> None:
    person = Profile(skin_types=("sensitive",), pregnant=True)
    found = answer(KNOWLEDGE, Question("for_concern", needs=("dark_spots",), profile=person))
    assert found.lines[0].recommends and "glycolic_acid" not in found.lines[0].recommends


@pytest.mark.parametrize("medicine", ["methotrexate", "clobetasol"])
def test_beside_a_medicine_it_is_named_and_nothing_else_is_offered(medicine: str) -> None:
    entry = {"methotrexate": "photosensitising_medicine", "clobetasol": "steroid_cream"}[medicine]
    person = Profile(safety=(entry,))
    asked = Question("together", subjects=("panthenol",), profile=person, safety=(entry,), own_words=((entry, medicine),), polar=True)
    found = checked(KNOWLEDGE, asked, answer(KNOWLEDGE, asked), person)
    assert found.verdict is Verdict.DOCTOR
    assert found.lines[0].key == "ask_beside" and found.lines[0].params["medicine"] == medicine
    assert "fits_instead" not in [line.key for line in found.lines]


def test_of_the_unproven_nobody_can_say_how_it_goes_with_something() -> None:
    found = answer(KNOWLEDGE, Question("together", subjects=("exosomes", "retinal"), own_words=(("exosomes", "exosome"),)))
    assert found.verdict is Verdict.UNKNOWN and found.lines[0].params == {"unproven": "exosome", "subjects": "retinal"}
