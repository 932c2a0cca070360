"""The door of the services: the frames of a message and the memory in, messages and the memory after them out."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import List, Optional, Sequence, Tuple

from bot.answers.answer import Answer, Message
from bot.answers.danger import in_danger
from bot.answers.finder.service import interrupted
from bot.answers.gating import gated, refused
from bot.answers.joining import joined
from bot.answers.nearer import is_nearer, may_be_outdone
from bot.answers.noting import Note, noted
from bot.answers.onward import onward
from bot.answers.orders.hearing import for_orders
from bot.answers.orders.reaction import with_return
from bot.answers.orders.services import reminded
from bot.answers.pictures import PICTURE, beside_words, with_picture
from bot.answers.rendering import rendered
from bot.answers.repeating import mark, may_repeat, with_stays_so
from bot.answers.resources import Resources
from bot.answers.said_before import told_after, without_said_before
from bot.answers.services import SERVICES, Service
from bot.answers.shop.topics import topic_asked
from bot.answers.shop.upset import upset_kind, with_regret
from bot.answers.staff.naming import with_staff_named
from bot.answers.staff.offering import with_offer
from bot.answers.staff.rating import with_rating
from bot.answers.staff.reacting import with_person
from bot.answers.staff.transcript import with_transcript
from bot.answers.story import told_first
from bot.answers.taught import answered_as_taught, with_lessons
from bot.answers.turn import Turn
from bot.rules.situations import SITUATION
from bot.store.errors import StoreError, as_store_errors
from bot.understanding import support
from bot.understanding.card_numbers import holds_a_card
from bot.understanding.frame import SUBJECTS, Frame
from bot.understanding.memory import Asked, Memory
from bot.understanding.one_order import whole
from bot.understanding.resolve import heard, resolve
from bot.understanding.topics import SHOP_TOPIC

logger = logging.getLogger(__name__)
MOST_QUESTIONS = 3
LOST_KINDS = frozenset({"lost", "did_you_mean", "out_of_scope"})
OPEN_ENDED = frozenset({"choose", "start_finder", "find_product", "check_routine", "build_routine", "routine_steps", "my_skin_type", "plan_week"})
START_FINDER = "start_finder"
FINDING = frozenset({"finder", START_FINDER})
COMPARED = frozenset({"better", "difference"})
SPARES = "short_of_money"
OF_USE_AT_LARGE = frozenset({"together", "mixing", "can_use", "frequency", "how_to_apply"})
OF_THE_PERSON = frozenset({"tell_profile", "profile", "forget_me", "start_over"})


@dataclass(frozen=True)
class Place:
    """Where a message came from: the handle of the page's product, the channel's name, the time in seconds since 1970, the
    conversation, the whole message as it was written, and the name of the picture that came with it."""

    page: str
    channel: str
    now: float
    sender: str = ""
    text: str = ""
    picture: str = ""


def reply(
    frames: Sequence[Frame], memory: Memory, place: Place, resources: Resources, missed: Sequence[Frame] = (), notes: Optional[List[Note]] = None,
) -> Tuple[List[Message], Memory]:
    """Answers a message, see `_answers`. A fault must never hide a danger: where one is told of, its instruction is said all the same.
    """
    try:
        return _answers(frames, memory, place, resources, missed, [] if notes is None else notes)
    except Exception:
        said = in_danger(frames, memory, place.now, resources)
        if said is None:
            raise
        logger.exception("a message that tells of a danger could not be answered")
        return said


def _answers(
    frames: Sequence[Frame], memory: Memory, place: Place, resources: Resources, missed: Sequence[Frame], notes: List[Note]
) -> Tuple[List[Message], Memory]:
    """Answers a message: each of its questions by the service of its kind, all of them in one message where they are several.
    Where the memory could not be read it is answered as for somebody who is pregnant, and said.

    Args:
        frames: the questions, as the reader left them.
        memory: the conversation before the message.
        place: where it came from.
        resources: what answers rest on.
        missed: what was said before while the memory could not be read, the oldest first.
        notes: takes what came of each question.
    """
    frames = [with_picture(one, bool(place.picture)) for one in frames]
    frames = [with_transcript(with_rating(with_staff_named(one, resources), place.sender, resources), place.sender, resources) for one in frames]
    for frame in missed if memory.readable else ():
        memory = heard(frame, memory, resources.knowledge, place.now)
    heard_as_one = None if any(one.kind == PICTURE for one in frames) else for_orders(frames, memory, resources, place.sender, place.text)
    read = _whole_address(whole(frames, memory), memory, place.text)
    frames = [heard_as_one] if heard_as_one else with_lessons(read, memory, place.text, resources)
    asked = list(frames[:MOST_QUESTIONS])
    replies: List[List[Message]] = []
    marks: List[str] = []
    turns: List[Turn] = []
    if any(one.has(SPARES) for one in asked):
        asked = [replace(one, cues=one.cues | {SPARES}) for one in asked]
    if len(asked) > 1:  # what the message tells of the person counts for every answer, wherever it stands
        for frame in asked:
            memory = heard(frame, memory, resources.knowledge, place.now)
    for number, frame in enumerate(asked):
        with ExitStack() as closing:
            turn = _turn(frame, memory, place, resources, closing)
            if turn.frame.story and turn.frame.kind in LOST_KINDS and (replies or number < len(asked) - 1):
                continue  # the story's other questions are answered
            if turn.frame.kind == START_FINDER and any(one.frame.kind in COMPARED for one in turns):
                continue  # two were compared: no questions behind that
            answer = _said(turn, frame)
            again = memory.asked.kind and may_repeat(turn, answer) and mark(_rendered(turn, answer)) in memory.last
            if again or may_be_outdone(turn, answer):
                other = _turn(frame, memory, place, resources, closing, repeats=True)
                instead = _said(other, frame) if other.frame.kind == SITUATION else None
                if instead and (again or is_nearer(turn, _rendered(turn, answer), other, _rendered(other, instead))):
                    turn, answer = other, instead
            answer = with_stays_so(turn, answer, memory)
            if number == len(asked) - 1:
                answer = reminded(turn, interrupted(turn, answer))
                answer = with_person(turn, answer) or with_offer(turn, with_return(turn, answer))
            notes.append(noted(turn, answer))
            memory = replace(_spoken_of(turn, memory, answer.memory), told=told_after(turn, answer))
            full, fresh = _rendered(turn, answer), without_said_before(turn, answer)
            marks.append(mark(full))
            replies.append(full if fresh == answer else _rendered(turn, fresh))
            turns.append(turn)
    memory = replace(memory, last=tuple(marks))
    replies, turns = _without_beside(replies, turns)
    messages = replies[0] if len(replies) == 1 else [joined(turns, replies, frames[MOST_QUESTIONS:])]
    if place.picture and not any(one.kind == PICTURE for one in frames):
        messages = beside_words(messages, resources, place.picture)
    messages = onward(turns[-1].frame, memory, messages, resources.wording) if turns else messages
    if not memory.readable and messages:
        messages = [_behind(resources.wording.say("memory_away"), messages[0]), *messages[1:]]
    if messages and holds_a_card(place.text):
        messages = [_behind(resources.wording.say("card_number_told"), messages[0]), *messages[1:]]
    return messages, memory


def _rendered(turn: Turn, answer: Answer) -> List[Message]:
    return [rendered(turn, part) for part in answer.parts]


def _whole_address(frames: Sequence[Frame], memory: Memory, text: str) -> Sequence[Frame]:
    """What answers the question for an address as it was written: "Hauptstr. 5" ends no sentence."""
    waits = memory.request is not None and memory.request.awaits == support.ADDRESS
    return [replace(frames[0], text=text)] if waits and text and len(frames) == 1 and support.listens(frames[0], memory) else frames


def _without_beside(replies: List[List[Message]], turns: List[Turn]) -> Tuple[List[List[Message]], List[Turn]]:
    """What answers a message; beside the advice on a story's situation no finder, no routine and no general choice, and beside a topic of the
    shop's no skincare in general."""
    kept = list(range(len(turns)))
    if any(turn.frame.kind == SITUATION and turn.frame.story for turn in turns):
        kept = [number for number in kept if turns[number].frame.kind not in OPEN_ENDED]
    of_shop = [number for number in kept if turns[number].frame.kind == SHOP_TOPIC]
    if of_shop:
        kept = [number for number in kept if number in of_shop or not _speaks_of_nothing(turns[number])]
    return [replies[number] for number in kept], [turns[number] for number in kept]


