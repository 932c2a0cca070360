"""Decisions of a conversation for what people tell in words of their own; see `decisions` and `situations`.

The limits were chosen on examples that were not learned from: of those from `LIKELY` on three in four are the right one, from `CERTAIN`
on nine in ten; of questions that tell of no situation few reach either.
"""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Profile
from bot.rules.facts import stated
from bot.rules.knowledge import Knowledge
from bot.rules.situations import SITUATION
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context, asks, is_bare
from bot.understanding.decisions_told import health
from bot.understanding.frame import (
    ASKED_ABOUT,
    CONTENT,
    FORM,
    LOST,
    NEEDS,
    SUBJECTS,
    SURE,
    Frame,
    Guess,
    kind_of_intent,
)
from bot.understanding.memory import Memory
from bot.understanding.situations import SURELY, fitting, likeliest
from bot.understanding.topics import groups

CERTAIN, LIKELY = 0.6, 0.2
# Of several hundred each takes a part: where the classifier is sure of a kind that is answered in general, so much more must speak for it.
RATHER, MUCH_RATHER = 0.3, 0.45
# So confident the classifier is hardly ever wrong.
SUREST = 0.97
# A story that nothing else is sure of sounds like much at once, so that the right one has a smaller share; two in three are right.
OF_STORIES = 0.13
# So many times likelier must a short message be with the one before it to be taken so.
MORE = 1.4
# So much less likely than what does not fit it is a poor guess.
FAR_LESS = 0.6
# In their questions a relation of two subjects says what is asked.
OF_SEVERAL = frozenset({"together", "order", "order_check", "next_step", "different_times", "difference", "better", "replace", "avoid_mixing", "waiting_time"})
# What they say of anybody says little of a situation.
GENERAL_RULES = frozenset({"of_a_child", "concern_at_an_age"})
SKINCARE, GIFT = "skincare", "gift_for_somebody"
OF_HARM = frozenset({"irritation", "reaction"})
# Fewer words say nothing that goes on.
FEWEST = 3
# Where all else would be said again, so little is enough.
RATHER_THAN_AGAIN = 0.08
# Their answers are worked out from what is named.
WORKED_OUT = frozenset({
    "together", "order", "order_check", "next_step", "different_times", "pregnancy", "for_concern", "for_skin_type", "choose", "can_use",
    "difference", "better", "replace", "strength", "age", "medical", "allergy", "to_avoid", "what_is", "benefits", "percent", "evidence",
    "build_routine", "check_routine", "plan_week", "read_label", "how_many_at_once", "avoid_mixing", "prevent", "purging",
})
# From this share on who tells of their skin tells of the situation: "my eyelids are dry and flaky" is more than a skin type.
TOLD_AS_WELL = 0.5
# They ask of two things; with one alone they are a poor guess.
OF_TWO = frozenset({"replace", "difference", "better", "strength"})
NOT_MEANT = (("percent", "place_on_list"), ("authenticity", "other_seller"), ("sunscreen", "other_seller"), ("report_problem", "other_seller"))
# Who writes so many words tells a story, whatever the classifier is sure of.
LONG, SOME = 40, 20
NEARLY_SURE = 0.85
# So likely a situation goes before what is stated in general, and so likely before what a rule read, or what two subjects are to each other.
NEARLY_CERTAIN, HARDLY_ELSE = 0.7, 0.93
OF_NAMES = frozenset({"what_is", "difference"})
# Whether somebody may use it is said of their pregnancy, age or allergy first.
OF_A_PERSON = frozenset({"pregnancy", "pregnancy_used", "allergy", "age"})
WISHES = frozenset({"find_product", "start_finder", "choose"})
SMALL = frozenset({"out_of_scope", "capabilities", "human", "report_problem"})


def told_after_a_procedure(context: Context) -> str:
    """Likely one, of somebody who tells of a procedure that was done and asks about nothing that is put on."""
    frame = context.frame
    minded = (frame.of("condition") or (context.person.procedure and not frame.short)) and not frame.has("planned_ahead")
    return _likely_one(context, LIKELY) if minded and not frame.of(*CONTENT) and not frame.relation and _may_be_one(context) else ""


