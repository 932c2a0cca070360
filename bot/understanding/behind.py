"""What a bare question means behind another one of the same message: "do you ship to Spain and how much is it?"."""

from __future__ import annotations

from bot.understanding.context import Context, is_bare

# The kind that is meant, by the kind of the question before and the one that it sounds like.
AFTER = {
    "delivery_area": {"price": "delivery_cost", "results": "delivery_time"},
    "delivery_time": {"price": "delivery_cost"},
    "delivery_cost": {"results": "delivery_time"},
    "carrier": {"price": "delivery_cost"},
    "return": {"results": "refund"},
    "purging": {"shelf_life": "purging", "results": "purging"},
    "irritation": {"shelf_life": "irritation", "results": "irritation"},
    "tell_profile": {"source": "cause"},
    "label": {"authenticity": "label"},
    "what_is": {"authenticity": "evidence"},
}


def behind_another_question(context: Context) -> str:
    """A bare question behind one of the same message means something of that one."""
    before = context.memory.asked.kind or context.memory.shown.policy
    before = context.memory.shown.policy or before if context.frame.follows else ""
    return AFTER.get(before, {}).get(context.frame.kind, "") if before and is_bare(context) else ""
