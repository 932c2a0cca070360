"""From a frame and the memory to a `Question` of the rules: which subjects are asked about, also where "it" means them."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from bot.rules.advice import Profile, Question, merge
from bot.rules.gate import is_held
from bot.rules.knowledge import Knowledge
from bot.rules.practices import KIND as PRACTICE
from bot.rules.safety import is_strong, red_flags
from bot.rules.situations import SITUATION
from bot.understanding.allergies import is_no_emergency
from bot.understanding.frame import (
    ALLERGIC,
    ASKED_ABOUT,
    EXCEPTED,
    FORM,
    NEEDS,
    NEGATED,
    REPLACED,
    SUBJECTS,
    USED,
    Frame,
    Mention,
)
from bot.understanding.memory import Asked, Memory
from bot.understanding.person import allergies
from bot.understanding.situations import fitting

DAYS_A_MONTH = 365 / 12
# Kinds of question that are about two subjects or more.
OF_SEVERAL = frozenset({"together", "better", "difference", "order", "replace", "different_times", "next_step", "order_check", "waiting_time"})
OF_TROUBLE = frozenset({"purging", "irritation", "reaction", "cause"})
OF_PAIRS = frozenset({"together", "different_times", "avoid_mixing"})
ASKS_FOR_ALLERGY = "allergic_or_irritated"
MOST_NEEDS = 2
FEW = 6
ORDINALS = ("first", "second", "third")
OF_PRACTICES = "practice_"
CHILD_REACTED = "child_reacted"
# Their answer is about the skin as it is, whatever is named.
OF_ALL_OF_IT = frozenset({PRACTICE, CHILD_REACTED})
CHOICES = frozenset({"for_concern", "for_skin_type"})
# What is asked of something used: "I have oily skin, is every night ok?".
OF_USING = frozenset({"frequency", "amount", "time_of_day", "twice_a_day", "rinse_off", "how_to_apply"})


def question(frame: Frame, memory: Memory, person: Profile, knowledge: Knowledge) -> Question:
    """The question that a frame asks, for a person. Where it names no subject but refers to one ("how often?", "is it safe?"),
    the last question's subjects are meant.

    Args:
        frame: with its kind decided.
        memory: the conversation before the message.
        person: whom the answer is for.
        knowledge: whose ids the subjects are.
    """
    kind, last = frame.kind, memory.asked
    subjects, forms = _subjects(frame), frame.ids("product_type", role=FORM)
    needs = frame.ids(*NEEDS)
    if kind in OF_ALL_OF_IT:
        subjects, forms, needs = (), (), ()
    if kind in OF_PAIRS:
        subjects = merge(subjects, _conditions(frame, knowledge))
    if frame.has("which_of_two", "which_of_them") and (recent := _of_which(subjects, last, knowledge)):
        subjects = recent
    counted = () if memory.shown.listed or (subjects and kind not in OF_PAIRS | OF_SEVERAL) else _counted_off(frame, last)
    if counted:
        subjects = merge(counted, subjects)
    elif kind not in OF_ALL_OF_IT and not subjects and not forms and not needs and last.named and refers_back(frame) and not frame.unknown:
        subjects, forms, needs = last.subjects, last.forms, last.needs
    elif (kind in CHOICES and is_about_it(frame) or kind in OF_USING) and needs and not subjects and not forms and last.named:
        subjects, forms = last.subjects, last.forms
    if kind in OF_SEVERAL and len(subjects) < 2 and (last.named or last.recent) and (frame.has("points_back", "which_then", "which_of_two") or _is_half(frame)):
        to_choose = tuple(one for one in last.recent if knowledge.is_content(one))
        chooses = kind == "better" and len(to_choose) > 1 and not _subjects(frame)
        subjects = to_choose if chooses else merge(last.recent[-2:], subjects)[-2:]
    if kind == "difference" and len(frame.words) <= FEW and len(_subjects(frame)) < 2 and last.kind in OF_SEVERAL and len(last.recent) > 1:
        subjects = last.recent[-2:]  # "what is the actual difference?" of the two compared just before
    if frame.has("asks_for_another") and not _subjects(frame):
        subjects, needs = _in_place_of(kind, last, person, knowledge), needs or last.needs
    if kind == "purging" and not subjects and not forms:
        begun = [one.id for one in frame.told if one.label in SUBJECTS and one.role in ("", USED)]
        subjects = tuple(dict.fromkeys(begun))[:MOST_NEEDS]  # what a story began with may never cause it
    if kind == "irritation" and not subjects and not _subjects(frame):
        subjects = tuple(one for one in last.recent if is_strong(knowledge, one))[-1:]
    if frame.has("steps_up") and kind == "frequency" and not _subjects(frame):
        contents = [one for one in (*last.recent, *last.subjects) if knowledge.is_content(one)]
        subjects = tuple(contents[-1:])
    if frame.has("splits_in_time", "swaps_round", "which_days") and kind == "different_times" and not _subjects(frame):
        subjects = _kept_apart(last, person)
    if frame.has("all_of_them") and len(last.recent) > 1 and not _subjects(frame):
        subjects = last.recent
    if kind == "for_concern" and frame.has("what_would_you", "would_help", "which_then", "what_now") and not needs:
        subjects = () if frame.has("what_now") else subjects
        needs = last.needs or person.concerns[:MOST_NEEDS] or person.skin_types[:1]
    if kind == "percent":
        subjects = _measured_first(frame, subjects)
    content = tuple(one for one in subjects if knowledge.is_content(one))
    if kind == "different_times" and len(content) > 1:
        subjects = content  # the steps named around them have their place anyway
    if kind in CHOICES and needs:
        subjects = tuple(one for one in subjects if one not in frame.ids(*ASKED_ABOUT, role=EXCEPTED))
    return Question(
        kind=kind,
        subjects=subjects,
        forms=forms,
        needs=needs,
        profile=person,
        polar=frame.polar,
        number=_number(frame, kind),
        safety=_safety(frame, person, knowledge),
        times=frame.ids("time_of_day"),
        called=_called(frame),
        unknown=strangers_meant(frame, memory),
        relation=frame.relation,
        own_words=tuple((one.id, one.text.lower()) for one in frame.of("safety", "term") if one.text and one.role != NEGATED),
        nights=kind == "different_times" and frame.has("other_days", "swaps_round", "which_days"),
        practices=practices_of(frame) if kind == PRACTICE else (),
        situation=_situation(frame, memory, person, knowledge) if kind == SITUATION else "",
    )


def practices_of(frame: Frame) -> tuple[str, ...]:
    """What a frame says is to be done to skin beside putting something on it."""
    return tuple(sorted(one.removeprefix(OF_PRACTICES) for one in frame.cues if one.startswith(OF_PRACTICES)))


def _situation(frame: Frame, memory: Memory, person: Profile, knowledge: Knowledge) -> str:
    found = fitting(frame, person, knowledge, memory.situations)
    return found.name if found else ""


def _measured_first(frame: Frame, subjects: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects with that first whose strength is said: the one behind the percent sign."""
    sign = frame.text.find("%")
    behind = [one.id for one in sorted(frame.of(*SUBJECTS), key=lambda one: one.start) if one.start > sign >= 0 and one.id in subjects]
    return merge(behind[:1], subjects)


