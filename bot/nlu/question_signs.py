"""Signs by which a question is told in a row of lower-case words: question words, order of words, requests."""

from __future__ import annotations

import re
from typing import NamedTuple, Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONNECTORS = frozenset({"and", "also", "but", "plus", "then", "so", "n", "nd", "additionally"})
COMMAS = frozenset(",:&+-–—/(")
FILLERS = _words(
    "hi hello hey hiya ok okay well please pls plz btw actually oh um uh first firstly second secondly third lastly "
    "finally next again too q question quick thanks thank ps just like guys dear sorry 1 2 3 1st 2nd 3rd")
SKIPPED = CONNECTORS | FILLERS
WH = _words(
    "what whats wat wats wht what's which when whens when's where wheres where's who whos who's whose why how hows how's "
    "wen wich")
CONTRACTED = _words("whats wats what's whens when's wheres where's whos who's hows how's")
AUX = _words(
    "can could is are r do does did should shud will would wud may must has have am was were shall isnt isn't arent "
    "aren't dont don't doesnt doesn't cant can't couldnt couldn't shouldnt shouldn't wont won't wouldnt wouldn't")
MODALS = _words("can could should shud do does may must would wud shall")
ALSO_VERBS = _words("have has do r is are was were")
NOMINATIVE = _words("i u you we it they this that these those there")
SUBJECT = NOMINATIVE | _words(
    "ya he she the a an my your ur our their any anyone someone people one both all im")
SUBORDINATE = frozenset({"when", "where", "who", "which", "why", "whose"})
JUDGING = _words("ok okay fine safe bad good wrong right allowed enough necessary worth better harmful risky pointless idea mistake overkill")
NO_SUBJECT = _words("be been being not also only just so very too still never always to")
ASKS_ABOUT = _words(
    "if whether that than because know knows tell wonder wondering ask asking asked idea sure say says explain understand "
    "of about on by see out think confused show learn decide remember guess matter matters depend depends or unless "
    "until and since as while after before with for in at from like")
REQUEST = re.compile(
    r"(?:(?:can|could|would|will) (?:you|u|someone|anyone) )?(?:please |pls |plz |kindly )?"
    r"(?:tell|show|give|send|recommend|suggest|explain|advise|help) (?:me|us|a|an|some|something|what|which|how|when|if|the)\b"
    r"|(?:i|we) (?:also |just |really )?(?:need|want|wanna|would like|'?d like|wanted|am trying|was wondering)"
    r" (?:to (?:know|ask|find out|return|cancel|exchange|order|buy|track|change)|if|whether)\b"
    r"|let me know\b|(?:i'?m |im |just |was )?wondering (?:if|whether|what|how|when|which|about)\b"
    r"|(?:any|some) (?:recs|recommendations?|suggestions?|tips|advice) (?:for|on)\b|any idea (?:if|how|what|when|which)\b"
    r"|(?:i'?m |im |i )?(?:not sure|don'?t know|no idea|unsure) "
    r"(?:if|whether|what to|how to|when to|which|how (?:often|much|many|long))\b"
)
INDIRECT = re.compile(r"\b(?:know|wondering|tell me|sure|ask|asking|idea|find out) (?:if|whether)\b")
GOOD_PREDICATE = re.compile(r"(?:better|best|stronger|lighter|cheaper|more|good|right|safer|first)\b")
REACH = 3


class Word(NamedTuple):
    """A lower-case word, where it stands in the message, and the punctuation before it."""

    text: str
    start: int
    end: int
    before: str


def is_joint(words: Sequence[Word], place: int) -> bool:
    """True where a new clause may start: at "and", "but" and the like, and behind a comma or a dash."""
    return words[place].text in CONNECTORS or (place > 0 and any(mark in COMMAS for mark in words[place].before))


def after_joints(words: Sequence[Word], place: int) -> int:
    """The place of the first word from here on that is neither connector nor filler."""
    while place < len(words) and words[place].text in SKIPPED:
        place += 1
    return place


