"""What an owner switched off is in no statement any more and what they reworded is, with the tags by which the gate holds; what does not count is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.home.folder import STATEMENTS, Home, HomeError
from bot.rules.advice import Profile, Question, line_of
from bot.rules.answers import answer
from bot.rules.gate import checked
from bot.rules.schema import Verdict
from bot.rules.statements import statements
from bot.statements.allowed import kept
from bot.statements.at_home import LOOK_AGAIN_S, OwnStatements
from bot.statements.changing import Changing
from bot.statements.file import Own, parsed, written
from bot.statements.spoken import CHANGED, GONE, spoken
from tests.knowledge import knowledge
from tests.statements.test_allowed import CERAMIDE, MIST, of

SILENCE = "Nothing on that."


def off(address: str) -> dict[str, Own]:
    return {address: Own(silent=True)}


def said(address: str, *texts: str) -> dict[str, Own]:
    return {address: Own(say=list(texts), was=list(of(address).texts))}


def test_every_statement_that_may_go_goes() -> None:
    data = knowledge()
    free = [one for one in statements(data) if not kept(data, one)]
    found = spoken(data, {one.address: Own(silent=True) for one in free}, SILENCE)
    assert not found.ignored
    left = {text for one in statements(found.knowledge) for text in one.texts}
    theirs = {text for one in statements(data) if kept(data, one) for text in one.texts}
    assert not {text for one in free for text in one.texts} & left - theirs and theirs <= left


def test_what_is_switched_off_is_answered_by_nothing() -> None:
    question = Question("difference", ("mist", "toner"))
    before = answer(knowledge(), question)
    assert before.lines[0].text == of(MIST).texts[0]
    after = answer(spoken(knowledge(), off(MIST), SILENCE).knowledge, question)
    assert after.lines[0].text == SILENCE and after.sources == () and after.verdict is Verdict.UNKNOWN
    assert answer(knowledge(), question) == before, "the project's own is as it was"


def test_what_a_silent_situation_is_about_stays_known() -> None:
    data, address = knowledge(), "situations.comedogenic_scores.fact"
    before, after = data.situations["comedogenic_scores"], spoken(data, off(address), SILENCE).knowledge.situations["comedogenic_scores"]
    assert (after.fact.say, after.fact.more) == (SILENCE, []) and (after.kind, after.about) == (before.kind, before.about)
    tagged = next(one for one in statements(data) if one.file == "situations" and not kept(data, one) and one.tags.mentions)
    found = spoken(data, off(tagged.address), SILENCE).knowledge.situations[tagged.entry].fact
    assert found.mentions == tagged.tags.mentions and line_of(data, SILENCE).recommends == ()


def test_a_pair_that_is_switched_off_allows_nothing_more() -> None:
    data = knowledge()
    for one in (one for one in statements(data) if one.file == "pairs" and not kept(data, one)):
        pair = data.pairs[one.entry]
        if any(data.subject(side) is None for side in (pair.a, pair.b)):
            continue
        question = Question("together", (pair.a, pair.b))
        found = answer(spoken(data, off(one.address), SILENCE).knowledge, question)
        assert pair.reason not in [line.text for line in (*found.lines, *found.more, *found.cautions, *found.why)], one.address


def test_other_words_have_the_tags_and_are_held_back_as_well() -> None:
    data, address = knowledge(), "topics.benefits_hyaluronic_ampoule.fact"
    texts = [text.replace("stressed", "tired") for text in of(address).texts]
    own = spoken(data, said(address, *texts), SILENCE).knowledge
    for old, new in zip(of(address).texts, texts):
        assert line_of(own, new).recommends == line_of(data, old).recommends and line_of(own, new).mentions == line_of(data, old).mentions
    allergic = Profile(allergies=("hyaluronic_acid",))
    question = Question("benefits", ("hyaluronic_acid", "ampoule"), profile=allergic)
    lines = [line.text for line in checked(own, question, answer(own, question), allergic).lines]
    assert not {*texts} & {*lines} and lines


def test_remembered_words_are_replaced() -> None:
    assert spoken(knowledge(), off(MIST), SILENCE).instead == dict.fromkeys(of(MIST).texts, SILENCE)
    assert spoken(knowledge(), said(MIST, "Mist or toner."), SILENCE).instead == {of(MIST).texts[0]: "Mist or toner."}


@pytest.mark.parametrize(("owns", "why"), [
    ({"topics.nothing.fact": Own(silent=True)}, GONE), ({MIST: Own(say=["Mist."], was=["Something older."])}, CHANGED), ({MIST: Own(say=["It cures."], was=["Something older."])}, CHANGED),
])
def test_what_does_not_count_is_named(owns: dict[str, Own], why: str) -> None:
    found = spoken(knowledge(), owns, SILENCE)
    assert [*found.ignored.values()] == [why] and found.knowledge.topics == knowledge().topics


def test_a_file_by_hand_weakens_nothing_either() -> None:
    data = knowledge()
    owns = {one.address: Own(silent=True) for one in statements(data) if kept(data, one)}
    found = spoken(data, {**owns, **said(MIST, "Spray on retinol.")}, SILENCE)
    assert {*found.ignored} == {*owns, MIST} and [*statements(found.knowledge)] == [*statements(data)]


@pytest.mark.parametrize(("text", "why"), [
    ("- a", "mapping"), ("a: [", "not YAML"), ("a: {silent: false}", "give `silent: true`"), ("a: {silent: true, say: [x], was: [y]}", "give `silent: true`"), ("a: {say: [x]}", "as many"), ("a: {say: [x], was: [y], more: z}", "a, more"), ("a: {say: [], was: []}", "a, say"), ("a: {off: true}", "a, False"),
])
def test_a_mistake_in_the_file_is_named(text: str, why: str) -> None:
    with pytest.raises(HomeError, match=why):
        parsed(text)


def test_what_is_written_is_read_again() -> None:
    owns = {**off(MIST), **said(CERAMIDE, "Ümlaut: x")}
    assert parsed(written(owns)) == owns and parsed(written({})) == parsed(None) == {}


def test_a_change_counts_at_once_and_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    home, clock = Home(tmp_path), [100.0]
    own = OwnStatements(home, knowledge, lambda: SILENCE, lambda: clock[0])
    assert own.now.knowledge is knowledge()
    changing = Changing(home, knowledge)
    assert changing.switch_off(of(MIST), "Mina") == []
    clock[0] += LOOK_AGAIN_S
    assert own.now.knowledge.topics["difference_mist_toner"].fact.say == SILENCE
    home.put(STATEMENTS, "a: [")
    clock[0] += LOOK_AGAIN_S
    assert own.now.knowledge.topics["difference_mist_toner"].fact.say == SILENCE, "it goes on with what was read last"
    assert OwnStatements(home, knowledge, lambda: SILENCE).now.knowledge is knowledge()
