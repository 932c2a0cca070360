"""What a message means that the customer writes to a person: whether they want the assistant back, agree to something or want to be
forgotten, and whether it shows an emergency. Nothing else is read into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

from bot.answers.resources import Resources
from bot.understanding.frame import SURE, Frame, frames_of
from bot.understanding.support import LONGEST_BACK

FORGET, ERASED, KEEPS = "forget_me", "wants_erased", "keeps_it"
BACK, SHARES = "wants_assistant", "shares_profile"
URGENT = ("emergency", "urgent")
RED_FLAG = "red_flag"
REFUSES, TAKES_BACK, GIVES_UP = "refuses_person", "takes_back", "gives_up"
LONGEST_GIVING_UP = 5


@dataclass(frozen=True)
class Overheard:
    """What was heard: `back` to the assistant, `refuses` a person, `takes_back` what was asked for where nobody has come, `shares` the profile, `forgets`: all that is kept is to be erased, the `emergency` sentence that is called for (empty for none),
    and how it was read, for the staff."""

    back: bool = False
    refuses: bool = False
    takes_back: bool = False
    shares: bool = False
    forgets: bool = False
    emergency: str = ""
    reading: Mapping[str, Any] = field(default_factory=dict)


def overheard(parsed: Mapping[str, Any], resources: Resources) -> Overheard:
    """Reads a parsed message.

    Args:
        parsed: as the pipeline left it.
        resources: what answers rest on.
    """
    frames = frames_of(parsed)
    first = frames[0]
    short = len(frames) == 1 and len(first.words) <= LONGEST_BACK
    intent = parsed.get("intent") or {}
    return Overheard(
        back=short and first.has(BACK) and not first.has("said_no"),
        refuses=any(one.has(REFUSES) for one in frames),
        takes_back=len(frames) == 1 and _takes_back(first),
        shares=short and first.has(SHARES) and not first.has("said_no"),
        forgets=any(_wants_erased(one) for one in frames),
        emergency=_emergency(frames, resources),
        reading={
            "intent": str(intent.get("name") or ""), "confidence": round(float(intent.get("confidence") or 0.0), 3),
            "kind": first.kind, "subjects": list(dict.fromkeys(one.id for frame in frames for one in frame.mentions)),
            "rules": list(dict.fromkeys(rule for frame in frames for rule in frame.rules)),
        },
    )  # fmt: skip


def _takes_back(frame: Frame) -> bool:
    return frame.has(TAKES_BACK) or (frame.has(GIVES_UP) and len(frame.words) <= LONGEST_GIVING_UP)


def _wants_erased(frame: Frame) -> bool:
    return frame.kind == FORGET and frame.band == SURE and frame.has(ERASED) and not frame.has(KEEPS)


def _emergency(frames: list[Frame], resources: Resources) -> str:
    """The fixed sentence of the most urgent red flag; empty where there is none that cannot wait."""
    safety = resources.knowledge.safety
    named = {one.id for frame in frames for one in frame.of("safety") if one.role != "negated"}
    flags = [entry for key, entry in safety.items() if key in named and entry.kind == RED_FLAG and entry.urgency in URGENT]
    flags.sort(key=lambda entry: URGENT.index(entry.urgency))
    return resources.wording.say("handoff_automatic", text=flags[0].say) if flags else ""
