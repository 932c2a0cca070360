"""An emergency that stands: told of minutes ago, so that whatever is short or unclear after it ("so what do I do", "he is fine now") is
about it, until something plainly else is asked."""

from __future__ import annotations

from bot.rules.knowledge import Knowledge
from bot.rules.safety import URGENCY, red_flags
from bot.understanding.allergies import is_no_emergency
from bot.understanding.context import ROUTINES
from bot.understanding.frame import LOST, NEEDS, NEGATED, SUBJECTS, SURE, Frame, kind_of_intent
from bot.understanding.memory import Memory
from bot.understanding.person import REPORTS, tells_it_healed
from bot.understanding.topics import groups

STANDS = 45 * 60.0
"""So many seconds after it was told of last."""
HEALS = "burn_or_blisters"
"""What may be whole again while it is talked of; a reaction of the body, an eye and an infection are for a doctor all the same."""
LASTING = frozenset({"emergency", "urgent"})
LONG = 12
"""More words than these say themselves what they ask."""
NAMED = (*SUBJECTS, *NEEDS, "product", "brand")
SKINCARE = "skincare"
# What is said to an assistant in no hurry, or wanted of it and not of skin.
PLAINLY_ELSE = ROUTINES | {
    "thank", "goodbye", "greet", "human", "language", "forget_me", "start_over", "profile", "show_more", "source", "read_label", "capabilities", "bot_identity", "restart",
}
USES = frozenset({"can_use", "frequency", "restart"})
# What is guessed where nothing is understood.
UNCLEAR = frozenset({"out_of_scope", "affirm", "deny", "how_are_you", "insult", "report_problem", "follow_up", REPORTS})


def told(frame: Frame, knowledge: Knowledge) -> str:
    """The emergency that a frame tells of; empty where it tells of none."""
    named = {one.id for one in frame.of("safety") if one.role != NEGATED} & red_flags(knowledge)
    found = [one for one in named if knowledge.safety[one].urgency in LASTING and knowledge.safety[one].kind == "red_flag"]
    if not found or frame.kind != REPORTS or is_no_emergency(frame):
        return ""
    return min(found, key=lambda one: (URGENCY.index(knowledge.safety[one].urgency), one))


def standing(frame: Frame, memory: Memory, knowledge: Knowledge, now: float) -> str:
    """The emergency told of minutes ago that the message goes on with; empty where it asks something plainly else."""
    entry = knowledge.safety.get(memory.emergency)
    if entry is None or not 0 <= now - memory.emergency_at <= STANDS:
        return ""
    if memory.emergency == HEALS and tells_it_healed(frame):
        return ""
    if frame.has(*entry.cues_in_talk):
        return memory.emergency
    return memory.emergency if _goes_on(frame, frame.has(*entry.asked)) else ""


def _goes_on(frame: Frame, asks_of_it: bool) -> bool:
    sure = (frame.band == SURE and not frame.tied) or bool(frame.rules)
    if frame.kind in PLAINLY_ELSE and sure and not asks_of_it:
        return False
    if frame.kind in USES and frame.band != LOST and not asks_of_it:
        return False  # whether it may be used after that has an answer of its own
    if frame.of(*NAMED) or frame.has("again"):
        return (asks_of_it or frame.has("asks_permission", "is_fine")) and not sure  # whether something may go on it all the same
    if not sure:
        return True
    if not {frame.kind, kind_of_intent(frame.intent)} & {*groups()[SKINCARE], *UNCLEAR}:
        return False  # the shop, an order
    return len(frame.words) <= (2 * LONG if asks_of_it else LONG)
