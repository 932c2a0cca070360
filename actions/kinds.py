"""Kinds of question that share an intent, told apart by their wording: a rule does this better than a classifier."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions import conversation
from actions.narrower import narrowed
from actions.resources import knowledge
from bot.rules.choosing import TEEN
from bot.rules.safety import red_flags

SHARED_INTENTS = {
    "next_step": "ask_order", "how_many_at_once": "ask_routine_steps", "calming": "ask_irritation", "pregnancy_used": "ask_pregnancy", "different_times": "ask_time_of_day",
}
COMEDOGENIC = re.compile(r"\bcomedogenic", re.I)
WITH = re.compile(r"\b(?:with|w)\b", re.I)
ANYTHING = re.compile(r"\b(?:everything|anything|any other|all (?:other|my)|other (?:products|ingredients|actives))\b", re.I)
NEXT_STEP = re.compile(r"\b(?:next step|steps? (?:is there )?(?:after|follow\w*)|(?:comes?|goes?|put|use|apply|anything) (?:\w+ ){0,3}after)\b", re.I)
FOLLOWS = re.compile(
    r"\b(?:after\w*|next|then|over|top|follow\w*|finish\w*|seal\w*|continue|done|straight|once|need\w*|post|just)\b", re.I
)
IN_ORDER = re.compile(
    r"\b(?:before|b4|first|1st|order|sequence|layer\w*|under\w*|where|steps?|last|or|precedes?|between|thin\w*|ahead|position|"
    r"end|fit|final|place|belongs?|correct|which)\b",
    re.I,
)
USED_ALREADY = re.compile(
    r"\b(?:i|i've|ive|we) (?:have |had |just |accidentally |already |only |been |was |still |once |unknowingly )*"
    r"(?:used|applied|put on|using|wore|put)\b|\b(?:accidentally|by accident|by mistake|before i knew|without knowing|didn'?t know)\b",
    re.I,
)
INSTEAD = re.compile(r"\b(?:instead|alternatives?|substitutes?|replac\w+|swap|rather than|other than)\b", re.I)
INSTEAD_OF = re.compile(r"\b(?:instead of|alternatives? (?:to|for)|substitutes? (?:for|to)|replacement for)\b", re.I)
VEGAN = re.compile(r"\b(?:vegan|plant[- ]based|animal[- ]free|no animal\w*)\b", re.I)
OR = re.compile(r"\bor\b", re.I)
THEN = re.compile(r"\b(?:then|next morning|morning after)\b", re.I)
WHICH_INGREDIENTS = re.compile(
    r"\b(?:which|what) (?:kind of |type of )?(?:ingredients?|actives?)\b.*\b(?:ok|okay|safe|fine|good|can|could|should|allowed|suit\w*|use|help\w*)\b", re.I
)
CONTENT = ("ingredient", "family")
JOINED = re.compile(r"[\W_]*(?:(?:and|with|n|w|plus|together with)[\W_]*)?", re.I)
TIME = "time_of_day"
ABOUT_AGE = re.compile(
    r"\b(?:too (?:young|old|early|late|soon)|old enough|young enough|(?:what|which|at|minimum|starting|right) age|age (?:to|should|do|can)|"
    r"when (?:should|can|do|to|is|must)|since what|still|already|anti[- ]?ag\w+|teen\w*|kids?|child\w*)\b",
    re.I,
)
EVERY_DAY = re.compile(r"\b(?:every|each) (?:single )?(?:day|night|nite|evening|morning)\b|\b(?:daily|nightly|everyday)\b", re.I)
GOES_FIRST = re.compile(r"\b(?:use|put|apply|goes?|comes?|layer)\b[^.?!]{0,30}\bfirst\b", re.I)
AT_ONCE = re.compile(r"\b(?:(?:same|one|a single) (?:day|night|evening|morning|routine|time)|together|at once)\b", re.I)
BEFORE_OR_AFTER = re.compile(r"\b(?:before or after|after or before|over or under|under or over)\b", re.I)
OF_A_ROUTINE = re.compile(r"\b(?:steps?|routine|regime\w*|basics?|minim\w*|stages?|ritual|fewest|least|in total)\b", re.I)
THE_FEW = re.compile(
    r"\bwhich (?:(?:of them|ones?|products?|things|are|should|would|two|three|four|five|\d+)\b|$)|\bwhat (?:are they|(?:should|would) they be)\b"
    r"|\bwhich\W*$|\bmust[- ]haves?\b",
    re.I,
)
HOW_LONG = re.compile(r"\b(?:how (?:long|soon|many (?:days|weeks))|when (?:will|does|do|is|can)|(?:days|weeks) (?:until|till|before))\b", re.I)
OF_IRRITATION = frozenset({"irritation", "calming", "reaction"})
TOO_MANY = re.compile(r"\b(?:max\w*|at once|at a time|at most|several|multiple|too many|limit|actives?|acids?)\b", re.I)

ENDS_REMINDERS = re.compile(
    r"\b(?:cancel\w*|delet\w*|remov\w*|stop\w*|quit\w*|end|off|no more|no longer|any ?more|chang\w*|mov\w*|edit\w*|"
    r"unsubscribe|disable|get rid|drop|(?:don['’]?t|not) (?:want|remind|need))\b",
    re.I,
)
SEES_REMINDERS = re.compile(
    r"\b(?:list|show|see|(?:which|what|any|my|next) (?:\w+ )?reminders?(?! me)|when (?:will|do|are|is)|did you|what time)\b(?! it)",
    re.I,
)
REMIND_ME = re.compile(r"(?<!not )(?<!n['’]t )(?<!dont )(?<!will you )\bremind me (?:to|on|when|every|in|at|about|of|that|tonight|tomorrow)\b", re.I)

OWN_PRODUCTS = re.compile(
    r"\bmy (?:own )?(?:products|shelf|stuff|things)\b|\b(?:what|products|things|everything|all|ones) (?:that )?i(?:'ve)? (?:already )?(?:have|own|got|use)\b(?! to\b)|"
    r"\bturn (?:these|those|them) into\b",
    re.I,
)


def kind_of(tracker: Tracker) -> str:
    """The kind of question that the latest message asks: its intent's name without "ask_", or one that shares it."""
    kind = conversation.intent(tracker)
    kind = kind[len("ask_") :] if kind.startswith("ask_") else kind
    message = conversation.wording(tracker)
    if COMEDOGENIC.search(message):
        return "comedogenic"
    if _wants_no_animals(tracker, kind, message):
        return "replace_vegan"
    narrow = narrowed(kind, message)
    if narrow != kind:
        return narrow
    if kind in ("for_skin_type", "for_concern") and _offers_two(tracker):
        return "better"
    if kind == "can_use" and WITH.search(message) and (conversation.REFERS_BACK.search(message) or ANYTHING.search(message)):
        return "together"
    if kind in ("difference", "what_is", "benefits", "order") and _names_two_only(tracker, message):
        return "together"
    if kind == "report_reaction" and not set(conversation.values(tracker, "safety")) & red_flags(knowledge()):
        return "reaction"
    several = len(conversation.values(tracker, *CONTENT)) > 1
    if several and (kind in ("can_use", "medical") or (kind == "frequency" and AT_ONCE.search(message))):
        return "together"
    if kind in ("irritation", "for_skin_type", "for_concern") and BEFORE_OR_AFTER.search(message):
        return "order"
    if kind == "better" and GOES_FIRST.search(message):
        return "order"
    if kind == "pregnancy" and "pregnancy" in conversation.values(tracker, "safety", role="negated"):
        return "can_use"
    if kind == "pregnancy" and USED_ALREADY.search(message):
        return "pregnancy_used"
    if kind == "pregnancy" and INSTEAD.search(message) and conversation.entities(tracker, "ingredient"):
        return "replace"
    if kind == "for_concern" and _wants_another(tracker):
        return "replace"
    if kind in ("for_skin_type", "for_concern") and INSTEAD_OF.search(message) and conversation.entities(tracker, *CONTENT):
        return "replace"
    if kind in ("choose", "avoid_mixing") and asks_which_ingredients(message) and _knows_the_skin(tracker):
        return "for_concern"
    ages = conversation.values(tracker, "age")
    if kind == "age" and ages and int(ages[0]) >= TEEN and conversation.entities(tracker, "concern") and not ABOUT_AGE.search(message):
        return "for_concern"
    if kind == "time_of_day" and several and (len(conversation.values(tracker, TIME)) > 1 or THEN.search(message)):
        return "different_times"
    if kind in ("routine_steps", "need") and EVERY_DAY.search(message) and len(conversation.values(tracker, *conversation.SUBJECTS)) == 1:
        return "frequency"
    if kind in ("irritation", "results", "waiting_time") and HOW_LONG.search(message) and _is_of_irritation(tracker, kind):
        return "calming"
    if kind == "order" and asks_next_step(message):
        return "next_step"
    if kind == "routine_steps" and asks_how_many(message, bool(conversation.entities(tracker, *conversation.SUBJECTS))):
        return "how_many_at_once"
    return kind