def surely_told(context: Context) -> str:
    """Hardly anything else: where the classifier is not sure of a kind, or would have something said in general."""
    frame = context.frame
    if not _may_be_one(context):
        return ""
    if frame.band != SURE:
        return _likely_one(context, SURELY)
    if frame.kind in OF_A_PERSON or frame.kind in ROUTINES:
        return ""
    if frame.kind in OF_NAMES and frame.of(*SUBJECTS):
        return ""  # what something is, and how it differs, is said as it stands
    related = frame.kind in OF_SEVERAL and len(frame.ids(*CONTENT)) > 1
    if related and frame.kind in OF_TWO and not _speaks_of_all(context):
        return ""  # the two named are compared
    decided = {*frame.rules} - GENERAL_RULES or related or (frame.polar and _is_stated(context))
    return _likely_one(context, HARDLY_ELSE if decided else NEARLY_CERTAIN)


def _speaks_of_all(context: Context) -> bool:
    """Whether the likeliest situation speaks of all that the message names."""
    entry = context.knowledge.situations.get(context.frame.situations[0].name)
    return entry is not None and {*context.frame.ids(*CONTENT)} <= {*entry.about, *entry.fact.mentions, *entry.fact.recommends}


def told_for_certain(context: Context) -> str:
    """Likely one where the classifier's kind rests on nothing that is named, so that it would be answered in general, or where a
    story is told; else surely one, and nothing says what is asked of what is named."""
    frame = context.frame
    of_those_before = frame.has("several_of_them", "which_of_two") and len(context.memory.asked.recent) > 1
    related = (frame.relation or of_those_before) and frame.kind in OF_SEVERAL and len(frame.ids(*SUBJECTS)) != 1
    specific = bool({*frame.rules} - GENERAL_RULES or related)
    if not _may_be_one(context) or (not frame.story and (specific or frame.kind in ROUTINES)):
        return ""
    if context.memory.shown.listed and frame.short and frame.has("adds_a_wish"):
        return ""  # "and fragrance free?" narrows the list
    if frame.kind in OF_TWO and len(frame.ids(*CONTENT)) < 2 and not frame.has("asks_for_another", "instead"):
        return _likely_one(context, RATHER)
    if frame.band == SURE and frame.kind in OF_HARM and not frame.story:
        return _likely_one(context, CERTAIN)  # what to stop comes before what it may be
    if frame.story:
        return _likely_one(context, CERTAIN if specific else LIKELY if frame.band == SURE else OF_STORIES)
    if _is_stated(context):
        return _likely_one(context, RATHER) if frame.kind == "what_is" and not frame.of(*SUBJECTS) else ""
    if not _would_be_general(context):
        return _likely_one(context, CERTAIN)
    if frame.band == LOST and not frame.mentions and frame.meant and frame.meant[0].confidence >= CERTAIN > frame.situations[0].share:
        return ""  # a question to the shop sounds more like it
    return _likely_one(context, LIKELY if frame.band != SURE else RATHER if frame.confidence < SUREST else MUCH_RATHER)


def told_with_a_cue(context: Context) -> str:
    """Likely one where a word says that the kind which sounds like it is not meant: a percentage taken from the place on a list, the
    genuineness of what somebody else sold."""
    frame = context.frame
    asks = any(frame.kind == kind and frame.has(cue) for kind, cue in NOT_MEANT)
    return _likely_one(context, LIKELY) if asks else ""


def told_at_length(context: Context) -> str:
    """Certainly one, of who tells much and names no order: "the box has no batch number, the font looks off ..."."""
    frame = context.frame
    if len(frame.words) < LONG or frame.number("order_number") is not None or not frame.situations or frame.of("safety", "condition"):
        return ""
    return _likely_one(context, CERTAIN)


def told_beside_a_wish(context: Context) -> str:
    """Hardly anything else than one, of who tells of it and ends with a wish for a product: "blisters on one side ... which cream?"."""
    frame = context.frame
    tells = len(frame.text.split()) >= SOME and frame.kind in WISHES and frame.number("order_number") is None
    return _likely_one(context, NEARLY_SURE) if tells and frame.situations else ""


