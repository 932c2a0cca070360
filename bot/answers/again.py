"""What of a situation's advice answers a question that goes on with it: "does it ever stop?" behind the advice on such spots.

The sentences of the advice are held beside the message, alone and behind the one before it, by the trained encoder's meanings; the
nearest one or two are said, in the order in which they stand there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import FrozenSet, List, NamedTuple, Optional, Sequence

from spacy.lang.en.stop_words import STOP_WORDS

from bot.answers.answer import Answer, Statements
from bot.answers.turn import Turn
from bot.nlu.before import BEFORE
from bot.nlu.meanings import encode
from bot.rules.advice import Advice, Line, line_of
from bot.rules.schema import Situation
from bot.understanding.context import asks
from bot.understanding.said import plain

SHARED, MOST_SHARED = 0.12, 2
"""So much nearer is a sentence for each word of the message in it, up to so many."""
FEWEST_LETTERS, STEM = 4, 5
MOST_SAID = 2
LEAST = 0.4
"""How near a sentence must be, as the sum of both cosines, to be an answer at all."""
ALMOST = 0.8
"""How near the second must be, as a part of the first's."""
OF_THE_ANSWER = 0.15
"""What the advice begins with answers most questions about it, so it counts as so much nearer than what is only said on request."""
SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
LEANS = frozenset({"it", "that", "this", "they", "those", "these", "both"})
"""Words with which a sentence leans on the one before it."""


class Sentence(NamedTuple):
    """One sentence of a situation's advice, and the whole line that holds it."""

    text: str
    whole: Line


def of_the_situation(turn: Turn) -> Optional[Answer]:
    """The sentences that answer a message which goes on with the situation talked of; None where there is none or none is near. What was
    said is said again only to a question, one sentence of it."""
    entry = turn.knowledge.situations.get(turn.memory.situation)
    if entry is None:
        return None
    left = turn.memory.said.more
    sentences = [one for one in _sentences(turn, entry) if asks(turn.frame) or one.whole in left]
    if not sentences:
        return None
    said = _stems(turn.frame.text)
    meant = nearness([one.text for one in sentences], turn.frame.text, BEFORE.get())
    near = [
        value + OF_THE_ANSWER * (one.whole.text == entry.fact.say) + SHARED * min(MOST_SHARED, len(said & _stems(one.text))) for one, value in zip(sentences, meant)
    ]
    chosen = _chosen(sentences, near, left)
    if not chosen:
        return None
    told = [one.whole for one in chosen]
    rest = tuple(line for line in left if line not in told)
    advice = Advice(None, tuple(map(_line, chosen)), more=rest, sources=tuple(entry.fact.sources))
    return turn.answer(Statements(advice, polar=False), memory=replace(turn.memory, lost=0, said=replace(turn.memory.said, more=rest)))


def _sentences(turn: Turn, entry: Situation) -> List[Sentence]:
    wholes = [line_of(turn.knowledge, text) for text in (entry.fact.say, *entry.fact.more)]
    return [Sentence(one, whole) for whole in wholes for one in SENTENCE.split(whole.text)]


def _line(sentence: Sentence) -> Line:
    """A sentence as a line that is held where the whole of which it is a part would be."""
    return Line(sentence.text, recommends=sentence.whole.recommends, mentions=sentence.whole.mentions)


def _stems(text: str) -> FrozenSet[str]:
    """The words of a text that say something, without their endings."""
    return frozenset(word[:STEM] for word in plain(text) if len(word) >= FEWEST_LETTERS and word not in STOP_WORDS)


def nearness(sentences: Sequence[str], message: str, before: Sequence[str]) -> List[float]:
    """How near each sentence is to a message: the cosine with it alone and with it behind the message before, added."""
    asked = [message, f"{before[-1]}. {message}"] if before else [message, message]
    meanings = encode([*sentences, *asked])
    near: List[float] = (meanings[: len(sentences)] @ meanings[len(sentences) :].T).sum(axis=1).tolist()
    return near


def _chosen(sentences: Sequence[Sentence], near: Sequence[float], left: Sequence[Line]) -> List[Sentence]:
    """The nearest sentence, and the second where it is almost as near and not both were said; what one leans on comes before it."""
    first, *others = sorted(range(len(sentences)), key=lambda place: -near[place])[:MOST_SAID]
    if near[first] < LEAST:
        return []
    fresh = [place for place in (first, *others) if sentences[place].whole in left]
    second = [place for place in others if near[place] >= ALMOST * near[first] and fresh]
    places = {first, *second}
    if not second and first and sentences[first].text.split()[0].lower().strip(",") in LEANS and sentences[first - 1].whole == sentences[first].whole:
        places.add(first - 1)
    return [sentences[place] for place in sorted(places)]
