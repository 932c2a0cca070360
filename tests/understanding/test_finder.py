"""Whether a message is for the finder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.advice import Profile
from bot.rules.finder import BUDGET, CONCERN, NEED, SENSITIVE, SKIN, USES, Finder
from bot.understanding import finder as asking
from bot.understanding.frame import Frame, Mention
from bot.understanding.memory import Memory, Shown
from tests.knowledge import knowledge
from tests.understanding.reading import frame


def at(step: str, **fields: object) -> Memory:
    """A conversation in which a question of the finder waits."""
    return Memory(finder=Finder(step=step, **fields))  # type: ignore[arg-type]


FOUND = Memory(finder=Finder(done=True, shown=("a", "b")), shown=Shown(listed=("a", "b"), kind="start_finder"))


@pytest.mark.parametrize(
    ("text", "kind", "memory", "expected"),
    [
        ("Dark spots", "for_concern", at(CONCERN), True),
        ("lines around my eyes", "for_concern", at(CONCERN), True),
        ("Every day", "frequency", at(NEED), True),
        ("it's a crisis right now", "report_problem", at(NEED), True),
        ("a serum", "find_product", at(NEED), True),
        ("normal", "my_skin_type", at(SKIN), True),
        ("don't know", "lost", at(SKIN), True),
        ("Neither", "deny", at(SENSITIVE), True),
        ("Nothing", "deny", at(USES), True),
        ("under 20", "find_product", at(BUDGET), True),
        ("30 max", "find_product", at(BUDGET), True),
        ("no thanks", "deny", at(CONCERN), True),
        ("bye", "goodbye", at(CONCERN), True),
        ("i'm allergic to fragrance", "allergy", at(CONCERN), True),
        ("i'm 15", "tell_profile", at(CONCERN), True),
        ("help me choose", "start_finder", at(CONCERN), True),
        ("what is centella?", "what_is", at(CONCERN), False),
        ("how long does delivery take", "delivery_time", at(NEED), False),
        ("what serum suits my dry skin?", "for_skin_type", at(SKIN), False),
        ("retinol every night, is that too much?", "frequency", at(USES), False),
        ("track my parcel", "order_status", at(CONCERN), False),
        ("my lips are swollen and i can't breathe", "report_reaction", at(CONCERN), False),
        ("Dark spots", "for_concern", Memory(), False),
        ("Dark spots", "for_concern", Memory(finder=Finder(done=True, pregnant=False)), False),
    ],
)
def test_answers_are_for_the_finder_and_questions_are_not(text: str, kind: str, memory: Memory, expected: bool) -> None:
    assert asking.listens(frame(text, kind), memory, knowledge()) is expected


def test_what_nobody_understood_is_heard_unless_a_rule_knows_it() -> None:
    unsure = frame("blabla bla", "order_status", band="unsure")
    assert asking.listens(unsure, at(CONCERN), knowledge())
    assert not asking.listens(replace(unsure, rules=("where_is_it",)), at(CONCERN), knowledge())


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("why this one?", "source", True),
        ("why is retinol irritating", "cause", False),
        ("show me others", "show_more", True),
        ("actually i'm pregnant", "pregnancy", True),
        ("and my budget is 10", "tell_profile", True),
        ("dry skin", "for_skin_type", False),
        ("is it good for dry skin?", "for_skin_type", False),
        ("thanks", "thank", False),
    ],
)
def test_after_a_result_reasons_more_and_corrections_are_heard(text: str, kind: str, expected: bool) -> None:
    assert asking.listens(frame(text, kind), FOUND, knowledge()) is expected


def test_a_talk_of_other_products_ends_it() -> None:
    elsewhere = replace(FOUND, shown=Shown(listed=("c",)))
    assert not asking.listens(frame("show me others", "show_more"), elsewhere, knowledge())
    assert not asking.listens(frame("show me others", "show_more"), replace(FOUND, finder=Finder(done=True)), knowledge())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("which niacinamide serum should i get", True), ("i use retinol, help me choose", False), ("help me find a serum", False)],
)
def test_what_is_wanted_may_be_decided_already(text: str, expected: bool) -> None:
    assert asking.names_what_it_wants(frame(text)) is expected


@pytest.mark.parametrize(("kind", "expected"), [("goodbye", True), ("start_over", True), ("what_is", False)])
def test_some_kinds_end_it(kind: str, expected: bool) -> None:
    assert asking.ends(Frame("hello", kind=kind), knowledge()) is expected


def test_a_denied_pregnancy_is_kept_for_the_next_search() -> None:
    kept = asking.noted(frame("i'm not pregnant"), Memory())
    assert kept.finder == Finder(done=True, pregnant=False) and not asking.is_open(kept)
    assert asking.noted(frame("i'm pregnant"), kept).finder == Finder(done=True)
    assert asking.noted(frame("i'm pregnant"), Memory()) == Memory()
    assert asking.noted(frame("she is not pregnant", whose="other"), Memory()) == Memory()
    assert asking.noted(frame("not pregnant"), at(SENSITIVE)).finder == Finder(step=SENSITIVE, pregnant=False)


def test_a_search_for_somebody_else_is_for_them() -> None:
    memory = Memory(person=Profile(age=40), other=Profile(age=10))
    assert asking.searched_for(memory, Finder(whom="daughter")).age == 10
    assert asking.searched_for(memory, Finder()).age == 40


def test_a_safety_mention_that_is_denied_tells_nothing() -> None:
    said = Frame("no asthma", mentions=(Mention("safety", "pregnancy", "pregnant", 0, 5, "negated"),))
    assert not asking.tells_of_person(said, knowledge())
