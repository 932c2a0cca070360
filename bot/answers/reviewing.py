"""Answers a message and keeps it for review: masked of whatever would tell who wrote it, and without words that nobody else may read."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from bot.answers.answer import Message
from bot.answers.door import Place, reply
from bot.answers.noting import Note, worst
from bot.answers.resources import Resources
from bot.nlu.meanings import encode
from bot.rules.advice import Profile
from bot.rules.knowledge import load
from bot.store.conversations import Conversations, channel_of
from bot.store.errors import StoreError
from bot.store.review_models import APART, HEALTH, OPEN, ORDER
from bot.store.reviews import Kept, ReviewStore, later_at
from bot.support.handoff import Owner
from bot.understanding.frame import Frame
from bot.understanding.health import TELLING, answers_openly, is_open, may_tell
from bot.understanding.masking import masked
from bot.understanding.memory import Memory
from bot.understanding.support import HUMAN, listens

LONGEST_TEXT, LONGEST_ANSWER = 500, 1500
OF_THINGS = ("product_type", "ingredient", "family", "term", "brand", "product")
"""Labels of what tells nothing of anybody's skin."""
WITH_PEOPLE = frozenset({Owner.WAITING, Owner.PERSON, Owner.MAIL})
HURTING = frozenset({
    "rash", "burn", "burns", "burned", "burnt", "burning", "itch", "itchy", "itches", "itching", "sting", "stings", "stinging", "swollen", "swelling",
    "allergy", "allergic", "pregnant", "pregnancy", "doctor", "medicine", "medication", "hurt", "hurts", "blister", "blisters", "hives", "breakout",
    "breakouts", "broke out", "breaking out", "pimples", "infection", "infected", "bleeding", "scar", "scars", "my skin", "my face",
})
STEPS = 127
ENGLISH = "en"
logger = logging.getLogger(__name__)


def answered(
    frames: Sequence[Frame], memory: Memory, place: Place, resources: Resources, missed: Sequence[Frame] = (), message: str = "",
) -> Tuple[List[Message], Memory]:
    """Answers a message (see `reply`) and has what came of it kept under its id `message`, beside the answer, which waits for nothing.
    Where that cannot be kept the log says why."""
    notes: List[Note] = []
    messages, after = reply(frames, memory, place, resources, missed, notes)
    if notes and message and place.sender and place.text.strip() and not place.text.startswith("/"):
        try:
            turn = kept(frames, memory, after, place, resources, messages, worst(notes), message)
            _keep_later(replace(turn, handed=_handed(place, resources)), resources)
        except StoreError as error:
            logger.error("a turn cannot be kept for review: %s", error)
        except Exception:  # noqa: BLE001 - whatever is wrong with what an owner would see, the person gets the answer
            logger.exception("a turn cannot be kept for review")
    return messages, after


def _keep_later(turn: Kept, resources: Resources) -> None:
    def keep(store: ReviewStore) -> bool:
        return store.keep(replace(turn, vector=meaning(turn.text) if turn.text else None))

    later_at(resources.database.url).do(turn.sender, keep, lambda: _archive(resources.chosen.tracker_database).was_asked(turn.sender, turn.message))


@lru_cache(maxsize=2)
def _archive(url: str) -> Conversations:
    return Conversations(url)


