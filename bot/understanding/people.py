"""Whom somebody says to be: a name and a postcode in a message, as far as they are told."""

from __future__ import annotations

from typing import List, Sequence

from bot.understanding.requests import RequestWords
from bot.understanding.said import Said, said

SHORTEST, LONGEST = 2, 3
MARKS = "().,;:!?\"'"
FEWEST_DIGITS, LONGEST_CODE = 3, 8
SURELY = 4


def name_in(text: str, words: RequestWords, asked: bool) -> str:
    """The first and last name that somebody tells, empty where they tell none.

    Args:
        text: the message.
        words: what leads up to a name, and what is none.
        asked: whether they were asked for it, so that a bare name is one.
    """
    account = _as_account(text)
    if account:
        return account
    tokens = said(text)
    plain = [one.word for one in tokens]
    leads = sorted((phrase for phrase in words.list("names")), key=len, reverse=True)
    for place in range(len(plain)):
        for lead in leads:
            if tuple(plain[place : place + len(lead)]) == lead:
                found = _run(tokens[place + len(lead) :], words)
                if len(found) >= SHORTEST and (asked or _capitals(text, tokens[place + len(lead) :][: len(found)])):
                    return " ".join(found)
    runs = [(place, found) for place in range(len(tokens)) if SHORTEST <= len(found := _run(tokens[place:], words)) <= LONGEST]
    marked = [_weight(text, tokens, place, len(found)) for place, found in runs]
    least = 0 if asked else SURELY
    best = max(marked, default=-1)
    return " ".join(runs[marked.index(best)][1]) if best >= least else ""


def _weight(text: str, tokens: Sequence[Said], place: int, size: int) -> int:
    """How much a run of words looks like a name: that it is a part of its own, written as names are, with a postcode behind it. "How
    many" does not."""
    before, last, behind = place == 0 or bool(tokens[place - 1].stop), tokens[place + size - 1], tokens[place + size : place + size + 2]
    alone = before and (bool(last.stop) or not behind)
    coded = bool(behind) and _is_code(behind[0].word) and (len(behind) == 1 or bool(behind[0].stop))
    return (2 if _capitals(text, tokens[place : place + size]) and before else 0) + alone + 2 * coded


def _as_account(text: str) -> str:
    """The name in an account's ("ann_lee_3850")."""
    for chunk in text.split():
        parts = [part for part in chunk.strip(MARKS).split("_") if part]
        names = [part for part in parts if part.isalpha()]
        if "@" not in chunk and SHORTEST <= len(names) <= LONGEST and len(parts) - len(names) <= 1 and all(part.isdecimal() for part in parts[len(names) :]):
            return " ".join(names)
    return ""


def postcode_in(text: str, words: RequestWords, asked: bool) -> str:
    """The postcode that somebody tells: behind the word for it, or `asked` a bare one; empty where there is none."""
    plain = [one.word for one in said(text)]
    leads = words.list("postcode")
    for place in range(len(plain)):
        for lead in leads:
            if tuple(plain[place : place + len(lead)]) == lead:
                behind = [word for word in plain[place + len(lead) : place + len(lead) + LONGEST + 1] if _is_code(word)]
                if behind:
                    return behind[0].upper()
    bare = [word for word in plain if _is_code(word)]
    return bare[-1].upper() if asked and bare else ""


def _capitals(text: str, tokens: Sequence[Said]) -> bool:
    """Whether words are written as names are."""
    return all(text[one.start : one.end].strip("\"'(#").title()[:1] == text[one.start : one.end].strip("\"'(#")[:1] for one in tokens)


def _run(tokens: Sequence[Said], words: RequestWords) -> List[str]:
    """The words of a name at the beginning of tokens."""
    no_names = {phrase[0] for phrase in words.list("no_names")}
    found: List[str] = []
    for one in tokens:
        word, stop = one.word, one.stop
        if not word.isalpha() or word in no_names or len(found) == LONGEST:
            break
        found.append(word)
        if stop:
            break
    return found


def _is_code(word: str) -> bool:
    digits = sum(letter.isdecimal() for letter in word)
    return digits >= FEWEST_DIGITS and len(word) <= LONGEST_CODE and word[:1].isdecimal() and word.replace("-", "").isalnum()