def story_told(context: Context) -> bool:
    """True for a story that plainly tells of a situation and names no order."""
    frame = context.frame
    return bool(frame.story) and not frame.has("of_my_order") and frame.number("order_number") is None and bool(_likely_one(context, RATHER))


def told(context: Context) -> str:
    """Likely one, where the classifier is not sure of any kind; few words go on with the talk."""
    goes_on = context.frame.short and context.memory.asked.kind
    if context.frame.band == SURE or goes_on or not _may_be_one(context):
        return ""
    says_more = {*context.frame.rules} - GENERAL_RULES or context.frame.of("product")
    if GIFT in context.frame.rules:
        return _likely_one(context, SURELY)  # presents are products, and advice on them comes after those
    return _likely_one(context, CERTAIN if says_more else LIKELY)


def names_something_new(context: Context) -> str:
    """ "And through a window?", "what about winter?": of what no subject is, a situation that the talk may go on with, or what more
    there is to say of the last one."""
    frame, shown, memory = context.frame, context.memory.shown, context.memory
    of_shop = shown.policy or shown.listed or shown.handle
    names = frame.of(*SUBJECTS, *NEEDS, "product", "safety", "condition", "brand")
    if frame.kind != FOLLOW_UP or names or len(frame.words) < FEWEST or of_shop or not memory.asked.kind:
        return ""
    if something_else_told(frame, memory, context.person, context.knowledge):
        return SITUATION
    return "show_more" if memory.situation and memory.said.more else ""


def goes_on_with_a_situation(context: Context) -> str:
    """A short message that says little by itself and is about the same as the one before it: "mine have cracks", "can I pop them?".
    What was said of it is not said again, but what more there is."""
    frame, memory = context.frame, context.memory
    shown = memory.shown.listed or memory.shown.handle
    newly = not shown and not frame.refers and any(one.share >= RATHER and one.name not in memory.situations for one in frame.in_talk[:1])
    open_to_it = frame.band != SURE or ((memory.situation or newly) and not frame.of(*ASKED_ABOUT, *NEEDS, "product", "safety") and not frame.rules)
    if not (memory.asked.kind and frame.in_talk and open_to_it) or len(frame.words) < FEWEST or memory.shown.policy or (frame.band == SURE and not is_of_skin(kind_of_intent(frame.intent))):
        return ""
    if frame.kind in OF_HARM and frame.band == SURE:
        return ""
    found = fitting(replace(frame, situations=frame.in_talk), context.person, context.knowledge, memory.situations)
    if {*frame.rules} - GENERAL_RULES or found is None or found.share < LIKELY or _names_its_own(context, found.name) or changes_what_was_said(context, found):
        return ""
    if found.name == memory.situation:
        return "show_more" if memory.said.more or asks(frame) else ""
    return SITUATION


def changes_what_was_said(context: Context, found: Guess) -> bool:
    """True where something is told of the person that changes the last answer, and the situation is not of what that was about."""
    memory, about = context.memory, {*context.knowledge.situations[found.name].about}
    newly = health(context.person) != health(memory.person) and not memory.of_other
    return newly and bool(memory.asked.subjects) and found.share < SURELY and not about & {*memory.asked.subjects}


def _names_its_own(context: Context, name: str) -> bool:
    """True where the message names a kind of product that was not talked of and that the situation does not speak of."""
    asked, entry = context.memory.asked, context.knowledge.situations[name]
    spoken = {*asked.subjects, *asked.recent, *asked.forms, *entry.about, *entry.fact.mentions, *entry.fact.recommends}
    words = " ".join((entry.fact.say, *entry.fact.more)).lower()
    named = [one for one in context.frame.of("product_type", role="") if one.id not in spoken]
    return any(not any(wording in words for wording in context.knowledge.product_types[one.id].wordings) for one in named)


def rather_than_again(context: Context) -> str:
    """Whatever situation it may tell of, where what was said last would be said again: "and through a window?"."""
    if context.frame.has("stop_or_go_on", "keep_or_leave"):
        return ""  # what was said says whether to stop
    return SITUATION if context.repeats and something_else_told(context.frame, context.memory, context.person, context.knowledge) else ""


