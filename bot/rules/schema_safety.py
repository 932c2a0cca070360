"""The form of `data/knowledge/safety.yml`: what is dangerous, who must be careful, and how a message shows it."""

from __future__ import annotations

from typing import Literal, Optional

from pydantic import Field

from bot.rules.schema import Id, Sources, Strict, Tagged, Text, Verdict


class Sign(Strict):
    """Words that show a safety entry without a fixed wording: one of every group of `all` must stand within `reach`
    words of the first group's, none of `unless` may, and none of `not_before` right behind it. Where `told` is given, one of its
    words must stand anywhere in the message: the spot of "it bled last week". One of `unless_told` anywhere shows something harmless, such
    as an accident with glass, but not `despite` one of those that show it all the same."""

    all: list[list[Text]] = Field(..., min_items=1)
    told: list[Text] = []
    unless: list[Text] = []
    unless_told: list[Text] = []
    despite: list[Text] = []
    not_before: list[Text] = []
    reach: int = Field(7, ge=1, le=16)


class SafetyEntry(Tagged):
    """A red flag, allergy, medicine, condition, group or procedure, and what to do.

    `phrases` are plain lower-case wordings that show it in a message; `triggers` of an allergy are the names of what somebody with
    it says they react to. `signs` show it without a fixed wording, and so do `cues`,
    patterns of `data/understanding`; those of `cues_after_procedure` only where the person told of a procedure or of a wound, those of
    `cues_in_talk` only where the talk is of skin that is sore, spotty or hurt. `after` is what somebody who told of a red flag hears when they later want to use something.
    `meant_with` are cues of which one must stand in a message that shows it by its meaning alone. `asked` says, by cue, what somebody asks
    while it lasts ("should I wait?"), before its own instruction.
    `say` is the answer. `about` is what must be left while it holds; `adding` is what must not be begun before a doctor
    is asked, though somebody who uses it already, perhaps by prescription, is never told to leave it. `fine` is what may
    be used all the same. `avoid` is what to keep away from, for whoever asks. Skin must recover from what `heals`; nothing new is
    begun while it is `hurt`; with `bland_only` nothing but bland care is advised. Of
    `before_procedures` a doctor is asked before any peel, laser or light treatment, and `bland_only` says so too.
    """

    kind: Literal["red_flag", "allergy", "medicine", "condition", "group", "procedure", "sun"]
    name: Text
    urgency: Literal["emergency", "urgent", "soon", "ask_doctor", "limit", "avoid", "refuse", "advice"]
    phrases: list[Text] = []
    triggers: list[Text] = []
    signs: list[Sign] = []
    cues: list[Text] = []
    cues_after_procedure: list[Text] = []
    cues_in_talk: list[Text] = []
    meant_with: list[Text] = []
    asked: dict[Text, Text] = {}
    about: list[Id] = []
    adding: list[Id] = []
    fine: list[Id] = []
    say: Text
    more: list[Text] = []
    after: Optional[Text] = None
    avoid: Optional[Text] = None
    heals: bool = False
    hurt: bool = False
    bland_only: bool = False
    before_procedures: bool = False
    sources: Sources

    @property
    def minds_procedures(self) -> bool:
        """Whether a peel, a laser or a waxing is nothing for somebody with it without a doctor's word."""
        return self.bland_only or self.before_procedures

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything that the entry speaks of, whether it must be left or only not be begun."""
        return tuple(dict.fromkeys((*self.about, *self.adding)))


class Practice(Tagged):
    """What is done to skin beside putting something on it (a massage, a wax, a sauna), and for whom it is not: what is said to somebody of
    `people` (safety entries that they told of, the procedure that they had, "pregnancy", or the concern of irritated skin) who asks about one
    of `practices` (cues without "practice_")."""

    practices: list[Text] = Field(..., min_items=1)
    people: list[Id] = Field(..., min_items=1)
    verdict: Verdict
    say: Text
    sources: Sources
