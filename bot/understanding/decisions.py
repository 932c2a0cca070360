"""Which kind of question a message means in its conversation, where that is another than its words alone say.

Each decision is one way in which a conversation makes a message mean another kind. They are asked in the order of
`DECISIONS`; the first that names a kind decides.
"""

from __future__ import annotations

from typing import Sequence, Tuple

from bot.rules.advice import Profile
from bot.understanding import care, finder, labels, shopping
from bot.understanding import decisions_shop as shop
from bot.understanding import decisions_unsure as unsure
from bot.understanding.care import OF_IRRITATION
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context, Decision, is_bare
from bot.understanding.frame import (
    CONTENT,
    SUBJECTS,
    SURE,
    UNSURE,
    kind_of_intent,
    likely,
)
from bot.understanding.reader import OTHER
from bot.understanding.routine import meant as routines

CHANGED_BY, UNKNOWN_KIND, NOT_UNDERSTOOD = "changed_by", "did_you_mean", "lost"
# What a question without a subject of its own means behind another one of the same message: "do you ship to Spain and how
# much is it?"
AFTER = {
    "delivery_area": {"price": "delivery_cost", "results": "delivery_time"},
    "delivery_time": {"price": "delivery_cost"},
    "delivery_cost": {"results": "delivery_time"},
    "carrier": {"price": "delivery_cost"},
    "return": {"results": "refund"},
    "purging": {"shelf_life": "purging", "results": "purging"},
    "irritation": {"shelf_life": "irritation", "results": "irritation"},
    "tell_profile": {"source": "cause"},
    "label": {"authenticity": "label"},
    "what_is": {"authenticity": "evidence"},
}


# Confidence of the second guess from which "and how often?" is what it asks and not the last question again.
SAYS_WHAT = 0.3


def the_finder_listens(context: Context) -> str:
    """A search is open, and the message is for it."""
    return "finder" if finder.listens(context.frame, context.memory, context.knowledge) else ""


def a_choice_and_no_label(context: Context) -> str:
    """Which ingredients to choose is asked, and no list was pasted."""
    return "for_concern" if context.frame.kind == "read_label" and labels.label_is_really_a_choice(context.frame) else ""


def is_forced(context: Context) -> str:
    """A red flag, a pasted label and another language stay what they are."""
    forced = context.frame.kind in ("report_reaction", "read_label", "language") and context.frame.band == SURE
    return context.frame.kind if forced else ""


def behind_another_question(context: Context) -> str:
    """A bare question behind one of the same message means something of that one."""
    before = context.memory.asked.kind or context.memory.shown.policy
    before = context.memory.shown.policy or before if context.frame.follows else ""
    return AFTER.get(before, {}).get(context.frame.kind, "") if before and is_bare(context) else ""


def asks_what_changes(context: Context) -> str:
    """Something told of the person after an answer that it may change: "I have rosacea though", "does that change anything?"."""
    frame, memory = context.frame, context.memory
    if not memory.asked.subjects or frame.of(*SUBJECTS, "product"):
        return ""
    fresh = _health(context.person) != _health(memory.person) and frame.whose != OTHER
    asks = frame.has("changes_anything", "takes_back")
    tells = fresh and frame.kind in ("tell_profile", "medical", "pregnancy", "allergy", "age", "for_concern", FOLLOW_UP) and not frame.polar
    return CHANGED_BY if (fresh and asks) or tells else ""


def _health(person: Profile) -> Tuple[object, ...]:
    return person.pregnant, person.age, person.safety, person.allergies, person.irritated, person.procedure


def all_of_them_together(context: Context) -> str:
    """ "So can I use all three?" after several were named."""
    recent = context.memory.asked.recent
    asks = context.frame.has("all_of_them") and not context.frame.of(*SUBJECTS, "product") and len(recent) > 1
    return "together" if asks and not context.memory.shown.listed else ""


def which_of_those_named(context: Context) -> str:
    """ "Which of the two should I get?" after ingredients were named, and no products shown."""
    frame, memory = context.frame, context.memory
    asks = frame.has("which_of_two") and frame.kind in ("start_finder", "find_product", "choose", "which_of")
    return "better" if asks and len(memory.asked.subjects) > 1 and not memory.shown.listed else ""


def what_to_drop(context: Context) -> str:
    """Which step of the routine built last to leave out first."""
    return "what_to_drop" if routines.asks_what_to_drop(context.frame, context.memory, context.knowledge) else ""


def date_on_a_pack(context: Context) -> str:
    """A printed date, or the words by one."""
    return "date_on_pack" if context.frame.has("about_pack_dates") else ""


def told_at_a_routine(context: Context) -> str:
    """What the person tells of themself while a routine is talked of changes that routine."""
    tells = context.frame.kind == "tell_profile" and context.person != context.memory.person
    return context.memory.asked.kind if tells and context.memory.asked.kind in ROUTINES else ""


def a_routine_is_meant(context: Context) -> str:
    """Products used together are a routine; a wish after a built one changes it."""
    if context.frame.kind == "together" and context.frame.has("same_time"):
        return ""  # two things in one night are asked about, no routine
    return routines.meant(context.frame, context.memory, context.knowledge)