def _is_half(frame: Frame) -> bool:
    """True for "and before or after moisturizer?", which names only one of the two."""
    return frame.short and frame.has("before_or_after", "goes_on")


def _in_place_of(kind: str, last: Asked, person: Profile, knowledge: Knowledge) -> Tuple[str, ...]:
    """What "what can I use instead?" looks for something in the place of: what of the talk this person must leave, else its last
    ingredient; for a concern nothing need be named."""
    if kind != "replace":
        return ()
    held = tuple(one for one in last.recent if knowledge.is_content(one) and is_held(knowledge, [one], person))
    contents = tuple(one for one in last.subjects if knowledge.is_content(one)) or tuple(one for one in last.recent[-1:] if knowledge.is_content(one))
    return held[-1:] or contents


def _kept_apart(last: Asked, person: Profile) -> Tuple[str, ...]:
    """The two that may take turns: those named lately, else those that have nights of their own in the person's routine."""
    turns = merge(*(step.actives for step in person.routine if step.nights))
    return last.recent[-2:] if len(last.recent) > 1 else turns[-2:]


def _of_which(subjects: tuple[str, ...], last: Asked, knowledge: Knowledge) -> tuple[str, ...]:
    """What "which of the two?" and "which of the acids?" choose from: what the last question was about, or what was named lately of
    a family."""
    if not subjects:
        return last.subjects if len(last.subjects) > 1 else ()
    families = [knowledge.families[one] for one in subjects if one in knowledge.families]
    of_them = tuple(one for one in merge(last.recent, last.subjects) if families and any(one in family.members for family in families))
    return of_them[-2:] if len(families) == len(subjects) and len(of_them) > 1 else ()


