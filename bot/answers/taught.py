"""What an owner taught, where a message is taken for it: another kind of question, or the owner's own answer.

What the message tells of a person, of danger and of an open request goes first: a lesson changes only what an ordinary question is answered with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import List, Optional, Sequence

from bot.answers.answer import Answer, Words
from bot.answers.own_picture import own_picture
from bot.answers.resources import Resources
from bot.answers.shop.contact import briefly, sends_to_staff
from bot.answers.small_talk import lost
from bot.answers.turn import Turn
from bot.rules.situations import SITUATION
from bot.teaching.lessons import Does, Lesson
from bot.understanding.frame import NEGATED, SURE, Frame
from bot.understanding.memory import Memory
from bot.understanding.resolve import Resolved
from bot.understanding.support import BACK, HUMAN, NO_HUMAN, OPEN, RATE, SHARE, TICKET, TRANSCRIPT, listens
from bot.understanding.upset import UPSET

TAUGHT, MARK, ASIDE = "taught", "taught:", "out_of_scope"
OF_SAFETY = frozenset({
    "allergic_or_irritated", "allergy", "calming", "irritation", "medical", "pregnancy", "pregnancy_used", "purging", "reaction", "report_reaction",
    "side_effects",
})
OF_THE_TALK = frozenset({OPEN, TICKET, NO_HUMAN, BACK, SHARE, RATE, TRANSCRIPT, UPSET, "pass_on", "finder", "picture", "language"})
FORCED = frozenset({"report_reaction", "language"})
WANTS_A_PERSON = ("asks_for_person", "demands_person", "wants_person", "wants_person_abroad")
HARD_CUES = ("allergy_told", "irritated_skin", "pregnant_told", "reacted_severely", "reacts_badly", "skin_reacted", "speaks_of_pregnancy")
LAST_GUESSES = frozenset({"told", "goes_on_with_a_situation", "names_something_new", "rather_than_lost"})
"""Decisions for a situation where nothing else was understood."""


def with_lessons(frames: Sequence[Frame], memory: Memory, text: str, resources: Resources) -> List[Frame]:
    """The questions of a message as they were taught to be read; see `answered_as_taught` for answers.

    Args:
        frames: the questions.
        memory: the conversation before the message.
        text: the message as it was written.
        resources: with what was taught.
    """
    if not resources.taught.lessons:
        return list(frames)
    return [_with_lesson(one, memory, text if text and len(frames) == 1 else " ".join(one.words), resources) for one in frames]


def _with_lesson(frame: Frame, memory: Memory, text: str, resources: Resources) -> Frame:
    if _is_forced(frame) or tells_of_harm(frame) or (memory.request is not None and listens(frame, memory)):
        return frame
    lesson = resources.taught.find(text)
    if lesson is None:
        return frame
    if lesson.does is Does.ANSWER:
        return replace(frame, cues=frame.cues | {f"{MARK}{lesson.id}"})
    kind = lesson.kind if lesson.does is Does.MEANT else ASIDE
    return replace(frame, kind=kind, intent=kind, confidence=1.0, ranking=((kind, 1.0),), band=SURE, tied=False, runner_up="", meant=(), rules=(TAUGHT,))


def answered_as_taught(found: Resolved) -> Frame:
    """The frame as it is answered: by the owner's words where it was taken for such a lesson, and the conversation did not make it mean what keeps
    people safe or an open request."""
    frame = found.frame
    if lesson_id(frame) is None or frame.kind in OF_SAFETY | OF_THE_TALK or (frame.kind == SITUATION and found.why not in LAST_GUESSES):
        return frame
    if frame.kind == HUMAN and frame.has(*WANTS_A_PERSON):
        return frame
    return replace(frame, kind=TAUGHT)


def taught(turn: Turn) -> Answer:
    """Says the owner's words; the gate holds what they name against the person. Where the lesson was taken away meanwhile nothing is known."""
    lesson = _lesson(turn)
    if lesson is None or lesson.say is None:
        return lost(turn)
    text = lesson.say
    if lesson.hand_over or sends_to_staff(text):
        text = f"{text} {briefly(turn)}"
    shows = own_picture(turn, lesson.picture, lesson.title)
    return turn.answer(Words(text, uses=turn.knowledge.names_in_text.find(lesson.say), payload=shows))


def lesson_id(frame: Frame) -> Optional[str]:
    """The id of the lesson that a frame was taken for, None for none."""
    return next((cue.removeprefix(MARK) for cue in frame.cues if cue.startswith(MARK)), None)


def tells_of_harm(frame: Frame) -> bool:
    """Whether a question names what may harm somebody, or tells that something did."""
    return frame.has(*HARD_CUES) or any(one.label in ("safety", "condition") and one.role != NEGATED for one in (*frame.mentions, *frame.told))


def _is_forced(frame: Frame) -> bool:
    return (frame.kind in FORCED and frame.band == SURE) or bool(frame.of("label"))


def _lesson(turn: Turn) -> Optional[Lesson]:
    name = lesson_id(turn.frame)
    return turn.resources.taught.lessons.get(name) if name else None


SERVICES = {TAUGHT: taught}
