"""Says more about the last answer, and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Mapping, Sequence

from bot.answers.again import of_the_situation
from bot.answers.answer import Answer, Statements, Words
from bot.answers.turn import Turn
from bot.answers.wording import STRONG
from bot.rules.answers import answer
from bot.rules.facts import stated
from bot.rules.situations import told
from bot.understanding.context import asks
from bot.understanding.frame import SURE, kind_of_intent
from bot.understanding.references import last_question

MOST_SAID = 3
IN_NO_NAME, IN_NO_ADDRESS = frozenset("[]"), frozenset("[]() ")
"""Letters that a link of the small markup cannot hold."""
FURTHER_KINDS = ("benefits", "what_is", "frequency", "order")


def source(turn: Turn) -> Answer:
    """ "Says who?": publisher, kind and address of each source of the last answer; "why?": its reason before that."""
    said = turn.memory.said
    if not (said.more or said.why or said.sources or turn.memory.situation):
        advice = answer(turn.knowledge, replace(turn.asked, kind="source"))
        return turn.answer(Statements(advice))
    if turn.frame.has("doubts"):
        return _stays_so(turn)
    reason = [" ".join(turn.wording.together(said.why)) or turn.say("why_none")] if turn.frame.has("why") else []
    plain, linked = ("\n\n".join([*reason, _sources(turn, said.sources, links)]) for links in (False, True))
    return turn.answer(Words(plain, sources=said.sources, cite=False, payload={"body": linked}))


def _stays_so(turn: Turn) -> Answer:
    """ "Are you sure?": the last answer again in its first words, with its reason and who says so."""
    memory = turn.memory
    person = (memory.other or memory.person) if memory.of_other else memory.person
    asked = last_question(memory, person)
    advice = answer(turn.knowledge, asked)
    lines = (*advice.lines[:1], *(line for line in memory.said.why if line not in advice.lines[:1]))
    said = Statements(replace(advice, lines=lines[:MOST_SAID], more=(), follow_ups=()), intro=turn.say("stays_so"), polar=False)
    return turn.answer(said, memory=replace(memory, lost=0))


def _sources(turn: Turn, keys: Sequence[str], linked: bool) -> str:
    """The sources one by one, each name a link where `linked`, else with its address behind; that it is only commonly advised where
    none of them is strong."""
    found = turn.wording.source_data(list(dict.fromkeys(keys)))
    named = [one for one in found if one["kind"] != "unsourced"]
    if not named:
        return turn.say("source_only_common")
    lines: List[str] = [f"- {_named(turn, one, linked)}" for one in named]
    strong = any(one["kind"] in STRONG for one in named)
    return turn.say("sources_are" if strong else "sources_are_weak") + "\n" + "\n".join(lines)


def _named(turn: Turn, source: Mapping[str, str | None], linked: bool) -> str:
    """One source by its name and kind, with where it stands."""
    name, address = str(source["publisher"]), source["address"]
    kind = turn.say(f"kind_{source['kind']}").lower()
    if address and linked and not IN_NO_NAME & {*name} and not IN_NO_ADDRESS & {*address}:
        return turn.say("source_named", publisher=f"[{name}]({address})", kind=kind)
    return " ".join(filter(None, (turn.say("source_named", publisher=name, kind=kind), address)))


def more(turn: Turn) -> Answer:
    """ "Tell me more": what the last answer left out, else something else that is known of its subject. A question that goes on with a
    situation is answered by what of its advice fits it."""
    lines = turn.memory.said.more
    plainly = kind_of_intent(turn.frame.intent) == turn.frame.kind and turn.frame.band == SURE
    fitting = None if plainly else of_the_situation(turn)
    if fitting is not None:
        return fitting
    again = None if plainly else told(turn.knowledge, replace(turn.asked, situation=turn.memory.situation))
    if again is not None and (asks(turn.frame) or not lines):
        return turn.answer(Statements(replace(again, more=()), polar=False), memory=replace(turn.memory, lost=0))
    if lines:
        return turn.reply(" ".join(turn.wording.together(lines)))
    last = turn.memory.asked
    for kind in FURTHER_KINDS:
        advice = stated(turn.knowledge, kind, last.subjects, last.forms)
        if advice and kind != last.kind:
            return turn.answer(Statements(advice), memory=replace(turn.memory, lost=0, asked=replace(last, kind=kind)))
    return turn.reply(turn.say("no_more"))
