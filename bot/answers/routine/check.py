"""Checks the routine that a person tells, in one message or over several."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Words
from bot.answers.routine.remembering import own_for_gate, remembered
from bot.answers.routine.shelf import named_products
from bot.answers.routine.words import findings, good, halves, names_of, verdict
from bot.answers.turn import Turn
from bot.rules.advice import FollowUp, Profile
from bot.rules.routine import check
from bot.rules.steps import MORNING, NIGHT
from bot.understanding.frame import SUBJECTS
from bot.understanding.routine.change import WHOLE, changed
from bot.understanding.routine.meant import CHECK, asks_for_check, spoken_of
from bot.understanding.routine.reading import told

WEEK, WAITING = FollowUp("plan_week", ()), FollowUp("waiting_time", ())


def check_routine(turn: Turn) -> Answer:
    """Takes the steps of the question into the routine and checks it; a first step or two are only noted."""
    said = told(turn.frame, turn.knowledge, named_products(turn))
    routine = changed(turn.frame, turn.knowledge, turn.person.routine, said)
    if not routine:
        return turn.reply(turn.say("routine_tell"), remembered(turn, CHECK, (), used=()))
    if said.named and not asks_for_check(turn.frame) and len(routine) < WHOLE and not _was_checked(turn):
        note = turn.say("routine_noted", steps=names_of(turn, routine))
        buttons = turn.wording.buttons([FollowUp(CHECK, ())])
        return turn.answer(Words(note, buttons), memory=remembered(turn, CHECK, routine, used=routine))
    return _checked(turn, replace(turn.person, routine=routine))


def _checked(turn: Turn, person: Profile) -> Answer:
    found = check(turn.knowledge, person.routine, person)
    lines, more = findings(turn, found)
    half = _half_asked(turn)
    text = "\n".join(halves(turn, found, half)).strip() if half else "\n".join([" ".join([verdict(turn, found), *good(turn, found)]), *halves(turn, found), *lines])
    part = Words(
        text,
        turn.wording.buttons([WEEK, WAITING]),
        steps=own_for_gate(turn, [one.step for one in (*found.morning, *found.night)]),
        sources=found.sources,
        cite=False,
        verdict=found.verdict.value if found.verdict else None,
    )
    memory = remembered(turn, CHECK, person.routine, more, found.sources, used=person.routine)
    return turn.answer(part, memory=memory)


def _half_asked(turn: Turn) -> str:
    """Morning or night where a check was just given and only that half is asked for: "and at night?"; else empty."""
    times = turn.asked.times
    asks = turn.frame.has("goes_on") and _was_checked(turn) and len(times) == 1 and times[0] in (MORNING, NIGHT) and not turn.frame.of(*SUBJECTS)
    return times[0] if asks else ""


def _was_checked(turn: Turn) -> bool:
    """True where the last answer was a whole check, so that a change asks for another."""
    return spoken_of(turn.memory) == CHECK and bool(turn.memory.said.sources)
