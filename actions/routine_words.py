"""Routines and weeks in the words of domain.yml: lists for morning and night, and what is to be watched."""

from __future__ import annotations

from typing import Iterable, List, Sequence

from actions.resources import knowledge
from actions.wording import Wording, capital
from bot.rules.advice import Advice, Line, in_one, line_of
from bot.rules.names import name, step_name
from bot.rules.routine import RoutineCheck
from bot.rules.routine_clashes import Clash
from bot.rules.routine_placing import Placed
from bot.rules.routine_use import WEEK
from bot.rules.schema import Verdict
from bot.rules.steps import MORNING, NIGHT, Step

EXPLAINED = 2
MOST_SHOWN = 4
MOST_NOTES = 2
FURTHER = ("waiting", "new_actives")


def called(step: Step) -> str:
    """A step's name with a capital, as it stands in a list."""
    return capital(step_name(knowledge(), step))


def halves(wording: Wording, found: RoutineCheck) -> List[str]:
    """Morning and night as lists."""
    lines: List[str] = []
    for half, placed in ((MORNING, found.morning), (NIGHT, found.night)):
        lines += ["", f"**{wording.say(f'routine_{half}')}**", *(f"- {item(wording, one, half)}" for one in placed)]
    return lines


def item(wording: Wording, placed: Placed, half: str, text: str = "") -> str:
    """A step in a list, as `text` where one is given, with how many times a week where that is not every day."""
    text = text or called(placed.step)
    if placed.added:
        return wording.say("routine_item_added", step=text)
    if placed.low >= WEEK or (half == MORNING and placed.high >= WEEK):
        return text
    times = str(placed.low) if placed.low == placed.high else f"{placed.low} to {placed.high}"
    key = "routine_item_once" if placed.high == 1 else f"routine_item_{half}s"
    return wording.say(key, step=text, times=times)


def findings(wording: Wording, found: RoutineCheck) -> tuple[List[str], List[Line]]:
    """What is to be left out, kept apart, added and cut down, in short, and what is kept for "tell me more"."""
    lines: List[str] = []
    more: List[Line] = []
    left = [f"- {called(one.step)}: {sentence(wording, one.why)}" for one in found.held]
    left += [f"- {wording.say('routine_no_room', step=called(step))}" for step in found.out]
    lines += _block(wording, "routine_leave_out", left[:MOST_SHOWN])
    apart = []
    for number, (clash, advice) in enumerate(found.clashes):
        short = clash_words(wording, clash)
        if number < EXPLAINED:
            apart.append(f"- {short} {sentence(wording, advice, skip=1)}")
        else:
            apart.append(f"- {short}")
            more += [in_one(short, advice.lines[:1]), *advice.lines[1:]]
    lines += _block(wording, "routine_keep_apart", apart[:MOST_SHOWN])
    missing = [f"- {sentence(wording, advice)}" for advice in found.missing if advice.verdict]
    lines += _block(wording, "routine_add", missing)
    lines += _block(wording, "routine_too_much", [f"- {sentence(wording, advice)}" for advice in found.too_much])
    notes = [sentence(wording, advice) for advice in found.notes]
    lines += ["", *notes[:MOST_NOTES]] if notes else []
    more += [in_one(text, note.lines) for text, note in zip(notes[MOST_NOTES:], found.notes[MOST_NOTES:])]
    more += [line for advice in found.missing if not advice.verdict for line in advice.lines[1:]]
    more += [line_of(knowledge(), knowledge().guidelines[rule].say) for rule in FURTHER]
    return lines, more


def clash_words(wording: Wording, clash: Clash) -> str:
    """Two subjects and what is to be done with them, in a few words."""
    a, b = name(knowledge(), clash.a), name(knowledge(), clash.b)
    return wording.say(f"routine_clash_{clash.kind}", a=a, b=b)


def sentence(wording: Wording, advice: Advice, skip: int = 0) -> str:
    """An advice's lines with its first source behind them."""
    texts = dict.fromkeys(wording.line(line) for line in (*advice.lines[skip:], *advice.cautions[:1]))
    said = " ".join(texts)
    source = next((key for key in advice.sources if knowledge().sources[key].kind != "unsourced"), None)
    if source:
        return f"{said} ({knowledge().sources[source].publisher})"
    return f"{said} ({wording.say('kind_unsourced')})" if advice.sources else said


def good(wording: Wording, found: RoutineCheck) -> List[str]:
    """What the person already does right."""
    return [
        wording.say(f"routine_parted_{one.kind}", a=name(knowledge(), one.a), b=name(knowledge(), one.b))
        for one in found.parted[:1]
    ]


def verdict(wording: Wording, found: RoutineCheck) -> str:
    """The first sentence. What only needs somebody to be asked outranks nothing that has to go."""
    return wording.say(f"routine_verdict_{(found.verdict or Verdict.YES).value}")


def names_of(steps: Iterable[Step]) -> str:
    """Steps in one phrase: "toner, retinol serum and cream"."""
    texts = [step_name(knowledge(), step) for step in steps]
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else "".join(texts)


def _block(wording: Wording, key: str, items: Sequence[str]) -> List[str]:
    return ["", f"**{wording.say(key)}**", *items] if items else []
