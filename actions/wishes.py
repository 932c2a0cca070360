"""What the list shown last was looked for, so that a short message narrows it: "and without fragrance", "under 30"."""

from __future__ import annotations

import re
from typing import Any, Dict, List

from rasa_sdk import Tracker

from actions import conversation

Entity = Dict[str, Any]
WISHED = (*conversation.SUBJECTS, *conversation.NEEDS, "price")
FEW = 6
GOES_ON = re.compile(r"^\W*(?:ok(?:ay)?\W+)?(?:and|but|or|also|with|without|for|under|below|in|only|just|what about|how about|anything)\b", re.I)
THEIRS = re.compile(r"\b(?:of theirs|their(?:s)?|from them|by them|(?:that|same|this) brand)\b", re.I)
MARKS = re.compile(r"\b(?:vegan|cruelty[- ]free)\b", re.I)


def kept(tracker: Tracker) -> Dict[str, Any]:
    """The wishes behind the list shown last; empty where the talk went on to something else."""
    wish: Dict[str, Any] = (tracker.get_slot("in_mind") or {}).get("wish") or {}
    return wish


def of_message(tracker: Tracker) -> Dict[str, Any]:
    """The wishes of the latest message, as they are kept."""
    keys = ("entity", "value", "role", "text")
    found = [{key: one[key] for key in keys if one.get(key)} for one in conversation.entities(tracker, *WISHED)]
    return {"entities": found, "text": said(tracker)}


def said(tracker: Tracker) -> str:
    """The words of the message, with those of the wishes that it narrows."""
    before = tracker.latest_message.get("wished") or ""
    return f"{before} {conversation.text(tracker)}".strip()


def narrows(tracker: Tracker) -> bool:
    """True for a short message that adds a wish to those of the list shown last."""
    message = conversation.wording(tracker)
    if not kept(tracker) or conversation.entities(tracker, "product", "product_type", "safety"):
        return False
    if THEIRS.search(message):
        return True
    adds = conversation.entities(tracker, *conversation.NEEDS, "price") or _is_plain(tracker)
    return bool(adds) and (len(message.split()) <= FEW or bool(GOES_ON.match(message)))


def plainly_narrows(tracker: Tracker) -> bool:
    """True where it can be nothing else: a price, a mark, or something that must not be in it."""
    return narrows(tracker) and (_is_plain(tracker) or bool(conversation.entities(tracker, "price")))


def _is_plain(tracker: Tracker) -> bool:
    negated = conversation.values(tracker, "ingredient", "family", role="negated")
    return bool(negated) or bool(MARKS.search(conversation.wording(tracker)))


def narrowed(tracker: Tracker) -> Tracker:
    """The conversation as if the latest message held the wishes of the list shown last too, but for those it replaces."""
    before = kept(tracker)
    own: List[Entity] = tracker.latest_message.get("entities") or []
    replaced = {(one["entity"], one.get("role")) for one in own if one["entity"] in (*conversation.NEEDS, "price")}
    still = [one for one in before.get("entities") or [] if (one["entity"], one.get("role")) not in replaced]
    still = [{**one, "start": 0, "end": 0} for one in still]
    return conversation.with_message(tracker, entities=[*still, *own], wished=before.get("text") or "")
