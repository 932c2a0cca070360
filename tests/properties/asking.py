"""Conversations made by hand for the properties: people, frames of all kinds of question, and what the door answers."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any, Callable, Sequence
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from bot.answers import door
from bot.answers.answer import Answer, Message, Statements
from bot.answers.resources import Resources
from bot.answers.services import SERVICES
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.rules.answers import kinds
from bot.rules.knowledge import Knowledge
from bot.understanding.frame import Frame, Mention
from bot.understanding.memory import Memory

NOW = 1_000.0
Gate = Callable[[Turn, Answer], Answer]
GATED = "gated"
# How many cases each property tries, times this.
MORE = float(os.environ.get("PROPERTY_CASES", "1"))
# Services that say the same whatever the person, or need a text: no question can make them recommend anything.
OF_NO_SKIN = frozenset({"reminder", "date_on_pack", "forget_me", "start_over"})


def tries(cases: int) -> settings:
    """Settings of a property that tries so many cases, the same ones every time; the environment's PROPERTY_CASES multiplies."""
    return settings(
        max_examples=int(cases * MORE), deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )


@dataclass(frozen=True)
class Case:
    """A person, up to two questions before, and the one whose answer is looked at."""

    person: Profile
    frames: tuple[Frame, ...]
    readable: bool = True


def kinds_of_question(knowledge: Knowledge) -> list[str]:
    """All kinds that rules, knowledge or services answer."""
    return sorted((kinds(knowledge) | set(SERVICES)) - OF_NO_SKIN)


def label_of(knowledge: Knowledge, subject_id: str) -> str:
    """The label under which the reader mentions a subject."""
    groups = {
        "ingredient": knowledge.ingredients, "family": knowledge.families, "product_type": knowledge.product_types,
        "concern": knowledge.concerns, "skin_type": knowledge.skin_types, "safety": knowledge.safety, "term": knowledge.terms,
        "condition": knowledge.conditions,
    }
    return next(label for label, entries in groups.items() if subject_id in entries)


def asked(knowledge: Knowledge, kind: str, ids: Sequence[str], **fields: Any) -> Frame:
    """The frame of a question of a kind that names these."""
    mentions, text = [], kind
    for one in ids:
        label = label_of(knowledge, one)
        name = getattr(knowledge, "safety" if label == "safety" else f"{label}s" if label != "family" else "families")[one].name
        mentions.append(Mention(label, one, name, len(text) + 1, len(text) + 1 + len(name)))
        text += f" {name}"
    defaults: dict[str, Any] = {"words": tuple(text.lower().split()), "confidence": 1.0, "polar": True}
    return Frame(text, intent=f"ask_{kind}", ranking=((f"ask_{kind}", 1.0),), kind=kind, mentions=tuple(mentions), **{**defaults, **fields})


@dataclass(frozen=True)
class Reply:
    """What the door says to the last question of a case; the kind that the question was taken for, and the verdict, empty for none."""

    messages: list[Message]
    kind: str
    verdict: str | None


def answered(resources: Resources, case: Case) -> Reply:
    """What the door says to the last question of a case."""
    memory = Memory(person=case.person, readable=case.readable)
    messages: list[Message] = []
    noted: list[tuple[str, str | None]] = []
    gated: Gate = getattr(door, GATED)

    def noting(turn: Turn, answer: Answer) -> Answer:
        checked = gated(turn, answer)
        verdicts = [part.advice.verdict for part in checked.parts if isinstance(part, Statements)]
        noted.append((turn.frame.kind, verdicts[-1] if verdicts else None))
        return checked

    with patch.object(door, GATED, noting):
        for frame in case.frames:
            messages, memory = door.reply([frame], memory, door.Place("", "rest", NOW), resources)
    return Reply(messages, *noted[-1])


def subjects(knowledge: Knowledge) -> st.SearchStrategy[list[str]]:
    """Up to three subjects; strong ones often, as most can go wrong there."""
    strong = [one for one, family in knowledge.families.items() if family.active]
    often = [*strong, *(member for one in strong for member in knowledge.families[one].members), "exfoliant", "exfoliating_acid"]
    every = [*knowledge.ingredients, *knowledge.families, *knowledge.product_types]
    return st.lists(st.one_of(st.sampled_from(often), st.sampled_from(every)), max_size=3, unique=True)


def needs(knowledge: Knowledge) -> st.SearchStrategy[list[str]]:
    """Up to two concerns or skin types."""
    return st.lists(st.sampled_from([*knowledge.concerns, *knowledge.skin_types]), max_size=2, unique=True)


def people(knowledge: Knowledge) -> st.SearchStrategy[Profile]:
    """People with something that speaks against something."""
    told = ("isotretinoin_oral", "prescription_retinoid", "skin_disease", "bee_allergy", "fish_allergy", "aspirin_allergy", "fragrance_allergy")
    contents = [*knowledge.ingredients, *knowledge.families]
    one_thing = st.one_of(
        st.just({"pregnant": True}),
        st.sampled_from([{"age": years} for years in (9, 12, 15, 17)]),
        st.sampled_from([{"safety": (one,)} for one in told]),
        st.sampled_from(contents).map(lambda one: {"allergies": (one,)}),
        st.just({"irritated": True}),
        st.just({"procedure": "before_wax_peel_laser", "procedure_at": NOW}),
    )
    skin: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}), st.sampled_from([*knowledge.skin_types]).map(lambda one: {"skin_types": (one,)}),
        st.sampled_from([*knowledge.concerns]).map(lambda one: {"concerns": (one,)}),
    )
    return st.builds(lambda *parts: Profile(**{key: value for part in parts for key, value in part.items()}), one_thing, st.one_of(st.just({}), one_thing), skin)


def questions(knowledge: Knowledge, kinds_asked: Sequence[str] = ()) -> st.SearchStrategy[Frame]:
    """Questions of all kinds, or of these, with any subjects and needs."""
    return st.builds(
        lambda kind, about, wants, polar, relation: asked(knowledge, kind, [*about, *wants], polar=polar, relation=relation),
        st.sampled_from(list(kinds_asked) or kinds_of_question(knowledge)), subjects(knowledge), needs(knowledge), st.booleans(),
        st.sampled_from(["", "with", "after"]),
    )


def cases(knowledge: Knowledge, kinds_asked: Sequence[str] = ()) -> st.SearchStrategy[Case]:
    """A person, up to two questions of any kind before, and one of these kinds."""
    before = st.lists(questions(knowledge), max_size=2)
    return st.builds(_case, people(knowledge), before, questions(knowledge, kinds_asked), st.booleans())


def _case(person: Profile, before: Sequence[Frame], last: Frame, allergic: bool) -> Case:
    """The case; of somebody with an allergy often one to what the last question is about."""
    named = last.ids("ingredient", "family")
    if person.allergies and named and allergic:
        person = replace(person, allergies=named[:1])
    return Case(person, (*before, last))
