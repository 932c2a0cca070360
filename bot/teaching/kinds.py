"""The kinds of question that a lesson may mean."""

from __future__ import annotations

from bot.paths import DATA
from bot.phrases import phrases
from bot.understanding.frame import kind_of_intent

NOT_MEANT = frozenset({"affirm", "deny", "follow_up", "insult", "out_of_scope", "report_reaction", "show_more", "tell_profile"})
"""Kinds that no message means by itself, or that are none of a lesson's business."""


def kinds() -> frozenset[str]:
    """Kinds of question that a message can mean and that a button has words for."""
    known = {kind_of_intent(path.stem) for path in (DATA / "nlu").glob("*.yml")} - NOT_MEANT
    said = phrases()
    return frozenset(kind for kind in known if any(said.has(key) for key in (f"question_{kind}_general", f"question_{kind}", f"review_kind_{kind}")))
