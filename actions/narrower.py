"""Narrower kinds of question than an intent, told by their wording alone, where the same answer would miss the point."""

from __future__ import annotations

import re
from typing import Tuple

CHANGED = re.compile(
    r"\b(?:turned|changed|separated|oxidi[sz]ed|rancid|mou?ldy|mold|gone (?:off|bad|orange|brown\w*|yellow\w*|cloudy|rancid|dark\w*)|"
    r"went (?:off|bad|orange|brown\w*|yellow\w*|cloudy)|smells? (?:(?:a bit|kind of|kinda|really|so|like|all) )*"
    r"(?:off|bad|weird|funny|strange|different|rancid|sour|metal\w*|old)|"
    r"(?:is|are|it'?s|its|looks?|got|became|all) (?:(?:now|all|a bit|bit|really|kind of|kinda|more) )*"
    r"(?:orange|brown\w*|yellow\w*|cloudy|lumpy|grainy|clumpy|darker|runny|watery now))\b",
    re.I,
)
HOW_TELL = re.compile(
    r"\b(?:how (?:do|can|would|could|to|will) (?:(?:i|you|we|one) )?(?:know|tell|see|check|find out)|signs?)\b(?=.*\b(?:expir\w*|gone|bad|off|old|"
    r"still (?:good|ok|okay|fine)|no longer)\b)",
    re.I,
)
HOW_KNOW = re.compile(r"\bhow (?:do|can|would|could) (?:i|you|we|one) (?:know|tell)\b", re.I)
KEEPS = re.compile(r"\bhow long\b.*\b(?:keeps?|expires?|stays? (?:good|fresh)|shelf)\b(?! (?:it|them|this|that|using|on|going))", re.I)
STRONGER = re.compile(r"\b(?:stronger|strongest|weaker|more concentrated|more potent)\b", re.I)
DEAR = re.compile(r"\b(?:expensive|pricey|pricier|costly|cheap(?:er)?|drugstore|luxury|high[- ]end|budget)\b", re.I)
TWICE = re.compile(
    r"\b(?:twice|two times|2 times|2x|x2|three times|3 times|3x) (?:a|per|every|each|/) ?day\b|\btwice daily\b|"
    r"\b(?:morning|am|day) (?:and|&|\+) (?:night|evening|pm)\b|\bboth morning\b",
    re.I,
)
ORDER = re.compile(r"\b(?:order|sequence)\b", re.I)
AM_I_ALLERGIC = re.compile(r"\b(?:am i|could i be|might i be|maybe i'?m|i'?m i|is it|is this|or) (?:\w+ )?(?:allergic|an? (?:\w+ )?allergy|allergy)\b", re.I)
AGAIN = re.compile(
    r"\bwhen\b.*\b(?:again|go back|back to|restart|resume|reintroduce)\b|\bhow (?:long|soon)\b.*\b(?:again|go back|restart|resume|reintroduce)\b", re.I
)
CHECKS_ORDER = re.compile(
    r"\b(?:is (?:that|this|it|my order)|thats|that's|am i doing (?:that|this|it)|does (?:that|this)|did i get (?:it|that|this)) (?:\w+ )*?"
    r"(?:right|correct|ok|okay|fine|good|wrong|sound|make sense)\b|\b(?:right|correct)\W*$",
    re.I,
)
OF_KEEPING = frozenset({"storage", "shelf_life", "can_use"})

NARROWER: Tuple[Tuple[frozenset[str], re.Pattern[str], str], ...] = (
    (frozenset({"waiting_time", "results", "frequency"}), KEEPS, "shelf_life"),
    (OF_KEEPING, HOW_TELL, "gone_off"),
    (frozenset({"cause"}), HOW_KNOW, "what_is"),
    (OF_KEEPING | {"cause"}, CHANGED, "spoiled"),
    (frozenset({"evidence"}), STRONGER, "strength"),
    (frozenset({"better", "evidence", "difference", "need", "benefits"}), DEAR, "worth_the_price"),
    (frozenset({"frequency"}), TWICE, "twice_a_day"),
    (frozenset({"routine_steps"}), ORDER, "steps_in_order"),
    (frozenset({"irritation", "allergy"}), AM_I_ALLERGIC, "allergic_or_irritated"),
    (frozenset({"irritation"}), AGAIN, "restart"),
    (frozenset({"order"}), CHECKS_ORDER, "order_check"),
)


def narrowed(kind: str, message: str) -> str:
    """The narrower kind that the message means, else the kind itself."""
    return next((narrow for kinds, sign, narrow in NARROWER if kind in kinds and sign.search(message)), kind)
