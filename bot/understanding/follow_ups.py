"""What short messages mean that go on from the last answer and name nothing: "when then?", "what can I use instead?"."""

from __future__ import annotations

from bot.rules.gate import is_held, is_hurt
from bot.rules.situations import SITUATION, advises_against
from bot.understanding import shopping
from bot.understanding.context import ROUTINES, Context, is_bare, recent_contents
from bot.understanding.frame import ASKED_ABOUT, CONTENT, NEEDS, SUBJECTS, SURE
from bot.understanding.situations import fitting, of_this_one

# Guesses that a bare "why not?" or "are you sure?" may get.
OF_ANSWERS = frozenset({"affirm", "deny", "source", "what_is", "cause", "follow_up", "show_more", "irritation", "side_effects", "medical", "authenticity"})
# Guesses that a bare "what can I use instead?" may get.
OF_CHOOSING = frozenset({
    "replace", "find_similar", "check_routine", "order", "how_to_order", "choose", "for_concern", "can_use", "find_product", "start_finder", "next_step",
    "build_routine", "routine_steps", "benefits", "medical", "pregnancy", "follow_up", "similar", "better", "carrier", "calming", "irritation", "amount",
    "strength",
})
SPOILED = "spoiled"
MEDICAL, PREGNANCY, STRENGTH = "medical", "pregnancy", "percent"
# Guesses of another subject named behind a question about pregnancy.
OF_PREGNANCY_TOO = frozenset({"percent", "strength", "what_is", "follow_up", "can_use", "benefits"})
OF_HEALING = frozenset({MEDICAL, "on_hurt_skin", "calming", "irritation", "reaction", "lasting_irritation"})
# More words than these bring up something of their own.
MOST_OF_BARGAINS = 24
MOST_OF_TIMES = 12
# "Which of the two goes first?"
OF_THEIR_ORDER = frozenset({"order", "order_check", "next_step", "difference", "different_times"})
# Guesses that "got any?" may get.
OF_STOCK = frozenset({"better", "contact", "show_more", "stock", "find_product", "follow_up", "find_similar", "which_of", "brands", "new", "product_ingredients"})
# Guesses of what is asked of a product that was listed.
OF_ONE_LISTED = frozenset({"side_effects", "show_more", "next_page", "check_routine", "start_over", "order", "difference"})
# Kinds whose answers say how long something is done or lasts.
OF_LENGTHS = frozenset({"patch_test", "waiting_time", "restart", "purging", "lasting_irritation"})
# Guesses of a pair's times.
OF_TIMES = frozenset({"check_routine", "time_of_day", "follow_up", "plan_week", "frequency", "together", "order", "change_order", "exchange", "order_check", "can_use"})


def doubts_the_answer(context: Context) -> str:
    """ "Why not?", "are you sure?" after an answer: its reason, and whether it stays."""
    frame, memory = context.frame, context.memory
    asks = frame.has("doubts", "asks_reason") or (frame.short and frame.has("why"))
    named = frame.of("ingredient", "family", "product_type", "product")
    answered = memory.asked.kind and (memory.said.why or memory.said.sources or memory.situation) and not frame.has("first", "second", "last_one")
    return "source" if asks and answered and not named and _may_be(context, OF_ANSWERS) else ""


def bargains_with_advice(context: Context) -> str:
    """ "And if I only do the forehead?" after advice against it: the same advice."""
    frame, memory = context.frame, context.memory
    asks = frame.has("bargains") and len(frame.words) <= MOST_OF_BARGAINS and not frame.of(*CONTENT, "product", "condition") and not frame.story
    entry = context.knowledge.situations.get(memory.situation)
    of_it = frame.band != SURE and any(one.name == memory.situation for one in frame.in_talk[:1])
    if not asks or entry is None or not (of_it or advises_against(entry)):
        return ""
    return SITUATION if fitting(of_this_one(frame, memory.situation, context.knowledge), context.person, context.knowledge) else ""


def something_else_then(context: Context) -> str:
    """ "What can I use instead?", "what then?": for skin that hurts or heals what calms it, else another of what was talked of."""
    memory, person = context.memory, context.person
    asks = context.frame.has("asks_for_another") and not context.frame.of(*ASKED_ABOUT, "product") and _may_be(context, OF_CHOOSING)
    contents = [one for one in (*memory.asked.subjects, *memory.asked.recent[-1:]) if context.knowledge.is_content(one)]
    of_products = (memory.shown.listed or memory.shown.handle) and not is_held(context.knowledge, contents, person)
    if not asks or of_products or memory.asked.kind in ROUTINES:
        return ""
    if person.procedure:
        return MEDICAL
    if is_hurt(context.knowledge, person):
        return "calming"
    if contents:
        return "replace"
    return "for_concern" if memory.asked.needs else ""


