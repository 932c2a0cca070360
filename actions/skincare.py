"""Answers a skincare question through the rules; other actions use it too."""

from __future__ import annotations

import re
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory
from actions.resources import knowledge
from actions.wording import Wording, show
from bot.rules.advice import Advice, Question
from bot.rules.answers import answer
from bot.rules.reasons import promising_no_date, promising_no_lasting_change, promising_nothing
from bot.rules.schema import Verdict

CURES = re.compile(r"\b(?:cures?|cured|heals?|healed)\b", re.I)
OVERNIGHT = re.compile(
    r"\b(?:overnight|over night|by tomorrow|instant(?:ly)?|immediately|straight away|"
    r"(?:in|within) (?:a|an|one|1|two|2|three|3) (?:days?|nights?|hours?))\b",
    re.I,
)
FOR_GOOD = re.compile(r"\b(?:permanent(?:ly)?|for ever|forever|for good)\b", re.I)
OF_RESULTS = frozenset({"for_concern", "results", "evidence", "benefits"})
# "Is it bad for dry skin?": yes would say the contrary of what is meant.
TURNED = re.compile(
    r"\b(?:is|are|isn'?t|will|does|do|would|can|could|it'?s|be) (?:\w+ ){0,4}(?:bad|harmful|dangerous|unsafe|risky|wrong|harm|hurt|damage|ruin|"
    r"irritate|clog|worse|worsen)\b|\b(?:bin|toss|throw|quit|give up|get rid of|stop using|avoid)\b",
    re.I,
)
# "Can I skip it?": yes would say the contrary of "yes, it is needed".
OF_NEED = frozenset({"need", "sunscreen"})
SKIPS = re.compile(r"\b(?:skip|stop|leave out|leave off|drop|omit)\b", re.I)
# Kinds whose verdict answers the very question asked; elsewhere "yes" could contradict it ("can I skip it?").
YES_OR_NO = frozenset({
    "frequency", "together", "rinse_off", "replace", "pregnancy", "for_skin_type", "age", "percent", "can_use", "need",
    "next_step", "how_many_at_once", "spoiled", "twice_a_day", "order_check",
    "different_times",
})
# Of these only a plain yes or no is said; anything between stands in their words.
PLAINLY = frozenset({"for_concern", "sunscreen", "shelf_life"})
PLAIN = frozenset({Verdict.YES, Verdict.NO})
# Even few words of these ask for yes or no: "centella and salicylic acid?", "what about sunscreen?".
ALWAYS_YES_OR_NO = frozenset({"can_use", "together"})
WHAT_ABOUT = re.compile(r"\b(?:what|how|wat|whats|hows) about\b", re.I)


def reply(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any], asked: Question
) -> List[EventType]:
    """Answers one question and remembers it."""
    advice = answer(knowledge(), asked)
    if asked.polar and CURES.search(conversation.wording(tracker)):
        advice = promising_nothing(advice)
    elif asked.polar and asked.kind in OF_RESULTS and OVERNIGHT.search(conversation.wording(tracker)):
        advice = promising_no_date(advice)
    elif asked.polar and asked.kind in OF_RESULTS and FOR_GOOD.search(conversation.wording(tracker)):
        advice = promising_no_lasting_change(advice)
    show(dispatcher, Wording(domain), advice, polar=wants_yes_or_no(asked, advice, conversation.wording(tracker)))
    return memory.remember(tracker, asked, advice)


def wants_yes_or_no(asked: Question, advice: Advice, message: str) -> bool:
    """True where the verdict is a fitting first word."""
    if _turned(asked, message):
        return False
    plain = advice.verdict in PLAIN
    if asked.polar:
        return asked.kind in YES_OR_NO or (asked.kind in PLAINLY and plain)
    asks_more = conversation.QUESTION_WORD.search(WHAT_ABOUT.sub("", message))
    return asked.kind in ALWAYS_YES_OR_NO and plain and not asks_more


def _turned(asked: Question, message: str) -> bool:
    """True where yes would say the contrary of what is meant."""
    return bool(TURNED.search(message)) or (asked.kind in OF_NEED and bool(SKIPS.search(message)))


def reply_bare(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
) -> List[EventType] | None:
    """Answers a bare message that means the last skincare question; None when it is about the shop."""
    kind = conversation.skincare_instead(tracker)
    return reply(dispatcher, tracker, domain, conversation.question(tracker, kind)) if kind else None
