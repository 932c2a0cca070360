"""Reads the question and the person's profile from a tracker; `memory` writes them back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Iterable, Mapping

from rasa_sdk import Tracker

from actions import reaction
from actions.experience import is_beginner, is_irritated
from actions.resources import knowledge
from bot.nlu import durations
from bot.rules.advice import Profile, Question, merge
from bot.rules.durations import months
from bot.rules.routine_guard import IRRITATED

SUBJECTS = ("product_type", "ingredient", "family")
ASKED_ABOUT = (*SUBJECTS, "term")
NEEDS = ("concern", "skin_type")
REFERS_BACK = re.compile(r"\b(it|its|it's|they|them|that|this|these|those|both|one|ones|the two|same)\b", re.I)
LOOKED_FOR = "find_product"
SHORT = 5
GOES_ON = re.compile(r"^\W*(and|what about|how about|wbt|wat about)\b(?!\s+(is|are|can|do|does|how|what|why|when|which|if)\b)", re.I)
EXCEPT = re.compile(r"\b(?:besides?|apart from|aside from|other than|except(?: for)?|that (?:isn'?t|is not))\W+(?:the |a |an )?$", re.I)
IS_IT = re.compile(r"\b(?:is|are|does|do|will|would|can|could) (?:it|this|that|they|these|those)\b(?! (?:possible|normal|true))", re.I)
CHOICES = frozenset({"for_concern", "for_skin_type"})
# Behind a goal for the skin ("what is glass skin?") "how do I get it" means the skin, and no order.
GETS_IT = re.compile(r"\bhow (?:do|can|could|would|to|does) (?:(?:i|you|we|one) )?(?:get|achieve|reach|have) (?:it|that|this|there)\b", re.I)
OF_A_GOAL = "for_concern"
BARE = {"ask_price": "amount", "ask_delivery_time": "results", "ask_cancel_order": "need"}
SHOP_WORD = re.compile(r"\b(cost\w*|price\w*|pay|usd|dollars?|order\w*|deliver\w*|ship\w*|parcel|package|cancel\w*)\b", re.I)
PRICE_OF_IT = re.compile(r"\bhow much (?:is|are|for|r|does|do) (?:it|this|that|they|these|one)\b", re.I)
UNOPENED = re.compile(r"\b(unopened|not opened|sealed|never opened|before opening)\b", re.I)
FIRST_PERSON = re.compile(r"\b(i|im|i'm|i’m|ive|i've|my|mine|we)\b", re.I)
OF_OTHERS = re.compile(
    r"\bmy (\w+ )?(sons?|daughters?|kids?|child|children|teen\w*|baby|toddler|niece|nephew|sister|brother|mum|mom|mother|dad"
    r"|father|husband|wife|boyfriend|girlfriend|friends?|partner|cousin|gran\w*|\d{1,2}[ -]?(year|yr|yo))\b",
    re.I,
)
# Whoever asks about irritated skin has it, though they may not say "my": "overdid it with acids, everything stings".
OF_IRRITATED_SKIN = frozenset({"ask_irritation", "report_reaction"})
COMPARED = {"together", "better", "difference", "order", "replace"}
QUESTION_WORD = re.compile(r"\b(how|what|whats|what's|which|when|where|why|who|wat|wats)\b", re.I)
POLAR = re.compile(
    r"\b(can|could|is|are|do|does|did|should|will|would|may|must|has|have|am)\s+(i|you|we|it|they|the|this|a|an|my|"
    r"there|someone|people|\w+)\b|\bok(ay)?\b|\bsafe\b",
    re.I,
)


def entities(tracker: Tracker, *labels: str) -> list[dict[str, Any]]:
    """Entities of the latest message with one of these labels, in the order they stand."""
    return [found for found in tracker.latest_message.get("entities") or [] if found["entity"] in labels]


def values(tracker: Tracker, *labels: str, role: str | None = None) -> tuple[str, ...]:
    """Ids of entities with one of these labels and exactly this role, each once."""
    return tuple(dict.fromkeys(one["value"] for one in entities(tracker, *labels) if one.get("role") == role))


def text(tracker: Tracker) -> str:
    """The latest message as it was written."""
    return tracker.latest_message.get("text") or ""


def wording(tracker: Tracker) -> str:
    """The question alone where it stands among others or behind a story, else the latest message."""
    return tracker.latest_message.get("question") or text(tracker)


def stored_profile(tracker: Tracker) -> Profile:
    """What the person has told before the latest message."""
    return Profile.read(tracker.get_slot("profile") or {})


def profile(tracker: Tracker) -> Profile:
    """What the person has told so far, with what the latest message adds."""
    return told(tracker, stored_profile(tracker))


def kept_profile(tracker: Tracker) -> Profile:
    """The profile to remember: what a message says of somebody else ("my 12 year old") holds for its answer only; a
    red flag is kept whoever it befell, because the talk of the product goes on."""
    if OF_OTHERS.search(text(tracker)):
        return reaction.noticed(tracker, stored_profile(tracker))
    return profile(tracker)


def told(tracker: Tracker, known: Profile) -> Profile:
    """The profile with what the latest message says of the person; a new skin type replaces the old one."""
    known = reaction.noticed(tracker, known)
    if not FIRST_PERSON.search(text(tracker)) and intent(tracker) != "tell_profile":
        irritated = intent(tracker) in OF_IRRITATED_SKIN and is_irritated(text(tracker), known.irritated)
        return replace(known, irritated=True) if irritated else known
    groups = knowledge().safety
    skin_types = values(tracker, "skin_type")
    if skin_types:
        known = replace(known, skin_types=skin_types)
    concerns = values(tracker, "concern")
    if concerns:
        known = replace(known, concerns=merge(concerns, known.concerns)[:4])
    ages = values(tracker, "age")
    if ages:
        known = replace(known, age=int(ages[0]))
    known = replace(known, beginner=is_beginner(text(tracker), known.beginner))
    irritated = is_irritated(text(tracker), known.irritated)
    if known.irritated and not irritated:
        known = replace(known, concerns=tuple(one for one in known.concerns if one != IRRITATED))
    known = replace(known, irritated=irritated)
    for found in entities(tracker, "safety"):
        kind = groups[found["value"]].kind
        if found["value"] == "pregnancy":
            known = replace(known, pregnant=found.get("role") != "negated")
        elif kind in ("allergy", "medicine", "condition") and found.get("role") != "negated":
            known = replace(known, safety=merge(known.safety, (found["value"],)))
    return known


def intent(tracker: Tracker) -> str:
    """The name of the latest message's intent."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def question(tracker: Tracker, kind: str) -> Question:
    """The latest message as a question of this kind. Where it names no subject but refers to one ("how often?",
    "is it safe?"), the last question's subjects are meant."""
    subjects, forms = _subjects(tracker)
    needs = values(tracker, *NEEDS)
    last = tracker.get_slot("last_question") or {}
    if not subjects and not forms and not needs and last and _refers_back(tracker):
        subjects, forms, needs = (tuple(last[part]) for part in ("subjects", "forms", "needs"))
    if kind in CHOICES and needs and not subjects and not forms and last and IS_IT.search(wording(tracker)):
        subjects, forms = tuple(last["subjects"]), tuple(last["forms"])
    if kind in COMPARED and len(subjects) < 2 and last and REFERS_BACK.search(wording(tracker)):
        subjects = merge(tuple(last["recent"])[-2:], subjects)[-2:]
    if kind in CHOICES and needs:
        subjects = tuple(one for one in subjects if one not in excepted(tracker))
    if kind == "shelf_life":
        told_of = [] if UNOPENED.search(text(tracker)) else durations.find(text(tracker))
        number = months(told_of[0].days) if told_of else None
    else:
        numbers = values(tracker, "percent" if kind == "percent" else "age")
        number = float(numbers[0]) if numbers else None
    return Question(
        kind=kind,
        subjects=subjects,
        forms=forms,
        needs=needs,
        profile=profile(tracker),
        polar=is_polar(wording(tracker)),
        number=number,
        safety=tuple(one["value"] for one in entities(tracker, "safety") if one.get("role") != "negated"),
        times=values(tracker, "time_of_day"),
        called=_called(tracker),
    )


