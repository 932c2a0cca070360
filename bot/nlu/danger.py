"""Red flags by their signs: words that stand close together show one without any fixed wording.

"My lips blew up after the mask" and "since I used it my lips are twice their size, swollen" have no phrase in common,
but a word of swelling stands near a lip in both. What is only asked about ("how do I avoid a chemical burn?") or said
not to be there ("no swelling so far") is no sign.
"""

from __future__ import annotations

from typing import Callable, Iterator, Sequence

from spacy.tokens import Doc, Span

from bot.nlu.vocabulary import SAFETY_LABEL, Signs

NEGATIONS = frozenset({
    "not", "n't", "no", "without", "never", "hate", "avoid", "avoiding", "dont", "isnt", "arent", "wasnt", "cannot", "nt",
    "cant", "wont", "doesnt", "didnt", "hasnt", "havent",
})
# Without those that refuse something: "what must I avoid when pregnant" denies nothing of the person.
DENIALS = NEGATIONS - {"avoid", "avoiding", "hate"}
STOPS = frozenset({".", "!", "?", ";", "but"})
NEGATION_REACH = 3
REACH = 7
HYPOTHETICAL = frozenset({
    "avoid", "avoiding", "prevent", "prevents", "preventing", "cause", "causes", "notice", "recognise", "recognize", "risk",
    "look", "symptoms", "what's", "mean", "means", "could", "would", "might", "if", "ever", "possible", "normal",
})
DEFINING = frozenset({("what", "is"), ("what", "'s"), ("what", "are")})
HYPOTHETICAL_REACH = 6
MINE_REACH = 10
# Nobody asks about these in general.
NEVER_ASKED = frozenset({"crisis"})
MINE = frozenset({
    "my", "me", "mine", "he", "his", "him", "she", "her", "our", "have", "has", "had", "got", "since", "now", "help",
    "suddenly", "im", "i'm", "i've", "ive", "'m", "'ve",
})


def shown(doc: Doc, signs: Sequence[Signs], word_of: Callable[[str], str]) -> Iterator[Span]:
    """Safety entries that signs show, as spans over the first group's word.

    Args:
        doc: the message.
        signs: what to look for.
        word_of: the ordinary word that a misspelt one stands for.
    """
    words = [word_of(token.lower_) for token in doc]
    present = set(words)
    written = present | {token.lower_ for token in doc}
    for sign in signs:
        if present.isdisjoint(sign.groups[0]) or (sign.told and present.isdisjoint(sign.told)):
            continue
        if not written.isdisjoint(sign.unless_told) and written.isdisjoint(sign.despite):
            continue
        for place, word in enumerate(words):
            if word in sign.groups[0] and _shows(words, place, sign):
                yield Span(doc, place, place + 1, label=SAFETY_LABEL, span_id=sign.id)
                break


def _shows(words: Sequence[str], place: int, sign: Signs) -> bool:
    if place + 1 < len(words) and words[place + 1] in sign.not_before:
        return False
    low, high = max(0, place - sign.reach), place + sign.reach + 1
    near = set(words[low:high])
    if near & sign.unless or not all(group & near for group in sign.groups):
        return False
    # A sign may itself say what cannot be done ("can't breathe"); any other must not be denied.
    says_not = any(group & NEGATIONS for group in sign.groups)
    asked_about = sign.id not in NEVER_ASKED and hypothetical(words, place)
    return (says_not or not denied_before(words, place)) and not asked_about


def denied_before(words: Sequence[str], place: int, negations: frozenset[str] = NEGATIONS) -> bool:
    """True where one of the last words before `place` in the same sentence says that it does not hold."""
    near = words[max(0, place - NEGATION_REACH) : place]
    if near[-1:] == [","] and "not" in near and words[place + 1 : place + 2] not in (["or"], ["and"], ["nor"], [","]):
        return False  # "not tretinoin, adapalene"
    for word in reversed(near):
        if word in STOPS:
            return False
        if word in negations:
            return True
    return False


def hypothetical(words: Sequence[str], place: int) -> bool:
    """True where something is only asked about: "can retinol cause blisters?", but not "could this be why I have
    blisters?"."""
    near = set(words[max(0, place - HYPOTHETICAL_REACH) : place + HYPOTHETICAL_REACH + 1])
    around = set(words[max(0, place - MINE_REACH) : place + MINE_REACH + 1])
    defining = tuple(words[:2]) in DEFINING or words[:1] == ["whats"]
    return (defining or bool(near & HYPOTHETICAL)) and not around & MINE
