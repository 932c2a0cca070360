"""Every pair, topic and safety entry of the knowledge is told to somebody who asks for it in plain words."""

from __future__ import annotations

import pytest

from bot.rules.advice import Question
from bot.rules.answers import answer
from tests.knowledge import knowledge
from tests.properties.reaching import of_pair, of_safety, of_topic, reaches

KNOWLEDGE = knowledge()
# What is said of a medicine, a pregnancy or an allergy stands in the place of a pair with it, as it says more.
SAFETY_SAYS_MORE = {
    "salicylic_acid_x_aspirin_allergy", "retinoid_x_isotretinoin_oral", "aha_x_isotretinoin_oral", "retinoid_x_pregnancy",
    "hydroquinone_x_pregnancy", "rx_retinoid_x_pregnancy",
}
# A topic about the same two says it, with how often.
TOPIC_SAYS_MORE = {"ampoule_x_serum"}
# Printed dates are read by the service of dates on a pack, which says it with the date.
SAID_WITH_A_DATE = {"date_marks"}
# Pregnancy has rules of its own, which say the topic about it.
HAS_RULES_OF_ITS_OWN = {"pregnancy"}


@pytest.mark.parametrize("pair_id", sorted(set(KNOWLEDGE.pairs) - SAFETY_SAYS_MORE - TOPIC_SAYS_MORE))
def test_a_pair_is_told_to_who_asks_for_it(pair_id: str) -> None:
    pair = KNOWLEDGE.pairs[pair_id]
    assert reaches(KNOWLEDGE, [pair.reason], of_pair(KNOWLEDGE, pair.a, pair.b))


@pytest.mark.parametrize("pair_id", sorted(SAFETY_SAYS_MORE))
def test_in_place_of_a_pair_with_something_of_the_person_they_are_told_to_be_careful(pair_id: str) -> None:
    pair = KNOWLEDGE.pairs[pair_id]
    said = answer(KNOWLEDGE, Question("together", (pair.a,), safety=(pair.b,)))
    assert said.verdict is not None and said.verdict.value in ("no", "doctor")


@pytest.mark.parametrize("topic_id", sorted(set(KNOWLEDGE.topics) - SAID_WITH_A_DATE))
def test_a_topic_is_told_to_who_asks_for_it(topic_id: str) -> None:
    topic = KNOWLEDGE.topics[topic_id]
    assert reaches(KNOWLEDGE, [topic.fact.say], of_topic(KNOWLEDGE, topic))


@pytest.mark.parametrize("safety_id", sorted(set(KNOWLEDGE.safety) - HAS_RULES_OF_ITS_OWN))
def test_a_safety_entry_is_told_to_who_shows_it(safety_id: str) -> None:
    entry = KNOWLEDGE.safety[safety_id]
    assert reaches(KNOWLEDGE, [entry.say], of_safety(entry))


def test_a_statement_that_no_words_lead_to_is_found() -> None:
    pair = KNOWLEDGE.pairs["ampoule_x_serum"]
    assert not reaches(KNOWLEDGE, [pair.reason], of_pair(KNOWLEDGE, pair.a, pair.b))
