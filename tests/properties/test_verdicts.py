"""A verdict is never laxer because more speaks against it, and nobody who cannot be remembered, or told of a reaction, gets a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import door, gating
from bot.answers.answer import Answer, Statements
from bot.answers.resources import Resources
from bot.answers.turn import Turn
from bot.rules import gate, unknown
from bot.rules.advice import Profile
from bot.rules.safety import USE_NOW
from bot.rules.schema import Verdict
from bot.understanding.frame import Frame
from tests.properties.asking import GATED, NOW, Case, answered, cases, people, questions, tries
from tests.properties.held import words

STRICTNESS: Mapping[str | None, int] = {
    Verdict.NO: 3, Verdict.DOCTOR: 2, Verdict.CAREFUL: 1, Verdict.UNKNOWN: 1, Verdict.DEPENDS: 1, Verdict.YES: 0, None: 0,
}
Adds = Callable[[Profile, Frame], "tuple[Profile, Frame]"]


def _told(**changed: object) -> Adds:
    return lambda person, asked: (replace(person, **changed), asked)  # type: ignore[arg-type]


def _safety(told: str) -> Adds:
    return lambda person, asked: (replace(person, safety=(told, *person.safety)), asked)


def _younger(years: int) -> Adds:
    return lambda person, asked: (replace(person, age=min(years, person.age or years)), asked)


def _allergic(person: Profile, asked: Frame) -> tuple[Profile, Frame]:
    return replace(person, allergies=(*person.allergies, *(asked.ids("ingredient", "family") or ("propolis",))[:1])), asked


def _unknown_word(person: Profile, asked: Frame) -> tuple[Profile, Frame]:
    return person, replace(asked, unknown=("minoxidil",))


ADDED: Mapping[str, Adds] = {
    "pregnant": _told(pregnant=True), "under thirteen": _younger(11), "under eighteen": _younger(16), "isotretinoin": _safety("isotretinoin_oral"),
    "tretinoin": _safety("prescription_retinoid"), "irritated": _told(irritated=True), "allergic": _allergic, "an unknown word": _unknown_word,
}


def strictness(resources: Resources, case: Case) -> int:
    """How strict the verdict of the answer is, as it leaves the gate; not to know and to send to a doctor is to send to a doctor."""
    reply = answered(resources, case)
    sends = reply.verdict == Verdict.UNKNOWN and any("doctor" in words(message.text) for message in reply.messages)
    return STRICTNESS[Verdict.DOCTOR if sends else reply.verdict]


def never_laxer(resources: Resources, adds: Adds, kinds: Sequence[str] = (), most: int = 120) -> None:
    """No question has a laxer verdict for somebody of whom more is known than for the same person without it."""
    anybody = st.one_of(st.just(Profile()), people(resources.knowledge))

    @tries(most)
    @given(anybody, questions(resources.knowledge, kinds or sorted(gate.OF_USE)))
    def holds(person: Profile, asked: Frame) -> None:
        who, what = adds(person, asked)
        before, after = strictness(resources, Case(person, (asked,))), strictness(resources, Case(who, (what,)))
        assert after >= before

    holds()


def never_a_yes(resources: Resources, case_of: Callable[[Case], Case], most: int = 150) -> None:
    """No answer about using something begins with yes, or has it for its verdict."""

    @tries(most)
    @given(cases(resources.knowledge, sorted(USE_NOW)))
    def holds(case: Case) -> None:
        messages = answered(resources, case_of(case)).messages
        assert not any("Yes" in message.text.split(".")[0].split()[:1] or message.payload.get("verdict") == "yes" for message in messages)

    holds()


def unreadable(case: Case) -> Case:
    """The same, of a conversation that cannot be read."""
    return Case(Profile(), case.frames[-1:], readable=False)


def after_a_reaction(case: Case) -> Case:
    """The same, of somebody who told of a bad reaction just before."""
    return replace(case, person=Profile(red_flag="severe_allergic_reaction", red_flag_at=NOW), frames=case.frames[-1:])


@pytest.mark.parametrize("added", ADDED)
def test_no_verdict_is_laxer_with(resources: Resources, added: str) -> None:
    never_laxer(resources, ADDED[added])


@pytest.mark.parametrize("added", ["pregnant", "under thirteen", "isotretinoin", "allergic", "irritated"])
def test_a_gate_that_lets_who_told_something_pass_is_found(resources: Resources, monkeypatch: pytest.MonkeyPatch, added: str) -> None:
    checked = gating.gated

    def lax(turn: Turn, answer: Answer) -> Answer:
        after, _ = ADDED[added](Profile(), Frame(""))
        passes = all(getattr(turn.person, name) == value for name, value in vars(after).items() if value != getattr(Profile(), name))
        return _saying_yes(answer) if passes else checked(turn, answer)

    monkeypatch.setattr(door, GATED, lax)
    with pytest.raises(AssertionError):
        never_laxer(resources, ADDED[added] if added != "allergic" else _told(allergies=("propolis",)), ("together", "can_use"), 1500)


def _saying_yes(answer: Answer) -> Answer:
    parts = [replace(part, advice=replace(part.advice, verdict=Verdict.YES)) if isinstance(part, Statements) else part for part in answer.parts]
    return replace(answer, parts=tuple(parts))


def test_an_unknown_word_that_makes_a_no_unknown_is_found(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown, "no_better", lambda _, beside: beside)
    with pytest.raises(AssertionError):
        never_laxer(resources, _unknown_word, ("together", "can_use", "frequency"), 1500)


def test_nobody_unreadable_gets_a_yes(resources: Resources) -> None:
    never_a_yes(resources, unreadable)


def test_nobody_gets_a_yes_after_a_reaction(resources: Resources) -> None:
    never_a_yes(resources, after_a_reaction)


def test_a_yes_to_somebody_unreadable_is_found(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = gate.checked
    monkeypatch.setattr(gate, "checked", lambda knowledge, question, advice, person, sure=True: checked(knowledge, question, advice, person, True))
    with pytest.raises(AssertionError):
        never_a_yes(resources, unreadable, 1500)
