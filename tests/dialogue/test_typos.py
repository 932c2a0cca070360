"""Typing slips cost next to nothing: questions that are answered right are asked again as a hasty thumb writes them."""

from __future__ import annotations

import json
import random
import re

from tests.conftest import Assistant
from tests.dialogue.test_questions import QUESTIONS, is_right

VARIANTS = 200
MOST_LOST = 0.03
SHORTEST = 4
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}


def slipped(text: str, chance: random.Random) -> str:
    """The text with one slip in one of its longer words: letters swapped, left out, doubled, or a neighbouring key."""
    places = [match.span() for match in re.finditer(r"[a-z]+", text, re.I) if len(match.group()) >= SHORTEST]
    start, end = chance.choice(places)
    place = chance.randrange(start + 1, end - 1)
    letter = text[place]
    kinds = {
        "swap": text[:place] + text[place + 1] + letter + text[place + 2 :],
        "drop": text[:place] + text[place + 1 :],
        "double": text[:place] + letter + text[place:],
        "neighbour": text[:place] + chance.choice(NEIGHBOURS[letter.lower()]) + text[place + 1 :],
    }
    return kinds[chance.choice(sorted(kinds))]


def test_slips_cost_next_to_nothing(server: str) -> None:
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(7)
    answered = [
        one
        for one in questions
        if re.search(rf"[a-z]{{{SHORTEST}}}", one["text"], re.I) and is_right(one, Assistant(server).text(one["text"]))
    ]
    lost, asked = [], 0
    while asked < VARIANTS:
        question = answered[asked % len(answered)]
        variant = slipped(question["text"], chance)
        asked += 1
        reply = Assistant(server).text(variant)
        if not is_right(question, reply):
            lost.append(f"{variant}\n    {reply[:200]}")
    print(f"\n{VARIANTS} variants of {len(answered)} questions answered right: {len(lost)} lost")
    assert len(lost) / VARIANTS <= MOST_LOST, "\n".join(lost)
