"""How often, when, in what strength, how long it keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Advice, Question
from bot.rules.facts import of_subject
from bot.rules.keeping import shelf_life
from bot.rules.schema import Verdict
from bot.rules.usage import DAILY, frequency, need, percent, side_effects, time_of_day
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
WITH_PERCENT = sorted(key for key, one in KNOWLEDGE.ingredients.items() if one.percent)
WITH_USE = sorted(key for key, one in KNOWLEDGE.ingredients.items() if one.use)
WITHOUT_USE = sorted(key for key, one in KNOWLEDGE.ingredients.items() if not one.use)


def some(advice: Advice | None) -> Advice:
    """The advice; there must be one."""
    assert advice is not None
    return advice


@given(st.sampled_from(WITH_PERCENT), st.floats(0, 100))
def test_a_strength_is_placed_in_the_usual_range(ingredient: str, number: float) -> None:
    usual = KNOWLEDGE.ingredients[ingredient].percent
    assert usual
    found = some(percent(KNOWLEDGE, Question("percent", (ingredient,), number=number)))
    place = "above" if number > usual.high else "below" if number < usual.low else "within"
    assert found.lines[0].key == f"percent_{place}"
    assert (found.verdict is Verdict.CAREFUL) is (place == "above")


@pytest.mark.parametrize("ingredient", WITH_PERCENT)
def test_the_bounds_of_the_usual_range_belong_to_it(ingredient: str) -> None:
    usual = KNOWLEDGE.ingredients[ingredient].percent
    assert usual and usual.low <= usual.high
    for number in (usual.low, usual.high):
        found = some(percent(KNOWLEDGE, Question("percent", (ingredient,), number=number)))
        assert found.lines[0].key == "percent_within"


@pytest.mark.parametrize("ingredient", WITH_PERCENT)
def test_without_a_number_the_usual_strength_is_said_with_its_source(ingredient: str) -> None:
    found = some(percent(KNOWLEDGE, Question("percent", (ingredient,))))
    assert found.verdict is None and found.sources
    assert not any(line.key.endswith(("above", "below", "within")) for line in found.lines)


@pytest.mark.parametrize("ingredient", WITH_USE)
def test_what_starts_below_once_a_day_is_never_called_fine_for_every_day(ingredient: str) -> None:
    use = KNOWLEDGE.ingredients[ingredient].use
    assert use
    found = some(frequency(KNOWLEDGE, Question("frequency", (ingredient,))))
    assert found.sources
    if use.per_week.high < DAILY:
        assert found.verdict is not Verdict.YES
    if of_subject(KNOWLEDGE, "frequency", ingredient) is None:
        assert found.verdict is (Verdict.YES if use.per_week.low >= DAILY else Verdict.CAREFUL)
        assert found.sources == tuple(use.sources)


@pytest.mark.parametrize("ingredient", WITH_USE)
def test_the_time_of_day_of_an_ingredient_without_a_statement_is_its_use(ingredient: str) -> None:
    use = KNOWLEDGE.ingredients[ingredient].use
    found = some(time_of_day(KNOWLEDGE, Question("time_of_day", (ingredient,))))
    if use and of_subject(KNOWLEDGE, "time_of_day", ingredient) is None:
        assert found.lines[0].key == f"time_{use.when}"
        assert found.sources == tuple(use.sources)


@pytest.mark.parametrize("ingredient", ["retinol", "retinal"])
def test_retinoids_are_for_the_night(ingredient: str) -> None:
    use = KNOWLEDGE.ingredients[ingredient].use
    found = some(time_of_day(KNOWLEDGE, Question("time_of_day", (ingredient,))))
    assert use and use.when == "pm"
    assert found.lines[0].key == "time_pm" or "night" in found.lines[0].text.lower()


@pytest.mark.parametrize("kind", ["frequency", "time_of_day"])
def test_an_ingredient_without_data_falls_back_on_its_form(kind: str) -> None:
    rule = {"frequency": frequency, "time_of_day": time_of_day}[kind]
    fact = KNOWLEDGE.product_types["toner"].facts[kind]
    silent = [one for one in WITHOUT_USE if of_subject(KNOWLEDGE, kind, one) is None]
    assert silent
    for ingredient in silent:
        found = some(rule(KNOWLEDGE, Question(kind, (ingredient,), forms=("toner",))))
        assert found.lines[0].text == fact.say


@pytest.mark.parametrize("entry", KNOWLEDGE.shelf_life.values(), ids=KNOWLEDGE.shelf_life)
def test_shelf_life_is_the_subjects_own(entry: object) -> None:
    known = next(one for one in KNOWLEDGE.shelf_life.values() if one is entry)
    assert known.low <= known.high
    for subject in known.subjects:
        first = next(one for one in KNOWLEDGE.shelf_life.values() if subject in one.subjects)
        found = some(shelf_life(KNOWLEDGE, Question("shelf_life", (subject,))))
        assert found.lines[0].text == first.say and found.sources == tuple(first.sources)


def test_shelf_life_of_an_ingredient_comes_before_that_of_its_form() -> None:
    form = some(shelf_life(KNOWLEDGE, Question("shelf_life", ("serum",))))
    both = some(shelf_life(KNOWLEDGE, Question("shelf_life", ("ascorbic_acid",), forms=("serum",))))
    alone = some(shelf_life(KNOWLEDGE, Question("shelf_life", ("ascorbic_acid",))))
    assert both == alone != form


@pytest.mark.parametrize("ingredient", sorted(KNOWLEDGE.ingredients))
def test_no_ingredient_is_a_must(ingredient: str) -> None:
    found = some(need(KNOWLEDGE, Question("need", (ingredient,))))
    if of_subject(KNOWLEDGE, "need", ingredient) is None:
        assert found.verdict is Verdict.NO
        assert found.lines[0].key == "need_ingredient" and found.sources


@pytest.mark.parametrize("ingredient", [key for key, one in KNOWLEDGE.ingredients.items() if one.cautions])
def test_known_cautions_of_an_ingredient_are_said_as_sentences(ingredient: str) -> None:
    found = some(side_effects(KNOWLEDGE, Question("side_effects", (ingredient,))))
    assert found.verdict is Verdict.CAREFUL and found.sources
    texts = [line.text for line in found.lines if line.text]
    cautions = KNOWLEDGE.ingredients[ingredient].cautions[:2]
    assert [text.lower().rstrip(".") for text in texts] == [text.lower().rstrip(".") for text in cautions]
    assert all(text[0] == text[0].upper() and text[-1] in ".!?" for text in texts)


@pytest.mark.parametrize("kind", ["frequency", "time_of_day", "percent", "shelf_life", "need", "side_effects"])
def test_a_question_without_a_subject_has_a_general_answer(kind: str) -> None:
    rules = {
        "frequency": frequency,
        "time_of_day": time_of_day,
        "percent": percent,
        "shelf_life": shelf_life,
        "need": need,
        "side_effects": side_effects,
    }
    found = some(rules[kind](KNOWLEDGE, Question(kind)))
    assert found.lines[0].text and found.sources
