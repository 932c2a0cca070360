"""Which steps of a routine do not get along, by the pair rules of what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from bot.rules.advice import Advice, Line, Profile, line_of
from bot.rules.knowledge import Knowledge
from bot.rules.names import name
from bot.rules.pairs import STRICTEST_FIRST, pair_advice, rule_for
from bot.rules.routine_nights import apart
from bot.rules.routine_use import counts_as_strong
from bot.rules.schema import Verdict
from bot.rules.steps import Step

APART = ("alternate_nights", "separate_am_pm", "unknown")
NEVER = ("avoid", "refer", "duplicate")
RANKING = ("avoid", "refer", "duplicate", "alternate_nights", "separate_am_pm", "unknown")
DUPLICATE = "duplicate_actives"


@dataclass(frozen=True)
class Clash:
    """Two subjects of different steps that cannot simply share a routine. `kind` is the pair rule's verdict, or
    "duplicate" for the same strong active twice, or "unknown" for strong ones of which no rule speaks."""

    kind: str
    a: str
    b: str

    @property
    def never(self) -> bool:
        """True where one of the two must go; otherwise they need different nights or times of day."""
        return self.kind in NEVER


def clash(knowledge: Knowledge, first: Step, second: Step) -> Clash | None:
    """The worst clash between two steps, None where they may share a routine. What is rinsed off clashes with
    nothing, as it stays on skin too briefly."""
    if any(knowledge.product_types[step.type].rinse_off for step in (first, second)):
        return None
    found = [
        one
        for a in (*first.actives, first.type)
        for b in (*second.actives, second.type)
        if not (a == first.type and b == second.type) and (one := _between(knowledge, a, b))
    ]
    return min(found, key=lambda one: RANKING.index(one.kind)) if found else None


def _between(knowledge: Knowledge, a: str, b: str) -> Clash | None:
    both_strong = counts_as_strong(knowledge, a) and counts_as_strong(knowledge, b)
    if a == b:
        return Clash("duplicate", a, b) if both_strong else None
    pair = rule_for(knowledge, a, b)
    if pair is None:
        return Clash("unknown", a, b) if both_strong else None
    if pair.verdict in STRICTEST_FIRST[:4]:
        return Clash(pair.verdict, a, b)
    return None


def clashes(knowledge: Knowledge, steps: Sequence[Step]) -> list[tuple[Clash, Step, Step]]:
    """All clashes among the steps with the two steps, worst first, each pair of subjects once."""
    found: dict[frozenset[str], tuple[Clash, Step, Step]] = {}
    for position, first in enumerate(steps):
        for second in steps[position + 1 :]:
            one = clash(knowledge, first, second)
            if one:
                found.setdefault(frozenset((one.a, one.b)), (one, first, second))
    return sorted(found.values(), key=lambda item: RANKING.index(item[0].kind))


def parted_already(one: Clash, first: Step, second: Step) -> bool:
    """True where the person uses the two at different times of day, or on different nights, as the rule asks."""
    if one.kind == "alternate_nights":
        return apart(first.nights, second.nights)
    said = bool(first.times and second.times)
    return one.kind == "separate_am_pm" and said and not set(first.times) & set(second.times)


def explained(knowledge: Knowledge, one: Clash, profile: Profile) -> Advice:
    """A clash as advice, with its source."""
    if one.kind == "duplicate":
        rule = knowledge.guidelines[DUPLICATE]
        line = Line(key="routine_duplicate", params={"subject": name(knowledge, one.a)}, mentions=(one.a,))
        return Advice(Verdict.NO, (line, line_of(knowledge, rule.say)), sources=tuple(rule.sources))
    return pair_advice(knowledge, one.a, one.b, profile)
