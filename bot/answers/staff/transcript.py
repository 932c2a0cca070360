"""A copy of the conversation by mail, for who talked to a person and asks for it; only where the shop has a mailbox set up."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.resources import Resources
from bot.answers.turn import Turn
from bot.store.errors import StoreError
from bot.support.handoff import HandoffUnreachable, Talk
from bot.support.places.kept import Kept
from bot.support.places.mail.composing import transcript
from bot.understanding.frame import Frame
from bot.understanding.order_numbers import told
from bot.understanding.support import MAILS_TRANSCRIPT, WANTS_TRANSCRIPT

logger = logging.getLogger(__name__)
PLACE = "transcript"
A_DAY = 3
"""So many copies of a conversation are sent on one day, so that nobody is flooded in our name."""
KEY_LENGTH = 32
PATIENCE_S = 6.0


def with_transcript(frame: Frame, sender: str, resources: Resources) -> Frame:
    """The frame, with the cue `MAILS_TRANSCRIPT` where a copy is asked for and can be sent."""
    if not sender or not frame.has(WANTS_TRANSCRIPT) or resources.mailbox is None:
        return frame
    try:
        talk = resources.staff.talks.talk(sender)
    except StoreError as error:
        logger.error("whether a person had a conversation cannot be told: %s", error)
        return frame
    return replace(frame, cues=frame.cues | {MAILS_TRANSCRIPT}) if talk is not None and _had_a_person(talk) else frame


def mailed(turn: Turn) -> Answer:
    """Sends the copy, and says so only once the mail server took it."""
    account, talks = turn.resources.mailbox, turn.resources.staff.talks
    talk = talks.talk(turn.sender)
    if account is None or talk is None:
        return turn.reply(turn.say("transcript_away"))
    email = told(turn.frame, asked=False).email or talk.email
    if not email:
        return turn.reply(turn.say("transcript_where"))
    if not _may_send(turn):
        return turn.reply(turn.say("transcript_enough"))
    try:
        account.send(transcript(account, email, talks.thread(turn.sender, None, hide=False), turn.resources.shop.name), PATIENCE_S)
    except HandoffUnreachable as error:
        logger.error("a copy of a conversation could not be sent: %s", error)
        return turn.reply(turn.say("transcript_away"))
    return turn.reply(turn.say("transcript_sent", email=email))


def _had_a_person(talk: Talk) -> bool:
    """Whether one of the staff has or had it, so that nobody sends mail to strangers with words of their own alone."""
    return bool(talk.agent or talk.last_agent)


def _may_send(turn: Turn) -> bool:
    """Counts a copy; False where there were enough today."""
    kept = Kept(turn.resources.database, PLACE)
    day = int(turn.now // 86_400)
    for number in range(A_DAY):
        key = hashlib.sha256(f"{turn.sender}\n{day}\n{number}".encode()).hexdigest()[:KEY_LENGTH]
        if not kept.was_seen(key):
            kept.seen(key, turn.sender)
            return True
    return False
