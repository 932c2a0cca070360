"""What was typed into a step, read with the checks of the terminal's questions; what cannot be used is told beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.set_up.draft import Draft
from bot.set_up.questions import AnswerError, Question
from bot.set_up.steps import Asked
from bot.set_up.topics import Group, answer_of, by_policy, place, topic_answer

NEEDED = "This is needed."
LEFT_OUT = "-"
"""What leaves a question out in the terminal; the same here for who is used to it."""
YES_NO: Mapping[Any, str] = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Field:
    """A field as its page shows it: the name it is sent by, what it asks, what stands in it, and why that cannot be used."""

    key: str
    asks: str
    why: str
    value: str
    wrong: str = ""
    needed: bool = False

    @property
    def long(self) -> bool:
        """Whether it takes sentences."""
        return self.key.startswith("policies.")


@dataclass(frozen=True)
class TopicField:
    """The fields of a topic: its name, its question, what stands in them, why that cannot be used, and what a policy says on it already."""

    name: str
    asks: str
    say: str
    answer: str
    hand_over: bool
    wrong: str = ""
    policy: str = ""


@dataclass(frozen=True)
class Typed:
    """What came of a form: the answers by their places in `shop.yml`, and what is wrong by the fields' names."""

    answers: Mapping[str, Any]
    wrong: Mapping[str, str]


def shown(step: Asked, draft: Draft, typed: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None) -> list[Field]:
    """The fields of a step: what was typed, else what was answered, else what is proposed."""
    return [
        Field(one.key, one.asks, one.why, typed[one.key] if typed is not None else standing(draft, one), (wrong or {}).get(one.key, ""), one.needed)
        for one in step.questions
    ]  # fmt: skip


def standing(draft: Draft, question: Question) -> str:
    """What stands in a question's field before anything is typed."""
    value = draft.value(question.key)
    if value is not None:
        return question.show(value)
    return "" if draft.is_answered(question.key) else draft.proposed(question)


def read(step: Asked, draft: Draft, typed: Mapping[str, str]) -> Typed:
    """Reads a step. What could only be proposed once other fields were typed is taken where its own field was left empty."""
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in step.questions:
        text = typed[one.key].strip()
        if not text and not draft.is_answered(one.key) and not standing(draft, one):
            text = one.proposes({**draft.known(), **{key: value for key, value in answers.items() if value is not None}})
        try:
            answers[one.key] = _read(one, text)
        except AnswerError as error:
            wrong[one.key] = str(error)
    return Typed(answers, wrong)


def _read(question: Question, text: str) -> Any:
    if text in ("", LEFT_OUT):
        if question.needed:
            raise AnswerError(NEEDED)
        return None
    return question.read(text) or None


def shown_topics(group: Group, draft: Draft, typed: Mapping[str, tuple[str, str, bool]] | None = None, wrong: Mapping[str, str] | None = None) -> list[TopicField]:
    """The fields of a group of topics: what was typed, else what is said."""
    fields = []
    for name, topic in group.topics.items():
        known = answer_of(draft, name)
        say, answer, hand_over = typed[name] if typed is not None else (str(known.get("say") or ""), YES_NO.get(known.get("answer"), ""), bool(known.get("hand_over")))
        policy = str(draft.value(f"policies.{topic.kind}.say")) if by_policy(draft, topic) else ""
        fields.append(TopicField(name, topic.question or topic.name, say, answer, hand_over, (wrong or {}).get(name, ""), policy))
    return fields


def read_topics(group: Group, draft: Draft, typed: Mapping[str, tuple[str, str, bool]]) -> Typed:
    """Reads a group of topics; those on which nothing is said, and nothing was, stay as they are."""
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name in group.topics:
        try:
            found = topic_answer(*typed[name])
        except AnswerError as error:
            wrong[name] = str(error)
            continue
        if found is not None or answer_of(draft, name):
            answers[place(name)] = found
    return Typed(answers, wrong)