def _wants_no_animals(tracker: Tracker, kind: str, message: str) -> bool:
    """True for what a vegan can take in place of an ingredient."""
    vegan = kind == "vegan" or VEGAN.search(message)
    return bool(vegan and (kind == "replace" or INSTEAD.search(message)) and conversation.entities(tracker, "ingredient"))


def _offers_two(tracker: Tracker) -> bool:
    """True where two kinds of product are offered to choose from: "an ampoule for dry skin or a serum?"."""
    found = conversation.entities(tracker, "product_type")
    message = conversation.text(tracker)
    return any(
        one["value"] != other["value"] and OR.search(message[one["end"] : other["start"]])
        for one, other in zip(found, found[1:])
    )


def asks_which_ingredients(message: str) -> bool:
    """True for which ingredients may be used at all, no product and no list named."""
    return bool(WHICH_INGREDIENTS.search(message))


def _knows_the_skin(tracker: Tracker) -> bool:
    known = conversation.profile(tracker)
    return bool(known.concerns or known.skin_types) and not conversation.entities(tracker, *conversation.ASKED_ABOUT)


def _wants_another(tracker: Tracker) -> bool:
    """True where something else than an ingredient is wanted for a concern that it helps with."""
    concerns = set(conversation.values(tracker, "concern"))
    excepted = conversation.excepted(tracker) & set(knowledge().ingredients)
    return any(concerns & set(knowledge().ingredients[one].helps) for one in excepted)