def something_else_told(frame: Frame, memory: Memory, person: Profile, knowledge: Knowledge) -> Guess | None:
    """The likeliest situation, of the message alone or with the one before it, other than the one answered last."""
    talked_of = {*memory.asked.subjects, *memory.asked.recent, *memory.asked.needs, *frame.ids(*SUBJECTS, *NEEDS)}

    def may_be(one: Guess) -> bool:
        entry = knowledge.situations.get(one.name)
        related = entry is not None and (entry.kind == memory.asked.kind or talked_of & {*entry.about, *entry.fact.mentions, *entry.fact.recommends})
        points_back = bool(frame.refers)  # "and with half an hour between them?" is of just what was said
        return one.name != memory.situation and one.share >= (CERTAIN if points_back else RATHER_THAN_AGAIN if related else LIKELY)

    others = tuple(one for one in likeliest((frame.situations, frame.in_talk), len(frame.situations) + len(frame.in_talk)) if may_be(one))
    return fitting(replace(frame, situations=others), person, knowledge)


def _likely_one(context: Context, least: float) -> str:
    if _rather_with_the_one_before(context):
        return ""
    found = fitting(context.frame, context.person, context.knowledge, context.memory.situations)
    likeliest_of_all = max((one.share for one in context.frame.situations), default=0.0)
    return SITUATION if found is not None and found.share >= max(least, FAR_LESS * likeliest_of_all) else ""


def _rather_with_the_one_before(context: Context) -> bool:
    """True for "mine have cracks": alone it sounds like something else than with what was said before, and less."""
    with_it, alone = context.frame.in_talk[:1], context.frame.situations[:1]
    if not with_it or not alone or not context.memory.asked.kind or with_it[0].name == alone[0].name:
        return False
    return with_it[0].share >= max(CERTAIN, MORE * alone[0].share)


def _would_be_general(context: Context) -> bool:
    """True where the kind of question says nothing of what is named, or nothing is named in more than a few words."""
    frame = context.frame
    if {*frame.rules} - GENERAL_RULES or frame.of("product", "safety", "condition"):
        return False
    if not frame.of(*ASKED_ABOUT, *NEEDS):
        return not frame.short
    return frame.kind not in WORKED_OUT and not _is_stated(context)


def _is_stated(context: Context) -> bool:
    """True where the knowledge has a statement of this kind on what is named."""
    frame, knowledge = context.frame, context.knowledge
    if any(frame.kind in knowledge.terms[one].facts or frame.kind in knowledge.terms[one].covers for one in frame.ids("term")):
        return True
    if any(frame.kind in knowledge.concerns[one].facts for one in frame.ids("concern")):
        return True
    subjects, forms = frame.ids(*SUBJECTS), frame.ids("product_type", role=FORM)
    return stated(knowledge, frame.kind, subjects, forms, frame.ids(*NEEDS)) is not None


def _may_be_one(context: Context) -> bool:
    """True where it may be about skin, and not about the shop, its products or the talk."""
    frame = context.frame
    kind = kind_of_intent(frame.intent)
    dated = frame.has("about_pack_dates") or (kind == "shelf_life" and frame.number("duration") is not None)
    tells = kind == "tell_profile" and frame.band == SURE and not frame.story and not any(one.share >= TOLD_AS_WELL for one in frame.situations[:1])
    if context.memory.asked.kind in ROUTINES and not frame.story and is_bare(context):
        return False  # the routine is talked of
    if frame.kind in OF_NAMES and len(frame.ids(*SUBJECTS)) < len({one.text.lower() for one in frame.of(*SUBJECTS)}):
        return False  # "is centella the same as cica?"
    if frame.has("helps_with") and frame.of(*CONTENT) and frame.of(*NEEDS) and frame.short:
        return False  # whether one thing helps with another is asked, and nothing is told
    return bool(frame.situations) and not dated and not tells and (frame.band != SURE or is_of_skin(kind))


def is_of_skin(kind: str) -> bool:
    """True for a kind of question about skin, or small talk that such a message may sound like."""
    return kind in SMALL or kind in groups()[SKINCARE]
