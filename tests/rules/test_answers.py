"""Every kind of question about every subject has an answer with a source, or says that it is unknown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Advice, Line, Profile, Question, joined
from bot.rules.answers import RULES, answer, kinds
from bot.rules.schema import Verdict
from bot.rules.situations import SITUATION
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
KINDS = sorted(kinds(KNOWLEDGE))
SUBJECTS = sorted({*KNOWLEDGE.product_types, *KNOWLEDGE.ingredients, *KNOWLEDGE.families})
NEEDS = sorted({*KNOWLEDGE.concerns, *KNOWLEDGE.skin_types})
TYPES = sorted(KNOWLEDGE.product_types)
MEDICAL_CLAIM = re.compile(
    r"\b(heal(s|ed|ing)?|cur(e|es|ed|ing)|treat(s|ed|ing|ments? of)?|repair\w*|regenerat\w*|anti.?inflammator\w*"
    r"|whiten\w*|botox)\b",
    re.IGNORECASE,
)


def questions(kind: str) -> list[Question]:
    """One question of this kind about each subject, each need, and nothing."""
    return [
        Question(kind),
        *(Question(kind, (subject,)) for subject in SUBJECTS),
        *(Question(kind, needs=(need,)) for need in NEEDS),
    ]


def texts(advice: Advice) -> list[str]:
    """Every statement of the knowledge in an answer."""
    return [line.text for line in (*advice.lines, *advice.more, *advice.cautions) if line.text]


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_says_something_and_where_it_comes_from(kind: str) -> None:
    for question in questions(kind):
        found = answer(KNOWLEDGE, question)
        assert found.lines, question
        assert all(line.text or line.key for line in (*found.lines, *found.more, *found.cautions)), question
        assert found.sources or found.verdict is Verdict.UNKNOWN, question
        assert set(found.sources) <= set(KNOWLEDGE.sources), question
        assert len(set(found.sources)) == len(found.sources), question


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_makes_a_medical_claim(kind: str) -> None:
    claims = {
        text for question in questions(kind) for text in texts(answer(KNOWLEDGE, question)) if MEDICAL_CLAIM.search(text)
    }
    assert claims == set()


@pytest.mark.parametrize("text", ["It heals skin.", "a cure", "treats acne", "anti-inflammatory", "Like Botox", "repairs"])
def test_a_medical_claim_would_be_seen(text: str) -> None:
    assert MEDICAL_CLAIM.search(text)
    assert not MEDICAL_CLAIM.search("A healthy-looking treat-free, secure treatment step.".replace("treat-free", "calm"))


@given(
    kind=st.sampled_from([*KINDS, "nothing_of_the_kind"]),
    subjects=st.lists(st.sampled_from(SUBJECTS), max_size=4),
    forms=st.lists(st.sampled_from(TYPES), max_size=2, unique=True),
    needs=st.lists(st.sampled_from(NEEDS), max_size=3),
    skin_types=st.lists(st.sampled_from(sorted(KNOWLEDGE.skin_types)), max_size=2),
    concerns=st.lists(st.sampled_from(sorted(KNOWLEDGE.concerns)), max_size=4),
    safety=st.lists(st.sampled_from(sorted(KNOWLEDGE.safety)), max_size=2),
    told=st.lists(st.sampled_from(sorted(KNOWLEDGE.safety)), max_size=2),
    number=st.one_of(st.none(), st.floats(0, 100)),
)
def test_no_question_is_too_much(
    kind: str,
    subjects: list[str],
    forms: list[str],
    needs: list[str],
    skin_types: list[str],
    concerns: list[str],
    safety: list[str],
    told: list[str],
    number: float | None,
) -> None:
    profile = Profile(tuple(skin_types), tuple(concerns), pregnant=True, safety=tuple(told))
    found = answer(
        KNOWLEDGE,
        Question(kind, tuple(subjects), tuple(forms), tuple(needs), profile, number=number, safety=tuple(safety)),
    )
    assert found.lines and all(line.text or line.key for line in found.lines)
    assert set(found.sources) <= set(KNOWLEDGE.sources)
    assert all(found.lines.index(line) == place for place, line in enumerate(found.lines))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_kind_that_nobody_knows_is_unknown_and_never_a_guess(subject: str) -> None:
    found = answer(KNOWLEDGE, Question("nothing_of_the_kind", (subject,)))
    assert found.verdict is Verdict.UNKNOWN
    assert found.lines[0].key in ("not_that_but", "unknown_subject")
    named = KNOWLEDGE.subject(subject)
    assert named and found.lines[0].params["subject"] == named.name


def test_an_unknown_kind_without_a_subject_asks_which_one() -> None:
    found = answer(KNOWLEDGE, Question("nothing_of_the_kind"))
    assert (found.verdict, found.lines) == (Verdict.UNKNOWN, (Line(key="which_subject"),))


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_alone_is_the_subject(kind: str) -> None:
    for form in TYPES:
        assert answer(KNOWLEDGE, Question(kind, forms=(form,))) == answer(KNOWLEDGE, Question(kind, (form,)))


def test_the_kinds_are_those_of_the_rules_and_of_the_knowledge() -> None:
    assert set(RULES) - {SITUATION} < set(KINDS)
    assert {entry.kind for entry in KNOWLEDGE.topics.values()} <= set(KINDS)
    assert {kind for one in KNOWLEDGE.product_types.values() for kind in one.facts} <= set(KINDS)


@pytest.mark.parametrize("topic", [one for one in KNOWLEDGE.topics.values() if one.about and one.kind not in RULES])
def test_a_topic_about_exactly_the_subjects_wins(topic: object) -> None:
    entry = next(one for one in KNOWLEDGE.topics.values() if one is topic)
    subjects = tuple(one for one in entry.about if one in SUBJECTS)
    needs = tuple(one for one in entry.about if one in NEEDS and one not in SUBJECTS)
    if len(subjects) + len(needs) == len(entry.about):
        found = answer(KNOWLEDGE, Question(entry.kind, subjects, needs=needs))
        assert entry.fact.say in [line.text for line in found.lines]


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=4))
def test_joined_answers_keep_a_verdict_only_where_they_agree(verdicts: list[Verdict]) -> None:
    parts = [Advice(one, (Line(text=one.value),), sources=("VBD_GRID",)) for one in verdicts]
    whole = joined(parts)
    assert whole.verdict is (verdicts[0] if len(set(verdicts)) == 1 else None)
    assert [line.text for line in whole.lines] == list(dict.fromkeys(one.value for one in verdicts))
    assert whole.sources == ("VBD_GRID",)
    assert joined(parts, verdict=Verdict.NO).verdict is Verdict.NO
