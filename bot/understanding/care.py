"""What somebody pregnant, or with skin that is hurt, means: decisions of a conversation about their care."""

from __future__ import annotations

from bot.rules.safety import is_strong
from bot.understanding.context import Context
from bot.understanding.frame import ASKED_ABOUT, NEEDS, SUBJECTS, SURE

OF_IRRITATION = frozenset({"irritation", "calming", "reaction"})
OF_PREGNANCY = frozenset({"pregnancy", "pregnancy_used"})
# Kinds as which it may be read that something was used already and may have done harm.
OF_HARM = OF_PREGNANCY | OF_IRRITATION | {"side_effects", "report_problem", "medical", "can_use", "tell_profile", "evidence", "percent", "rinse_off"}
OF_LASTING = OF_IRRITATION | {"medical", "purging", "side_effects", "report_problem", "results", "cause", "tell_profile", "for_concern", "allergy", "restart"}
DAYS_TOO_LONG = 3
# Kinds that ask what to put on.
OF_CHOOSING = frozenset({
    "choose", "better", "strength", "for_concern", "medical", "benefits", "evidence", "results", "can_use", "need", "replace", "difference",
    "check_routine", "for_skin_type",
})


def used_while_pregnant(context: Context) -> str:
    """Something used already by somebody who is pregnant or breastfeeding, or the worry about it after it was told."""
    frame, asked = context.frame, context.memory.asked
    pregnant = context.person.pregnant or frame.kind in OF_PREGNANCY
    if not pregnant or not (frame.kind in OF_HARM or frame.band != SURE):
        return ""
    told = frame.has("already_used") and _names_what_was_used(context)
    worries = frame.has("worried", "already_used") and not frame.of(*ASKED_ABOUT, *NEEDS, "product") and asked.kind in OF_PREGNANCY
    return "pregnancy_used" if told or worries else ""


def _names_what_was_used(context: Context) -> bool:
    knowledge = context.knowledge
    medicines = [one for one in context.frame.ids("safety") if knowledge.safety[one].kind == "medicine"]
    return bool(context.frame.of("ingredient", "family") or medicines)


def it_lasts_for_days(context: Context) -> str:
    """Irritated skin that has not settled for days: it is no longer to be waited for."""
    frame = context.frame
    days = [one.number for one in frame.quantities if one.measures == "duration"]
    irritated = frame.has("irritated_skin", "speaks_of_irritation") and frame.kind in OF_LASTING
    long = max(days, default=0) >= DAYS_TOO_LONG or frame.has("since_last_week")
    return "lasting_irritation" if irritated and long and frame.has("still_there") and not frame.has("how_long") else ""


def active_on_hurt_skin(context: Context) -> str:
    """Which active to put on skin that burns or is raw: "which acid then?", "would vitamin C make it heal quicker?"."""
    frame, person = context.frame, context.person
    to_help = frame.kind in OF_CHOOSING or frame.band != SURE or (frame.kind in OF_IRRITATION and frame.has("asks_permission", "helps_it"))
    if not (person.irritated or person.procedure) or not to_help:
        return ""
    strong = [one for one in frame.ids("ingredient", "family", role="") if is_strong(context.knowledge, one)]
    wants = frame.polar or frame.has("question_word", "asks_which")
    else_asked = frame.has("how_long", "again", "stop_or_go_on", "instead", "what_now")
    named = strong or (frame.has("names_an_active") and frame.has("asks_which"))
    return "on_hurt_skin" if wants and named and not else_asked else ""


def stop_or_go_on(context: Context) -> str:
    """Whether to go on with what irritates: "stop it or carry on?"."""
    frame = context.frame
    irritated = context.person.irritated or frame.has("irritated_skin") or context.memory.asked.kind in OF_IRRITATION
    return "irritation" if irritated and frame.has("stop_or_go_on") else ""


def may_be_used_meanwhile(context: Context) -> str:
    """ "What about sunscreen?" of somebody whose skin hurts or heals asks whether it may be used."""
    frame, person = context.frame, context.person
    asks = frame.has("what_about") and frame.short and len(frame.of(*SUBJECTS)) == 1 and not frame.has("instead")
    return "can_use" if asks and (person.irritated or person.procedure) and context.memory.asked.subjects else ""