def _subjects(frame: Frame) -> tuple[str, ...]:
    """What is asked about, in the order it stands; beside what the person uses already only where two things meet, or where
    nothing else is named."""
    roles = ("", *(() if frame.has("meant_other") else (NEGATED,)), REPLACED, EXCEPTED) + ((USED,) if frame.kind in OF_SEVERAL | OF_PAIRS else ())
    roles += (ALLERGIC,) if frame.kind == ASKS_FOR_ALLERGY else ()
    found = tuple(dict.fromkeys(one.id for one in frame.mentions if one.label in ASKED_ABOUT and one.role in roles))
    return found or frame.ids(*SUBJECTS, role=USED)


def _counted_off(frame: Frame, last: Asked) -> tuple[str, ...]:
    """The subject that "the second one" means, of those the last question was about or that were named lately."""
    named = last.subjects if len(last.subjects) > 1 else last.recent
    if len(named) < 2:
        return ()
    found = tuple(one for one, cue in zip(named, ORDINALS) if frame.has(cue))
    return found or (named[-1:] if frame.has("last_one") else ())


def _safety(frame: Frame, person: Profile, knowledge: Knowledge) -> tuple[str, ...]:
    """The safety entries that a question names; of what a thing always does to somebody the allergy, and no reaction."""
    left_out = red_flags(knowledge) if is_no_emergency(frame) else frozenset()
    named = [one.id for one in frame.of("safety") if one.role != NEGATED and one.id not in left_out]
    if frame.kind == "medical" and not named and not _subjects(frame):
        healing = [knowledge.conditions[one].entry or "" for one in frame.ids("condition")]
        minding = [one for one in person.safety if knowledge.safety[one].minds_procedures] if healing else []
        named = minding or [one for one in (*healing, person.procedure) if one and knowledge.safety[one].heals][:1]
    return merge(named, allergies(frame, knowledge)[0])


def _conditions(frame: Frame, knowledge: Knowledge) -> tuple[str, ...]:
    """What pair rules may speak of, named itself or by its safety entry."""
    entries = {one.id for one in frame.of("safety") if one.role != NEGATED}
    named = [one for one, condition in knowledge.conditions.items() if condition.entry in entries]
    return tuple(one for one in (*frame.ids("condition"), *named) if one in knowledge.conditions)


def strangers_meant(frame: Frame, memory: Memory) -> tuple[str, ...]:
    """What nobody knows of that a question is about: named in it, or spoken of just before ("could I use it with retinol?")."""
    meant = frame.refers or frame.has("points_back", "goes_on", "with") or (frame.short and not _subjects(frame))
    return frame.unknown or (memory.strangers if meant else ())


def with_last_subjects(frame: Frame, memory: Memory, knowledge: Knowledge) -> Frame:
    """The frame of "do you sell any?" with what the last question was about."""
    kinds = {"product_type": knowledge.product_types, "ingredient": knowledge.ingredients, "family": knowledge.families, "concern": knowledge.concerns, "skin_type": knowledge.skin_types}
    asked = (*(memory.asked.subjects or memory.asked.recent[-1:])[:1], *memory.asked.needs[:1])
    labels = {one: label for one in asked for label, known in kinds.items() if one in known}
    return replace(frame, mentions=(*frame.mentions, *(Mention(label, one, "", 0, 0) for one, label in labels.items())))