def when_it_may_be_used(context: Context) -> str:
    """ "When then?" of somebody whose skin must heal first."""
    asks = context.frame.has("when_then") and is_bare(context) and bool(context.memory.asked.kind)
    if asks and context.person.procedure:
        return MEDICAL
    medicines = any(context.knowledge.safety[one].kind == "medicine" for one in context.person.safety)
    healing = context.memory.asked.kind in OF_HEALING and not medicines
    return "restart" if asks and (healing or is_hurt(context.knowledge, context.person)) else ""


def at_different_times(context: Context) -> str:
    """ "One in the morning and the other at night?", "could I swap them round?" of two things named before."""
    frame, memory = context.frame, context.memory
    if not is_bare(context) or memory.shown.listed or not _may_be(context, OF_TIMES):
        return ""
    swaps = frame.has("swaps_round") and len([step for step in context.person.routine if step.nights]) > 1
    splits = frame.has("splits_in_time", "which_days") and len(memory.asked.recent) > 1 and memory.asked.kind not in ROUTINES
    return "different_times" if swaps or splits else ""


def which_for_my_skin(context: Context) -> str:
    """ "Which for oily skin?" after a talk of a kind of product."""
    frame, asked = context.frame, context.memory.asked
    of_products = [one for one in (*asked.forms, *asked.subjects) if one in context.knowledge.product_types]
    asks = frame.short and frame.has("asks_which") and frame.of(*NEEDS) and not frame.of(*SUBJECTS, "product") and not frame.has("when_then", "how_strong")
    return "find_product" if asks and of_products and asked.kind not in ROUTINES and not context.memory.shown.listed else ""


def on_the_same_night(context: Context) -> str:
    """ "Same night then?" of two things named before."""
    asks = context.frame.has("same_time") and len(context.frame.words) <= MOST_OF_TIMES and is_bare(context) and len(recent_contents(context)) > 1
    return "together" if asks and not context.memory.shown.listed and context.memory.asked.kind not in ROUTINES else ""


def how_long_that_is_done(context: Context) -> str:
    """ "How long for?" after what was said of a test or a break: the same, which says how long."""
    asks = context.frame.has("how_long") and is_bare(context) and context.frame.band != SURE
    return context.memory.asked.kind if asks and context.memory.asked.kind in OF_LENGTHS else ""


def instead_of_what_was_talked_of(context: Context) -> str:
    """ "Any alternative?" after a talk of an ingredient and of no product: another ingredient is meant."""
    asked, shown = context.memory.asked, context.memory.shown
    of_content = [one for one in asked.subjects if one in context.knowledge.ingredients]
    asks = context.frame.kind == "find_similar" and context.frame.has("instead") and context.frame.short
    return "replace" if asks and of_content and is_bare(context) and not (shown.handle or shown.listed or context.page) else ""


def what_we_would_choose(context: Context) -> str:
    """ "So what would you go for?" after a need was named or told: what helps with it."""
    memory, person = context.memory, context.person
    knows = memory.asked.needs or person.concerns or person.skin_types
    return "for_concern" if context.frame.has("what_would_you") and is_bare(context) and knows and not memory.shown.listed else ""


def one_is_to_be_chosen(context: Context) -> str:
    """ "Which one then?", "which, if I could only get one?" after a talk of several, of a concern, or of one kind of product; "it's for
    melasma" may stand beside it."""
    frame, memory, knowledge = context.frame, context.memory, context.knowledge
    named = frame.of("ingredient", "family", "product_type", "product", "brand")
    asks = frame.has("which_then") or (frame.has("which_of_two") and frame.kind not in OF_THEIR_ORDER)
    if frame.has("which_then") and not named and len(shopping.recent(memory)) > 1 and memory.shown.listed:
        return "which_of"
    if not asks or named or memory.shown.listed or memory.asked.kind in ROUTINES or not memory.asked.kind:
        return ""
    if frame.has("asks_if_sold") and _may_be(context, OF_STOCK):
        return ""  # "which one do you have?" is of the shelf
    several = memory.asked.subjects if len(memory.asked.subjects) > 1 else memory.asked.recent
    if memory.asked.kind == STRENGTH and len(several) == 1:
        return STRENGTH  # "which should I take?" of five and ten percent
    contents = [one for one in several if knowledge.is_content(one)]
    if len(contents) > 1 or (len(several) > 1 and not contents):
        return "better"
    if contents and is_held(knowledge, contents, context.person):
        return "replace"  # what was refused is not looked for
    if memory.asked.subjects or memory.asked.forms:
        return "find_product"
    return "for_concern" if frame.of(*NEEDS) or memory.asked.needs or context.person.concerns or context.person.skin_types else ""


