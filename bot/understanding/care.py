"""What somebody pregnant, or with skin that is hurt, means: decisions of a conversation about their care."""

from __future__ import annotations

from bot.rules.advice import Profile
from bot.rules.gate import BASICS, held, is_held
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.routine_guard import is_allergic_to, is_prescribed
from bot.rules.safety import CHILD, is_strong, pregnancy_status
from bot.understanding.context import Context, is_bare
from bot.understanding.frame import ASKED_ABOUT, CONTENT, NEEDS, SUBJECTS, SURE, USED, Frame, Mention

OF_IRRITATION = frozenset({"irritation", "calming", "reaction"})
OF_PREGNANCY = frozenset({"pregnancy", "pregnancy_used"})
# Kinds as which it may be read that something was used already and may have done harm.
OF_HARM = OF_PREGNANCY | OF_IRRITATION | {"side_effects", "report_problem", "medical", "can_use", "tell_profile", "evidence", "percent", "rinse_off", "results"}
# Kinds that ask how something is used, whatever else is told.
OF_STEPS = frozenset({"how_to_apply", "order", "amount", "together", "frequency", "time_of_day", "next_step"})
# Kinds as which it may be read which of several things are allowed.
OF_ALLOWED = frozenset({"find_product", "avoid_mixing", "can_use", "choose", "for_concern", "start_finder", "to_avoid", "medical", "which_of", "better", "check_routine"})
OF_LASTING = OF_IRRITATION | {"medical", "purging", "side_effects", "report_problem", "results", "cause", "tell_profile", "for_concern", "allergy", "restart"}
DAYS_TOO_LONG = 3
OF_KEEPING = frozenset({"storage", "shelf_life", "gone_off", "better", "what_is"})
# Kinds that ask what is left to somebody with an allergy, or what a reaction was.
OF_ALLERGIES = frozenset({"replace", "to_avoid", "read_label", "allergic_or_irritated", "what_is", "find_culprit", "find_similar", "report_reaction", "product_ingredients", "vegan"})
# Kinds that ask what to put on.
OF_CHOOSING = frozenset({
    "choose", "better", "strength", "for_concern", "medical", "benefits", "evidence", "results", "can_use", "need", "replace", "difference",
    "check_routine", "for_skin_type",
})


def used_while_pregnant(context: Context) -> str:
    """Something used already by somebody who is pregnant or breastfeeding, or the worry about it after it was told."""
    frame, asked = context.frame, context.memory.asked
    pregnant = context.person.pregnant or (frame.kind in OF_PREGNANCY and _speaks_of_it(context))
    newly = context.person.pregnant and not context.memory.person.pregnant and frame.kind not in OF_STEPS
    if not pregnant or not (frame.kind in OF_HARM or frame.band != SURE or newly):
        return ""
    told = frame.has("already_used", "worried") and _names_what_was_used(context)
    worries = frame.has("worried", "already_used") and not frame.of(*ASKED_ABOUT, *NEEDS, "product") and asked.kind in OF_PREGNANCY
    return "pregnancy_used" if told or worries else ""


def which_are_fine_in_pregnancy(context: Context) -> str:
    """ "What of these can I use and what not?" of somebody pregnant or breastfeeding who names several: each of them."""
    frame = context.frame
    named = {one.id for one in (*frame.of(*CONTENT, role=None), *(one for one in frame.told if one.label in CONTENT))}
    if not named and frame.follows:
        named = {*context.memory.asked.subjects}
    asks = frame.kind in OF_ALLOWED and frame.has("asks_which", "asks_permission", "is_fine", "must_i")
    return "pregnancy" if asks and context.person.pregnant and len(named) > 1 else ""


def uses_what_a_pregnancy_forbids(context: Context) -> str:
    """ "We're trying for a baby, I use adapalene every night" asks nothing and must be told all the same."""
    frame = context.frame
    newly = context.person.pregnant and not context.memory.person.pregnant
    held = told_to_leave(frame, context.knowledge)
    keeps = bool(held) and frame.has("keep_or_leave", "stop_or_go_on", "keeps_using") and not frame.story
    used = keeps or any(one.role == USED for one in held)
    return "pregnancy" if newly and used and frame.kind not in OF_STEPS else ""


def left_before_a_procedure(context: Context) -> str:
    """ "Should I stop my retinol?" before or after a waxing, a peel or a laser: what to leave, and for how long."""
    frame = context.frame
    asks = frame.has("stop_or_go_on", "can_i_skip") and (frame.polar or frame.has("question_word"))
    before = frame.has("before_it") and not frame.mentions  # "what do I have to stop before?"
    asks = asks or (before and frame.has("can_i_skip"))
    return "medical" if asks and context.person.procedure and (frame.of(*CONTENT) or before) and not frame.story else ""


