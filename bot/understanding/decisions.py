"""Which kind of question a message means in its conversation, where that is another than its words alone say.

Each decision is one such way. They are asked in the order of `DECISIONS`; the first that names a kind decides.
"""

from __future__ import annotations

from typing import Sequence

from bot.understanding import care, finder, follow_ups, labels, minding, narrowing, next_steps, shopping, support, unfit
from bot.understanding import decisions_acts as acts
from bot.understanding import decisions_orders as orders
from bot.understanding import decisions_policy as policy
from bot.understanding import decisions_shop as shop
from bot.understanding import decisions_situations as situations
from bot.understanding import decisions_talk as talk
from bot.understanding import decisions_told as told
from bot.understanding import decisions_unsure as unsure
from bot.understanding.behind import behind_another_question
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context, Decision, is_bare
from bot.understanding.frame import CONTENT, SUBJECTS, SURE, UNSURE, kind_of_intent, likely
from bot.understanding.routine import meant as routines

MINDED = frozenset({"allergy", "medicine", "condition"})
UNKNOWN_KIND = "did_you_mean"
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
    if _is_of_no_language(context):
        return ""  # "can I do gua sha?" is no question about a language
    return context.frame.kind if forced and not care.tells_of_a_procedure_alone(context) else ""


def _is_of_no_language(context: Context) -> bool:
    """True where the classifier hears a question about a language, and something of skincare is named."""
    asked = context.frame.kind == "language" and not context.frame.language
    return asked and bool(context.frame.of(*CONTENT, "product_type", "term", "condition"))


def what_to_drop(context: Context) -> str:
    """Which step of the routine built last to leave out first."""
    return "what_to_drop" if routines.asks_what_to_drop(context.frame, context.memory, context.knowledge) else ""


def date_on_a_pack(context: Context) -> str:
    """A printed date, or the words by one."""
    return "date_on_pack" if context.frame.has("about_pack_dates") else ""


def a_routine_is_meant(context: Context) -> str:
    """Products used together are a routine; a wish after a built one changes it."""
    if context.frame.kind == "together" and context.frame.has("same_time"):
        return ""  # two things in one night are asked about, no routine
    if context.frame.has("in_order_word") and is_bare(context) and context.memory.person.routine and context.memory.asked.kind in ROUTINES:
        return "check_routine"  # "so what is the full order?"
    return routines.meant(context.frame, context.memory, context.knowledge)


def something_else_than_a_routine(context: Context) -> str:
    """What sounds like a routine and goes on with another talk, or asks what a word means."""
    frame, memory = context.frame, context.memory
    if frame.kind == "check_routine":
        found = routines.check_is_really_something_else(frame, memory, context.knowledge)
        asks = frame.has("asks_permission", "is_fine", "wants_to_add") or (frame.polar and "?" in frame.text and not frame.rules)
        one = asks and len({*frame.ids(*CONTENT), *frame.ids("product_type")}) == 1
        no_routine = not memory.person.routine and memory.asked.kind not in ROUTINES
        return found or ("can_use" if one and no_routine else "")  # a single thing to add is no routine
    healing = bool(context.person.procedure) and bool(frame.of(*CONTENT)) and frame.has("asks_permission", "is_fine")
    if frame.kind == "plan_week" and (frame.has("now_fine") or healing):
        return "can_use"  # "is a week ok?" of what heals wants no plan
    if frame.kind == "plan_week" and routines.week_is_really_a_question(frame):
        return "what_is"
    if frame.kind == "plan_week" and routines.week_is_really_a_check(frame, context.knowledge):
        return "check_routine"
    return "check_routine" if frame.kind == "build_routine" and routines.names_own_products(frame) else ""


def corrects_the_subject(context: Context) -> str:
    """ "I meant lactic acid", "not tretinoin, adapalene": the last question again, about that."""
    corrects = context.frame.has("corrects_subject") and context.memory.asked.kind not in ("", *ROUTINES)
    return FOLLOW_UP if corrects and not context.frame.has("asks_permission") else ""


def goes_on(context: Context) -> str:
    """ "And serum?": the last question again."""
    frame, memory = context.frame, context.memory
    # "And the second one, is it vegan" says itself what it asks.
    asks_itself = frame.band == SURE and (shop.asks_a_policy(context) or bool(shopping.counted(frame, memory)))
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
    """ "When can I start again?" after a talk or a story of skincare means the product, not the conversation."""
    frame = context.frame
    of_skin = frame.story or frame.told or frame.of(*SUBJECTS, "condition", "safety")
    of_products = frame.has("points_back") and context.person.routine
    asks = frame.kind == "start_over" and ((context.memory.asked.kind and frame.has("question_word")) or of_skin or of_products)
    return ("medical" if context.person.procedure else "restart") if asks else ""


def names_what_it_wants(context: Context) -> str:
    """ "Which niacinamide serum should I get": what is in it was decided already, and no question of the finder asks for it."""
    wants = context.frame.kind == "start_finder" and finder.names_what_it_wants(context.frame)
    return "find_product" if wants else ""


def enough_is_known(context: Context) -> str:
    """ "Which toner should I get?" of somebody who told of their skin or of what they react to: products of that kind, and no
    questions first."""
    frame, person = context.frame, context.person
    if frame.kind != "start_finder" or frame.has("finder_in_use", "finder_help") or not frame.ids("product_type"):
        return ""
    minded = [one for one in person.safety if context.knowledge.safety[one].kind in MINDED]
    known = (person.skin_types and (person.concerns or person.pregnant or minded)) or person.allergies or minded
    return "find_product" if known and not frame.of("safety") else ""


