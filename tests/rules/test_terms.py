"""Words of skincare that are neither product nor ingredient: answered alone, and beside a subject where they speak of it."""

from __future__ import annotations

import pytest

from bot.rules.advice import Advice, Question
from bot.rules.answers import answer
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
TERMS = sorted(KNOWLEDGE.terms)
DEFINED = [one for one in TERMS if not KNOWLEDGE.terms[one].aspect]


def said(question: Question) -> str:
    """The first sentence of the answer."""
    return answer(KNOWLEDGE, question).lines[0].text


@pytest.mark.parametrize("term", DEFINED)
@pytest.mark.parametrize("kind", ["what_is", "label", "side_effects", "how_to_apply"])
def test_a_term_alone_is_explained_whatever_is_asked_of_it(term: str, kind: str) -> None:
    entry = KNOWLEDGE.terms[term]
    assert said(Question(kind, (term,))) == entry.facts.get(kind, entry.what).say


@pytest.mark.parametrize("term", TERMS)
def test_beside_a_subject_a_term_speaks_only_to_its_own_kinds(term: str) -> None:
    entry = KNOWLEDGE.terms[term]
    for kind in ("how_to_apply", "sunscreen", "frequency", "percent", "amount"):
        plain = answer(KNOWLEDGE, Question(kind, ("serum",)))
        found = said(Question(kind, ("serum", term)))
        if kind in entry.facts:
            assert found == entry.facts[kind].say
        else:
            assert found == (entry.what.say if kind in entry.covers else plain.lines[0].text)


def test_a_place_or_a_season_is_no_question_of_its_own() -> None:
    assert said(Question("irritation", ("neck",))) == said(Question("irritation"))
    assert said(Question("for_concern", ("neck",), needs=("acne",))) == said(Question("for_concern", needs=("acne",)))


def test_pregnancy_and_red_flags_come_before_terms() -> None:
    asked = Question("can_use", ("retinol", "eye_area"), safety=("pregnancy",))
    assert answer(KNOWLEDGE, asked).lines[0].key == "pregnancy_avoid"
    flagged: Advice = answer(KNOWLEDGE, Question("what_is", ("slugging",), safety=("burn_or_blisters",)))
    assert flagged.lines[0].text == KNOWLEDGE.safety["burn_or_blisters"].say


@pytest.mark.parametrize("kind", ["irritation", "reaction"])
def test_skin_that_hurts_comes_before_terms_that_say_nothing_of_it(kind: str) -> None:
    assert said(Question(kind, ("other_plant_oils",))) == said(Question(kind))
    assert said(Question(kind, ("home_peels",))) == KNOWLEDGE.terms["home_peels"].facts[kind].say


def test_a_medicine_that_is_asked_about_comes_before_a_term() -> None:
    asked = Question("medical", ("lashes_and_brows",), safety=("isotretinoin_oral",))
    assert said(asked) == said(Question("medical", safety=("isotretinoin_oral",)))
    assert said(Question("medical", ("lashes_and_brows",))) == KNOWLEDGE.terms["lashes_and_brows"].what.say
