"""Routines and weeks in words: lists for morning and night, and what is to be watched."""

from __future__ import annotations

from dataclasses import replace
from typing import Iterable, List, Sequence, Tuple

from bot.answers.turn import Turn
from bot.phrases import capital
from bot.rules.advice import Advice, Line, line_of
from bot.rules.names import listed, name, step_name
from bot.rules.routine import Held, RoutineCheck
from bot.rules.routine_clashes import Clash
from bot.rules.routine_placing import Placed
from bot.rules.routine_use import WEEK
from bot.rules.schema import Verdict
from bot.rules.steps import MORNING, NIGHT, Step

EXPLAINED = 2
MOST_SHOWN = 4
MOST_NOTES = 2
FURTHER = ("waiting", "new_actives")
UNSOURCED = "unsourced"


def called(turn: Turn, step: Step) -> str:
    """A step's name with a capital, as it stands in a list."""
    return capital(step_name(turn.knowledge, step))


def names_of(turn: Turn, steps: Iterable[Step]) -> str:
    """Steps in one phrase: "toner, retinol serum and cream"."""
    return listed([step_name(turn.knowledge, step) for step in steps])


def halves(turn: Turn, found: RoutineCheck, only: str = "") -> List[str]:
    """Morning and night as lists, or `only` one of them."""
    lines: List[str] = []
    for half in (only,) if only else (MORNING, NIGHT):
        lines += ["", f"**{turn.say(f'routine_{half}')}**", *(f"- {item(turn, one, half)}" for one in found.half(half))]
    return lines


def item(turn: Turn, placed: Placed, half: str, text: str = "") -> str:
    """A step in a list, as `text` where one is given, with how many times a week where that is not every day."""
    text = text or called(turn, placed.step)
    if placed.added:
        return turn.say("routine_item_added", step=text)
    if placed.low >= WEEK or (half == MORNING and placed.high >= WEEK):
        return text
    times = str(placed.low) if placed.low == placed.high else f"{placed.low} to {placed.high}"
    key = "routine_item_once" if placed.high == 1 else f"routine_item_{half}s"
    return turn.say(key, step=text, times=times)


def findings(turn: Turn, found: RoutineCheck) -> Tuple[List[str], List[Line]]:
    """What is to be left out, kept apart, added and cut down, in short, and what is kept for "tell me more"."""
    lines = left_out(turn, found, MOST_SHOWN)
    more: List[Line] = []
    apart = []
    for number, (clash, advice) in enumerate(found.clashes):
        short = clash_words(turn, clash)
        if number < EXPLAINED:
            apart.append(f"- {short} {sentence(turn, advice, skip=1)}")
        else:
            apart.append(f"- {short}")
            more += [Line(text=short), *advice.lines[1:]]
    lines += _block(turn, "routine_keep_apart", apart[:MOST_SHOWN])
    missing = [f"- {sentence(turn, advice)}" for advice in found.missing if advice.verdict]
    lines += _block(turn, "routine_add", missing)
    lines += _block(turn, "routine_too_much", [f"- {sentence(turn, advice)}" for advice in found.too_much])
    notes = [sentence(turn, advice) for advice in found.notes]
    lines += ["", *notes[:MOST_NOTES]] if notes else []
    more += [Line(text=note) for note in notes[MOST_NOTES:]]
    more += [line for advice in found.missing if not advice.verdict for line in advice.lines[1:]]
    more += [line_of(turn.knowledge, turn.knowledge.guidelines[rule].say) for rule in FURTHER]
    return lines, more


def left_out(turn: Turn, found: RoutineCheck, most: int | None = None) -> List[str]:
    """What is in neither half of the day, and why."""
    left = [f"- {capital(names_of(turn, steps))}: {sentence(turn, why)}" for steps, why in _by_reason(found.held)]
    left += [f"- {turn.say('routine_no_room', step=called(turn, step))}" for step in found.out]
    return _block(turn, "routine_leave_out", left[:most])


def _by_reason(held: Sequence[Held]) -> List[Tuple[List[Step], Advice]]:
    """What must go with why, those of one reason together and no sentence twice."""
    groups: List[Tuple[List[Step], Advice]] = []
    for one in held:
        same = next((steps for steps, why in groups if why.lines == one.why.lines), None)
        if same is None:
            groups.append(([one.step], one.why))
        else:
            same.append(one.step)
    reasons: List[Tuple[List[Step], Advice]] = []
    said: List[Line] = []
    for steps, why in sorted(groups, key=lambda group: len(group[1].lines)):
        fresh = tuple(line for line in why.lines if line not in said)
        reasons.append((steps, replace(why, lines=fresh) if fresh else why))
        said += why.lines
    return reasons


def clash_words(turn: Turn, clash: Clash) -> str:
    """Two subjects and what is to be done with them, in a few words."""
    a, b = name(turn.knowledge, clash.a), name(turn.knowledge, clash.b)
    return turn.say(f"routine_clash_{clash.kind}", a=a, b=b)


def sentence(turn: Turn, advice: Advice, skip: int = 0) -> str:
    """An advice's lines with its first source behind them."""
    texts = dict.fromkeys(turn.wording.line(line) for line in (*advice.lines[skip:], *advice.cautions[:1]))
    said = " ".join(texts)
    sources = turn.knowledge.sources
    source = next((key for key in advice.sources if sources[key].kind != UNSOURCED), None)
    if source:
        return f"{said} ({sources[source].publisher})"
    return f"{said} ({turn.say('kind_unsourced')})" if advice.sources else said


def good(turn: Turn, found: RoutineCheck) -> List[str]:
    """What the person already does right."""
    data = turn.knowledge
    return [
        turn.say(f"routine_parted_{one.kind}", a=name(data, one.a), b=name(data, one.b)) for one in found.parted[:1]
    ]


def verdict(turn: Turn, found: RoutineCheck) -> str:
    """The first sentence. What only needs somebody to be asked outranks nothing that has to go."""
    return turn.say(f"routine_verdict_{(found.verdict or Verdict.YES).value}")


def _block(turn: Turn, key: str, items: Sequence[str]) -> List[str]:
    return ["", f"**{turn.say(key)}**", *items] if items else []
