"""Whether several things are too many for one go."""

from __future__ import annotations

from dataclasses import replace

from bot.rules import pairs
from bot.rules.advice import Advice, Line, Question
from bot.rules.facts import general
from bot.rules.knowledge import Knowledge
from bot.rules.names import several
from bot.rules.safety import is_strong
from bot.rules.schema import Verdict

KIND = "how_many_at_once"
APART = frozenset({Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL})
MOST_SAID = 2


def how_many_at_once(knowledge: Knowledge, question: Question) -> Advice | None:
    """Whether those named are too many for one go: two strong actives are, and what a rule keeps apart; else how many are
    enough."""
    contents = tuple(one for one in question.subjects if knowledge.is_content(one))
    found = pairs.together(knowledge, contents, question.profile) if len(contents) > 1 else None
    if found is None:
        return general(knowledge, KIND)
    strong = [one for one in contents if is_strong(knowledge, one)]
    params = {"subjects": several(knowledge, contents), "strong": several(knowledge, strong or contents)}
    if len(strong) > 1 or found.verdict in APART:
        line = Line(key="too_many_strong" if len(strong) > 1 else "too_many_apart", params=params, mentions=contents)
        verdict = found.verdict if found.verdict is Verdict.DOCTOR else None
        return replace(found, verdict=verdict, lines=(line, *found.lines[:MOST_SAID]))
    line = Line(key="not_too_many_one_strong" if strong else "not_too_many", params=params, recommends=contents)
    said = () if found.sources else found.lines[:MOST_SAID]  # that no source speaks of them is not kept for later
    return replace(found, verdict=None, lines=(line, *said), more=() if said else found.lines)
