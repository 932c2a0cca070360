"""Whose skin a question is about: the person's own, or somebody else's of whom the message tells."""

from __future__ import annotations

from typing import Collection, Sequence

from bot.understanding.cues import Found
from bot.understanding.matching import Word

MINE, OTHER = "mine", "other"
SHE, HE = frozenset({"she", "her"}), frozenset({"he", "him", "his"})
BEFORE_PEOPLE = frozenset({"my", "our", "her", "his", "a", "the", "^"})
WAS = frozenset({"was", "were", "as"})
REACH = 3


def whose(question: Found, around: Found, speaks_of_others: bool = True) -> str:
    """`OTHER`, `MINE`, or empty where nobody is named.

    Somebody of whom the message tells is meant by the question, unless they only gave something or said something ("my sister
    swears by it"), or the person tells of themself too, and the question asks for them alone ("should I").

    Args:
        question: what is found in the words of the question alone.
        around: what is found in the whole message.
        speaks_of_others: false for a story without a word such as "she", whose people stand beside it ("my brother's wedding").
    """
    if "of_others" not in around.told:
        return MINE if "first_person" in around.told else ""
    if "nurses" in around.told:
        return MINE
    if "asks_for_others" in question.told:
        return OTHER
    if not speaks_of_others and {"tells_of_myself", "first_person"} <= around.told and "of_others" not in question.told:
        return MINE
    if "given_by_others" in around.told and "first_person" in around.told:
        return MINE
    if "asks_for_myself" not in question.told:
        return OTHER
    return MINE if "tells_of_myself" in around.told and "of_others" not in question.told else OTHER


def whom(spoken: Sequence[Word], people: Collection[str]) -> str:
    """Who somebody else is: the word for them, else "she" or "he".

    Args:
        people: words for people ("sister").
    """
    for place, word in enumerate(spoken):
        of_the_past = place > 0 and spoken[place - 1].text in WAS  # "since he was a baby" speaks of no baby
        if word.text in BEFORE_PEOPLE and not of_the_past:
            near = [one.text for one in spoken[place + 1 : place + 1 + REACH]]
            found = next((one for one in near if one in people), "")
            if found:
                return found
    texts = {word.text for word in spoken}
    return "she" if texts & SHE else "he" if texts & HE else ""