def allowed_beside_a_medicine(context: Context) -> str:
    """ "On accutane can I use pimple patches?": what is asked about, and not only what the medicine asks for."""
    frame, knowledge = context.frame, context.knowledge
    medicines = [one for one in frame.ids("safety") if knowledge.safety[one].kind == "medicine"]
    asked = frame.ids("product_type", role="") if not frame.of(*CONTENT) else ()
    asks = frame.kind == "medical" and medicines and frame.has("asks_permission", "is_fine") and not frame.story
    return "can_use" if asks and len(asked) == 1 and not is_held(knowledge, asked, context.person) else ""


def which_may_stay(context: Context) -> str:
    """ "Which of these can I still use?" of somebody who must leave some of what they name: each of it."""
    frame = context.frame
    named = {one.id for one in (*frame.of(*CONTENT, role=None), *(one for one in frame.told if one.label in CONTENT))}
    asks = (frame.kind in OF_ALLOWED or frame.band != SURE) and frame.has("asks_which") and frame.has("asks_permission", "is_fine", "must_i", "keep_or_leave")
    return "can_use" if asks and len(named) > 1 and not context.person.pregnant and is_held(context.knowledge, named, context.person) else ""


def nobody_is_pregnant(context: Context) -> str:
    """What sounds like a question about pregnancy where nobody told of one: whether it may be used."""
    if context.frame.kind != "pregnancy" or _speaks_of_it(context):
        return ""
    return "can_use" if context.frame.of(*SUBJECTS) else ""


def _speaks_of_it(context: Context) -> bool:
    """True where the message, the person or the talk says something of a pregnancy: the classifier's guess alone does not."""
    frame, memory = context.frame, context.memory
    speaks = frame.has("speaks_of_pregnancy", "pregnant_told", "pregnant_maybe", "denies_pregnancy", "of_a_baby") or _begins_like_it(frame)
    named = any(one.startswith(("pregnancy", "after_pregnancy")) for one in frame.ids("safety", role=None)) or "pregnancy" in frame.ids("condition")
    return speaks or named or context.person.pregnant or memory.asked.kind in OF_PREGNANCY or not memory.readable


def _begins_like_it(frame: Frame) -> bool:
    """True where a word is one of pregnancy in a spelling that nothing mends."""
    return any(word.startswith(("preg", "prgn")) for word in frame.words)


def _names_what_was_used(context: Context) -> bool:
    knowledge = context.knowledge
    medicines = [one for one in context.frame.ids("safety") if knowledge.safety[one].kind == "medicine"]
    return bool(context.frame.of("ingredient", "family") or medicines)


def it_lasts_for_days(context: Context) -> str:
    """Irritated skin that has not settled for days: it is no longer to be waited for."""
    frame = context.frame
    days = [one.number for one in frame.quantities if one.measures == "duration"]
    told = ("irritated_skin",) if frame.story else ("irritated_skin", "speaks_of_irritation")  # a story speaks of much
    irritated = frame.has(*told) and frame.kind in OF_LASTING
    long = max(days, default=0) >= DAYS_TOO_LONG or frame.has("since_last_week")
    return "lasting_irritation" if irritated and long and frame.has("still_there") and not frame.has("how_long") else ""


def what_helps_with_it(context: Context) -> str:
    """What there is for it, at the end of a story that told of it: a term or a concern."""
    frame = context.frame
    asks = frame.story and frame.has("what_helps_with_it") and not any(one.role == "" for one in frame.of(*SUBJECTS, *NEEDS) if not frame.pointed)
    return "for_concern" if asks and told_of(frame, context.knowledge) else ""


def unsure_of_what_must_be_left(context: Context) -> str:
    """A question, unsure what it asks, about something that this person must leave: that comes before whatever it asks."""
    frame = context.frame
    named = frame.ids(*CONTENT) if frame.band != SURE and not frame.rules and not frame.pointed else ()
    return "can_use" if any(held(context.knowledge, one, context.person) for one in named) else ""


def allergic_to_what_is_told(context: Context) -> str:
    """ "I could put a little on my wrist, good idea?" at the end of a story that tells of something which the person is allergic to."""
    frame = context.frame
    asks = frame.polar or frame.has("asks_permission", "is_fine", "is_it_bad", "must_i") or "?" in frame.text
    of_a_list = frame.of("product") or frame.has("asks_its_contents", "asks_free_of")
    tells = bool(frame.story or frame.told) or frame.kind == "patch_test"
    return "can_use" if asks and tells and not of_a_list and frame.kind not in OF_ALLERGIES and reacted_to(frame, context.person, context.knowledge) else ""