def _called(tracker: Tracker) -> tuple[str, ...]:
    """The names that the message gives its only subject, each once; a plural is no other name."""
    found = entities(tracker, *SUBJECTS)
    if len({one["value"] for one in found}) != 1:
        return ()
    return tuple({one["text"].lower().removesuffix("s"): one["text"].lower() for one in found if "text" in one}.values())


def _subjects(tracker: Tracker) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = merge(values(tracker, *ASKED_ABOUT), values(tracker, *ASKED_ABOUT, role="negated"))
    in_order = [one["value"] for one in entities(tracker, *ASKED_ABOUT)]
    return tuple(sorted(named, key=in_order.index)), values(tracker, "product_type", role="form")


def excepted(tracker: Tracker) -> set[str]:
    """What the message wants something else than: "dark spots, what helps besides *vitamin C*?"."""
    found = entities(tracker, *ASKED_ABOUT)
    return {one["value"] for one in found if EXCEPT.search(text(tracker)[: one["start"]])}


def _refers_back(tracker: Tracker) -> bool:
    message = wording(tracker)
    follows = bool(tracker.latest_message.get("follows"))
    return follows or len(message.split()) <= SHORT or bool(REFERS_BACK.search(message))


def skincare_instead(tracker: Tracker) -> str | None:
    """The skincare kind that a short, bare message means after a skincare question, where it would otherwise be one
    about the shop: "how much?" after a serum's frequency is an amount, not a price. None when it is no such message."""
    kind = BARE.get(intent(tracker))
    last = tracker.get_slot("last_question") or {}
    if GETS_IT.search(wording(tracker)) and last.get("needs") and not last.get("subjects"):
        kind = OF_A_GOAL
    names_something = entities(tracker, *ASKED_ABOUT, *NEEDS, "product", "price", "order_number")
    bare = len(wording(tracker).split()) <= SHORT and not names_something and not SHOP_WORD.search(wording(tracker))
    in_mind = tracker.get_slot("in_mind") or {}
    talk_of_shop = in_mind.get("shop") or page(tracker) or (in_mind.get("handle") and PRICE_OF_IT.search(wording(tracker)))
    return kind if kind and bare and not talk_of_shop and last.get("kind") not in (None, LOOKED_FOR) else None


