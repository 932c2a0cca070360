"""The instruction for a danger alone, for when nothing else of an answer could be worked out."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence, Tuple

from bot.answers.answer import Message
from bot.answers.resources import Resources
from bot.rules.safety import red_flag
from bot.understanding import emergencies
from bot.understanding.dangers import with_dangers
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory


def in_danger(frames: Sequence[Frame], memory: Memory, now: float, resources: Resources) -> Tuple[List[Message], Memory] | None:
    """What to say to a message that tells of a danger, or goes on with one, and the memory with it; None where it does neither."""
    knowledge = resources.knowledge
    found = [one for frame in frames if (one := emergencies.told(with_dangers(frame, memory, knowledge, now), knowledge))]
    advice = red_flag(knowledge, found)
    if advice is None:
        return None
    return [Message(" ".join(line.text for line in advice.lines))], replace(memory, emergency=found[0], emergency_at=now)
