"""A red flag or a procedure that somebody told of is kept for a while, so that "may I use it again?" stays careful."""

from __future__ import annotations

import time
from dataclasses import replace

from rasa_sdk import Tracker

from actions.resources import knowledge
from bot.rules.advice import Profile
from bot.rules.safety import URGENCY
from bot.rules.schema import SafetyEntry

DAY = 24 * 60 * 60.0
# Longer than skin takes to renew what was burnt or inflamed at the surface, so that nobody is waved on too early.
KEPT = 28 * DAY
REPORT = "report_reaction"
UNNAMED = "lasting_reaction"


def noticed(tracker: Tracker, known: Profile) -> Profile:
    """The profile with the red flag of the latest message, or without one that is long past."""
    known, now = _after_procedure(tracker, known), _now(tracker)
    flags = knowledge().safety
    told = [
        entity["value"]
        for entity in tracker.latest_message.get("entities") or []
        if entity["entity"] == "safety" and entity.get("role") != "negated" and flags[entity["value"]].after
    ]
    if not told and (tracker.latest_message.get("intent") or {}).get("name") == REPORT:
        told = [] if _other_flag(tracker) else [UNNAMED]
    if told:
        return replace(known, red_flag=min(told, key=lambda one: URGENCY.index(flags[one].urgency)), red_flag_at=now)
    if known.red_flag and now - known.red_flag_at > KEPT:
        return replace(known, red_flag="", red_flag_at=0.0)
    return known


def _after_procedure(tracker: Tracker, known: Profile) -> Profile:
    """The profile with the waxing, peel or laser of the latest message, or without one that is long past."""
    now, entries = _now(tracker), knowledge().safety
    told = [
        entity["value"]
        for entity in tracker.latest_message.get("entities") or []
        if entity["entity"] == "safety" and entity.get("role") != "negated" and _is_procedure(entries[entity["value"]])
    ]
    if told:
        return replace(known, procedure=told[0], procedure_at=now)
    past = known.procedure and now - known.procedure_at > KEPT
    return replace(known, procedure="", procedure_at=0.0) if past else known


def _is_procedure(entry: SafetyEntry) -> bool:
    """True for one that skin must recover from, as against one that must never be done at home."""
    return entry.kind == "procedure" and entry.urgency != "refuse"


def _other_flag(tracker: Tracker) -> bool:
    """True for a report that some other safety entry explains: a crisis, needles at home."""
    return any(entity["entity"] == "safety" for entity in tracker.latest_message.get("entities") or [])


def _now(tracker: Tracker) -> float:
    """When the latest message came, as the conversation has it."""
    times = [event["timestamp"] for event in tracker.events or [] if event.get("event") == "user" and event.get("timestamp")]
    return float(times[-1]) if times else time.time()
