"""Things asked about in a row that must not meet: that they are kept apart comes before which of them goes first."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Sequence

from bot.rules.advice import Advice, Line, Question
from bot.rules.knowledge import Knowledge
from bot.rules.names import with_article
from bot.rules.pairs import rule_for
from bot.rules.safety import cautions, is_strong

# Kinds of question about one thing going on after another.
IN_A_ROW = frozenset({"order", "order_check", "next_step", "waiting_time"})
KEPT_APART = frozenset({"avoid", "refer", "alternate_nights", "separate_am_pm"})
WAITING = "waiting_time"
OF_A_PAIR = "pair_"


def meeting(knowledge: Knowledge, question: Question) -> Question | None:
    """The question whether its subjects may meet at all, where two of them are better kept apart; None where all may
    follow each other, or nothing is asked of a row."""
    if question.kind not in IN_A_ROW:
        return None
    actives = [one for one in question.subjects if not _is_plain(knowledge, one)]
    met = [both for both in combinations(actives, 2) if _is_kept_apart(knowledge, *both)]
    named = [one for one in actives if any(one in both for both in met)]
    return replace(question, kind="together", subjects=tuple(named)) if named else None


def neither_first(knowledge: Knowledge, question: Question, together: Question, advice: Advice) -> Advice:
    """What is said of two that are kept apart, to somebody who asks about their order or the time between them; with what must
    be minded of the others that were named."""
    advice = advice.with_cautions(*cautions(knowledge, [one for one in question.subjects if one not in together.subjects], question.profile))
    at = next((place for place, line in enumerate(advice.lines) if line.key.startswith(OF_A_PAIR)), None)
    if at is None:
        return advice
    if question.kind == WAITING:
        waiting = Line(key="waiting_is_not_enough")
        return replace(advice, lines=(*advice.lines[: at + 2], waiting, *advice.lines[at + 2 :]))
    return replace(advice, lines=(*advice.lines[:at], Line(key="neither_first"), *advice.lines[at:]))


def rinsed_off(knowledge: Knowledge, subjects: Sequence[str], forms: Sequence[str]) -> Line | None:
    """That a strong active in a cleanser is milder than one that stays on; None where nothing is rinsed off."""
    washed = [one for one in forms if one in knowledge.product_types and knowledge.product_types[one].rinse_off]
    strong = [one for one in subjects if is_strong(knowledge, one)]
    if not washed or not strong:
        return None
    return Line(key="rinsed_off_milder", params={"subject": with_article(knowledge, washed[0])})


def _is_plain(knowledge: Knowledge, subject_id: str) -> bool:
    kind = knowledge.product_types.get(subject_id)
    return kind is not None and subject_id != "exfoliant"


def _is_kept_apart(knowledge: Knowledge, one: str, other: str) -> bool:
    rule = rule_for(knowledge, one, other)
    return rule is not None and rule.verdict in KEPT_APART