def past_joints(words: Sequence[Word]) -> list[int]:
    """What `after_joints` gives for each place, found in one go."""
    past = [len(words)] * (len(words) + 1)
    for place in range(len(words) - 1, -1, -1):
        past[place] = past[place + 1] if words[place].text in SKIPPED else place
    return past


def opens_question(words: Sequence[Word], place: int) -> bool:
    """True when a question may start at this word, given that a clause does."""
    rest = " ".join(one.text for one in words[place : place + 8])
    return bool(REQUEST.match(rest)) or _question_word(words, place) or inverted(words, place) or _loose_aux(words, place)


def breaks_in(words: Sequence[Word], place: int) -> bool:
    """True when a new question starts here without any joint, as in speech: "what is it *can i* use it daily"."""
    if words[place - 1].text in ASKS_ABOUT:
        return False
    if words[place].text in WH:
        return has_verb_near(words, place)
    belongs = any(word.text in WH for word in words[max(0, place - REACH) : place])
    return inverted(words, place) and not belongs


def asks_within(words: Sequence[Word]) -> bool:
    """True for a question behind an opening: "for oily skin what serum is best", "if it burns should i stop"."""
    return any(
        inverted(words, place) or (words[place].text in WH and has_verb_near(words, place))
        for place in range(1, len(words))
    )


def inverted(words: Sequence[Word], place: int) -> bool:
    """An auxiliary before its subject: "can i", "is it"; not the verb of a statement ("i do it", "i have a")."""
    if words[place].text not in AUX or place + 1 >= len(words) or words[place + 1].text not in SUBJECT:
        return False
    before = words[place - 1].text if place else ""
    if words[place].text in ALSO_VERBS and words[place + 1].text not in NOMINATIVE:
        return not before or before in CONNECTORS | FILLERS
    return before not in SUBJECT


def has_verb_near(words: Sequence[Word], place: int) -> bool:
    """True for a question word whose verb is close: "how much should i", "what is", "whats", "what about"."""
    if words[place].text in CONTRACTED:
        return True
    near = words[place + 1 : place + 2 + REACH]
    if not near:
        return False
    if near[0].text == "about" or (words[place].text in {"what", "wat"} and near[0].text in AUX):
        return True
    if len(near) > 1 and near[0].text not in SUBJECT | AUX and near[1].text in AUX:
        return True
    return any(inverted(near, here) for here in range(len(near)))


def _question_word(words: Sequence[Word], place: int) -> bool:
    word = words[place].text
    if word not in WH:
        return False
    if place + 1 == len(words):
        return True
    after = words[place + 1].text
    if word not in SUBORDINATE:
        return not (word == "what" and after in {"i", "we"} and not _modal_follows(words, place + 1))
    if word in {"which", "who", "where"} and after in {"is", "are", "was", "has"} and place and "," in words[place].before:
        return bool(GOOD_PREDICATE.match(" ".join(one.text for one in words[place + 2 : place + 4])))
    return after not in SUBJECT - {"one", "both"} or _modal_follows(words, place + 1)


def _modal_follows(words: Sequence[Word], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1].text in MODALS | {"need"}


def _judges(words: Sequence[Word]) -> bool:
    """True where something said to be done is judged: "... a bad idea", "... safe"."""
    return any(word.text in JUDGING for word in words)


def _loose_aux(words: Sequence[Word], place: int) -> bool:
    """An auxiliary before a subject of any kind: "and is retinol", not "and is used"."""
    word = words[place].text
    if word not in AUX - {"have", "has", "am"} or place + 1 >= len(words):
        return False
    after = words[place + 1].text
    if after.endswith("ing") and (word in MODALS - {"do", "does"} or _judges(words[place + 2 :])):
        return True  # "could baking soda ...", "is slugging over it a bad idea"
    if place and words[place - 1].text not in FILLERS and word not in {"is", "are", "does", "do", "can", "should", "will"}:
        return False
    return after not in NO_SUBJECT and not after.endswith(("ed", "ing", "ly"))
