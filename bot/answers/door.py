"""The door of the services: the frames of a message and the memory in, messages and the memory after them out."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import List, Mapping, Sequence, Tuple

from bot.answers.answer import Answer, Message, Words
from bot.answers.finder.service import interrupted
from bot.answers.gating import gated, refused
from bot.answers.joining import joined
from bot.answers.rendering import rendered
from bot.answers.resources import Resources
from bot.answers.services import SERVICES, Service
from bot.answers.shop.topics import topics_asked
from bot.answers.turn import Turn
from bot.store.errors import StoreError, as_store_errors
from bot.understanding.frame import SUBJECTS, Frame
from bot.understanding.memory import Asked, Memory
from bot.understanding.resolve import heard, resolve

logger = logging.getLogger(__name__)
MOST_QUESTIONS = 3
FINDING = frozenset({"finder", "start_finder"})


@dataclass(frozen=True)
class Place:
    """Where a message came from: the handle of the page's product, the channel's name, the time in seconds since 1970."""

    page: str
    channel: str
    now: float


def reply(frames: Sequence[Frame], memory: Memory, place: Place, resources: Resources) -> Tuple[List[Message], Memory]:
    """Answers a message: each of its questions by the service of its kind, all of them in one message where they are several.

    Args:
        frames: the questions, as the reader left them.
        memory: the conversation before the message.
        place: where it came from.
        resources: what answers rest on.
    """
    asked = frames[:MOST_QUESTIONS]
    replies: List[List[Message]] = []
    turns: List[Turn] = []
    if len(asked) > 1:  # what the message tells of the person counts for every answer, wherever it stands
        for frame in asked:
            memory = heard(frame, memory, resources.knowledge, place.now)
    for number, frame in enumerate(asked):
        with ExitStack() as closing:
            turn = _turn(frame, memory, place, resources, closing)
            answer = gated(turn, refused(turn) or _answered(turn, SERVICES[turn.frame.kind]))
            if number == len(asked) - 1:
                answer = interrupted(turn, answer)
            memory = _spoken_of(turn, memory, answer.memory)
            replies.append([rendered(turn, part) for part in answer.parts])
            turns.append(turn)
    messages = replies[0] if len(replies) == 1 else [joined(turns, replies, frames[MOST_QUESTIONS:])]
    if not memory.readable and messages:
        messages = [_carefully(resources, messages[0]), *messages[1:]]
    return messages, memory


def _spoken_of(turn: Turn, before: Memory, after: Memory) -> Memory:
    """The memory after an answer. What was named in a question about the shop is meant by the next one too: "recommend a serum
    and tell me how often to use it"."""
    subjects = turn.frame.ids(*SUBJECTS)
    if after.asked != before.asked or not subjects or turn.frame.kind not in SERVICES or turn.frame.kind in FINDING:
        return after
    return replace(after, asked=Asked(turn.frame.kind, subjects, recent=subjects))


def _turn(frame: Frame, memory: Memory, place: Place, resources: Resources, closing: ExitStack) -> Turn:
    def is_topic(asked: Frame, kept: Memory) -> bool:
        return bool(topics_asked(asked, kept, resources.shop))

    found = resolve(frame, memory, resources.knowledge, place.page, place.now, is_topic)
    return Turn(
        found.frame, found.asked, found.person, found.memory, found.before, found.goes_on, place.page, place.channel, resources, closing
    )


def _answered(turn: Turn, service: Service) -> Answer:
    try:
        with as_store_errors():
            return service(turn)
    except StoreError as error:
        logger.error("%s: %s", turn.frame.kind, error)
        return turn.reply(turn.say("shop_unreachable"))


def _carefully(resources: Resources, message: Message) -> Message:
    """The message behind the sentence that nothing can be remembered now, and what to mind."""
    said = resources.wording.say("memory_away")
    payload = dict(message.payload)
    if payload.get("body"):
        payload["body"] = f"{said}\n\n{payload['body']}"
    return replace(message, text=f"{said}\n\n{message.text}", payload=payload)


Spoken = Mapping[str, Service]
__all__ = ["Place", "Words", "reply"]
