"""Answers to the finder's questions."""

from __future__ import annotations

import pytest

from bot.rules.advice import Profile
from bot.rules.finder import BUDGET, CONCERN, CRISIS, DAILY, NEED, SENSITIVE, SKIN, USES, Finder
from bot.understanding.finder_answers import Heard, hear, kinds, told_safety
from bot.understanding.frame import Frame, Quantity
from tests.knowledge import knowledge
from tests.understanding.reading import frame


def heard(text: str, step: str, person: Profile | None = None, **fields: object) -> Heard:
    """What is heard in an answer to a question."""
    return hear(frame(text), Finder(step=step, **fields), person or Profile(), knowledge(), 100)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "step", "settled"),
    [
        ("Dark spots", CONCERN, (CONCERN,)),
        ("skip", CONCERN, (CONCERN,)),
        ("no idea", SKIN, (SKIN,)),
        ("don't know", NEED, (NEED,)),
        ("prefer not to say", SENSITIVE, (SENSITIVE,)),
        ("it doesn't matter", BUDGET, (BUDGET,)),
        ("no limit", BUDGET, (BUDGET,)),
        ("nothing", USES, (USES,)),
        ("i don't use anything", USES, (USES,)),
        ("no", NEED, ()),
        ("blabla", CONCERN, ()),
        ("dark spots, and my skin is oily", CONCERN, (CONCERN, SKIN)),
        ("for every day, and i'd like to stay under 40", NEED, (NEED, BUDGET)),
        ("retinol", CONCERN, ()),
        ("i already use retinol", CONCERN, (USES,)),
    ],
)
def test_the_open_question_and_what_is_volunteered(text: str, step: str, settled: tuple[str, ...]) -> None:
    found = heard(text, step)
    assert found.steps == settled and set(found.finder.settled) == set(settled)


@pytest.mark.parametrize(
    ("text", "need"),
    [("Every day", DAILY), ("day-to-day", DAILY), ("Skin crisis", CRISIS), ("my skin has a bad phase", CRISIS), ("an intensive course", CRISIS)],
)
def test_the_need(text: str, need: str) -> None:
    assert heard(text, NEED).finder.need == need


def test_a_kind_of_product_answers_the_need() -> None:
    assert heard("an ampoule", NEED).finder.types == ("ampoule",)
    assert heard("make it a toner", SKIN).finder.types == ("toner",)
    assert not heard("toner", SKIN).finder.types


@pytest.mark.parametrize(("text", "skin"), [("Oily", ("oily",)), ("normal", ("normal",)), ("my skin is dry", ("dry",))])
def test_the_skin(text: str, skin: tuple[str, ...]) -> None:
    assert heard(text, SKIN).person.skin_types == skin


def test_a_crisis_is_the_need_and_no_concern() -> None:
    found = heard("Skin crisis", NEED, concerns=("dark_spots",))
    assert found.finder.concerns == ("dark_spots",) and found.steps == (NEED,)


def test_being_sensitive_is_no_type() -> None:
    found = heard("sensitive", SKIN)
    assert SKIN not in found.steps and found.finder.sensitive


def test_a_new_skin_type_replaces_the_old_one_but_no_state_beside_it() -> None:
    assert heard("oily", SKIN, Profile(skin_types=("dry", "sensitive"))).person.skin_types == ("oily", "sensitive")


@pytest.mark.parametrize(
    ("text", "known", "sensitive", "pregnant"),
    [
        ("Both", {}, True, True),
        ("Neither", {}, False, False),
        ("no", {}, False, False),
        ("Sensitive", {}, True, False),
        ("Pregnant or breastfeeding", {}, False, True),
        ("yes", {"pregnant": False}, True, False),
        ("yes", {"sensitive": True}, True, True),
        ("yes", {}, None, None),
        ("not pregnant", {}, False, False),
    ],
)
def test_sensitivity_and_pregnancy_are_one_question(
    text: str, known: dict[str, bool], sensitive: bool | None, pregnant: bool | None
) -> None:
    found = heard(text, SENSITIVE, None, **known)
    assert (found.finder.sensitive, found.finder.pregnant) == (sensitive, pregnant)
    assert found.person.pregnant is bool(pregnant)
    assert ("sensitive" in found.person.skin_types) is bool(sensitive) or "sensitive" in known


def test_pregnancy_told_elsewhere_leaves_the_question_open() -> None:
    found = heard("actually i'm pregnant", USES)
    assert found.person.pregnant and found.finder.sensitive is None and SENSITIVE not in found.finder.settled


@pytest.mark.parametrize(
    ("text", "highest", "lowest"),
    [("under 20", 2000, None), ("30", 3000, None), ("15.50", 1550, None), ("between 20 and 40 dollars", 4000, 2000), ("at least 10 usd", None, 1000)],
)
def test_the_budget_in_minor_units(text: str, highest: int | None, lowest: int | None) -> None:
    found = heard(text, BUDGET).finder
    assert (found.max_price, found.min_price) == (highest, lowest)


def test_a_counted_number_is_a_budget_only_where_it_is_asked() -> None:
    said = Frame("twenty-five", quantities=(Quantity("count", "25"),))
    assert hear(said, Finder(step=BUDGET), Profile(), knowledge(), 100).finder.max_price == 2500
    assert not hear(said, Finder(step=SKIN), Profile(), knowledge(), 100).steps


def test_what_is_used_is_added_unless_it_was_asked() -> None:
    assert heard("retinol", USES, uses=("aha",)).finder.uses == ("retinol",)
    assert heard("i also use retinol", SKIN, uses=("aha",)).finder.uses == ("aha", "retinol")


def test_allergies_and_age_are_told_in_passing() -> None:
    person = told_safety(frame("i'm 15 and allergic to fragrance"), Profile(), knowledge())
    assert person.age == 15 and person.safety
    assert told_safety(frame("not allergic to fragrance"), Profile(age=20), knowledge()) == Profile(age=20)


def test_kinds_wanted() -> None:
    assert kinds(frame("find me a vitamin c serum and a toner")) == ("toner", "serum")
