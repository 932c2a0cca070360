"""The finder's questions: which are still open, and which kinds of product the answers lead to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Mapping

from bot.rules.advice import Profile, merge
from bot.rules.knowledge import Knowledge
from bot.rules.ranking import Wants

CONCERN, NEED, SKIN, SENSITIVE, USES, BUDGET = "concern", "need", "skin_type", "sensitive", "uses", "budget"
STEPS = (CONCERN, NEED, SKIN, SENSITIVE, USES, BUDGET)
"""In the order they are asked: six at most."""
DAILY, CRISIS = "daily", "crisis"
ANY_DAILY = ("serum", "moisturizer", "essence", "toner")
"""Kinds for every day where no concern decides."""
ANY_CRISIS = ("ampoule", "sheet_mask", "sleeping_mask")
BESIDE_TYPE = {"sensitive", "dehydrated", "acne_prone"}
"""States that skin of any type can be in."""


@dataclass(frozen=True)
class Finder:
    """How far a search is; the conversation's memory keeps it.

    `step` is the open question, empty when there is none; `settled` those answered or skipped; `types` the kinds asked
    for; `need` "daily" or "crisis"; `sensitive`, `pregnant` what was said of the two (None: nothing). `missed` counts
    answers to the open question that were not understood; `shown` are the handles of the results so far; `whom` says for
    whom it is where that is not the person who writes.
    """

    step: str = ""
    settled: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    need: str = ""
    concerns: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    max_price: int | None = None
    min_price: int | None = None
    sensitive: bool | None = None
    pregnant: bool | None = None
    missed: int = 0
    done: bool = False
    shown: tuple[str, ...] = field(default=())
    whom: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Finder:
        """The search that `stored` describes, as `dataclasses.asdict` wrote it and JSON gave it back."""
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()})

    def settle(self, *steps: str) -> Finder:
        """The same search with these questions answered or skipped."""
        return replace(self, settled=merge(self.settled, steps), missed=0)


    def back(self) -> Finder:
        """The same search with the question that was settled last open again, and nothing known of it."""
        step = self.settled[-1]
        unknown: dict[str, dict[str, Any]] = {
            CONCERN: {"concerns": ()}, NEED: {"need": ""}, SENSITIVE: {"sensitive": None, "pregnant": None}, USES: {"uses": ()},
            BUDGET: {"max_price": None, "min_price": None},
        }
        return replace(self, step=step, settled=self.settled[:-1], missed=0, **unknown.get(step, {}))


def progress(finder: Finder, profile: Profile) -> tuple[int, int]:
    """The open question's place among those before it that were asked and those after it that will be, and how many these are. A
    question that is asked again keeps its place; what is answered beforehand makes the row shorter."""
    place = STEPS.index(finder.step)
    before, left = sum(step in finder.settled for step in STEPS[:place]), 0
    finder = finder.settle(finder.step)
    while step := next_step(finder, profile):
        finder, left = finder.settle(step), left + 1
    return before + 1, before + 1 + left


def next_step(finder: Finder, profile: Profile) -> str:
    """The next question; empty when nothing is left to ask. What is known already is never asked."""
    known = {
        CONCERN: bool(finder.concerns or profile.concerns),
        NEED: bool(finder.types or finder.need),
        SKIN: bool(set(profile.skin_types) - BESIDE_TYPE),
        SENSITIVE: all(asked_of(finder, profile)),
        USES: bool(finder.uses or profile.routine),
        BUDGET: finder.max_price is not None or finder.min_price is not None,
    }
    return next((step for step in STEPS if step not in finder.settled and not known[step]), "")


def asked_of(finder: Finder, profile: Profile) -> tuple[bool, bool]:
    """Whether it is known if the skin is sensitive, and if the person is pregnant."""
    return finder.sensitive is not None or profile.sensitive, finder.pregnant is not None or profile.pregnant


def wants(knowledge: Knowledge, finder: Finder, profile: Profile) -> Wants:
    """What the answers so far ask for. An ampoule or a serum is decided by the need: every day, or a crisis."""
    concerns = finder.concerns or profile.concerns
    return Wants(
        types=finder.types or kinds_for(knowledge, finder.need, concerns),
        concerns=concerns,
        profile=profile,
        max_price=finder.max_price,
        min_price=finder.min_price,
        in_use=merge(finder.uses, profile.in_use),
    )


def kinds_for(knowledge: Knowledge, need: str, concerns: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds for the first concern, a serum or an ampoule before the others of them."""
    first = "ampoule" if need == CRISIS else "serum"
    if not concerns:
        return ANY_CRISIS if need == CRISIS else ANY_DAILY
    entry = knowledge.concerns[concerns[0]]
    kinds = entry.crisis_types if need == CRISIS else entry.daily_types
    return merge([one for one in kinds if one == first], kinds)
