"""Decisions of a conversation for short messages that only go on with it: what is told beside, taken in, added or wanted as a whole."""

from __future__ import annotations

from bot.rules.situations import SITUATION
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context, asks, is_bare, recent_contents
from bot.understanding.decisions_situations import RATHER, something_else_told
from bot.understanding.decisions_told import health
from bot.understanding.frame import SUBJECTS, SURE

MOST_OF_WAITING = 8
NOTED, TAKEN_IN, WEEK = "noted", "thank", "plan_week"
INTRODUCING, INTRODUCED = "waiting_time", "introducing_products"
"""The kind and the term as which "when may the other one come in?" is answered: one new product at a time, and how long between them."""
KINDS = {"asks_how_often": "frequency", "asks_how_much": "amount", "asks_how_long": "results", "asks_what_first": "order"}
# What is named in it is told of and may change advice; it is answered as such.
ANSWERED = ("safety", "condition", "product", "brand")
# Guesses of what only an order, the shop or a wish can mean; a circumstance is none of them where it is sure.
SAYS_SOMETHING = frozenset({"report_problem", "order_status", "cancel_order", "change_order", "return", "refund", "human", "delivery_area"})


def only_tells(context: Context) -> str:
    """A circumstance told within a talk, with no question: "my desk is right at the window". It is taken in, and the talk goes on."""
    frame, memory, person = context.frame, context.memory, context.person
    if not frame.has("tells") or "?" in frame.text or frame.of(*ANSWERED) or frame.number("order_number") is not None:
        return ""
    if health(person) != health(memory.person) or person.skin_types != memory.person.skin_types or frame.whose != _whose(context):
        return ""
    if frame.has("question_word", "of_my_order") or (frame.band == SURE and frame.kind in SAYS_SOMETHING and not _certainly(context, "tells")):
        return ""
    return NOTED


def tells_of_a_situation(context: Context) -> str:
    """The same, where it tells of a situation that was not spoken of: "i'm in an office all day though"."""
    other = something_else_told(context.frame, context.memory, context.person, context.knowledge) if only_tells(context) else None
    return SITUATION if other is not None and other.share >= RATHER else ""


def takes_it_in(context: Context) -> str:
    """ "Ah ok, makes sense" after an answer."""
    frame = context.frame
    return TAKEN_IN if frame.has("agrees") and "?" not in frame.text and is_bare(context) and not frame.of(*ANSWERED) else ""


def adds_the_second(context: Context) -> str:
    """ "And when can the other one come in?" of two things of which one is begun with."""
    frame, memory = context.frame, context.memory
    asks = frame.has("adds_second") and not frame.of("product", "condition", "safety") and not memory.shown.listed
    return INTRODUCING if asks and recent_contents(context) and memory.asked.kind not in ROUTINES else ""


def all_of_it_as_a_plan(context: Context) -> str:
    """ "So what does my week look like with all of that?" after several actives were spoken of."""
    memory = context.memory
    asks = context.frame.has("whole_plan") and not context.frame.of("product", "condition", "safety")
    if not asks or memory.shown.listed:
        return ""
    if memory.asked.kind in ROUTINES:
        return memory.asked.kind
    return WEEK if len(recent_contents(context)) > 1 or memory.person.routine else ""


def all_of_them_together(context: Context) -> str:
    """ "So can I use all three?" after several were named."""
    recent = context.memory.asked.recent
    asks = context.frame.has("all_of_them") and not context.frame.of(*SUBJECTS, "product") and len(recent) > 1
    of_a_routine = context.memory.asked.kind in ROUTINES
    if not asks or of_a_routine or context.memory.shown.listed or context.frame.kind in ("need", "plan_week"):
        return ""
    if context.frame.has("needs_them"):
        return "need"
    return "how_many_at_once" if context.frame.has("every_day", "too_many") else "together"


def which_of_those_named(context: Context) -> str:
    """ "Which of the two should I get?" after ingredients were named, and no products shown."""
    frame, memory = context.frame, context.memory
    asks = frame.has("which_of_two") and frame.kind in ("start_finder", "find_product", "choose", "which_of")
    return "better" if asks and len(memory.asked.subjects) > 1 and not memory.shown.listed else ""


def asks_in_few_words(context: Context) -> str:
    """ "Is daily overkill?", "when will i see something?" of what was talked of, where the classifier makes nothing of it."""
    frame, asked = context.frame, context.memory.asked
    if frame.band == SURE or not is_bare(context) or not asked.named or asked.kind in ROUTINES or context.memory.shown.listed:
        return ""
    return next((kind for cue, kind in KINDS.items() if frame.has(cue)), "")


def tells_how_long_it_lasts(context: Context) -> str:
    """ "It's been two weeks already" within a talk of skin is no order that is waited for."""
    frame, memory = context.frame, context.memory
    of_an_order = memory.request is not None or memory.shown.policy or frame.has("of_my_order", "shop_word", "still_waits") or frame.number("order_number") is not None
    waits = frame.has("has_waited") and not asks(frame)
    return NOTED if waits and memory.asked.kind and not of_an_order and len(frame.words) <= MOST_OF_WAITING and is_bare(context) else ""


def asks_of_the_product_shown(context: Context) -> str:
    """ "Ok, and how often?" of the product talked of."""
    frame, memory = context.frame, context.memory
    asks = (frame.kind == FOLLOW_UP or frame.has("goes_on")) and memory.shown.handle and is_bare(context)
    return next((kind for cue, kind in KINDS.items() if frame.has(cue)), "") if asks else ""


def _whose(context: Context) -> str:
    """Whose skin a message must be about that only goes on: nobody's that is named now."""
    return context.frame.whose if context.frame.whose != "other" or context.memory.of_other else ""


def _certainly(context: Context, name: str) -> bool:
    return any(one.name == name and one.certain for one in context.frame.acts)
