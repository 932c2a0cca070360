"""What a conversation keeps from one message to the next, as slots: the question, the product or list talked of, the profile.

Only actions set these slots; no message can.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Mapping, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions import conversation
from bot.rules.advice import Advice, Line, Profile, Question
from bot.rules.reasons import reasons

RECENT = 3


def keep_in_mind(
    tracker: Tracker, handle: str | None, shop: str = "", found: Sequence[str] = (), wish: Mapping[str, Any] | None = None
) -> EventType:
    """Remembers which product "it" means from now on, None for a talk of something else; `shop`: the intent of the
    question about the shop that was answered, empty after one about skincare; `found`: the handles of the whole list of
    which some were shown; `wish`: what the list was looked for."""
    before = (tracker.get_slot("in_mind") or {}).get("recent") or []
    recent = [one for one in before if one != handle] + ([handle] if handle else [])
    return SlotSet(
        "in_mind",
        {
            "handle": handle, "page": conversation.page(tracker), "shop": shop, "recent": recent[-RECENT:], "found": list(found),
            "wish": dict(wish or {}),
        },
    )


def remember(tracker: Tracker, asked: Question, advice: Advice) -> list[EventType]:
    """Slots that keep the question, the subjects named lately, what more there is to say, its sources, the profile."""
    before = (tracker.get_slot("last_question") or {}).get("recent") or []
    recent = [one for one in before if one not in asked.subjects] + list(asked.subjects)
    about_something = bool(asked.subjects or asked.forms or asked.needs)
    kept = tracker.get_slot("in_mind") or {}
    in_mind = [keep_in_mind(tracker, None)] if about_something else [SlotSet("in_mind", {**kept, "found": [], "policy": ""})] if kept else []
    return [
        *in_mind,
        SlotSet(
            "last_question",
            {
                "kind": asked.kind,
                "subjects": list(asked.subjects),
                "forms": list(asked.forms),
                "needs": list(asked.needs),
                "recent": recent[-RECENT:],
            },
        ),
        SlotSet(
            "last_advice",
            {
                "more": [_plain(line) for line in advice.more],
                "sources": list(advice.sources),
                "why": [_plain(line) for line in reasons(advice)],
            },
        ),
        SlotSet("times_lost", 0),
        *remember_profile(conversation.kept_profile(tracker)),
    ]


def remember_profile(known: Profile) -> list[EventType]:
    """The slot that keeps the profile."""
    return [] if known.empty else [SlotSet("profile", asdict(known))]


def _plain(line: Line) -> dict[str, Any]:
    ids = {"recommends": list(line.recommends), "mentions": list(line.mentions)}
    return {"text": line.text, "key": line.key, "params": dict(line.params), **ids}
