"""What a message tells of a person: skin, age, pregnancy, allergies, medicines, what their skin went through lately."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence, Tuple

from bot.rules.advice import Profile, merge
from bot.rules.kinship import named_after
from bot.rules.knowledge import Knowledge
from bot.rules.routine_guard import IRRITATED
from bot.rules.safety import BABY, SEVERE_ALLERGY, UNDER_13, URGENCY
from bot.understanding.ages import told_of_a_child
from bot.understanding.allergies import is_no_emergency
from bot.understanding.frame import ALLERGIC, CONTENT, NEGATED, SUBJECTS, Frame
from bot.understanding.whose import OTHER

DAY = 24 * 60 * 60.0
# Longer than skin takes to renew what was burnt or inflamed at the surface, so that nobody is waved on too early.
KEPT = 28 * DAY
# Days after which what somebody stopped taking no longer counts.
OVER_AFTER = 183
PREGNANCY, BURN = "pregnancy", "burn_or_blisters"
OPEN_AGAIN = frozenset({"but", "again", "open", "not", "until", "once", "when", "if"})
PREGNANT_NOW = frozenset({"pregnant", "expecting", "nursing", "breastfeeding", "trimester", "again", "currently"})
UNNAMED = "lasting_reaction"
REPORTS, TELLS, MEDICAL = "report_reaction", "tell_profile", "medical"
# Whoever asks about irritated skin or just tells of it has it, though they may not say "my": "overdid it, everything stings".
OF_IRRITATED_SKIN = frozenset({"irritation", REPORTS})
# Kinds as which a plain statement of a disease, a medicine or an allergy may be read.
PLAINLY_TOLD = frozenset({MEDICAL, "irritation", "reaction", "for_concern", "allergy"})
MOST_CONCERNS = 4
BABY_UNTIL = 3
BABIES = frozenset({"baby", "newborn", "infant", "toddler"})


def told(frame: Frame, known: Profile, knowledge: Knowledge, now: float, asked: bool = False) -> Profile:
    """What is known of a person after a message that is about them; a new skin type replaces the old one.

    Args:
        frame: the message.
        known: what was known before.
        now: when the message came, in seconds since 1970.
        asked: what is only asked about ("salicylic acid, 13 yo ok?") counts too, as it does for the answer.
    """
    frame = replace(frame, mentions=(*frame.told, *frame.mentions))
    known = _reactions(frame, _procedures(frame, known, knowledge, now, asked), knowledge, now)
    plainly = frame.kind in PLAINLY_TOLD and _states(frame)  # "started on roaccutane in feb"
    if asked or plainly or frame.whose or frame.kind == TELLS or frame.has("pregnant_maybe", "allergy_told"):
        known = _health(frame, known, knowledge)
    hurts_always = frame.has("each_time") and frame.has("reacts_badly") and not frame.story  # "always" may stand anywhere in a story
    left_out = frame.ids(*CONTENT, role=NEGATED) if frame.has("irritated_skin") and frame.short else ()  # "not vitamin C, it stings"
    ruled_out = left_out or (frame.ids(*CONTENT) if frame.has("rules_out") or hurts_always else ())
    if len(ruled_out) == 1:
        known = replace(known, avoids=merge(known.avoids, ruled_out))
    if left_out:
        return known
    if frame.whose != OTHER and not frame.has("first_person") and frame.kind != TELLS:
        states = frame.kind in OF_IRRITATED_SKIN or not (frame.polar or frame.has("question_word"))
        irritated = states and frame.has("irritated_skin")
        return replace(known, irritated=True) if irritated else known
    return _skin(frame, known)


def tells_it_healed(frame: Frame) -> bool:
    """True for "it has healed now", told and not asked, of skin that is not open again."""
    return frame.has("healed_since") and _states(frame) and not OPEN_AGAIN & {*frame.words}


def _tries(frame: Frame) -> bool:
    """True for somebody who tries for a baby."""
    return frame.has("tries_for_a_baby") and not frame.has("tries_for_none")


def _is_long_past(frame: Frame) -> bool:
    """True where the only pregnancy that a message names was years ago."""
    return frame.has("past_pregnancy") and not PREGNANT_NOW & {*frame.words} and frame.words.count(PREGNANCY) == 1 and not (frame.has("pregnant_maybe") or _tries(frame))


def _states(frame: Frame) -> bool:
    """True for a sentence that asks nothing."""
    return "?" not in frame.text and not frame.has("question_word", "asks_by_verb", "asks_permission", "indirect_question")


def _skin(frame: Frame, known: Profile) -> Profile:
    skin_types = frame.ids("skin_type")
    if skin_types:
        known = replace(known, skin_types=skin_types)
    concerns = () if frame.has("avoids_damage") else frame.ids("concern")
    if concerns:
        known = replace(known, concerns=merge(concerns, known.concerns)[:MOST_CONCERNS])
    if frame.has("experienced"):
        known = replace(known, beginner=False)
    elif frame.has("beginner"):
        known = replace(known, beginner=True)
    if frame.has("calm_again"):
        return replace(known, irritated=False, concerns=tuple(one for one in known.concerns if one != IRRITATED))
    return replace(known, irritated=known.irritated or frame.has("irritated_skin"))


def _health(frame: Frame, known: Profile, knowledge: Knowledge) -> Profile:
    """Age, pregnancy, allergies, medicines and conditions: none is ever taken back but by saying that it does not hold."""
    age = frame.number("age")
    own = frame.has("nurses") and frame.whose != OTHER  # whose baby is told of asks for themself
    nursing = age is not None and age < BABY_UNTIL and (own or frame.has("pregnant_told", "speaks_of_pregnancy"))
    if age is not None and not nursing:
        known = replace(known, age=int(age))
    elif frame.whom in BABIES and known.age is None and not own and not frame.has("pregnant_told", "pregnant_maybe"):
        known = replace(known, age=0)
    if known.age is None and UNDER_13 in known.safety and (years := told_of_a_child(frame)) is not None:
        known = replace(known, age=years)
    if frame.has("pregnant_maybe") or _tries(frame):
        known = replace(known, pregnant=True)
    for mention in frame.of("safety"):
        denied = mention.role == NEGATED
        if mention.id == PREGNANCY and _is_long_past(frame):
            continue
        kind = knowledge.safety[mention.id].kind
        if mention.id == BABY and not denied and not own and known.age is None:
            known = replace(known, age=0)
        if mention.id == UNDER_13 and not denied and frame.whose == OTHER and known.age is None:
            known = replace(known, safety=merge(known.safety, (UNDER_13,)))
        if mention.id == PREGNANCY:
            known = replace(known, pregnant=not denied or _tries(frame))  # "not pregnant yet"
        elif kind in ("allergy", "medicine", "condition"):
            over = denied or _is_over(frame)
            kept = tuple(one for one in known.safety if one != mention.id)
            known = replace(known, safety=kept if over else merge(known.safety, (mention.id,)))
    if known.age is not None:  # which says more
        known = replace(known, safety=tuple(one for one in known.safety if one != UNDER_13))
    found, named = allergies(frame, knowledge)
    return replace(known, safety=merge(known.safety, found), allergies=merge(known.allergies, named))


def allergies(frame: Frame, knowledge: Knowledge) -> Tuple[Tuple[str, ...], Tuple[str, ...]]:
    """What the person tells they react to: the safety entries of it, and the subjects and names of things that no entry is of."""
    allergic = any(word.startswith("allerg") for word in frame.words)
    # A cream that made skin itch is no allergy to creams.
    told = tuple(one for one in frame.of(*SUBJECTS, "unknown", role=ALLERGIC) if one.label != "product_type" or allergic)
    told += tuple(one for one in (*frame.of("term", role=ALLERGIC), *frame.told) if one.label == "term" and one.role == ALLERGIC and knowledge.allergy_to(one.text))
    entries = {one.text.lower(): entry for one in told if (entry := knowledge.allergy_to(one.text))}
    rest = [one.id for one in told if one.label not in ("unknown", "term") or one.text.lower() not in entries]
    rest += [each for one in told if one.label == "unknown" and one.text.lower() not in entries for each in named_after(knowledge, one.text)]
    found = (*entries.values(), *((SEVERE_ALLERGY,) if frame.has("reacted_severely") and told else ()))
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(rest))


def _is_over(frame: Frame) -> bool:
    """True for "stopped it eight months ago"."""
    days = [one.number for one in frame.quantities if one.measures == "duration"]
    return frame.has("stopped_long_ago") and bool(days) and max(days) >= OVER_AFTER


def _named(frame: Frame) -> Sequence[str]:
    return [one.id for one in frame.of("safety") if one.role != NEGATED]


def _reactions(frame: Frame, known: Profile, knowledge: Knowledge, now: float) -> Profile:
    """The red flag of the message is kept for a while, so that "may I use it again?" stays careful."""
    named = [] if is_no_emergency(frame) else _named(frame)
    flags = [one for one in named if knowledge.safety[one].after]
    if not flags and frame.kind == REPORTS and not named:
        flags = [UNNAMED]
    if flags:
        gravest = min(flags, key=lambda one: URGENCY.index(knowledge.safety[one].urgency))
        return replace(known, red_flag=gravest, red_flag_at=now)
    healed = known.red_flag == BURN and tells_it_healed(frame)
    past = known.red_flag and (healed or now - known.red_flag_at > KEPT)
    return replace(known, red_flag="", red_flag_at=0.0) if past else known


def _procedures(frame: Frame, known: Profile, knowledge: Knowledge, now: float, asked: bool) -> Profile:
    """The waxing, peel or laser of the message, or nothing of one that is long past."""
    told = asked or frame.has("first_person") or bool(frame.whose) or _states(frame)
    conditions = [knowledge.conditions[one].entry or "" for one in frame.ids("condition")] if told else []
    named = [one for one in (*_named(frame), *filter(None, conditions)) if knowledge.safety[one].heals]
    if named:
        # One that is named closer stands before the general one in the file.
        first = next(one for one in knowledge.safety if one in named)
        return replace(known, procedure=first, procedure_at=now)
    past = known.procedure and now - known.procedure_at > KEPT
    return replace(known, procedure="", procedure_at=0.0) if past else known