def reacted_to(frame: Frame, person: Profile, knowledge: Knowledge) -> tuple[Mention, ...]:
    """What a question is about, or where it names nothing what its story tells of, that the person is allergic to."""
    asked = tuple(one for one in frame.mentions if one.label in CONTENT and one.role in ("", USED))
    named = asked or tuple(one for one in frame.told if one.label in CONTENT and one.role in ("", USED))
    return tuple(one for one in named if is_allergic_to(knowledge, one.id, person))


def told_of(frame: Frame, knowledge: Knowledge) -> tuple[Mention, ...]:
    """What a story tells of that something may be for: a term of which that is said, else a concern."""
    medical = [one for one in frame.told if one.label == "term" and {"for_concern", "medical"} <= {*knowledge.terms[one.id].covers}]
    terms = medical or [one for one in frame.told if one.label == "term" and "for_concern" in knowledge.terms[one.id].covers and "cause" in knowledge.terms[one.id].covers]
    return tuple(terms[:1]) or tuple(one for one in frame.told if one.label == "concern")


def planned_while_pregnant(context: Context) -> str:
    """The question of a story that points back to what somebody pregnant tells of, where some of that must not be used at all."""
    frame = context.frame
    asks = frame.polar or frame.has("asks_permission", "is_fine")
    pregnant = context.person.pregnant or (frame.kind in OF_PREGNANCY and _speaks_of_it(context))
    pointed = frame.pointed or (bool(frame.story) and not frame.of(*CONTENT, "product_type"))  # "can I finish the tubes?"
    return "pregnancy" if asks and pointed and pregnant and told_to_leave(frame, context.knowledge) else ""


def told_to_leave(frame: Frame, knowledge: Knowledge) -> tuple[Mention, ...]:
    """What a story names that must not be used in a pregnancy."""
    content = [one for one in (*frame.told, *frame.mentions) if one.label in CONTENT and one.role in ("", USED)]
    return tuple(one for one in content if (found := pregnancy_status(knowledge, one.id)) and found[0] == "avoid")


def beside_a_procedure(context: Context) -> str:
    """Whether a procedure may be had on what a story tells of: "is it ok to wax if I leave it out tonight?"."""
    frame = context.frame
    asks = frame.polar or frame.has("asks_permission", "is_fine", "is_it_bad")
    return "together" if frame.story and asks and frame.of("condition") and frame.of(*CONTENT) else ""


def active_on_hurt_skin(context: Context) -> str:
    """Which active to put on skin that burns or is raw: "which acid then?", "would vitamin C make it heal quicker?"."""
    frame, person = context.frame, context.person
    to_help = frame.kind in OF_CHOOSING or frame.band != SURE or (frame.story and not frame.pointed and frame.kind in OF_IRRITATION) or (frame.kind in OF_IRRITATION and frame.has("asks_permission", "helps_it"))
    if not (person.irritated or person.procedure) or not to_help:
        return ""
    named_here = frame.ids(*SUBJECTS, role="")
    strong = [one for one in named_here if one == "exfoliant" or is_strong(context.knowledge, one) or _must_rest(context, one)]
    wants = frame.polar or frame.has("question_word", "asks_which")
    else_asked = (frame.has("how_long") and not frame.story) or frame.has("again", "stop_or_go_on", "instead", "what_now")
    named = strong or (frame.has("names_an_active") and frame.has("asks_which"))
    if not (wants and named) or else_asked:
        return ""
    # After a procedure, or with a medicine that allows bland care alone, that is the reason and not that skin burns.
    prescribed = all(is_prescribed(context.knowledge, one) for one in strong)
    other_reason = not person.irritated or (not prescribed and any(context.knowledge.safety[one].bland_only for one in person.safety))
    return "can_use" if strong and other_reason else "on_hurt_skin"


def tells_of_a_procedure_alone(context: Context) -> bool:
    """True for a waxing or a peel that is told of without any harm that it did, which sounds like a reaction."""
    frame, knowledge = context.frame, context.knowledge
    entries = {one for one in (*frame.ids("safety"), *(knowledge.conditions[one].entry or "" for one in frame.ids("condition"))) if one}
    healing = [one for one in entries if knowledge.safety[one].heals]
    hurts = frame.has("irritated_skin", "speaks_of_irritation", "worried", "still_there", "what_now")
    return frame.kind == "report_reaction" and bool(healing) and len(healing) == len(entries) and not hurts