def not_understood(context: Context) -> str:
    """Nothing decides: a question back, or plainly lost."""
    band = context.frame.band
    if _is_of_no_language(context):
        return unsure.without_the_guess(context)
    if band == SURE or context.frame.rules:
        return ""
    return UNKNOWN_KIND if band == UNSURE else unsure.NOT_UNDERSTOOD


DECISIONS: Sequence[Decision] = (
    situations.rather_than_again,
    support.heard_as_of_orders,
    support.the_label_of_a_return,
    a_choice_and_no_label,
    support.a_person_is_asked_for_abroad,
    minding.practice_asked,
    is_forced,
    support.the_assistant_is_wanted,
    support.a_talk_is_rated,
    support.a_copy_is_wanted,
    support.more_may_be_read,
    support.a_person_was_offered,
    support.a_person_is_refused,
    support.a_person_is_asked_for,
    follow_ups.bargains_with_advice,
    care.allergic_to_what_is_told,
    minding.on_open_skin,
    minding.a_child_is_sore,
    minding.a_child_is_told_of,
    minding.in_strong_sun,
    care.left_before_a_procedure,
    situations.told_after_a_procedure,
    care.healing_after_a_procedure,
    care.procedure_with_a_medicine,
    next_steps.goes_on_with_what_is_open,
    support.open_request_listens,
    narrowing.changes_what_was_shown,
    shop.a_marked_one_like_it,
    shop.a_notice_is_wanted,
    shop.passes_a_question_on,
    orders.the_order_talked_of,
    unfit.a_bought_product_harms,
    support.an_order_with_its_number,
    support.an_email_is_refused,
    acts.tells_how_long_it_lasts,
    policy.asked_in_a_shop_talk,
    acts.all_of_them_together,
    acts.adds_the_second,
    acts.all_of_it_as_a_plan,
    acts.takes_it_in,
    care.it_lasts_for_days,
    talk.surely_in_talk,
    situations.told_with_a_cue,
    situations.told_at_length,
    situations.told_beside_a_wish,
    shop.swaps_a_product,
    shop.another_size_of_one,
    acts.tells_of_a_situation,
    acts.only_tells,
    shop.asked_of_the_owner,
    the_finder_listens,
    minding.a_child_needs_little,
    support.an_order_is_meant,
    policy.goes_on_with_a_policy,
    shop.what_a_product_holds,
    shop.a_kind_alone,
    situations.surely_told,
    care.planned_while_pregnant,
    care.what_helps_with_it,
    care.used_while_pregnant,
    care.which_are_fine_in_pregnancy,
    care.uses_what_a_pregnancy_forbids,
    care.which_may_stay,
    care.allowed_beside_a_medicine,
    talk.may_be_the_cause,
    follow_ups.doubts_the_answer,
    follow_ups.when_it_may_be_used,
    talk.what_to_do_now,
    follow_ups.whether_it_suits,
    follow_ups.whether_the_spoiled_will_do,
    follow_ups.something_else_then,
    follow_ups.one_is_to_be_chosen,
    follow_ups.how_strong_it_should_be,
    follow_ups.whether_it_helps,
    follow_ups.still_about_pregnancy,
    follow_ups.of_one_listed,
    follow_ups.more_of_it,
    follow_ups.whether_it_is_sold,
    follow_ups.which_for_my_skin,
    follow_ups.too_many_of_those,
    follow_ups.on_the_same_night,
    follow_ups.how_long_that_is_done,
    follow_ups.at_different_times,
    talk.again_of_the_same,
    situations.told_for_certain,
    care.nobody_is_pregnant,
    care.beside_a_procedure,
    care.unsure_of_what_must_be_left,
    minding.pills_and_no_pilling,
    care.irritated_by_what_was_begun,
    care.stop_or_go_on,
    care.begun_again_beside_a_medicine,
    care.keep_or_leave,
    talk.stops_what_was_spoken_of,
    talk.instead_within_the_talk,
    care.offered_what_must_be_left,
    care.active_on_hurt_skin,
    care.may_be_used_meanwhile,
    corrects_the_subject,
    follow_ups.what_we_would_choose,
    behind_another_question,
    told.told_at_a_routine,
    told.told_at_a_search,
    shop.cost_of_the_routine,
    told.asks_what_changes,
    acts.which_of_those_named,
    shop.uses_two_codes,
    what_to_drop,
    date_on_a_pack,
    shop.reduction_of_a_product,
    shop.sizes_of_products,
    shop.something_for_a_need,
    shop.two_by_name,
    shop.a_brand_with_a_name,
    shop.a_bare_wish,
    shop.which_of_those_shown,
    shop.a_list_goes_on,
    shop.products_of_the_shop,
    shop.price_of_something_else,
    a_routine_is_meant,
    something_else_than_a_routine,
    shop.meant_for_the_owner,
    shop.narrows_the_list,
    care.how_long_until_calm,
    follow_ups.instead_of_what_was_talked_of,
    shop.a_country_alone,
    shop.skincare_after_all,
    situations.names_something_new,
    acts.asks_of_the_product_shown,
    goes_on,
    starts_again_with_a_product,
    names_what_it_wants,
    enough_is_known,
    shop.a_good_one_of_a_kind,
    situations.told,
    situations.goes_on_with_a_situation,
    acts.asks_in_few_words,
    minding.what_to_put_on,
    unsure.plain_though_unsure,
    told.told_of_themself,
    talk.rather_than_lost,
    unsure.nothing_was_said,
    not_understood,
)
