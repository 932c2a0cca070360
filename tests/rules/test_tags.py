"""Every statement says which ids it recommends and which it only mentions; whoever forgets it is told so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.advice import Line, Profile, Question, line_of
from bot.rules.answers import answer
from bot.rules.checking_tags import mistagged
from bot.rules.facts import of_subject
from bot.rules.knowledge import Knowledge
from bot.rules.pairs import clashes, pair_advice, partners
from bot.rules.schema import Topic
from bot.rules.statements import ADVISING, statements
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
NOBODY = Profile()


def with_topic(kind: str, say: str, about: tuple[str, ...] = (), **fields: Any) -> Knowledge:
    """The knowledge with one more topic."""
    fact = {"say": say, "sources": ["UNSOURCED"], **fields}
    topic = Topic.parse_obj({"kind": kind, "about": list(about), "fact": fact})
    return replace(KNOWLEDGE, topics={**KNOWLEDGE.topics, "ours": topic})


def mistakes(data: Knowledge) -> list[str]:
    """What is wrong with the tags, as "where: what"."""
    return [f"{where}: {what}" for where, what in mistagged(data)]


def test_all_statements_are_tagged() -> None:
    assert mistakes(KNOWLEDGE) == []


@pytest.mark.parametrize(
    ("kind", "about", "fields", "words"),
    [
        ("myth", (), {}, "it names retinol and does not say how. Write retinol under `recommends`"),
        ("myth", ("bakuchiol",), {}, "it names retinol and does not say how"),
        ("myth", (), {"recommends": ["retinol"], "mentions": ["retinol", "bakuchiol"]}, "retinol stands under both"),
        ("myth", (), {"recommends": ["retinol"], "mentions": ["bakuchiol", "aha"]}, "aha stands under `mentions`, but the words do not name it"),
        ("choose", (), {"recommends": ["no_such_thing"]}, "no_such_thing stands under `recommends`, but"),
    ],
)
def test_a_mistake_is_named_with_its_place(kind: str, about: tuple[str, ...], fields: dict[str, Any], words: str) -> None:
    found = mistakes(with_topic(kind, "Bakuchiol is milder than retinol.", about, **fields))
    assert any(one.startswith("topics.yml, ours, fact: ") and words in one for one in found), found


@pytest.mark.parametrize(
    ("kind", "about", "fields"),
    [
        ("choose", (), {}),
        ("choose", (), {"mentions": ["retinol"]}),
        ("myth", ("retinol", "bakuchiol"), {}),
        ("myth", ("bakuchiol",), {"mentions": ["retinol"]}),
    ],
)
def test_what_need_not_be_tagged_is_let_through(kind: str, about: tuple[str, ...], fields: dict[str, Any]) -> None:
    assert mistakes(with_topic(kind, "Bakuchiol is milder than retinol.", about, **fields)) == []


@pytest.mark.parametrize("say", ["Yes, it does.", "No, it does not.", "yes, always"])
def test_a_yes_or_no_in_the_words_is_named(say: str) -> None:
    (found,) = mistakes(with_topic("choose", say))
    assert found.startswith("topics.yml, ours, fact: ") and "write `verdict`" in found


@pytest.mark.parametrize("say", ["Not every day, but often.", "Yesterday, it was open.", "Nobody, young or old, needs it."])
def test_words_that_only_look_like_a_verdict_are_let_through(say: str) -> None:
    assert mistakes(with_topic("choose", say)) == []


@pytest.mark.parametrize(
    ("kind", "about", "fields", "recommends", "mentions"),
    [
        ("choose", (), {}, ("bakuchiol", "retinol"), ()),
        ("choose", ("retinol",), {"mentions": ["retinol"]}, ("bakuchiol",), ("retinol",)),
        ("myth", ("retinol", "bakuchiol"), {}, (), ("bakuchiol", "retinol")),
        ("myth", ("retinol", "bakuchiol"), {"recommends": ["bakuchiol"]}, ("bakuchiol",), ("retinol",)),
        ("myth", ("bakuchiol",), {}, ("retinol",), ("bakuchiol",)),
    ],
)
def test_ids_are_divided(
    kind: str, about: tuple[str, ...], fields: dict[str, Any], recommends: tuple[str, ...], mentions: tuple[str, ...]
) -> None:
    """The last of them lacks a tag: too much caution harms nobody."""
    say = "Bakuchiol is milder than retinol."
    line = line_of(with_topic(kind, say, about, **fields), say)
    assert (line.recommends, line.mentions) == (recommends, mentions)


def test_a_text_of_two_statements_recommends_what_one_of_them_does() -> None:
    say = KNOWLEDGE.topics["evidence_retinol"].fact.say
    assert line_of(KNOWLEDGE, say).mentions == ("retinol",)
    assert line_of(with_topic("choose", say), say).recommends == ("retinol",)


def test_words_that_are_no_statement_recommend_what_they_name() -> None:
    assert line_of(KNOWLEDGE, "Put retinol on.").recommends == ("retinol",)


def test_each_line_has_its_own_ids() -> None:
    fact = KNOWLEDGE.concerns["acne"].facts["for_concern"]
    found = answer(KNOWLEDGE, Question("for_concern", needs=("acne",)))
    assert found.lines[0].recommends == ("salicylic_acid", "azelaic_acid", "niacinamide")
    assert [line.recommends for line in found.more] == [("benzoyl_peroxide",) if "Benzoyl" in text else () for text in fact.more]


def test_ids_do_not_count_when_lines_are_compared() -> None:
    assert Line(text="a") == Line(text="a", recommends=("retinol",), mentions=("aha",))


def test_a_stored_line_is_read_back() -> None:
    line = line_of(KNOWLEDGE, KNOWLEDGE.safety["pregnancy"].say)
    stored = {"text": line.text, "key": "", "params": {}, "recommends": list(line.recommends), "mentions": list(line.mentions)}
    read = Line.read(stored)
    assert (read, read.recommends, read.mentions) == (line, line.recommends, line.mentions)
    assert Line.read({"text": "a", "key": "", "params": {}}) == Line(text="a")


# Read by a person: where the statement stands, what it recommends, what it mentions.
@pytest.mark.parametrize(
    ("address", "recommends", "mentions"),
    [
        ("safety.pregnancy", "hyaluronic_acid niacinamide ascorbic_acid", "retinoid hydroquinone salicylic_acid exfoliant"),
        ("topics.pregnancy", "hyaluronic_acid niacinamide ascorbic_acid", "retinol retinoid hydroquinone salicylic_acid exfoliant"),
        ("skin_types.oily.for_skin_type", "niacinamide salicylic_acid", ""),
        ("skin_types.dry.for_skin_type", "hyaluronic_acid panthenol ceramide shea_butter squalane", "alcohol exfoliating_acid"),
        ("ingredients.bakuchiol.what", "", "bakuchiol retinol retinoid"),
        ("ingredients.retinol.what", "retinol", ""),
        ("topics.replace_retinol_bakuchiol", "bakuchiol", "retinol"),
        ("topics.better_retinol_bakuchiol", "retinol bakuchiol", ""),
        ("topics.replace_retinol_tretinoin", "", "tretinoin retinol"),
        ("concerns.damaged_barrier.for_concern", "hyaluronic_acid", "exfoliating_acid retinol exfoliant"),
        ("concerns.fine_lines.for_concern", "antioxidant ascorbic_acid retinol bakuchiol peptide", ""),
        ("terms.skin_cycling.what", "exfoliating_acid retinoid", ""),
        ("terms.slugging.what", "petrolatum", ""),
        ("guidelines.rest_when_irritated", "", "exfoliating_acid retinoid ascorbic_acid"),
    ],
)
def test_a_statement_recommends_and_mentions(address: str, recommends: str, mentions: str) -> None:
    line = line_of(KNOWLEDGE, KNOWLEDGE.fact(address).say)
    assert (" ".join(line.recommends), " ".join(line.mentions)) == (recommends, mentions)


@pytest.mark.parametrize(
    ("a", "b", "recommended"),
    [("retinoid", "aha", True), ("retinol", "ascorbic_acid", True), ("niacinamide", "retinol", True), ("retinol", "tretinoin", False)],
)
def test_a_pair_recommends_both_unless_it_forbids_them(a: str, b: str, recommended: bool) -> None:
    first = pair_advice(KNOWLEDGE, a, b, NOBODY).lines[0]
    assert (first.recommends, first.mentions) == (((a, b), ()) if recommended else ((), (a, b)))


def test_partners_are_recommended_unless_they_are_kept_away() -> None:
    for found in (partners(KNOWLEDGE, "retinol"), clashes(KNOWLEDGE, "retinol")):
        assert found
        for line in found.lines:
            away = line.key == "partners_avoid"
            assert "retinol" in (line.mentions if away else line.recommends)
            assert not (line.recommends if away else line.mentions)


@pytest.mark.parametrize(
    ("question", "recommends", "mentions"),
    [
        (Question("for_concern", ("niacinamide",), needs=("oiliness",)), ("niacinamide",), ()),
        (Question("for_concern", ("fragrance",), needs=("oiliness",)), (), ("fragrance",)),
        (Question("for_skin_type", ("retinal",), needs=("oily",)), ("retinal",), ()),
        (Question("for_skin_type", ("menthol",), needs=("sensitive",)), (), ("menthol",)),
        (Question("can_use", ("retinol",)), ("retinol",), ()),
        (Question("can_use", ("tretinoin",)), (), ("tretinoin",)),
        (Question("pregnancy", ("retinol",)), (), ("retinol",)),
        (Question("pregnancy", ("glycolic_acid",)), ("glycolic_acid",), ()),
        (Question("frequency", ("sulfur",)), ("sulfur",), ()),
    ],
)
def test_wordings_have_the_ids_that_they_name(question: Question, recommends: tuple[str, ...], mentions: tuple[str, ...]) -> None:
    first = answer(KNOWLEDGE, question).lines[0]
    assert (first.recommends, first.mentions) == (recommends, mentions)


def test_what_takes_the_place_of_something_is_recommended() -> None:
    found = answer(KNOWLEDGE, Question("replace", ("propolis",), profile=Profile(pregnant=True)))
    line = next(line for line in found.lines if line.key == "replace_with")
    assert line.mentions == ("propolis",)
    assert line.recommends and all(KNOWLEDGE.ingredients[one].pregnancy.status == "ok" for one in line.recommends)


def test_nobody_is_told_to_use_what_is_forbidden_in_pregnancy() -> None:
    """What is said about pregnancy itself recommends nothing that must be left then."""
    for statement in statements(KNOWLEDGE):
        if statement.kind == "pregnancy" or statement.entry == "pregnancy":
            for text in statement.texts:
                recommended = statement.divided(KNOWLEDGE.names_in_text, text).recommends
                wrong = [one for one in recommended if one in KNOWLEDGE.ingredients and KNOWLEDGE.ingredients[one].pregnancy.status == "avoid"]
                assert wrong == [] and "retinoid" not in recommended


def test_advising_kinds_are_kinds_of_question() -> None:
    kinds = {statement.kind for statement in statements(KNOWLEDGE)}
    assert {"for_concern", "choose", "frequency", "pregnancy"} <= ADVISING & kinds
    assert not {"what_is", "difference", "myth", "avoid_mixing", "safety", "guideline", "pair_avoid", "pair_refer"} & ADVISING
    assert of_subject(KNOWLEDGE, "frequency", "retinol")
