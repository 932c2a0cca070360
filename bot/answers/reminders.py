"""Reminders: understood here, made by the channel that can send them."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict

from bot.answers.answer import Answer, Statements, Words
from bot.answers.turn import Turn
from bot.rules.answers import answer
from bot.rules.nights import WITHOUT_SUBJECT, nights
from bot.understanding.frame import SUBJECTS, USED
from bot.understanding.reminders import sets_reminder

CAN_REMIND = ("telegram",)


def reminder(turn: Turn) -> Answer:
    """Tells the channel on which nights the person wants to be reminded. What they should not use, or a prescriber plans,
    is answered instead of being reminded of; other channels say where reminders work."""
    if turn.channel not in CAN_REMIND:
        return turn.reply(turn.say("reminder_elsewhere"))
    if not sets_reminder(turn.frame):
        return _wish(turn, {"do": "list"})
    named = (*turn.frame.ids(*SUBJECTS), *turn.frame.ids(*SUBJECTS, role=USED))
    subject_id = named[0] if named else WITHOUT_SUBJECT
    days = nights(turn.knowledge, subject_id, turn.person)
    if not days:
        asked = replace(turn.asked, kind="can_use", subjects=(subject_id,))
        advice = answer(turn.knowledge, asked)
        return turn.answer(Statements(advice, polar=asked.polar), memory=turn.remembered(advice, asked))
    subject = turn.knowledge.subject(subject_id)
    about = subject.name if subject else subject_id
    return _wish(turn, {"do": "set", "about": about, "days": "".join(map(str, days))}, subject_id)


def _wish(turn: Turn, wish: Dict[str, str], subject_id: str = "") -> Answer:
    """What the channel is asked to do; the subject, where there is one, is something to be used, so that the gate sees it."""
    text = turn.say("reminder_on_telegram")
    return turn.answer(Words(text, uses=(subject_id,) if subject_id else (), payload={"reminder": wish}))