def _is_of_irritation(tracker: Tracker, kind: str) -> bool:
    """True where how long skin takes to calm down is asked: by the question itself, or right after one about it."""
    last = (tracker.get_slot("last_question") or {}).get("kind")
    named = conversation.entities(tracker, *conversation.ASKED_ABOUT, *conversation.NEEDS)
    return not named and (kind == "irritation" or last in OF_IRRITATION)


def _names_two_only(tracker: Tracker, message: str) -> bool:
    """True for two ingredients and nothing else: "pdrn and retinol?"."""
    found = conversation.entities(tracker, *CONTENT)
    if len(found) != 2 or message != conversation.text(tracker):
        return False
    first, second = found
    return all(
        JOINED.fullmatch(part)
        for part in (message[: first["start"]], message[first["end"] : second["start"]], message[second["end"] :])
    )


def asks_next_step(message: str) -> bool:
    """True for what comes after a product, as against which of two goes first: "toner, then what"."""
    return bool(NEXT_STEP.search(message)) or bool(FOLLOWS.search(message) and not IN_ORDER.search(message))


def asks_how_many(message: str, names_subjects: bool) -> bool:
    """True for how many products are too many at once, as against how many steps a routine needs, or which few."""
    of_a_routine = OF_A_ROUTINE.search(message) or THE_FEW.search(message)
    return bool(TOO_MANY.search(message)) or names_subjects or not of_a_routine


def sets_reminder(message: str) -> bool:
    """True for a wish to be reminded, as against seeing, changing or ending what is set already."""
    return bool(REMIND_ME.search(message)) or not (ENDS_REMINDERS.search(message) or SEES_REMINDERS.search(message))


def names_own_products(message: str) -> bool:
    """True for a routine out of what the person has, as against one out of the shop's products."""
    return bool(OWN_PRODUCTS.search(message))
