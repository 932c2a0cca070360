"""Whether somebody writes of themself as new to actives, or as used to them."""

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
