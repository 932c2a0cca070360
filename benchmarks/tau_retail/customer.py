"""A customer who plays a task by a script: says what the task wants in the first person, proves who they are when asked, agrees to
what is shown unless the task told them to say something else then, and gives the rest of the task's facts only when asked.

It is no person and no language model: it cannot judge what it is shown, so it agrees also to what is wrong. What it measures is
whether the assistant does what is plainly said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, List, Mapping, Sequence

MOST_TURNS = 14
PERSONS = (
    ("you'd", "I'd"), ("you'll", "I'll"), ("you're", "I'm"), ("you've", "I've"), ("you are", "I am"), ("you name is", "my name is"), ("your name is", "my name is"),
    ("yourself", "myself"), ("your", "my"), ("you", "I"),
)
# What sentences or brackets of a task hold that tell the player how to play, not what to say.
OF_THE_PLAY = (
    "make sure you", "make sure to", "mention the two", "do not reveal", "don't reveal", "the agent", "prefer not to reveal", "do not want to reveal", "do not want to mention",
    "won't reveal", "never", "don't share", "you first try",
)
CONFIRMING = ("asks for confirmation", "asks for final confirmation", "asks you to confirm", "asks to confirm")
NOT_TO_BE_HAD = ("not possible", "cannot", "can't", "doesn't allow", "does not allow", "not available", "no exact", "there is no", "can only")
REFUSED = ("can only", "can't", "no such variant", "is what you have", "nowhere else", "not enough")
# How a sentence begins that tells what to say, without being said.
LEADS = ("you add another request and", "do not say yes immediately, because", "then", "tell it to", "tell the agent to", "you ask the agent to", "ask the agent to", "you ask to")


@dataclass
class Customer:
    """One play of a task. `said` are the sentences that were said, `held` those for later."""

    task: Mapping[str, Any]
    held: List[str] = field(default_factory=list)
    replies: List[str] = field(default_factory=list)
    asked_before: str = ""

    def begins(self) -> str:
        """The first message."""
        sentences = [one for one in map(_without_play, _sentences(str(self.task["reason_for_call"]))) if one]
        self.held = [one for one in sentences if _is_for_later(one)]
        first = [one for one in sentences if one not in self.held and not any(mark in one.lower() for mark in OF_THE_PLAY)]
        return " ".join(in_first_person(one) for one in first or sentences)

    def answers(self, reply: str, buttons: List[str]) -> str:
        """The next message, empty where the customer is done."""
        again = reply == self.asked_before
        self.asked_before = reply
        self.replies.append(reply)
        lower = reply.lower()
        if again or len(self.replies) > MOST_TURNS:
            return ""
        if "who you are" in lower or "tell me again" in lower or "first and last name" in lower or "which postcode" in lower:
            return in_first_person(str(self.task["known_info"]))
        if "shall i" in lower.rsplit("\n", 1)[-1] or any(one.lower().startswith("yes") for one in buttons):
            return self._held_for(CONFIRMING) or (self._held_for(NOT_TO_BE_HAD) if any(one in lower for one in REFUSED) else "") or "yes"
        if "why shall order" in lower:
            return "ordered by mistake" if "mistake" in str(self.task).lower() else "no longer needed"
        return self._more()

    def _more(self) -> str:
        """The next of the sentences that were held back: what follows its condition."""
        return _consequence(self.held.pop(0)) if self.held else ""

    def _held_for(self, marks: Sequence[str]) -> str:
        """The first sentence that was held back for such a reply."""
        found = next((one for one in self.held if any(mark in one.lower() for mark in marks)), "")
        if not found:
            return ""
        self.held.remove(found)
        return _consequence(found)


def in_first_person(text: str) -> str:
    """What a task says to the player ("You want to return ...") as the player says it."""
    for second, first in PERSONS:
        for before, after in ((second, first), (second.capitalize(), first[0].upper() + first[1:])):
            text = _replaced(text, before, after)
    return text


def _is_for_later(sentence: str) -> bool:
    """Whether a sentence is said only when it fits; a preference is told at once."""
    lower = sentence.lower()
    return (lower.startswith(("if ", "but when ", "when ")) and "available, you prefer" not in lower) or " asks " in lower


def _without_play(sentence: str) -> str:
    """A sentence without brackets that tell how to play."""
    while "(" in sentence and ")" in sentence:
        start = sentence.index("(")
        end = sentence.find(")", start)
        inside = sentence[start : end + 1].lower()
        if end < 0 or not any(mark in inside for mark in OF_THE_PLAY):
            break
        sentence = f"{sentence[:start].rstrip()}{sentence[end + 1 :]}"
    return sentence if any(map(str.isalpha, sentence)) else ""


def _consequence(sentence: str) -> str:
    """What is said where a condition holds: what stands behind it, without how to say it."""
    said = sentence.split(",", 1)[1].strip() if "," in sentence else sentence
    for lead in LEADS:
        if said.lower().startswith(lead):
            said = said[len(lead) :].strip()
    return in_first_person(said)


def _replaced(text: str, before: str, after: str) -> str:
    """Whole words replaced."""
    place = text.find(before)
    while place >= 0:
        end = place + len(before)
        whole = (place == 0 or not text[place - 1].isalpha()) and (end == len(text) or not (text[end].isalpha() or text[end] == "'"))
        text = text[:place] + after + text[end:] if whole else text
        place = text.find(before, place + len(after if whole else before))
    return text


def _sentences(text: str) -> List[str]:
    found: List[str] = []
    for word in text.split():
        if found and not found[-1].endswith((".", "!", "?", ".)")):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return [one for one in found if any(map(str.isalpha, one))]
