"""Nobody is told to use what they must leave: in no sentence, on no button, by no product, in no routine and no plan, whatever was
asked before. The oracle is the list of names of `held.py`; each property is shown to find a fault that is planted."""

from __future__ import annotations

from typing import Sequence

import pytest
from hypothesis import given

from bot.answers import gating
from bot.answers.answer import Message
from bot.answers.products import search
from bot.answers.resources import Resources
from bot.rules import gate, routine_building, routine_guard
from bot.rules.advice import Profile
from bot.store.repository import ProductRepository
from tests.properties.asking import Case, answered, asked, cases, tries
from tests.properties.held import PRESCRIBED, Names, held_by, on_labels, words
from tests.properties.replies import recommending

OF_ROUTINES = ("build_routine", "plan_week")
# A plan and a check are of the steps that the person has.
OF_OWN_STEPS = ("plan_week", "check_routine")
OF_PRODUCTS = ("find_product", "find_similar", "cheaper_ones", "next_page", "new", "start_finder", "which_of")
OF_USE = ("can_use", "for_concern", "choose", "frequency", "together", "how_to_apply", "need", "for_skin_type")
ONLY_BY_A_DOCTOR = frozenset({*PRESCRIBED, "hydroquinone"})
OF_DOCTORS = ONLY_BY_A_DOCTOR | {"rx_retinoid"}
BUTTONS = ("together", "frequency", "can_use", "what_is", "time_of_day", "benefits")


def nothing_recommends_what_is_held(resources: Resources, kinds: Sequence[str] = (), most: int = 600) -> None:
    """No sentence and no button names something held but to refuse, defer or compare."""
    names = Names(resources.knowledge)

    @tries(most)
    @given(cases(resources.knowledge, kinds))
    def holds(case: Case) -> None:
        assert held_and_recommended(resources, names, case) == []

    holds()


def held_and_recommended(resources: Resources, names: Names, case: Case) -> list[str]:
    """The sentences of the last answer that recommend what the person must leave."""
    reply = answered(resources, case)
    messages, kind = reply.messages, reply.kind
    held = held_by(resources.knowledge, case.person) - (own(resources, case) if kind in OF_OWN_STEPS else frozenset())
    if sends_to_a_doctor(messages) and not (case.person.pregnant or case.person.procedure):
        # A medicine that is asked about may be what the doctor gave: what is known of it is said, and whom to ask.
        held -= ONLY_BY_A_DOCTOR if set(case.frames[-1].ids("ingredient", "family")) & OF_DOCTORS else frozenset()
    return recommending(messages, kind, names, held)


def sends_to_a_doctor(messages: Sequence[Message]) -> bool:
    """True where one of the messages does."""
    return any("doctor" in words(message.text) for message in messages)


def own(resources: Resources, case: Case) -> frozenset[str]:
    """What the person says they use, where only a doctor is to be asked before it is begun: it may be what the doctor gave."""
    if not set(case.person.safety) & {"prescription_retinoid", "skin_disease"}:
        return frozenset()
    named = {one for frame in case.frames for one in frame.ids("ingredient", "family")}
    members = {one for family in named & set(resources.knowledge.families) for one in resources.knowledge.families[family].members}
    return frozenset(named | members)


def no_product_holds_what_is_held(resources: Resources, kinds: Sequence[str] = OF_PRODUCTS, most: int = 200) -> None:
    """No product that is shown has something held on its label."""

    @tries(most)
    @given(cases(resources.knowledge, kinds))
    def holds(case: Case) -> None:
        assert cards_with(resources, answered(resources, case).messages, case.person) == []

    holds()


def cards_with(resources: Resources, messages: Sequence[Message], person: Profile) -> list[str]:
    """Handles of the products shown that have something held on their labels."""
    handles = [one["handle"] for message in messages for one in message.payload.get("products") or []]
    held = on_labels(resources.knowledge, person)
    with resources.database.session() as session:
        views = ProductRepository(session).by_handles(handles)
    return [view.handle for view in views if held & {name.upper() for name in view.ingredients}]


def test_no_sentence_and_no_button_recommends_what_is_held(resources: Resources) -> None:
    nothing_recommends_what_is_held(resources)


def test_no_routine_and_no_plan_recommends_what_is_held(resources: Resources) -> None:
    nothing_recommends_what_is_held(resources, OF_ROUTINES, 60)


def test_no_product_shown_has_what_is_held(resources: Resources) -> None:
    no_product_holds_what_is_held(resources)


def test_no_product_of_a_routine_has_what_is_held(resources: Resources) -> None:
    no_product_holds_what_is_held(resources, OF_ROUTINES, 60)


@pytest.mark.parametrize("guard", ["_by_pregnancy", "_by_age", "_by_irritation", "_by_procedure", "_by_allergy"])
def test_a_guard_that_is_gone_is_found(resources: Resources, monkeypatch: pytest.MonkeyPatch, guard: str) -> None:
    kept = [one for one in routine_guard.GUARDS if one.__name__ != guard]
    assert len(kept) == len(routine_guard.GUARDS) - 1
    monkeypatch.setattr(routine_guard, "GUARDS", kept)
    with pytest.raises(AssertionError):
        nothing_recommends_what_is_held(resources, OF_USE, 2000)


def test_a_statement_with_wrong_tags_is_found(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    fact = resources.knowledge.concerns["acne"].facts["for_concern"]
    ids = resources.knowledge._ids_by_text[fact.say]
    names, question = Names(resources.knowledge), asked(resources.knowledge, "for_concern", ["acne"])
    people = (Profile(allergies=("niacinamide",)), Profile(irritated=True), Profile(safety=("isotretinoin_oral",)))
    found = [Case(person, (question,)) for person in people]
    assert not any(held_and_recommended(resources, names, case) for case in found)
    monkeypatch.setitem(resources.knowledge._ids_by_text, fact.say, ids._replace(recommends=(), mentions=(*ids.mentions, *ids.recommends)))
    assert any(held_and_recommended(resources, names, case) for case in found)


def test_a_button_into_use_is_found(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "may_ask", lambda *_: True)
    with pytest.raises(AssertionError):
        nothing_recommends_what_is_held(resources, BUTTONS)


def test_products_that_nothing_is_held_against_are_found(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gating, "speaks_against", lambda *_: False)
    monkeypatch.setattr(search, "against", lambda *_: [])
    with pytest.raises(AssertionError):
        no_product_holds_what_is_held(resources)


def test_a_routine_that_nothing_is_held_against_is_found(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routine_building, "is_fitting", lambda *_: True, raising=False)
    monkeypatch.setattr(routine_guard, "GUARDS", ())
    with pytest.raises(AssertionError):
        nothing_recommends_what_is_held(resources, OF_ROUTINES, 200)