def page(tracker: Tracker) -> str | None:
    """The handle of the product on whose page the person writes, None elsewhere."""
    handle = (tracker.latest_message.get("metadata") or {}).get("product")
    return handle if isinstance(handle, str) else None


def as_intent(tracker: Tracker, name: str) -> Tracker:
    """The conversation as if the latest message had this intent."""
    return with_message(tracker, intent={"name": name, "confidence": 1.0})


def with_message(tracker: Tracker, **changed: Any) -> Tracker:
    """The conversation as if these parts of the latest message were others."""
    message = {**tracker.latest_message, **changed}
    return Tracker(
        tracker.sender_id, tracker.slots, message, tracker.events, tracker.is_paused(), None, tracker.active_loop,
        tracker.latest_action_name,
    )


def goes_on(tracker: Tracker) -> bool:
    """True for "and the other one?", "what about ...": the last question again, when it was about the shop's products."""
    short = len(wording(tracker).split()) <= 2 * SHORT
    of_products = set(tracker.get_slot("in_mind") or {}) - {"policy", "said", "found"}
    return short and bool(GOES_ON.match(wording(tracker))) and bool(of_products)


def is_polar(message: str) -> bool:
    """True when yes or no is a fitting first word of the answer."""
    return not QUESTION_WORD.search(message) and bool(POLAR.search(message))


def names(ids: Iterable[str], labels: Mapping[str, Any]) -> list[str]:
    """Names of those ids that the mapping knows."""
    return [labels[one].name for one in ids if one in labels]