def kept(
    frames: Sequence[Frame], before: Memory, after: Memory, place: Place, resources: Resources, messages: Sequence[Message], note: Note, message: str,
) -> Kept:
    """A turn as it is kept, without its meaning.

    Args:
        frames: the questions, as the reader left them.
        before, after: what the conversation held before the message and after it.
        place: where it came from.
        resources: what the answer rested on.
        messages: what was answered.
        note: what came of it.
        message: the message's id.
    """
    sight = sight_of(frames, before, place.text, resources.chosen.knowledge)
    text = masked(place.text.strip()[:LONGEST_TEXT]) if sight in (OPEN, APART) else ""
    opens = all(map(answers_openly, frames))
    of_order = before.request is not None or after.request is not None
    hidden = not text or of_order or (not opens and (_knows_person(before) or _knows_person(after)))
    named = list(dict.fromkeys(f"{one.label}:{one.id}" for frame in frames for one in frame.mentions if one.label in OF_THINGS and one.id and one.role not in TELLING))
    product = next((one.removeprefix("product:") for one in named if one.startswith("product:")), place.page)
    said = masked("\n\n".join(one.text for one in messages))[:LONGEST_ANSWER]
    least = min(frames, key=lambda frame: frame.confidence)
    return Kept(
        sender=place.sender, message=message, at=datetime.fromtimestamp(place.now, timezone.utc), channel=channel_of(place.sender),
        sight=sight, text=text, kind=note.kind, band=least.band, confidence=round(least.confidence, 3), outcome=note.outcome, topic=note.topic,
        red_flag=note.red_flag, product=product, language=least.language or ENGLISH, lacks=note.lacks, subjects=[one for one in named if not one.startswith("product:")],
        answer="" if hidden else said, repeats=not opens,
    )


def sight_of(frames: Sequence[Frame], before: Memory, text: str, knowledge: Path) -> str:
    """Who may read a message: nobody where it goes on with a request or may tell of skin or health; the staff where it surely tells
    nothing of them, as everywhere else at the desk; else the staff without whose it is."""
    if before.request is not None and before.request.kind != HUMAN and any(listens(frame, before) for frame in frames):
        return ORDER
    if any(map(may_tell, frames)) and not all(map(is_open, frames)):
        return HEALTH
    if all(map(is_open, frames)):
        return OPEN
    return HEALTH if speaks_of_health(text, knowledge) else APART


def thumbs(resources: Resources) -> Callable[[str, float, str, Optional[str]], None]:
    """What notes a visitor's vote on an answer: conversation, moment of the answer in seconds since 1970, vote, reason."""
    later = later_at(resources.database.url)

    def note(sender: str, moment: float, value: str, reason: Optional[str]) -> None:
        at, shown = datetime.fromtimestamp(moment, timezone.utc), shown_reason(reason, resources.chosen.knowledge)
        later.do(sender, lambda store: store.vote(sender, at, value, shown), lambda: True)

    return note


def shown_reason(reason: Optional[str], knowledge: Path) -> str:
    """What a visitor wrote beside a thumb, as far as the owner may read it; empty where it may tell of skin or health."""
    text = (reason or "").strip()[:LONGEST_TEXT]
    return "" if speaks_of_health(text, knowledge) else masked(text)


def speaks_of_health(text: str, knowledge: Path) -> bool:
    """Whether a text has a word for something of skin or health: a name of the knowledge, or a plain word of hurting."""
    words = f" {' '.join(''.join(letter if letter.isalnum() else ' ' for letter in text.lower()).split())} "
    return any(name in words for name in _names(knowledge))


@lru_cache(maxsize=2)
def _names(knowledge: Path) -> frozenset[str]:
    data = load(knowledge)
    groups: Tuple[Mapping[str, Any], ...] = (data.concerns, data.skin_types, data.conditions)
    found = {text.lower() for group in groups for entry in group.values() for text in entry.wordings}
    return frozenset(f" {one} " for one in found | HURTING)


def _knows_person(memory: Memory) -> bool:
    return memory.person != Profile() or memory.other is not None or bool(memory.situation or memory.emergency or memory.routine)


def _handed(place: Place, resources: Resources) -> str:
    """Why the conversation was passed on to a person because of this message; empty where it was not."""
    talk = resources.staff.talks.talk(place.sender)
    is_passed = talk is not None and talk.owner in WITH_PEOPLE and talk.since.timestamp() >= place.now
    return (talk.reason or HUMAN) if talk is not None and is_passed else ""


def meaning(text: str) -> bytes:
    """The meaning of a text as `DIMENSIONS` signed bytes: the direction of the encoder's vector, which is all that cosines need."""
    vector = encode([text])[0]
    return bytes(np.rint(vector / np.abs(vector).max() * STEPS).astype(np.int8).tobytes())