def procedure_with_a_medicine(context: Context) -> str:
    """A waxing, peel or laser of somebody whose medicine or disease speaks against it."""
    knowledge = context.knowledge
    healing = [one for one in context.frame.ids("condition") if (entry := knowledge.conditions[one].entry) and knowledge.safety[entry].heals]
    minds = any(knowledge.safety[one].minds_procedures for one in context.person.safety)
    return "medical" if healing and minds and not context.frame.of("ingredient", "family") else ""


def healing_after_a_procedure(context: Context) -> str:
    """ "Had my lip waxed yesterday": what skin needs then."""
    return "medical" if tells_of_a_procedure_alone(context) else ""


def offered_what_must_be_left(context: Context) -> str:
    """ "Peeling pads for her?" is no search where she must leave them."""
    frame = context.frame
    asks = (frame.kind == "find_product" or frame.band != SURE) and frame.has("asks_permission") and bool(frame.of(*SUBJECTS))
    age = context.person.age
    young = age is not None and age < CHILD and not set(frame.ids("product_type")) & BASICS
    return "can_use" if asks and (young or is_held(context.knowledge, frame.ids(*SUBJECTS), context.person)) else ""


def keep_or_leave(context: Context) -> str:
    """ "My eye cream has retinal in it, keep or not?" of somebody who must leave it asks no storage."""
    frame, knowledge, person = context.frame, context.knowledge, context.person
    asks = frame.kind in OF_KEEPING and frame.has("keep_or_leave")
    return "can_use" if asks and is_held(knowledge, frame.ids(*CONTENT, role=None), person) else ""


def irritated_by_what_was_begun(context: Context) -> str:
    """ "Day 9 and my nose peels, is it meant to?" after a talk of a strong active: whether that irritates."""
    frame, knowledge = context.frame, context.knowledge
    shows = frame.has("speaks_of_irritation", "irritated_skin") and (frame.kind in OF_LASTING or frame.band != SURE)
    bare = not frame.of(*SUBJECTS, "product", "safety")
    begun = any(is_strong(knowledge, one) for one in context.memory.asked.recent)
    return "irritation" if shows and bare and begun and not frame.has("how_long", "again") else ""


def _must_rest(context: Context, subject_id: str) -> bool:
    """True for what skin must be spared after the procedure that the person told of."""
    entry = context.knowledge.safety.get(context.person.procedure)
    return entry is not None and bool(context.frame.story) and is_among(context.knowledge, subject_id, entry.about)


def asks_to_go_on(context: Context) -> bool:
    """ "Stop it or carry on?" in a talk of skincare is about what is used, and no request about an order."""
    talked = context.person.irritated or bool(context.memory.asked.subjects)
    return context.memory.request is None and context.frame.has("stop_or_go_on") and talked


def stop_or_go_on(context: Context) -> str:
    """Whether to go on with what irritates: "stop it or carry on?"."""
    frame = context.frame
    irritated = context.person.irritated or frame.has("irritated_skin") or context.memory.asked.kind in OF_IRRITATION
    if irritated and frame.has("lower_or_stop") and context.memory.asked.kind in OF_IRRITATION:
        return "restart"  # to stop was said; what comes after it is asked
    return "irritation" if irritated and frame.has("stop_or_go_on") else ""


def begun_again_beside_a_medicine(context: Context) -> str:
    """ "When can I go back to my peel?" of somebody whose medicine allows bland care alone: that decides and no waiting for calm skin."""
    bland = any(context.knowledge.safety[one].bland_only for one in context.person.safety)
    if context.frame.kind != "restart" or not bland:
        return ""
    return "can_use" if context.frame.ids(*CONTENT) else "medical"


def may_be_used_meanwhile(context: Context) -> str:
    """ "What about sunscreen?" of somebody whose skin hurts or heals asks whether it may be used."""
    frame, person = context.frame, context.person
    bland = frame.has("asks_permission", "is_fine") and {*frame.ids(*SUBJECTS)} <= BASICS and frame.band != SURE and not frame.story
    asks = (bland or (frame.has("what_about") and frame.short)) and len(frame.of(*SUBJECTS)) == 1 and not frame.has("instead")
    return "can_use" if asks and (person.irritated or person.procedure) and context.memory.asked.kind else ""


def how_long_until_calm(context: Context) -> str:
    """ "How long until it is normal again?" after a talk of irritated skin."""
    frame = context.frame
    asks = frame.kind in ("irritation", "results", "waiting_time") and frame.has("how_long") and not frame.has("again")
    return "calming" if asks and context.memory.asked.kind in OF_IRRITATION and is_bare(context) else ""