def _speaks_of_nothing(turn: Turn) -> bool:
    """True for a question of skincare that names nothing, nor anybody's skin: "and can I use it in two goes?" of a gift card."""
    asked = turn.asked
    return turn.frame.kind in OF_USE_AT_LARGE and not (asked.subjects or asked.needs or asked.safety or asked.practices or asked.situation)


def _spoken_of(turn: Turn, before: Memory, after: Memory) -> Memory:
    """The memory after an answer. What was named in a question about the shop is meant by the next one too: "recommend a serum
    and tell me how often to use it"."""
    subjects = turn.frame.ids(*SUBJECTS)
    if after.asked != before.asked or not subjects or turn.frame.kind not in SERVICES or turn.frame.kind in FINDING:
        return after
    return replace(after, asked=Asked(turn.frame.kind, subjects, recent=subjects))


def _said(turn: Turn, frame: Frame) -> Answer:
    service = SERVICES[PICTURE if frame.kind == PICTURE else turn.frame.kind]
    return gated(turn, told_first(turn, refused(turn) or with_regret(turn, _answered(turn, service))))


def _turn(frame: Frame, memory: Memory, place: Place, resources: Resources, closing: ExitStack, repeats: bool = False) -> Turn:
    def of_shop(asked: Frame, kept: Memory) -> str:
        topic = topic_asked(asked, kept, resources.topics)
        kind = resources.topics.entries[topic.name].kind if topic else ""
        told_in_words = kind if topic and (topic.span or kind != SHOP_TOPIC) else ""
        return upset_kind(asked, told_in_words, resources.upset) or kind

    if not memory.readable and frame.kind not in OF_THE_PERSON:
        memory = replace(memory, person=replace(memory.person, pregnant=True))
    found = resolve(frame, memory, resources.knowledge, place.page, place.now, of_shop, repeats)
    return Turn(
        answered_as_taught(found), found.asked, found.person, found.memory, found.before, found.goes_on, place.page, place.channel, resources,
        closing, place.sender, place.now, place.picture,
    )


def _answered(turn: Turn, service: Service) -> Answer:
    try:
        with as_store_errors():
            return service(turn)
    except StoreError as error:
        logger.error("%s: %s", turn.frame.kind, error)
        return turn.reply(turn.say("shop_unreachable"))


def _behind(said: str, message: Message) -> Message:
    """The message behind a sentence in a paragraph of its own."""
    payload = dict(message.payload)
    if payload.get("body"):
        payload["body"] = f"{said}\n\n{payload['body']}"
    return replace(message, text=f"{said}\n\n{message.text}", payload=payload)


__all__ = ["Place", "reply"]