def refers_back(frame: Frame) -> bool:
    """True where a question without a subject goes on about the last one's."""
    return frame.follows or frame.short or frame.has("points_back", "goes_on", "stop_or_go_on")


def is_about_it(frame: Frame) -> bool:
    """True for "is it good for dry skin?"."""
    return frame.has("about_it") and not frame.has("just_possible")


def _number(frame: Frame, kind: str) -> float | None:
    if kind == "shelf_life":
        days = None if frame.has("unopened") else frame.number("duration")
        return None if days is None else days / DAYS_A_MONTH
    return frame.number("percent" if kind == "percent" else "age")


def _called(frame: Frame) -> tuple[str, ...]:
    """The names that the message gives its only subject, each once; a plural is no other name."""
    found = frame.of(*SUBJECTS)
    if len({one.id for one in found}) != 1:
        return ()
    return tuple({one.text.lower().removesuffix("s"): one.text.lower() for one in found if one.text}.values())


def followed_up(frame: Frame, memory: Memory, asked: Question) -> Question:
    """The last question again, about another subject, need or time: "and serum?", "and at night?"."""
    last = memory.asked
    kind = asked.kind
    named = frame.of(*SUBJECTS)
    if frame.has("corrects_subject"):
        return replace(asked, subjects=_corrected(frame, last), polar=last.polar)
    if kind == "together" and len(last.subjects) > 1 and frame.has("adds_to_it"):
        asked = replace(asked, subjects=merge(last.subjects, frame.ids(*SUBJECTS)))
    if kind == "together" and len(asked.subjects) == 1 and last.subjects:
        asked = replace(asked, subjects=merge(last.subjects[:1], asked.subjects))
    if asked.needs and not asked.subjects and last.named:
        asked = replace(asked, subjects=last.subjects, forms=last.forms)
    if "pregnancy" in asked.safety and last.named:
        asked = replace(asked, kind="pregnancy", subjects=asked.subjects or last.subjects)
    if asked.times and not named and last.named and asked.kind != "together":
        asked = replace(asked, kind="time_of_day", subjects=last.subjects, forms=last.forms)
    if named and (memory.situation or asked.kind in TOLD_OF_THE_PERSON or (asked.kind == SUN and asked.profile.procedure)):
        asked = replace(asked, kind=SUN if asked.subjects == (SUN,) else "pregnancy" if asked.profile.pregnant else "can_use")
    if named and asked.kind in OF_TROUBLE and frame.has("emergency_put_on", "what_about", "asks_permission", "is_fine"):
        asked = replace(asked, kind="can_use")  # "and put vaseline?" of skin in trouble
    needs = asked.needs or last.needs or asked.profile.concerns or asked.profile.skin_types
    if named and asked.kind in CHOICES and (frame.has("is_fine") or not needs):
        asked = replace(asked, kind="pregnancy" if asked.profile.pregnant else "can_use")
    if frame.has("with") and named and not (kind == "together" and frame.has("adds_to_it")):
        asked = replace(asked, kind="together", subjects=merge(last.subjects[:1], asked.subjects))
    return replace(asked, polar=asked.polar or last.polar)


def _corrected(frame: Frame, last: Asked) -> tuple[str, ...]:
    """The subjects of the last question with the right one in the place of the wrong one, or of the last where none is denied."""
    right, wrong = frame.ids(*ASKED_ABOUT), frame.ids(*ASKED_ABOUT, role=NEGATED)
    kept = [one for one in last.subjects if one not in wrong]
    kept = kept[:-1] if len(kept) == len(last.subjects) else kept
    return merge(kept, right)


SUN = "sunscreen"
# What the person told of their skin or health goes on to count; the question about it does not go on.
TOLD_OF_THE_PERSON = frozenset({"medical", "irritation", "calming", "reaction", "allergy", "allergic_or_irritated", "restart", "tell_profile", "changed_by"})


def last_question(memory: Memory, person: Profile) -> Question:
    """The last question again, for the person as they are known now."""
    last: Asked = memory.asked
    if memory.situation:
        return Question(SITUATION, last.subjects, last.forms, last.needs, person, situation=memory.situation)
    return Question(last.kind, last.subjects, last.forms, last.needs, person, polar=last.polar)