def whether_the_spoiled_will_do(context: Context) -> str:
    """ "Can I use it up on my body at least?" of what has gone off: that stays no."""
    asks = context.frame.has("asks_permission", "is_fine", "keep_or_leave", "bargains") and is_bare(context)
    return SPOILED if asks and context.memory.asked.kind == SPOILED and not context.memory.shown.listed else ""


def whether_it_suits(context: Context) -> str:
    """ "And is it ok if I'm oily?" of what was talked of."""
    frame, memory = context.frame, context.memory
    asks = frame.has("is_fine", "asks_permission", "about_it", "is_it_bad") and frame.ids("skin_type") and frame.has("points_back", "about_it", "goes_on")
    return "for_skin_type" if asks and not frame.of(*SUBJECTS, "product") and memory.asked.subjects and not memory.shown.listed else ""


def how_strong_it_should_be(context: Context) -> str:
    """ "What strength?" of the one ingredient that was talked of."""
    contents = [one for one in context.memory.asked.subjects if context.knowledge.is_content(one)]
    return "percent" if context.frame.has("how_strong") and is_bare(context) and len(contents) == 1 else ""


def whether_it_helps(context: Context) -> str:
    """ "Would niacinamide help?" with what was talked of before."""
    frame, memory = context.frame, context.memory
    asks = frame.has("would_help") and frame.of(*CONTENT) and not frame.of(*NEEDS, "product", "condition")
    return "for_concern" if asks and (memory.asked.needs or context.person.concerns) else ""


def still_about_pregnancy(context: Context) -> str:
    """ "And azelaic acid, 10%?" after a question about something else in pregnancy."""
    frame = context.frame
    asks = frame.short and frame.ids(*SUBJECTS) and frame.kind in OF_PREGNANCY_TOO and not context.memory.shown.listed and not frame.has("together", "how_often", "which_then", "how_strong")
    return PREGNANCY if asks and context.memory.asked.kind == PREGNANCY else ""


def too_many_of_those(context: Context) -> str:
    """ "Would that be too much for one evening?" after several were named."""
    asks = context.frame.has("too_much_at_once") and is_bare(context) and not context.memory.shown.listed
    return "how_many_at_once" if asks and len(context.memory.asked.subjects) > 1 else ""


def whether_it_is_sold(context: Context) -> str:
    """ "Got any?" after a talk of an ingredient, a kind of product or a concern."""
    memory = context.memory
    asks = context.frame.has("asks_if_sold") and is_bare(context) and _may_be(context, OF_STOCK)
    named = memory.asked.named or memory.asked.recent
    return "find_product" if asks and named and len(memory.shown.listed) < 2 and not memory.shown.handle else ""


def more_of_it(context: Context) -> str:
    """ "When can I go up to three?" of what was begun."""
    asked, knowledge = context.memory.asked, context.knowledge
    contents = [one for one in (*asked.subjects, *asked.recent) if knowledge.is_content(one)]
    return "frequency" if context.frame.has("steps_up") and is_bare(context) and contents and asked.kind not in ROUTINES else ""


def of_one_listed(context: Context) -> str:
    """ "Tell me more about the second one", "is the first one still ok?" after a list of products."""
    frame, memory = context.frame, context.memory
    if not shopping.counted(frame, memory) or not is_bare(context) or not _may_be(context, OF_ONE_LISTED):
        return ""
    asks = frame.has("is_fine", "asks_permission")
    if frame.kind == "side_effects" and not context.person.pregnant:
        return ""
    return "what_is" if not asks else "pregnancy" if context.person.pregnant else "can_use"


def _may_be(context: Context, guesses: frozenset[str]) -> bool:
    """True where the guess is one of these, or no sure one."""
    return context.frame.kind in guesses or context.frame.band != SURE