def something_else_than_a_routine(context: Context) -> str:
    """What sounds like a routine and goes on with another talk, or asks what a word means."""
    frame, memory = context.frame, context.memory
    if frame.kind == "check_routine":
        found = routines.check_is_really_something_else(frame, memory, context.knowledge)
        one = frame.has("asks_permission") and len({*frame.ids(*CONTENT), *frame.ids("product_type")}) == 1
        no_routine = not memory.person.routine and memory.asked.kind not in ROUTINES
        return found or ("can_use" if one and no_routine else "")  # a single thing to add is no routine
    if frame.kind == "plan_week" and routines.week_is_really_a_question(frame):
        return "what_is"
    if frame.kind == "plan_week" and routines.week_is_really_a_check(frame, context.knowledge):
        return "check_routine"
    return "check_routine" if frame.kind == "build_routine" and routines.names_own_products(frame) else ""


def how_long_until_calm(context: Context) -> str:
    """ "How long until it is normal again?" after a talk of irritated skin."""
    frame = context.frame
    asks = frame.kind in ("irritation", "results", "waiting_time") and frame.has("how_long") and not frame.has("again")
    return "calming" if asks and context.memory.asked.kind in OF_IRRITATION and is_bare(context) else ""


def instead_of_what_was_talked_of(context: Context) -> str:
    """ "Any alternative?" after a talk of an ingredient and of no product: another ingredient is meant."""
    asked, shown = context.memory.asked, context.memory.shown
    of_content = [one for one in asked.subjects if one in context.knowledge.ingredients]
    asks = context.frame.kind == "find_similar" and context.frame.has("instead") and context.frame.short
    return "replace" if asks and of_content and is_bare(context) and not (shown.handle or shown.listed or context.page) else ""


def corrects_the_subject(context: Context) -> str:
    """ "I meant lactic acid", "not tretinoin, adapalene": the last question again, about that."""
    corrects = context.frame.has("corrects_subject") and context.memory.asked.kind not in ("", *ROUTINES)
    return FOLLOW_UP if corrects and not context.frame.has("asks_permission") else ""


def what_we_would_choose(context: Context) -> str:
    """ "So what would you go for?" after a need was named or told: what helps with it."""
    memory, person = context.memory, context.person
    knows = memory.asked.needs or person.concerns or person.skin_types
    return "for_concern" if context.frame.has("what_would_you") and is_bare(context) and knows and not memory.shown.listed else ""


def goes_on(context: Context) -> str:
    """ "And serum?": the last question again."""
    frame, memory = context.frame, context.memory
    # "And the second one, is it vegan" says itself what it asks.
    asks_itself = frame.band == SURE and bool(shopping.counted(frame, memory))
    if frame.kind == FOLLOW_UP and frame.has("goes_on_asking") and is_bare(context):
        asked_next = [kind_of_intent(name) for name in likely(frame, most=2, least=SAYS_WHAT)[1:]]
        if asked_next:
            return asked_next[0]
    plainly = frame.has("goes_on") and not frame.has("goes_on_asking") and len(frame.words) <= 12 and not asks_itself
    if frame.kind != FOLLOW_UP and not (plainly and (memory.shown.kind or memory.shown.handle)):
        return ""
    if memory.asked.kind in ROUTINES and frame.kind == FOLLOW_UP:
        return memory.asked.kind
    if shopping.talked_of(memory):
        return shopping.talked_of(memory)
    if shopping.asks_where_to(frame):
        return "delivery_area"
    return FOLLOW_UP


def starts_again_with_a_product(context: Context) -> str:
    """ "When can I start again?" after a talk of skincare means the product, not the conversation."""
    asks = context.frame.kind == "start_over" and context.memory.asked.kind and context.frame.has("question_word")
    return "restart" if asks else ""


def names_what_it_wants(context: Context) -> str:
    """ "Which niacinamide serum should I get": what is in it was decided already, and no question of the finder asks for it."""
    wants = context.frame.kind == "start_finder" and finder.names_what_it_wants(context.frame)
    return "find_product" if wants else ""


def not_understood(context: Context) -> str:
    """Nothing decides: a question back, or plainly lost."""
    band = context.frame.band
    if band == SURE or context.frame.rules:
        return ""
    return UNKNOWN_KIND if band == UNSURE else NOT_UNDERSTOOD


DECISIONS: Sequence[Decision] = (
    a_choice_and_no_label,
    is_forced,
    the_finder_listens,
    care.used_while_pregnant,
    care.it_lasts_for_days,
    care.stop_or_go_on,
    care.active_on_hurt_skin,
    care.may_be_used_meanwhile,
    corrects_the_subject,
    what_we_would_choose,
    behind_another_question,
    told_at_a_routine,
    shop.cost_of_the_routine,
    asks_what_changes,
    all_of_them_together,
    which_of_those_named,
    shop.uses_two_codes,
    what_to_drop,
    date_on_a_pack,
    shop.sizes_of_products,
    shop.which_of_those_shown,
    shop.a_list_goes_on,
    shop.products_of_the_shop,
    shop.price_of_something_else,
    a_routine_is_meant,
    something_else_than_a_routine,
    shop.narrows_the_list,
    how_long_until_calm,
    instead_of_what_was_talked_of,
    shop.skincare_after_all,
    goes_on,
    starts_again_with_a_product,
    names_what_it_wants,
    unsure.plain_though_unsure,
    not_understood,
)
