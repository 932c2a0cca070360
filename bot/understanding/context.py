"""What the decisions of a conversation may look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from bot.rules.advice import Profile
from bot.rules.knowledge import Knowledge
from bot.understanding.frame import ASKED_ABOUT, NEEDS, Frame
from bot.understanding.memory import Memory

FOLLOW_UP = "follow_up"
ROUTINES = frozenset({"build_routine", "check_routine", "plan_week"})
OfShop = Callable[[Frame, Memory], str]
# Words that ask, so that a message with none of them only tells.
ASKS = (
    "question_word", "asks_by_verb", "asks_permission", "asks_for_myself", "asks_which", "is_it_bad", "is_fine", "must_i", "stop_or_go_on",
    "keep_or_leave", "wants_something", "which_then", "asks_for_another", "how_long", "how_often", "why", "what_now", "may_be_the_cause",
    "doubts", "wants_explanation",
)


@dataclass(frozen=True)
class Context:
    """What a decision may look at. `of_shop` gives the kind of what is asked of the shop's owner or let them know, empty for all
    else; `repeats`: what else was decided would say what was said last."""

    frame: Frame
    memory: Memory
    person: Profile
    knowledge: Knowledge
    page: str
    of_shop: OfShop
    repeats: bool = False


Decision = Callable[[Context], str]


def is_bare(context: Context) -> bool:
    """True where neither a subject nor a need nor a product is named."""
    return not context.frame.of(*ASKED_ABOUT, *NEEDS, "product")


def recent_contents(context: Context) -> list[str]:
    """The ingredients and families that were named lately, the latest last."""
    return [one for one in context.memory.asked.recent if context.knowledge.is_content(one)]


def asks(frame: Frame) -> bool:
    """True where some word or mark asks, so that a message does not only tell."""
    return "?" in frame.text or frame.has(*ASKS)
