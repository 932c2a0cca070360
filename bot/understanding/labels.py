"""What a message about an ingredient list wants."""

from __future__ import annotations

from bot.understanding.frame import Frame

LABEL = "label"


def label_is_really_a_choice(frame: Frame) -> bool:
    """True for "which ingredients help with acne?": what to choose for a concern, where no list was pasted."""
    return not frame.of(LABEL) and frame.has("which_ingredients")
