"""From a frame and the memory to a `Question` of the rules: which subjects are asked about, also where "it" means them."""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Profile, Question, merge
from bot.rules.knowledge import Knowledge
from bot.rules.safety import red_flags
from bot.understanding.allergies import is_habitual
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

DAYS_A_MONTH = 365 / 12
# Kinds of question that are about two subjects or more.
OF_SEVERAL = frozenset({"together", "better", "difference", "order", "replace", "different_times", "next_step", "order_check", "waiting_time"})
OF_PAIRS = frozenset({"together", "different_times", "avoid_mixing"})
ASKS_FOR_ALLERGY = "allergic_or_irritated"
MOST_NEEDS = 2
ORDINALS = ("first", "second", "third")
CHOICES = frozenset({"for_concern", "for_skin_type"})
# Safety entries under the names by which pair rules know them.
CONDITIONS = {"before_wax_peel_laser": "wax_laser_peel", "pregnancy": "pregnancy", "aspirin_allergy": "aspirin_allergy",
              "isotretinoin_oral": "isotretinoin_oral"}


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
    if kind in OF_PAIRS:
        subjects = merge(subjects, _conditions(frame, knowledge))
    if frame.has("which_of_two") and not subjects and kind == "better":
        subjects = last.subjects
    counted = () if subjects or memory.shown.listed else _counted_off(frame, last)
    if counted:
        subjects = counted
    elif not subjects and not forms and not needs and last.named and refers_back(frame) and not frame.unknown:
        subjects, forms, needs = last.subjects, last.forms, last.needs
    elif kind in CHOICES and needs and not subjects and not forms and last.named and is_about_it(frame):
        subjects, forms = last.subjects, last.forms
    if kind in OF_SEVERAL and len(subjects) < 2 and last.named and frame.has("points_back"):
        subjects = merge(last.recent[-2:], subjects)[-2:]
    if frame.has("all_of_them") and len(last.recent) > 1 and not _subjects(frame):
        subjects = last.recent
    if kind == "for_concern" and frame.has("what_would_you") and not needs:
        needs = last.needs or person.concerns[:MOST_NEEDS] or person.skin_types[:1]
    content = tuple(one for one in subjects if one in knowledge.ingredients or one in knowledge.families)
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
        safety=_safety(frame, knowledge),
        times=frame.ids("time_of_day"),
        called=_called(frame),
        unknown=strangers_meant(frame, memory),
        relation=frame.relation,
    )


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


def _safety(frame: Frame, knowledge: Knowledge) -> tuple[str, ...]:
    """The safety entries that a question names; of what a thing always does to somebody the allergy, and no reaction."""
    left_out = red_flags(knowledge) if is_habitual(frame) else frozenset()
    named = [one.id for one in frame.of("safety") if one.role != NEGATED and one.id not in left_out]
    return merge(named, allergies(frame, knowledge)[0])


def _conditions(frame: Frame, knowledge: Knowledge) -> tuple[str, ...]:
    named = [CONDITIONS[one.id] for one in frame.of("safety") if one.role != NEGATED and one.id in CONDITIONS]
    return tuple(one for one in (*frame.ids("condition"), *named) if one in knowledge.conditions)


def strangers_meant(frame: Frame, memory: Memory) -> tuple[str, ...]:
    """What nobody knows of that a question is about: named in it, or spoken of just before ("could I use it with retinol?")."""
    meant = frame.refers or frame.has("points_back", "goes_on", "with") or (frame.short and not _subjects(frame))
    return frame.unknown or (memory.strangers if meant else ())


def with_last_subjects(frame: Frame, memory: Memory, knowledge: Knowledge) -> Frame:
    """The frame of "do you sell any?" with what the last question was about."""
    asked = (one for one in memory.asked.subjects[:1] if one in knowledge.ingredients or one in knowledge.families or one in knowledge.product_types)
    labels = {one: "product_type" if one in knowledge.product_types else "ingredient" if one in knowledge.ingredients else "family" for one in asked}
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
    if kind == "together" and len(asked.subjects) == 1 and last.subjects:
        asked = replace(asked, subjects=merge(last.subjects[:1], asked.subjects))
    if asked.needs and not asked.subjects and last.named:
        asked = replace(asked, subjects=last.subjects, forms=last.forms)
    if "pregnancy" in asked.safety and last.named:
        asked = replace(asked, kind="pregnancy", subjects=asked.subjects or last.subjects)
    if asked.times and not named and last.named and asked.kind != "together":
        asked = replace(asked, kind="time_of_day", subjects=last.subjects, forms=last.forms)
    if named and (asked.kind in TOLD_OF_THE_PERSON or (asked.kind == SUN and asked.profile.procedure)):
        asked = replace(asked, kind=SUN if asked.subjects == (SUN,) else "can_use")
    if named and asked.kind in CHOICES and frame.has("is_fine"):
        asked = replace(asked, kind="pregnancy" if asked.profile.pregnant else "can_use")
    if frame.has("with") and named:
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
    return Question(last.kind, last.subjects, last.forms, last.needs, person, polar=last.polar)
