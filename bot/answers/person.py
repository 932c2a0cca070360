"""What the person tells about themself: kept, corrected, shown, forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Part, Statements, Words
from bot.answers.shop.contact import briefly
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.advice import Advice, Profile, Question, line_of, merge
from bot.rules.answers import answer
from bot.rules.knowledge import Knowledge
from bot.rules.names import listed, step_name
from bot.rules.safety import UNDER_13
from bot.understanding.context import asks
from bot.understanding.decisions_talk import TELLS
from bot.understanding.frame import CONTENT, NEGATED, SUBJECTS
from bot.understanding.memory import Asked, Memory

ASKED_AGAIN = frozenset({"pregnancy", "age", "can_use", "together", "frequency", "for_concern", "sunscreen", "medical", "allergy"})
# What a baby with dry or red skin needs, and from whom.
OF_BABIES, BABY_UNTIL = "baby_skin_products", 3
OTHERS_CALLED = {"she": "her", "he": "him"}


def tell_profile(turn: Turn) -> Answer:
    """ "My skin is oily and I'm pregnant": keeps it, says so, and what it changes."""
    avoided = () if turn.frame.has("corrects_subject", "beginner") else turn.frame.ids(*CONTENT, role=NEGATED)
    person = replace(turn.person, avoids=merge(turn.person.avoids, avoided))
    memory = turn.memory
    if memory.other is None or turn.frame.whose != "other":
        memory = replace(memory, person=person)
    before = turn.before
    if person == before or person.empty:
        asked = replace(turn.asked, kind="for_concern")
        if asked.needs and not person.empty:
            advice = answer(turn.knowledge, asked)
            return turn.answer(Statements(advice), memory=turn.remembered(advice, asked))
        only_tells = turn.frame.has(*TELLS) and not asks(turn.frame)
        return _asked_before(turn, person) or turn.reply(turn.say("noted" if only_tells else "profile_ask"))
    said = described(turn, person)
    key = "profile_kept_other" if turn.frame.whose == "other" else "profile_kept"
    text = turn.say(key, profile=said, whom=OTHERS_CALLED.get(turn.memory.whom, turn.memory.whom))
    changes = _what_it_changes(turn, person)
    if UNDER_13 in person.safety and UNDER_13 not in before.safety:
        text = f"{text} {turn.say('profile_child_age')}"
    if not memory.asked.kind:  # "so what do I need?" goes on with it
        subjects = turn.frame.ids(*SUBJECTS)
        memory = replace(memory, asked=Asked("tell_profile", subjects, needs=(*person.concerns, *person.skin_types), recent=subjects))
    part: Part = Words(text) if changes is None else Statements(replace(changes, follow_ups=()), intro=text, cite=False)
    return turn.answer(part, memory=replace(memory, lost=0))


def _asked_before(turn: Turn, person: Profile) -> Answer | None:
    """The last question again, where what is told was known already ("she's 4 months" of a baby); None where nothing was asked."""
    last = turn.memory.asked
    if person.empty or not last.subjects or last.kind not in ASKED_AGAIN:
        return None
    asked = replace(turn.asked, kind=last.kind, subjects=last.subjects, forms=last.forms, needs=last.needs)
    advice = answer(turn.knowledge, asked)
    return turn.answer(Statements(advice), memory=turn.remembered(advice, asked))


def _what_it_changes(turn: Turn, person: Profile) -> Advice | None:
    """What the rules say to somebody like this, of what was asked about just before where there was something; None where they
    have nothing to say."""
    data = turn.knowledge
    subjects = tuple(one for one in turn.memory.asked.subjects if one not in data.terms)[:1]
    needs = person.skin_types or person.concerns
    if person.age is not None and person.age < BABY_UNTIL and (needs or turn.memory.asked.needs or turn.frame.has("tells_of_sore_skin")):
        care = data.situations[OF_BABIES].fact
        return Advice(None, tuple(line_of(data, text) for text in (care.say, *care.more[-1:])), sources=tuple(care.sources))
    if person.procedure:
        entry = data.safety[person.procedure]
        return answer(data, Question("medical", safety=(person.procedure,), profile=person)) if entry else None
    if person.pregnant:
        asked = Question("pregnancy", profile=person)
    elif person.safety:
        asked = Question("medical", safety=person.safety, profile=person)
    elif needs:
        asked = Question("for_skin_type", subjects if person.skin_types else (), needs=needs, profile=person)
    elif person.age is not None:
        asked = Question("age", profile=person)
    else:
        return None
    found = answer(data, asked)
    return replace(found, lines=found.lines[:1], verdict=None)


def described(turn: Turn, known: Profile) -> str:
    """The profile in words: "oily, sensitive skin; pregnant; 34 years old"."""
    data, parts = turn.knowledge, []
    if known.skin_types:
        parts.append(turn.say("profile_skin", skin=", ".join(data.skin_types[one].name for one in known.skin_types if one in data.skin_types)))
    if known.concerns:
        parts.append(turn.say("profile_concerns", concerns=", ".join(data.concerns[one].name for one in known.concerns if one in data.concerns)))
    if known.pregnant:
        parts.append(turn.say("profile_pregnant"))
    if known.age is not None:
        parts.append(turn.say("profile_age", age=str(known.age)) if known.age else turn.say("profile_baby"))
    if known.beginner is not None:
        parts.append(turn.say("profile_beginner" if known.beginner else "profile_experienced"))
    if known.irritated:
        parts.append(turn.say("profile_irritated"))
    if known.routine:
        parts.append(turn.say("profile_routine", steps=", ".join(step_name(data, step) for step in known.routine)))
    parts.extend(data.safety[one].name for one in known.safety)
    if known.allergies:
        parts.append(turn.say("profile_allergies", subjects=listed([_called(data, one) for one in known.allergies])))
    if known.procedure:
        parts.append(turn.say("profile_procedure"))
    if known.red_flag:
        parts.append(turn.say("profile_red_flag"))
    parts.extend(turn.say("profile_avoids", subject=_called(data, one)) for one in known.avoids)
    return "; ".join(map(inside, parts))


def _called(knowledge: Knowledge, subject_id: str) -> str:
    subject = knowledge.subject(subject_id)
    return subject.name if subject else subject_id


def profile(turn: Turn) -> Answer:
    """ "What do you know about me?" """
    known = turn.memory.person
    key = "profile_nothing" if known.empty else "profile_known"
    if not turn.memory.readable:
        key = "profile_away"
    return turn.reply(turn.say(key, profile=described(turn, known)))


def forget_me(turn: Turn) -> Answer:
    """ "Forget me": everything kept about the person is dropped, and the channel is asked to erase the conversation, with requests
    and proofs, and to say so when it has happened."""
    said = turn.say("forgotten")
    if turn.frame.has("data_of_the_shop"):
        said = f"{said} {turn.say('forgotten_here_only', contact=briefly(turn))}"
    return turn.answer(Words(said, payload={"forget": True}), memory=Memory())


def start_over(turn: Turn) -> Answer:
    """ "Start over": everything but the profile, because a pregnancy or an allergy still holds."""
    return turn.reply(turn.say("started_over"), memory=Memory(person=turn.memory.person))
