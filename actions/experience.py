"""What somebody writes of their skin's experience: new to actives or used to them, irritated or calm again."""

from __future__ import annotations

import re

BEGINNER = re.compile(
    r"\b(beginners?|newbie|noob|novice|(new|newer) to (all )?(this|skin ?care|k-?beauty|korean|actives?|acids?|retin\w+|serums?)|"
    r"(just|only) (starting|started|beginning|getting) (out|into|with)|never (used|tried|had) (any|an|a|actives?|acids?|retin\w+))\b",
    re.I,
)
EXPERIENCED = re.compile(
    r"\b((not|no|isn't|isnt) (a |an |really |longer |that )*(beginner|newbie|novice|new to)|experienced|for (many )?years|"
    r"(am|i'm|im|skin is|skin's) used to|long[- ]time)\b",
    re.I,
)


def is_beginner(message: str, before: bool | None = None) -> bool | None:
    """What the message says of its writer's experience; `before` where it says nothing of it."""
    if EXPERIENCED.search(message):
        return False
    return True if BEGINNER.search(message) else before


IRRITATED = re.compile(
    r"\b((skin|face|cheeks) (is |are |feels? |got |gets |has been |looks )?(all |so |really |very |still |a bit )*"
    r"(irritated|burning|burns|stinging|stings|raw|sore|on fire|angry|inflamed|peeling)|over[- ]?exfoliat\w+|everything (?:stings|burns)|too many (?:acids|actives)|"
    r"after (an |the |my |some )?irritation|(damaged|broke|wrecked|ruined) my (skin )?barrier|irritated skin)\b",
    re.I,
)
CALM = re.compile(
    r"\b(skin|face|barrier|it) ?('s|’s|is|feels|has|are)? (all |much |finally |now )*"
    r"(calm|calmed|healed|recovered|fine|better|ok|okay|normal|happy)( down)?( again| now)\b|"
    r"\b(not|no longer|isn'?t) (irritated|burning|stinging|raw|sore)\b",
    re.I,
)


def is_irritated(message: str, before: bool = False) -> bool:
    """Whether the writer's skin is said to be irritated now; `before` where the message says nothing of it."""
    if CALM.search(message):
        return False
    return True if IRRITATED.search(message) else before
